// The evidence beside the canvas: trust before profit, trades by mouse and keyboard, why and why not, verified by the server.
import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { expect, seriousFindings, test } from './fixtures/journey'

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

test('trust stands before profit, and no figure of too little', async ({ page, shot }) => {
  await open(page)
  const strip = page.getByRole('region', { name: 'Trust in this result' })
  // The practice market, or what the machine has: the strip says which.
  await expect(strip.getByRole('button', { name: /^Data (SYNTHETIC|real)/ })).toBeVisible()
  await expect(strip).toContainText('Unseen data')
  await expect(page.getByRole('heading', { name: 'Result' })).toBeVisible()
  // A figure has its sample or its interval beside it.
  await expect(figures(page).getByRole('button', { name: /Sharpe/ })).toHaveText(/\d to \u2212?\d/)
  await expect(figures(page).getByRole('button', { name: /Expectancy/ })).toHaveText(/±\d/)
  await shot('results-dark')
  expect(await seriousFindings(page)).toEqual([])
})

test('words stand whole, however narrow the panel', async ({ page }) => {
  await open(page)
  const evidence = page.getByRole('region', { name: 'Evidence' })
  // The evidence has 41 % of what palette and rail leave.
  for (const [width, evidencePx] of [
    [1395, 480],
    [1590, 560],
    [2012, 720],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await expect.poll(async () => Math.abs(((await evidence.boundingBox())?.width ?? 0) - evidencePx)).toBeLessThan(12)
    await expect(trades(page).getByRole('row').nth(3)).toBeVisible()
    await expect.poll(() => cutWords(evidence)).toEqual([])
  }
  await expect(trades(page).getByRole('columnheader')).toHaveCount(7)
})

test('the server gets the same', async ({ page }) => {
  await open(page)
  await page.getByRole('button', { name: 'Verify on the server' }).click()
  await expect(page.getByRole('button', { name: /identical/ })).toBeVisible({ timeout: 45_000 })
})

test('trades are sorted, walked with the keys, explained and left', async ({ page, shot }) => {
  await open(page)
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
  await shot('results-trade')
  expect(await seriousFindings(page)).toEqual([])
  const before = await bar.textContent()
  await bar.getByRole('button', { name: 'Previous trade' }).click()
  await expect(bar).not.toHaveText(before ?? '')
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})

test('a month filters the trades, chips and menu too, and what is shown can be saved', async ({ page, shot }) => {
  await open(page)
  await page.getByRole('tab', { name: 'Months' }).click()
  const month = page.getByRole('button', { name: /^Jan 2024/ })
  await month.focus()
  await page.keyboard.press('ArrowLeft')
  // Over the end of the year.
  await expect(page.getByRole('button', { name: /^2023:/ })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(month).toBeFocused()
  await shot('results-months')
  expect(await seriousFindings(page)).toEqual([])
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
    page.getByRole('button', { name: 'Save the filtered trades as CSV' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/-trades\.csv$/)
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
  const rows = Number(await trades(page).getAttribute('aria-rowcount'))
  expect(lines.length).toBe(rows)
  for (const line of lines.slice(1)) expect(line).toMatch(/,short,.*,2024-01-\d\dT/)
  await page.getByRole('button', { name: 'Jan 2024: show all again' }).click()
  await page.getByRole('button', { name: 'Short: show all again' }).click()
  await expect(trades(page)).toHaveAttribute('aria-label', `Trades, ${whole.replaceAll(',', '')}`)
})

test('the funnel tells of a step that never decides, and what it would be without it', async ({ page, shot }) => {
  await open(page)
  await page.getByRole('tab', { name: 'Funnel' }).click()
  const funnel = page.getByRole('region', { name: 'Funnel of the whole run' })
  await expect(funnel.getByRole('row', { name: /All bars/ })).toBeVisible({ timeout: 20_000 })
  await expect(funnel.getByRole('row', { name: /Orders sent/ })).toBeVisible()
  const doubt = funnel.getByRole('listitem').filter({ hasText: 'Dipped lately never decides alone' })
  const remove = doubt.getByRole('button', { name: 'Remove' })
  await expect(remove).toBeVisible({ timeout: 30_000 })
  await expect(doubt).toContainText(/\+\d+ \u2212\d+ trades|no trade changes/)
  const told = await doubt.textContent()
  await shot('results-funnel')
  expect(await seriousFindings(page)).toEqual([])
  // What was told is what comes of it.
  await remove.click()
  await expect(funnel.getByRole('row', { name: /Dipped lately/ })).toHaveCount(0, { timeout: 20_000 })
  const edit = page.getByRole('button', { name: /^Remove Dipped lately/ })
  await expect(edit).toContainText(told?.match(/\+\d+ \u2212\d+ trades/)?.[0] ?? '+0 \u22120 trades')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(funnel.getByRole('row', { name: /Dipped lately/ })).toBeVisible({ timeout: 20_000 })
})

test('why not here: the condition that said no, and what would have let it in', async ({ page, shot }) => {
  await open(page, 'RSI')
  await page
    .getByRole('application', { name: /^Chart of/ })
    .or(page.getByRole('region', { name: /^Chart of/ }))
    .first()
    .focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  const bar = page.getByRole('region', { name: 'This bar' })
  const answer = page.getByRole('region', { name: 'Why not here' })
  await expect(answer).toContainText(/said no|was open already|not complete|had been true/, { timeout: 20_000 })
  // Back from bar to bar, to one at which a constant alone stood in the way.
  const preview = answer.getByRole('button', { name: 'Preview' })
  for (let i = 0; i < 60 && !(await preview.isVisible()); i++) {
    const before = await bar.textContent()
    await bar.getByRole('button', { name: 'Previous bar' }).click()
    await expect(bar).not.toHaveText(before ?? '')
    await expect(answer.getByRole('list', { name: 'Conditions, in order' })).toBeVisible()
  }
  await preview.click()
  await expect(answer).toContainText('Hindsight', { timeout: 20_000 })
  await expect(answer).toContainText(/Whole run, trades\s*\+\d/)
  await shot('results-why-not')
  expect(await seriousFindings(page)).toEqual([])
  // The Play is as it was.
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
})

test('costs are told', async ({ page, shot }) => {
  await open(page)
  await page.getByRole('tab', { name: 'Costs' }).click()
  await expect(page.getByRole('row', { name: /^Net/ })).toBeVisible()
  await shot('results-costs')
  expect(await seriousFindings(page)).toEqual([])
})
