// Home and the frame: the first backtest by somebody who never saw the program, every state of home, small screens.
import type { Locator, Page } from '@playwright/test'
import { expect, seriousFindings, test } from './fixtures/journey'

const title = (page: Page) => page.getByRole('textbox', { name: 'Title of the Play' })
const guide = (page: Page) => page.getByRole('region', { name: 'Your first backtest' })
const step = (page: Page) => guide(page).locator('[aria-current="step"]')
/** Bars and engine come with the first Play that is shown. */
const slow = { timeout: 45_000 }

const home = async (page: Page): Promise<void> => {
  await page.goto('/')
  await expect(step(page)).toContainText('Say when to get in', slow)
}
const socket = (page: Page, node: string, handle: string): Locator =>
  page.locator(`.react-flow__node[data-id="${node}"] .react-flow__handle[data-handleid="${handle}"]`)
/** A wire, as the mouse pulls it: `hover` waits till the sockets stand still. */
const pull = async (page: Page, from: readonly [string, string], to: readonly [string, string]): Promise<void> => {
  await socket(page, ...from).hover()
  await page.mouse.down()
  await socket(page, ...to).hover()
  await page.mouse.up()
}
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('a newcomer wires the first backtest on home, and goes on with it on the workbench', async ({ page, shot }) => {
  test.slow()
  await home(page)
  await shot('first-run')
  expect(await seriousFindings(page)).toEqual([])
  await pull(page, ['reclaim', 'out:'], ['enter', 'in:when'])
  await expect(step(page)).toContainText('Say when you are wrong')
  await pull(page, ['stop_distance', 'out:'], ['stop', 'in:by'])
  await pull(page, ['lost', 'out:'], ['wrong', 'in:when'])
  await expect(guide(page)).toContainText('That was your first backtest.', slow)
  await expect(guide(page).getByRole('region', { name: 'Result' })).toContainText(/Trades\s*\d{2,}/)
  await shot('first-run-done')

  await guide(page).getByRole('button', { name: 'Open on the workbench' }).click()
  await expect(title(page)).toHaveValue('My first backtest', slow)
  await expect(guide(page)).toContainText('That was your first backtest.', slow)
  await page.getByRole('button', { name: 'Close the guide' }).click()
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'My first backtest' })).toBeVisible()
  await expect(guide(page).getByRole('button', { name: 'Go on' })).toBeVisible()
})

test('each step can be done for the trader, taken back, left and taken up again', async ({ page, shot }) => {
  test.slow()
  await home(page)
  await guide(page).getByRole('button', { name: 'Do it for me' }).click()
  await expect(step(page)).toContainText('Say when you are wrong')
  await guide(page).getByRole('button', { name: 'Back' }).click()
  await expect(step(page)).toContainText('Say when to get in')
  await guide(page).getByRole('button', { name: 'Do it for me' }).click()
  await expect(step(page)).toContainText('Say when you are wrong')
  await page.reload()
  await expect(step(page)).toContainText('Say when you are wrong', slow)
  await guide(page).getByRole('button', { name: 'Leave the guide' }).click()
  await guide(page).getByRole('button', { name: 'Go on' }).click()
  await expect(step(page)).toContainText('Say when you are wrong', slow)
  await guide(page).getByRole('button', { name: 'Open on the workbench' }).waitFor({ state: 'hidden' })

  await page.getByRole('link', { name: 'My first backtest' }).click()
  await expect(title(page)).toBeVisible(slow)
  await expect(guide(page)).toContainText('Say when you are wrong.', slow)
  await shot('guide')
  await guide(page).getByRole('button', { name: 'Do it for me' }).click()
  await expect(guide(page)).toContainText('That was your first backtest.', slow)
  await shot('guide-done')
  expect(await seriousFindings(page)).toEqual([])
})

/** Hourly bars that rise in waves of a day: they cross their fast average upwards and fall below the slow one. */
const waves = (hours: number): string =>
  Array.from({ length: hours }, (_, k) => {
    const [open, close] = [k, k + 1].map((at) => 100 + at / 10 + 4 * Math.sin(at / 4))
    const [low, high] = [Math.min(open ?? 0, close ?? 0) - 0.2, Math.max(open ?? 0, close ?? 0) + 0.2]
    return [Date.UTC(2023, 0, 1) + k * 3_600_000, ...[open, high, low, close].map((one) => one?.toFixed(2)), 50].join()
  }).join('\n')

test('the first backtest runs on a file that is dropped; what is not known of its market is asked for', async ({
  page,
  complaints,
  shot,
}) => {
  await home(page)
  const text = `open_time,open,high,low,close,volume\n${waves(2400)}\n`
  const files = await page.evaluateHandle((bars) => {
    const data = new DataTransfer()
    data.items.add(new File([bars], 'WAVEUSDT-1h.csv', { type: 'text/csv' }))
    return data
  }, text)
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: files })
  await expect(page.getByText('Drop bars (CSV, ZIP, Parquet) or a Play (YAML)')).toBeVisible()
  await page.dispatchEvent('main', 'drop', { dataTransfer: files })
  const dialog = page.getByRole('dialog', { name: 'Add bars' })
  await dialog.getByRole('textbox').fill('binance:WAVEUSDT')
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(guide(page).getByRole('button', { name: 'Market: binance:WAVEUSDT' })).toBeVisible(slow)
  await expect(guide(page).getByRole('alert')).toContainText('has no tick and step', slow)
  await shot('first-run-facts')
  await guide(page).getByRole('button', { name: 'Costs and equity' }).click()
  await page.getByRole('textbox', { name: 'Tick of the price' }).fill('0.01')
  await page.getByRole('textbox', { name: 'Step of the size' }).fill('0.001')
  await page.keyboard.press('Escape')
  await expect(guide(page).getByRole('alert')).toHaveCount(0, slow)
  for (const next of ['Say when you are wrong', 'done']) {
    await guide(page).getByRole('button', { name: 'Do it for me' }).click()
    await expect(next === 'done' ? guide(page) : step(page)).toContainText(
      next === 'done' ? 'That was your first backtest.' : next,
      slow,
    )
  }
  await expect(guide(page).getByRole('region', { name: 'Result' })).toContainText(/Trades\s*\d{2,}/)
  await expect(page.getByText('SYNTHETIC')).toHaveCount(0)
  await shot('first-run-own-bars')
  // The browser itself notes the answers that asked for tick and step.
  for (const one of complaints.splice(0)) expect(one).toContain('422')
})

test('an idea waits until it is known which bars are stored', async ({ page }) => {
  // The list comes late, and names bars of the idea's own market.
  await page.route(/\/api\/trpc\/[^?]*data\.list/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const response = await route.fetch()
    const answer = await response.json()
    // Calls that are made together travel together.
    const asked = new URL(route.request().url()).pathname.replace('/api/trpc/', '').split(',')
    const list = answer[asked.indexOf('data.list')].result.data
    list.series.push({ instrument: 'binance:BTCUSDT', kind: 'klines', tf: '1m' })
    await route.fulfill({ response, json: answer })
  })
  // What is said to be stored is not: nothing of it is asked for here.
  await page.route('**/api/trpc/data.dataset*', () => {})
  await page.goto('/')
  const idea = page.getByRole('button', { name: /^EMA pullback/ })
  await idea.click()
  await expect(idea).toHaveAttribute('aria-busy', 'true')
  await expect(page.getByRole('button', { name: 'Market: binance:BTCUSDT.P' })).toBeVisible(slow)
  await expect(page.getByText('SYNTHETIC')).toHaveCount(0)
  // An answer that is still held back would fail the next journey; let go, it would be asked of the server after all.
  await page.goto('about:blank')
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

test('home without its server says so, keeps what is here, and finds it again', async ({ page, complaints, shot }) => {
  await page.route('**/api/**', (route) => route.abort())
  await page.goto('/')
  const fault = page.getByRole('alert').filter({ hasText: 'Neither bars nor runs' })
  const graph = page.getByRole('alert').filter({ hasText: 'then try again' })
  await expect(fault).toBeVisible(slow)
  // What runs of itself says it too, once it is there.
  await expect(graph).toBeVisible(slow)
  await shot('home-no-server')
  expect(await seriousFindings(page)).toEqual([])
  await page.unroute('**/api/**')
  await fault.getByRole('button', { name: 'Try again' }).click()
  await expect(fault).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Add data' }).first()).toBeVisible()
  await graph.getByRole('button', { name: 'Try again' }).click()
  await expect(graph).toHaveCount(0)
  await expect(page.getByRole('application', { name: /^Chart of/ }).first()).toBeVisible(slow)
  // The browser itself notes what was cut off.
  for (const one of complaints.splice(0)) expect(one).toContain('ERR_FAILED')
})

test('a browser that stores nothing is said, on home and for a Play', async ({ page, shot }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
  })
  await page.goto('/')
  await expect(page.getByRole('alert').filter({ hasText: 'The Plays of this browser cannot be read' })).toBeVisible()
  await shot('home-no-storage')
  await page.goto('/play/abc')
  await expect(page.getByText('The Plays of this browser cannot be read')).toBeVisible()
  await expect(page.getByRole('link', { name: 'All Plays' })).toBeVisible()
})

test('a Play that is not here is said in the middle of the frame', async ({ page }) => {
  await page.goto('/play/nobody')
  await expect(page.getByText('This Play is not on this machine')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
  await page.getByRole('link', { name: 'All Plays' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('a dirty file is refused with the count and the first line of each kind; an import can be stopped', async ({
  page,
  shot,
}) => {
  await page.goto('/')
  const faults: Readonly<Record<number, string>> = { 20: '10,8,9,10.5,3', 40: '10,11,9,abc,3', 60: '10,8,9,10.5,3' }
  const rows = Array.from(
    { length: 90 },
    (_, k) => `${Date.UTC(2023, 0, 1) + k * 60_000},${faults[k] ?? '10,11,9,10.5,3'}`,
  )
  const file = {
    name: 'DIRTYUSDT-1m.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`open_time,open,high,low,close,volume\n${rows.join('\n')}\n`),
  }
  const dialog = page.getByRole('dialog', { name: 'Add bars' })
  await page.getByLabel('Add data').last().setInputFiles(file)
  await dialog.getByRole('textbox').fill('binance:DIRTYUSDT')
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(dialog.getByRole('alert')).toContainText('first in line 22')
  await expect(dialog.getByRole('alert')).toContainText('line 42')
  await expect(dialog.getByRole('alert')).toContainText('A series is taken whole or not at all.')
  await shot('bars-dirty')

  let stop = (): void => {}
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  await page.route('**/api/import*', async (route) => {
    await stopped
    await route.abort().catch(() => {})
  })
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await dialog.getByRole('button', { name: 'Cancel' }).first().click()
  await expect(dialog).toContainText('Cancelled: whatever was stored by then stays.')
  stop()
})

test('a Play is found by keyboard from home, its borders stay where they were left, and a small screen has a drawer', async ({
  page,
  shot,
}) => {
  await test.step('on home everything can be found by keyboard', async () => {
    await page.goto('/')
    await expect(guide(page)).toBeVisible(slow)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('rsi')
    await shot('home-find')
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expect(title(page)).toHaveValue('RSI fade with resting limits', slow)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('change the range')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Range of the run' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
  await test.step('borders stay where they were left', async () => {
    const border = page.getByRole('separator', { name: 'Border between the Play and its evidence' })
    await border.focus(slow)
    const before = Number(await border.getAttribute('aria-valuenow'))
    for (let k = 0; k < 2; k += 1) await page.keyboard.press('ArrowLeft')
    await expect.poll(async () => Number(await border.getAttribute('aria-valuenow'))).toBeLessThan(before)
    const left = Number(await border.getAttribute('aria-valuenow'))
    await page.reload()
    await expect.poll(async () => Number(await border.getAttribute('aria-valuenow')), slow).toBeCloseTo(left, 0)
  })
  await test.step('at 1024 pixels the evidence is a drawer, and nothing is cut off', async () => {
    await page.setViewportSize({ width: 1024, height: 768 })
    const drawer = page.getByRole('button', { name: 'Show the evidence' })
    await expect(drawer).toHaveAttribute('aria-expanded', 'false', slow)
    await expect(page.getByText('Max drawdown')).toBeVisible(slow)
    expect(await sideways(page)).toBe(0)
    await drawer.click()
    await expect(page.getByRole('region', { name: 'Evidence' })).toBeVisible()
    await expect(page.getByRole('grid', { name: /^Trades/ })).toBeVisible()
    await shot('drawer-open')
    expect(await seriousFindings(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    // The bar above never wraps and never loses its last button.
    const last = await page.getByRole('button', { name: 'Use the light theme' }).boundingBox()
    expect((last?.x ?? 9999) + (last?.width ?? 0)).toBeLessThanOrEqual(1024)
    await page.getByRole('button', { name: 'Hide the evidence' }).click()
    await expect(page.getByRole('region', { name: 'Evidence' })).toHaveCount(0)
  })
})

test('a panel that breaks leaves the others alone, and is drawn again', async ({ page, complaints, shot }) => {
  await page.addInitScript(() => {
    const own = Object.getOwnPropertyDescriptor(Document.prototype, 'createElement')
    const make: (this: Document, name: string, options?: ElementCreationOptions) => HTMLElement = own?.value
    const faulty = function (this: Document, name: string, options?: ElementCreationOptions): HTMLElement {
      if (name === 'canvas') throw new Error('no more canvases')
      return make.call(this, name, options)
    }
    Object.assign(window, { mend: () => Object.defineProperty(Document.prototype, 'createElement', own ?? {}) })
    Object.defineProperty(Document.prototype, 'createElement', { ...own, value: faulty })
  })
  await page.goto('/')
  await page.getByRole('button', { name: /^EMA pullback/ }).click()
  const fault = page.getByRole('alert').filter({ hasText: 'The chart broke' })
  await expect(fault).toBeVisible(slow)
  await expect(title(page)).toBeVisible()
  await shot('panel-broke')
  await page.evaluate('mend()')
  await fault.getByRole('button', { name: 'Draw it again' }).click()
  await expect(page.getByRole('application', { name: /^Chart of/ })).toBeVisible()
  expect(complaints.splice(0).length).toBeGreaterThan(0)
})

test('on a phone result, trades and the outline are read, by fingers', async ({ page, shot }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/')
  await expect(page.getByText('Drawing needs more room')).toBeVisible(slow)
  await shot('phone-home')
  expect(await sideways(page)).toBe(0)
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: /^EMA pullback/ }).click()
  await expect(page.getByRole('region', { name: 'Figures of this result' })).toContainText('Trades', slow)
  await expect(page.getByRole('application', { name: /^Chart of/ })).toBeVisible()
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0, slow)
  await expect(page.getByTestId('chart-legend')).toContainText(/\d[mhd] bars/, slow)
  await shot('phone-result')
  const tab = page.getByRole('tab', { name: 'Play' })
  expect((await tab.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await tab.click()
  const entry = page.getByRole('region', { name: 'Entry long' })
  await expect(entry).toContainText('EMA fast above EMA slow')
  await expect(entry.getByRole('img').first()).toBeVisible()
  await shot('phone-outline')
  expect(await seriousFindings(page)).toEqual([])
  expect(await sideways(page)).toBe(0)
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await page.getByRole('tab', { name: 'Trades' }).click()
  await page.getByRole('grid', { name: /^Trades/ }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'This trade' })).toBeVisible()
  await shot('phone-trade')
  expect(await sideways(page)).toBe(0)
})
