// What hands do on the graph: drop on wires and on the ground, copy between Plays, choose many, annotate, set ranges and steps.
import type { Locator, Page } from '@playwright/test'
import { add, begin, node, pull, socket, steady, wires } from './fixtures/draw'
import { expect, test } from './fixtures/journey'

const piece = `nodes:
  price: { bars: { market: main } }
  fast: { ema: { of: price.close, length: 9 } }
  up: { above: [price.close, fast] }
`
const edge = (page: Page, id: string): Locator => page.locator(`.react-flow__edge[data-id="${id}"]`)
const chosen = (page: Page): Locator => page.locator('.react-flow__node.selected')
const canvas = (page: Page): Locator => page.getByTestId('canvas')

/** The clipboard as the browser hands it to a page: what a copy or cut wrote. */
const clip = (page: Page, kind: 'copy' | 'cut' | 'paste', text = ''): Promise<string> =>
  page.evaluate(
    ([type, words]) => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      const clipboardData = new DataTransfer()
      if (words !== '') clipboardData.setData('text/plain', words)
      document.body.dispatchEvent(new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true }))
      return clipboardData.getData('text/plain')
    },
    [kind, text] as const,
  )

/** Empty Play with three wired nodes. */
const beginPiece = async (page: Page): Promise<void> => {
  await begin(page, 'Empty Play')
  await clip(page, 'paste', piece)
  await expect(wires(page)).toHaveCount(3)
  await page.keyboard.press('f')
}

/** The middle of a wire, when it stands still. */
const onWire = async (page: Page, id: string): Promise<readonly [number, number]> => {
  const path = edge(page, id).locator('path.react-flow__edge-path')
  await steady(path)
  return path.evaluate((element) => {
    const line = element as SVGPathElement
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2)
    const at = new DOMPoint(x, y).matrixTransform(line.getScreenCTM() ?? new DOMMatrix())
    return [at.x, at.y] as const
  })
}

/** Drags a node by its header. */
const drag = async (page: Page, id: string, [toX, toY]: readonly [number, number]): Promise<void> => {
  await steady(node(page, id))
  const box = await node(page, id).boundingBox()
  if (box === null) throw new Error(id)
  await page.mouse.move(box.x + 12, box.y + 6)
  await page.mouse.down()
  await page.mouse.move((box.x + toX) / 2, (box.y + toY) / 2, { steps: 4 })
  await page.mouse.move(toX, toY, { steps: 4 })
  await page.mouse.up()
}

test('wires: what ends on empty ground opens what can follow, what is dropped on one is inserted', async ({ page }) => {
  await beginPiece(page)
  await test.step('a wire that ends on empty ground opens what can follow', async () => {
    await steady(socket(page, 'fast', 'out:'))
    const [x, y] = await steady(socket(page, 'fast', 'out:'))
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 20, y + 60, { steps: 3 })
    await page.mouse.move(x + 30, y + 190, { steps: 3 })
    await page.mouse.up()
    await expect(page.getByPlaceholder('Add to this wire')).toBeFocused()
    await page.keyboard.type('crosses above')
    await page.keyboard.press('Enter')
    await expect(edge(page, 'crosses_above:0')).toHaveCount(1)
    await page.keyboard.press('Control+z')
    await expect(wires(page)).toHaveCount(3)
  })
  await test.step('what is dropped on a wire is inserted: from the palette, and a node that stands there', async () => {
    const [x, y] = await onWire(page, 'fast:of')
    const ground = await canvas(page).boundingBox()
    if (ground === null) throw new Error('no canvas')
    await page
      .locator('[data-offer="sma"]')
      .dragTo(canvas(page), { targetPosition: { x: x - ground.x, y: y - ground.y }, force: true })
    await expect(edge(page, 'sma:of')).toHaveCount(1)
    await expect(wires(page)).toHaveCount(4)
    await add(page, 'highest')
    await page.keyboard.press('Escape')
    await drag(page, 'highest', await onWire(page, 'up:0'))
    await expect(edge(page, 'highest:of')).toHaveCount(1)
    await expect(edge(page, 'up:0')).toHaveCount(1)
    await expect(wires(page)).toHaveCount(5)
  })
})

test('many are chosen with a frame, move as one step and are lined up', async ({ page }) => {
  await beginPiece(page)
  await test.step('many are chosen with a frame', async () => {
    await expect(chosen(page)).toHaveCount(3)
    await page.keyboard.press('Escape')
    await expect(chosen(page)).toHaveCount(0)
    await steady(node(page, 'fast'))
    const first = await node(page, 'price').boundingBox()
    const last = await node(page, 'up').boundingBox()
    if (first === null || last === null) throw new Error('gone')
    await page.keyboard.down('Shift')
    // The first node may stand at the border: the frame ends within it.
    await page.mouse.move(last.x + last.width / 2, Math.max(first.y + first.height, last.y + last.height) + 40)
    await page.mouse.down()
    await page.mouse.move(first.x + 8, Math.min(first.y, last.y) - 60, { steps: 6 })
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await expect(node(page, 'price')).toHaveClass(/selected/)
    await expect(node(page, 'fast')).toHaveClass(/selected/)
    await expect(node(page, 'up')).toHaveClass(/selected/)
  })
  await test.step('a group moves as one step, nudges fold into one, a menu lines it up', async () => {
    await page.keyboard.press('Control+a')
    await expect(chosen(page)).toHaveCount(3)
    const left = async (id: string): Promise<number> => Math.round((await steady(node(page, id)))[0])
    const before = [await left('price'), await left('fast')]
    await node(page, 'fast').focus()
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight')
    await expect.poll(() => left('price')).toBeGreaterThan(before[0] ?? 0)
    await page.keyboard.press('Control+z')
    await expect.poll(async () => [await left('price'), await left('fast')]).toEqual(before)
    // The frame lies over the nodes: what is asked of it is asked of them.
    await page.locator('.react-flow__nodesselection-rect').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Align left' }).click()
    const edges = (): Promise<number[]> =>
      page
        .locator('.react-flow__node-logic')
        .evaluateAll((list) => [...new Set(list.map((one) => Math.round(one.getBoundingClientRect().left)))])
    await expect.poll(async () => (await edges()).length).toBe(1)
  })
})

test('a wire that does not fit offers the node that makes it fit, and a problem its fix', async ({ page }) => {
  await begin(page, 'Empty Play')
  await clip(page, 'paste', `${piece}  go: { entry: {} }\n`)
  await expect(node(page, 'go')).toBeVisible()
  await page.keyboard.press('f')
  await pull(page, [socket(page, 'fast', 'out:'), socket(page, 'go', 'in:when')], () =>
    expect(page.getByRole('status').filter({ hasText: 'Does not fit' })).toContainText('Let go to insert'),
  )
  await page.getByRole('button', { name: /^Insert / }).click()
  await expect(wires(page)).toHaveCount(5)
  await expect(edge(page, 'go:when')).toHaveCount(1)
  await clip(page, 'paste', 'nodes:\n  hot: { rsi: { of: price, length: 14 } }\n')
  const badge = node(page, 'hot').getByRole('button', { name: /^Hot:/ })
  await badge.click()
  const fix = node(page, 'hot').getByRole('listitem').getByRole('button').first()
  await fix.click()
  await expect(badge).toHaveCount(0)
  await expect(wires(page)).toHaveCount(6)
})

test('nodes go from one Play to another as text; cut takes them away', async ({ page }) => {
  await begin(page, /^EMA pullback/)
  await node(page, 'ema_fast').click({ position: { x: 12, y: 6 } })
  await expect(chosen(page)).toHaveCount(1)
  const text = await clip(page, 'copy')
  expect(text).toContain('ema_fast: { ema: { of: price.close, length: $fast } }')
  await node(page, 'atr').click({ position: { x: 12, y: 6 } })
  expect(await clip(page, 'cut')).toContain('atr: { atr: { bars: price, length: 14 } }')
  await expect(node(page, 'atr')).toHaveCount(0)
  await begin(page, 'Empty Play')
  await clip(page, 'paste', text)
  await expect(node(page, 'ema_fast')).toBeVisible()
  await expect(node(page, 'ema_fast').getByRole('spinbutton')).toHaveValue('21')
})

test('notes, steps of a ladder, search ranges and the map', async ({ page }) => {
  await begin(page, /^EMA pullback/)
  await node(page, 'atr').click({ position: { x: 12, y: 6 } })
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Note' }).fill('How far a bar goes.')
  await page.getByRole('button', { name: 'Keep the note' }).click()
  await node(page, 'atr').hover({ position: { x: 12, y: 6 } })
  await expect(node(page, 'atr').getByText('How far a bar goes.')).toBeVisible()

  await node(page, 'scale_out').hover({ position: { x: 12, y: 6 } })
  await page.getByRole('button', { name: 'Add a step after step 2' }).click()
  await expect(page.getByRole('spinbutton', { name: /^Step \d at$/ })).toHaveCount(4)
  await page.getByRole('button', { name: 'Take step 3 away' }).click()
  await expect(page.getByRole('spinbutton', { name: /^Step \d at$/ })).toHaveCount(3)

  await node(page, 'ema_fast').hover({ position: { x: 12, y: 6 } })
  await page.getByRole('button', { name: 'Search range of Fast' }).click()
  await expect(page.getByRole('spinbutton', { name: 'From' })).toHaveValue('8')
  await page.getByRole('button', { name: 'Do not search' }).click()
  await page.getByRole('button', { name: 'Let evolution search it' }).click()
  await expect(page.getByRole('spinbutton', { name: 'To', exact: true })).toHaveValue('42')
  await page.keyboard.press('Escape')
  // A value outside of what is searched is told where parameters stand, and only while it is one.
  const value = node(page, 'ema_fast').getByRole('spinbutton').first()
  await value.fill('900')
  await value.press('Enter')
  await expect(page.getByRole('button', { name: 'Wrong: Fast 900' })).toHaveAttribute(
    'title',
    /900.*(above|outside|lies)/,
  )
  // In the field the key would undo its typing.
  await page.getByRole('button', { name: /^Undo: / }).click()
  await expect(page.getByRole('button', { name: 'Fast 21', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Show the map' }).click()
  await expect(page.getByRole('img', { name: 'Map of the graph' })).toBeVisible()
  await node(page, 'thesis').click({ position: { x: 12, y: 6 } })
  await page.keyboard.press('Shift+F')
  await expect.poll(async () => (await node(page, 'thesis').boundingBox())?.width ?? 0).toBeGreaterThan(110)
})
