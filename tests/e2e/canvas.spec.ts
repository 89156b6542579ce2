// The graph in a real browser: drawn by mouse and by keyboard alone, wires refused with their reason, Blocks looked into.
import type { Page } from '@playwright/test'
import { add, begin, node, pull, socket, steady, wires } from './fixtures/draw'
import { expect, test } from './fixtures/journey'

/** Pairs of nodes of which one lies over the other. */
const covering = (page: Page): Promise<string[]> =>
  page.locator('.react-flow__node-logic').evaluateAll((list) => {
    const boxes = list.map((one) => ({ id: one.getAttribute('data-id') ?? '', box: one.getBoundingClientRect() }))
    return boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter(
          ({ box }) =>
            a.box.left < box.right && box.left < a.box.right && a.box.top < box.bottom && box.top < a.box.bottom,
        )
        .map((b) => `${a.id} ${b.id}`),
    )
  })

test('nodes are added, wired without a mouse and with it, and taken back; what does not fit is refused', async ({
  page,
}) => {
  await begin(page, 'Empty Play')
  await test.step('a wire that does not fit is refused with its reason', async () => {
    await add(page, 'bars')
    await pull(page, [socket(page, 'bars', 'out:close'), socket(page, '$long/filters', 'in:filters[0]')], async () => {
      await expect(page.getByRole('status').filter({ hasText: 'Does not fit' })).toContainText('price')
    })
    await expect(wires(page)).toHaveCount(0)
    await expect(page.getByText('Does not fit.')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText('Does not fit.')).toHaveCount(0)
  })
  await test.step('a wire is made without a mouse', async () => {
    await add(page, 'ema')
    await node(page, 'bars').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await node(page, 'bars').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('c')
    await page.keyboard.type('close')
    await page.keyboard.press('Enter')
    await page.keyboard.type('ema of')
    await page.keyboard.press('Enter')
    await expect(wires(page)).toHaveCount(1)
    await page.keyboard.press('Control+z')
    await expect(wires(page)).toHaveCount(0)
  })
  await test.step('a wire is pulled by the mouse; a node goes with its wires and comes back with them', async () => {
    await pull(page, [socket(page, 'bars', 'out:close'), socket(page, 'ema', 'in:of')])
    await expect(wires(page)).toHaveCount(1)
    await node(page, 'ema').click({ position: { x: 30, y: 10 } })
    await page.keyboard.press('Delete')
    await expect(node(page, 'ema')).toHaveCount(0)
    await expect(wires(page)).toHaveCount(0)
    await page.keyboard.press('Control+z')
    await expect(wires(page)).toHaveCount(1)
  })
})

test('a node is moved and a value typed, each as one step; the mirror of what was arranged covers nothing', async ({
  page,
}) => {
  await begin(page, /^EMA pullback/)
  await test.step('arrow keys move a node, as one step of layout', async () => {
    const before = await steady(node(page, 'atr'))
    await node(page, 'atr').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect.poll(async () => (await steady(node(page, 'atr')))[1]).toBeGreaterThan(before[1])
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await steady(node(page, 'atr')))[1]).toBeCloseTo(before[1], 0)
  })
  await test.step('a value typed on a node is one step', async () => {
    const length = page.getByRole('spinbutton', { name: 'atr length' })
    await length.fill('21')
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeEnabled()
    await node(page, 'price').click({ position: { x: 30, y: 8 } })
    await page.keyboard.press('Control+z')
    await expect(length).toHaveValue('14')
  })
  await test.step('the mirror of a Play that was arranged is written out below it, covering nothing', async () => {
    await node(page, 'atr').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('button', { name: 'Unfold', exact: true }).click()
    await expect(page.getByText('Entry short', { exact: true })).toBeVisible()
    expect(await covering(page)).toEqual([])
  })
})

test('a mirrored side is unfolded, a Block is looked into and left', async ({ page }) => {
  await begin(page, /^Donchian breakout/)
  await page.getByRole('button', { name: 'Look inside Breakout' }).click()
  await expect(page.getByRole('navigation', { name: 'Inside a Block' })).toContainText('Breakout')
  await expect(page.getByText('read only')).toBeVisible()
  await page.getByRole('navigation', { name: 'Inside a Block' }).getByRole('button').first().click()
  await page.getByRole('button', { name: 'Unfold', exact: true }).click()
  await expect(page.getByText('Entry short', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Unfold', exact: true })).toHaveCount(0)
})
