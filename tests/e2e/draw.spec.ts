// The Play of the language's first page, drawn from an empty canvas by the mouse, and once more by keyboard alone: names,
// numbers, ranges, rules, wires, roles and risk, all on the graph. What comes out has the playHash of the file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { playHash } from '../../blocks/play/canonical'
import { parseDocument } from '../../blocks/play/text/parse'
import { begin, node, pull, socket, tabTo, wires } from './fixtures/draw'
import { expect, test } from './fixtures/journey'

const file = readFileSync(join(import.meta.dirname, '../../blocks/examples/ema_pullback.yaml'), 'utf8')

const hashOf = (text: string): string => {
  const { tree, problems } = parseDocument(text, 'drawn')
  if (tree === undefined) throw new Error(problems.map(({ message }) => message).join())
  return playHash(tree)
}

/** From the orders back to the prices: each node is wired to what is there already. */
const nodes: readonly (readonly [name: string, type: string, ...wires: readonly string[]])[] = [
  ['not_crowded', 'filter', '> $long/filters filters[0]'],
  ['cheap_to_hold', 'below', '> not_crowded allow'],
  ['funding', 'funding', 'rate > cheap_to_hold 0'],
  ['buy_pullback', 'entry', '> $long/entries entries[0]'],
  ['pullback', 'all', '> buy_pullback when'],
  ['uptrend', 'above', '> pullback 0'],
  ['dipped_lately', 'occurred', '> pullback 1'],
  ['reclaimed', 'crosses_above', '> pullback 2'],
  ['dipped', 'below', '> dipped_lately of'],
  ['ema_fast', 'ema', '> uptrend 0', '> dipped 1', '> reclaimed 1'],
  ['ema_slow', 'ema', '> uptrend 1'],
  ['stop', 'stop', '> $long/exits exits[0]'],
  ['scale_out', 'ladder', '> $long/exits exits[1]'],
  ['free_ride', 'break_even', '> $long/exits exits[2]'],
  ['stop_distance', 'mul', '> stop by'],
  ['atr', 'atr', '> stop_distance 0'],
  ['thesis', 'invalidation', '> $long/invalidations invalidations[0]'],
  ['swing_lost', 'below', '> thesis when'],
  ['swing_at_entry', 'at_entry', '> swing_lost 1'],
  ['swing', 'swing', 'low_level > swing_at_entry 0'],
  [
    'price',
    'bars',
    'itself > swing bars',
    'itself > atr bars',
    'low > dipped 0',
    ...['ema_fast of', 'ema_slow of', 'reclaimed 0', 'swing_lost 0'].map((place) => `close > ${place}`),
  ],
]

interface Wire {
  readonly from: string
  readonly output: string
  readonly to: string
  readonly handle: string
}
const wireOf = (from: string, text: string): Wire => {
  const [, output = '', to = '', handle = ''] = /^(?:(\w+) )?> (\S+) (\S+)$/.exec(text) ?? []
  return { from, output, to, handle }
}

/** How a hand does what is the same for both. */
interface Hand {
  readonly begin: (page: Page) => Promise<void>
  readonly press: (page: Page, button: Locator) => Promise<void>
  readonly write: (page: Page, field: Locator, text: string) => Promise<void>
  readonly pick: (page: Page, button: Locator, entry: string) => Promise<void>
  readonly choose: (page: Page, select: Locator, option: string) => Promise<void>
  readonly reach: (page: Page, id: string) => Promise<void>
  readonly risk: (page: Page) => Promise<void>
  readonly save: (page: Page) => Promise<void>
  readonly add: (page: Page, type: string) => Promise<void>
  readonly connect: (page: Page, wire: Wire) => Promise<void>
}

const wanted = (page: Page): Locator => page.locator('.react-flow__node-logic.selected')

const keyboard: Hand = {
  begin: async (page) => {
    await page.goto('/')
    const empty = page.getByRole('button', { name: 'Empty Play' }).first()
    await tabTo(page, empty)
    await page.keyboard.press('Enter')
    await expect(page.locator('.react-flow__node').first()).toBeVisible({ timeout: 60_000 })
  },
  press: async (page, button) => {
    await tabTo(page, button)
    await page.keyboard.press('Enter')
  },
  write: async (page, field, text) => {
    await tabTo(page, field)
    await page.keyboard.press('Control+a')
    await page.keyboard.type(text)
  },
  pick: async (page, button, entry) => {
    await keyboard.press(page, button)
    const item = page.getByRole('menuitem', { name: entry, exact: true })
    await expect(page.getByRole('menu').locator(':focus')).toBeVisible()
    await tabTo(page, item, 'ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menu')).toHaveCount(0)
    // The focus goes back a moment after the menu: it would take the next key's from it.
    await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true)
  },
  choose: async (page, select, option) => {
    await tabTo(page, select)
    // As far as it tells the words apart: a space would open the list.
    await page.keyboard.type(option.split(' ')[0] ?? option)
    await expect(select).toHaveText(option)
  },
  reach: async (page, id) => {
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Add a block, go to a node').waitFor()
    await page.keyboard.type(`go ${id}`)
    const row = page.locator(`[cmdk-item][data-value="node ${id}"]`)
    await arrowTo(page, row)
    await page.keyboard.press('Enter')
    await expect(node(page, id)).toBeFocused()
  },
  risk: async (page) => {
    // From a field: a node is chosen first.
    await keyboard.reach(page, 'stop')
    await page.keyboard.press('r')
    await expect(page.getByRole('combobox', { name: 'How a trade is sized' })).toBeFocused()
  },
  save: (page) => page.keyboard.press('Control+s'),
  add: async (page, type) => {
    await page.keyboard.press('/')
    const search = page.getByRole('textbox', { name: 'Add a block' })
    await expect(search).toBeFocused()
    await page.keyboard.type(type.replaceAll('_', ' '))
    await page.keyboard.press('Enter')
    await expect(wanted(page)).toBeFocused()
    await page.keyboard.press('F2')
  },
  connect: async (page, { from, output, to, handle }) => {
    await expect(node(page, from)).toBeFocused()
    await page.keyboard.press('c')
    await expect(page.locator('[cmdk-input]')).toBeFocused()
    if (output !== '') {
      await page.keyboard.type(output.replaceAll('_', ' '))
      await page.keyboard.press('Enter')
    }
    await arrowTo(page, page.locator(`[cmdk-item][data-value="${to.split('/')[0]}:${handle}"]`))
    await page.keyboard.press('Enter')
    // A key that comes before the keyboard is back would go to the list that closes.
    await expect(node(page, from)).toBeFocused()
  },
}

/** Up or down a list until the row is the chosen one: while it is typed the list changes under the hand. */
const arrowTo = async (page: Page, row: Locator): Promise<void> => {
  await expect(row).toBeAttached()
  const offset = (): Promise<number> =>
    row.evaluate((element) => {
      const rows = [...(element.closest('[cmdk-list]')?.querySelectorAll('[cmdk-item]') ?? [])]
      return rows.indexOf(element) - rows.findIndex((one) => one.getAttribute('data-selected') === 'true')
    })
  for (let i = 0; i < 80; i++) {
    const off = await offset()
    if (off === 0) break
    await page.keyboard.press(off > 0 ? 'ArrowDown' : 'ArrowUp')
  }
  await expect(row).toHaveAttribute('data-selected', 'true')
}

/** Sockets that nothing is wired to are put away: they are asked for. */
const unfold = async (page: Page, id: string, place: Locator): Promise<void> => {
  if ((await place.count()) > 0) return
  await mouse.reach(page, id)
  await node(page, id)
    .getByRole('button', { name: /^Show \d+ more/ })
    .click()
  await expect(place).toBeAttached()
}

const mouse: Hand = {
  begin: (page) => begin(page, 'Empty Play'),
  press: (_, button) => button.click(),
  write: async (page, field, text) => {
    await field.click()
    await expect(field).toBeFocused()
    await page.keyboard.press('Control+a')
    await page.keyboard.type(text)
  },
  pick: async (page, button, entry) => {
    await button.click()
    await page.getByRole('menuitem', { name: entry, exact: true }).click()
    await expect(page.getByRole('menu')).toHaveCount(0)
  },
  choose: async (page, select, option) => {
    await select.click()
    await page.getByRole('option', { name: option, exact: true }).click()
  },
  reach: (page, id) => node(page, id).hover({ position: { x: 14, y: 10 } }),
  risk: (page) => node(page, '$risk').hover(),
  save: (page) => page.getByRole('button', { name: 'Export as a file' }).click(),
  add: async (page, type) => {
    await page.locator(`[data-offer="${type}"]`).click()
    await expect(wanted(page)).toBeFocused()
    await wanted(page).click({ button: 'right', position: { x: 14, y: 10 } })
    await page.getByRole('menuitem', { name: /^Rename/ }).click()
  },
  connect: async (page, { from, output, to, handle }) => {
    const source = socket(page, from, `out:${output === 'itself' ? '' : output}`)
    const target = socket(page, to, `in:${handle}`)
    await unfold(page, from, source)
    if (!to.startsWith('$')) await unfold(page, to, target)
    await pull(page, [source, target])
  },
}

interface Drawing {
  readonly page: Page
  readonly hand: Hand
}
const fieldAt = (page: Page, id: string, key: string): Locator => node(page, id).locator(`[data-field="${key}"] input`)
const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name })
const close = async (page: Page, open: Locator): Promise<void> => {
  await page.keyboard.press('Escape')
  await expect(open).toHaveCount(0)
}

/** A parameter: its name, value, from, to and step. */
type Named = readonly [name: string, ...range: string[]]

/** A number on a node gets a name and a range. */
const nameIt = async (
  { page, hand }: Drawing,
  { place, name, range }: { readonly place: Locator; readonly name: string; readonly range: readonly string[] },
): Promise<void> => {
  await hand.press(page, place.getByRole('button', { name: /^Search range of/ }))
  const form = dialog(page, /^Search range of/)
  await hand.write(page, form.getByLabel('Name', { exact: true }), name)
  await hand.press(page, form.getByRole('button', { name: 'Make it a parameter' }))
  for (const [i, label] of ['Value', 'From', 'To', 'Step'].entries()) {
    const text = range[i] ?? ''
    const field = form.getByLabel(label, { exact: true })
    await hand.write(page, field, text)
    await expect(field).toHaveAttribute('aria-valuenow', text)
  }
}

/** Settings at their defaults are written out, or named, in the list behind the button above the node. */
const settings = async ({ page, hand }: Drawing, id: string): Promise<Locator> => {
  await hand.reach(page, id)
  await hand.press(page, node(page, id).getByRole('button', { name: /^More settings/ }))
  return dialog(page, /^More settings/)
}
const show = async (drawing: Drawing, place: string): Promise<void> => {
  const [id = '', key = ''] = place.split('.')
  const list = await settings(drawing, id)
  const label = `Show ${key.replaceAll('_', ' ')} on the node`
  await drawing.hand.press(drawing.page, list.getByRole('button', { name: label }))
  await expect(fieldAt(drawing.page, id, key)).toBeFocused()
}
const nameSetting = async (drawing: Drawing, place: string, [name, ...range]: Named): Promise<void> => {
  const { page } = drawing
  const [id = '', key = ''] = place.split('.')
  const list = await settings(drawing, id)
  await nameIt(drawing, { place: list.locator(`[data-field="${key}"]`), name, range })
  await close(page, dialog(page, /^Search range of/))
  await close(page, dialog(page, /^More settings/))
}
/** Where a wire could end a number stands, with a name and a range. */
const nameNumber = async (drawing: Drawing, id: string, [name, ...range]: Named): Promise<void> => {
  const { page, hand } = drawing
  await hand.reach(page, id)
  await hand.press(page, node(page, id).getByRole('button', { name: /^Number as second operand/ }))
  await expect(fieldAt(page, id, '1')).toBeFocused()
  await nameIt(drawing, { place: node(page, id).locator('[data-field="1"]'), name, range })
  await close(page, dialog(page, /^Search range of/))
}

const numbers = async (drawing: Drawing): Promise<void> => {
  const { page, hand } = drawing
  await nameSetting(drawing, 'ema_fast.length', ['fast', '21', '8', '55', '1'])
  await nameSetting(drawing, 'ema_slow.length', ['slow', '200', '100', '300', '10'])
  await nameSetting(drawing, 'dipped_lately.within', ['dip window', '6', '2', '12', '1'])
  await nameNumber(drawing, 'stop_distance', ['stop atr', '2', '1', '4', '0.25'])
  await nameNumber(drawing, 'cheap_to_hold', ['max funding', '0.03', '0.01', '0.1', '0.01'])
  for (const place of ['funding.max_age', 'atr.length', 'swing.left', 'swing.right', 'free_ride.offset'])
    await show(drawing, place)
  await hand.write(page, fieldAt(page, 'free_ride', 'offset'), '0.05')
  const ladder = node(page, 'scale_out')
  await hand.reach(page, 'scale_out')
  await hand.press(page, ladder.getByRole('button', { name: 'Add a step after step 1' }))
  await hand.reach(page, 'scale_out')
  await hand.write(page, ladder.getByLabel('Step 2 closes'), '30')
  await hand.write(page, ladder.getByLabel('Step 3 at'), '3')
}

/** Which parameter must stay below which, and the brakes. */
const rulesAndRisk = async ({ page, hand }: Drawing): Promise<void> => {
  const foot = node(page, '$risk')
  const add = foot.getByRole('button', { name: 'Add to the risk' })
  await hand.risk(page)
  for (const part of ['Leverage', 'Pause after an exit', 'Limit of trades a day', 'Limit of daily loss'])
    await hand.pick(page, add, part)
  await hand.risk(page)
  await hand.write(page, foot.getByLabel('leverage up to'), '5')
  await hand.press(page, foot.getByRole('button', { name: /^Slow/ }))
  const form = dialog(page, 'Parameter Slow')
  await hand.choose(page, form.getByRole('combobox', { name: 'How it must be' }), 'more than')
  await hand.press(page, form.getByRole('button', { name: 'Add', exact: true }))
  await expect(form.getByRole('listitem')).toHaveText('more than Fast')
  await close(page, form)
}

/** Name, title, market and timeframe of the Play. */
const head = async ({ page, hand }: Drawing): Promise<void> => {
  const title = page.getByRole('textbox', { name: 'Title of the Play' })
  await hand.write(page, title, 'Pullback to the fast EMA in the direction of the slow one')
  await page.keyboard.press('Enter')
  await hand.press(page, page.getByRole('button', { name: 'About this Play' }))
  const about = dialog(page, 'About this Play')
  await expect(about.getByLabel('Name', { exact: true })).toHaveValue('pullback_to_the_fast_ema_in_the')
  await hand.write(page, about.getByLabel('Name', { exact: true }), 'ema_pullback')
  await page.keyboard.press('Enter')
  await hand.write(page, about.getByLabel('Market that is traded'), 'binance:BTCUSDT.P')
  await page.keyboard.press('Enter')
  await close(page, about)
  await hand.pick(page, page.getByRole('button', { name: /^Timeframe of decisions/ }), '15m')
}

const draw = async (drawing: Drawing): Promise<void> => {
  const { page, hand } = drawing
  await hand.begin(page)
  await head(drawing)
  let count = 0
  for (const [name, type, ...lines] of nodes) {
    await hand.add(page, type)
    const rename = dialog(page, /^Rename/)
    await hand.write(page, rename.getByRole('textbox'), name)
    await page.keyboard.press('Enter')
    await expect(node(page, name)).toBeFocused()
    for (const line of lines) {
      await hand.connect(page, wireOf(name, line))
      count += 1
      await expect(wires(page)).toHaveCount(count)
    }
  }
  await numbers(drawing)
  await rulesAndRisk(drawing)
}

const exported = async ({ page, hand }: Drawing): Promise<{ readonly name: string; readonly text: string }> => {
  const [download] = await Promise.all([page.waitForEvent('download'), hand.save(page)])
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
}

for (const [name, hand] of Object.entries({ keyboard, mouse }))
  test(`drawn by ${name} alone: the same playHash as the file`, async ({ page, complaints, shot }) => {
    // Some three hundred gestures, each waiting for what it did: half a minute, and a slow machine may take its time.
    test.setTimeout(600_000)
    await draw({ page, hand })
    await shot(`drawn-${name}`)
    const { name: fileName, text } = await exported({ page, hand })
    expect(fileName).toBe('ema_pullback.play.yaml')
    expect(hashOf(text)).toBe('4fc3d58f645aad07341d50be4b9ffc4dc1d847eea3dd12959d6bd00162742f5c')
    expect(hashOf(text)).toBe(hashOf(file))
    // The browser itself notes that there are no bars of that market here.
    expect(complaints.splice(0).filter((one) => !one.includes('404'))).toEqual([])
  })
