// The evidence beside the canvas: trust before profit, trades by mouse and keyboard, why and why not, verified by the server.
import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expect, type Shot, seriousFindings, test } from './fixtures/journey'

const choose = async (page: Page, example: string): Promise<void> => {
  await page.goto('/')
  await page.getByRole('button', { name: /nodes/ }).filter({ hasText: example }).click()
}

const figures = (page: Page) => page.getByRole('region', { name: 'Figures of this result' })

/** An example Play on the bars of this machine, run and shown. */
const open = async (page: Page, example = 'EMA pullback'): Promise<void> => {
  await choose(page, example)
  await expect(figures(page).getByRole('button', { name: /Trades/ })).toContainText(/\d/, { timeout: 45_000 })
}

const trades = (page: Page) => page.getByRole('grid', { name: /Trades/ })

/** Words that are cut off: text of cells, figures and their notes that is wider than its place. */
const cutWords = (evidence: Locator): Promise<string[]> =>
  evidence.evaluate((root) =>
    [...root.querySelectorAll<HTMLElement>('td, th, [aria-label^="Figures"] *, [aria-label^="Trust"] *')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
      .map(({ textContent, scrollWidth, clientWidth }) => `${textContent}: ${scrollWidth} in ${clientWidth}`),
  )

test('a result is trusted, verified by the server, and its trades explained', async ({ page }) => {
  await open(page)
  await test.step('trust stands before profit, no figure of too little, all words whole', async () => {
    const strip = page.getByRole('region', { name: 'Trust in this result' })
    // The practice market, or what the machine has: the strip says which.
    await expect(strip.getByRole('button', { name: /^Data (SYNTHETIC|real)/ })).toBeVisible()
    await expect(strip).toContainText('Unseen data')
    await expect(page.getByRole('heading', { name: 'Result' })).toBeVisible()
    // A figure has its sample or its interval beside it.
    await expect(figures(page).getByRole('button', { name: /Sharpe/ })).toHaveText(/\d to \u2212?\d/)
    await expect(figures(page).getByRole('button', { name: /Expectancy/ })).toHaveText(/±\d/)
    // Words stand whole, however narrow the panel.
    const evidence = page.getByRole('region', { name: 'Evidence' })
    // The evidence has 41 % of what palette and rail leave.
    for (const [width, evidencePx] of [
      [1395, 480],
      [1590, 560],
      [2012, 720],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      await expect
        .poll(async () => Math.abs(((await evidence.boundingBox())?.width ?? 0) - evidencePx))
        .toBeLessThan(12)
      await expect(trades(page).getByRole('row').nth(3)).toBeVisible()
      await expect.poll(() => cutWords(evidence)).toEqual([])
    }
    await expect(trades(page).getByRole('columnheader')).toHaveCount(7)
    await page.setViewportSize({ width: 1440, height: 900 })
  })
  await test.step('the server gets the same', async () => {
    await page.getByRole('button', { name: 'Verify on the server' }).click()
    await expect(page.getByRole('button', { name: /identical/ })).toBeVisible({ timeout: 45_000 })
  })
  await test.step('trades are sorted, walked with the keys, explained and left', async () => {
    const grid = trades(page)
    await grid.getByRole('button', { name: 'R', exact: true }).click()
    await expect(grid.getByRole('columnheader', { name: 'R', exact: true })).toHaveAttribute('aria-sort', 'descending')
    await grid.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const bar = page.getByRole('region', { name: 'This trade' })
    await expect(bar).toContainText(/Trade \d+, (long|short)/)
    await expect(bar).toContainText(/of \d+ true/)
    await expect(page.getByRole('list', { name: 'Conditions, in order' })).toBeVisible()
    // The order's path tells of the stop as the run had it, and the best trade of all moved it.
    const explained = page.getByRole('region', { name: /^Trade \d+ explained/ })
    await expect(explained).toContainText(/Stop placed\s*at [\d,.]+/)
    await expect(explained).toContainText(/Targets placed/)
    await expect(explained).toContainText(/Stop to break-even\s*to [\d,.]+/)
    await expect(trades(page)).toBeFocused()
    const before = await bar.textContent()
    await bar.getByRole('button', { name: 'Previous trade' }).click()
    await expect(bar).not.toHaveText(before ?? '')
    // The table follows whoever asks.
    const no = (await bar.textContent())?.match(/Trade (\d+)/)?.[1] ?? ''
    await expect(trades(page).getByRole('row', { selected: true })).toHaveAccessibleName(new RegExp(`^Trade ${no},`))
    await page.keyboard.press('Escape')
    await expect(bar).toHaveCount(0)
  })
})

const byMonth = async (page: Page): Promise<void> => {
  await page.getByRole('tab', { name: 'Months' }).click()
  const month = page.getByRole('button', { name: /^Jan 2024/ })
  await month.focus()
  await page.keyboard.press('ArrowLeft')
  // Over the end of the year.
  await expect(page.getByRole('button', { name: /^2023:/ })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(month).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(trades(page)).toBeFocused()
  const all = await page.getByText(/^\d+ of [\d,]+ trades?$/).textContent()
  const [shown = '', whole = ''] = all?.match(/[\d,]+/g) ?? []
  expect(Number(shown.replaceAll(',', ''))).toBeLessThan(Number(whole.replaceAll(',', '')))
  await page.getByRole('button', { name: 'Filter trades' }).click()
  await page.getByRole('menuitem', { name: 'Short' }).click()
  await expect(page.getByRole('button', { name: 'Short: show all again' })).toBeVisible()
  await expect(trades(page).getByRole('row', { name: /, long,/ })).toHaveCount(0)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the filtered closed trades as CSV' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/-trades\.csv$/)
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
  const rows = Number(await trades(page).getAttribute('aria-rowcount'))
  expect(lines.length).toBe(rows)
  // The columns that name a run's trades stand first, the side before all.
  for (const line of lines.slice(1)) expect(line).toMatch(/^short,.*,2024-01-\d\d /)
  await page.getByRole('button', { name: 'Jan 2024: show all again' }).click()
  await page.getByRole('button', { name: 'Short: show all again' }).click()
  await expect(trades(page)).toHaveAttribute('aria-label', `Trades, ${whole.replaceAll(',', '')}`)
}

const byFunnel = async (page: Page): Promise<void> => {
  await page.getByRole('tab', { name: 'Funnel' }).click()
  const funnel = page.getByRole('region', { name: 'Funnel of the whole run' })
  await expect(funnel.getByRole('row', { name: /All bars/ })).toBeVisible({ timeout: 20_000 })
  await expect(funnel.getByRole('row', { name: /Orders sent/ })).toBeVisible()
  const doubt = funnel.getByRole('listitem').filter({ hasText: 'Dipped lately never decides alone' })
  const remove = doubt.getByRole('button', { name: 'Remove' })
  await expect(remove).toBeVisible({ timeout: 30_000 })
  await expect(doubt).toContainText(/\+\d+ \u2212\d+ trades|no trade changes/)
  const told = await doubt.textContent()
  // What was told is what comes of it.
  await remove.click()
  await expect(funnel.getByRole('row', { name: /Dipped lately/ })).toHaveCount(0, { timeout: 20_000 })
  const edit = page.getByRole('button', { name: /^Remove Dipped lately/ })
  await expect(edit).toContainText(told?.match(/\+\d+ \u2212\d+ trades/)?.[0] ?? '+0 \u22120 trades')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(funnel.getByRole('row', { name: /Dipped lately/ })).toBeVisible({ timeout: 20_000 })
}

const byCosts = async (page: Page, shot: Shot): Promise<void> => {
  await page.getByRole('tab', { name: 'Costs' }).click()
  await expect(page.getByRole('row', { name: /^Net/ })).toBeVisible()
  await page.getByRole('tab', { name: 'Distribution' }).click()
  const bars = page.getByRole('application', { name: /^Trades by result in R/ })
  await bars.focus()
  await page.keyboard.press('ArrowLeft')
  const told = page.getByRole('status').filter({ hasText: /R: [\d,]+ trades?$/ })
  await expect(told).toBeVisible()
  // A bar of no trades has none to show.
  for (let text = await told.textContent(); text?.endsWith(': 0 trades'); text = await told.textContent()) {
    await page.keyboard.press('ArrowLeft')
    await expect(told).not.toHaveText(text)
  }
  const wanted = Number((await told.textContent())?.match(/([\d,]+) trade/)?.[1]?.replaceAll(',', ''))
  await shot('results-distribution')
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Enter')
  // The row of titles counts too.
  await expect(trades(page)).toHaveAttribute('aria-rowcount', String(wanted + 1))
  await page.getByRole('tab', { name: 'Distribution' }).click()
  await page.getByRole('application', { name: /^Trades by their worst moment/ }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText(/^Trade 1, .* R against it/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'This trade' })).toContainText(/Trade 1, (long|short)/)
}

test('a result is looked at by month, by its funnel, by its costs and by how its trades lie', async ({
  page,
  shot,
}) => {
  await open(page)
  await test.step('a month filters the trades, chips and menu too, and what is shown can be saved', () => byMonth(page))
  await test.step('the funnel tells of a step that never decides, and what it would be without it', () =>
    byFunnel(page))
  await test.step('costs are told, and how results lie: a bar shows its trades, a point explains one', () =>
    byCosts(page, shot))
})

/** One condition, which no bar of the practice market meets: its constant alone says no. */
const strict = `dsl: 1
play: strict
title: Strict
markets: { main: synthetic:BTCUSDT.P }
tf: 1h
nodes:
  price: { bars: { market: main } }
  rsi: { rsi: { of: price.close, length: 14 } }
  strong: { above: [rsi, 99] }
  buy: { entry: { when: strong } }
  stop: { stop: { by: 2% } }
long: { entries: [buy], exits: [stop] }
short: none
risk: { size: { risk: 1% }, leverage: { max: 1 } }
`

test('why not here: the condition that said no, and what would have let it in', async ({ page, shot }) => {
  await page.goto('/')
  await page
    .getByLabel('Open a Play')
    .last()
    .setInputFiles({ name: 'strict.yaml', mimeType: 'application/yaml', buffer: Buffer.from(strict) })
  await expect(figures(page).getByRole('button', { name: /Trades/ })).toContainText('0', { timeout: 45_000 })
  await page.getByRole('application', { name: /^Chart of/ }).focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  const answer = page.getByRole('region', { name: 'Why not here' })
  await expect(answer).toContainText(/Strong said no\. RSI was [\d.]+, it must be above 99/, { timeout: 20_000 })
  await expect(answer.getByRole('list', { name: 'Conditions, in order' })).toContainText(/short/)
  // What is offered is a value that this very bar meets.
  await answer.getByRole('button', { name: 'Preview' }).click()
  await expect(answer).toContainText(/This bar, if taken\s*\S/, { timeout: 20_000 })
  await expect(answer).toContainText(/Whole run, trades\s*\+[1-9]/)
  await expect(answer).toContainText('Hindsight')
  await shot('results-why-not')
  expect(await seriousFindings(page)).toEqual([])
  // The Play is as it was.
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
})

const evidenceOf = (page: Page) => page.getByRole('region', { name: 'Evidence' })
const hasFigures = (page: Page) =>
  expect(figures(page).getByRole('button', { name: /Trades/ })).toContainText(/\d/, { timeout: 45_000 })

test('an empty Play says what it lacks, and an earlier result that it is one', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Empty Play' }).click()
  await expect(evidenceOf(page)).toContainText('No result yet: the Play has no entry')
  await expect(evidenceOf(page)).not.toContainText('of the Play before')
  await expect(evidenceOf(page).getByRole('button', { name: 'Show where' })).toBeVisible()
  await open(page)
  await page.locator('.react-flow__node[data-id="stop"]').click()
  await page.keyboard.press('Delete')
  await expect(evidenceOf(page)).toContainText('Earlier result: the Play has no stop')
  await expect(figures(page)).toHaveClass(/opacity-55/)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(evidenceOf(page)).toContainText(/[\d,]+ bars in/, { timeout: 20_000 })
  await expect(figures(page)).not.toHaveClass(/opacity-55/)
})

test('loading tells how much, is given up, and begun anew', async ({ page }) => {
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/frames/**', async (route) => {
    // One column comes, the others wait.
    if (!route.request().url().endsWith('/open')) await held
    await route.continue().catch(() => {})
  })
  await choose(page, 'EMA pullback')
  await expect(evidenceOf(page).getByText(/[\d.]+ MB of [\d.]+ MB/)).toBeVisible({ timeout: 30_000 })
  await evidenceOf(page).getByRole('button', { name: 'Cancel' }).first().click()
  await expect(evidenceOf(page)).toContainText('No result yet')
  release()
  await evidenceOf(page).getByRole('button', { name: 'Run', exact: true }).click()
  await hasFigures(page)
})

test('a run that fails says why and leaves a way on', async ({ page, complaints }) => {
  await page.route('**/frames/**', (route) => route.fulfill({ status: 500, body: 'The disk is on fire.' }))
  await choose(page, 'EMA pullback')
  const fault = evidenceOf(page).getByRole('alert').filter({ hasText: 'The run failed' })
  await expect(fault).toContainText('The disk is on fire.', { timeout: 30_000 })
  await page.unroute('**/frames/**')
  await fault.getByRole('button', { name: 'Try again' }).click()
  await hasFigures(page)
  await expect(fault).toHaveCount(0)
  // The browser tells of each refusal itself.
  expect(complaints.every((one) => one.includes('500'))).toBe(true)
  complaints.length = 0
})

test('an engine that dies is started anew and answers as before', async ({ page, complaints }) => {
  await open(page)
  const before = await figures(page).textContent()
  const [worker] = page.workers()
  if (worker === undefined) throw new Error('the page has no worker')
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted')
    }, 0)
  })
  await expect(evidenceOf(page)).toContainText('was started anew')
  await trades(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('list', { name: 'Conditions, in order' })).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Escape')
  await expect(figures(page)).toHaveText(before ?? '')
  expect(complaints.every((one) => one.includes('planted'))).toBe(true)
  complaints.length = 0
})

test('more data than the page holds run on the server, and it says so', async ({ page }) => {
  await page.route(/data\.dataset/, async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(/"rows":\d+/g, '"rows":90000000')
    await route.fulfill({ response, body })
  })
  await choose(page, 'EMA pullback')
  await expect(evidenceOf(page)).toContainText(/These data want [\d,]+ MB, this page holds 600 MB/, { timeout: 45_000 })
  await hasFigures(page)
  await expect(evidenceOf(page)).toContainText(/bars in .*, on the server/)
})
