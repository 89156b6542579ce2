// The evidence beside the canvas: trust before profit, trades by mouse and keyboard, why and why not, verified by the server.
import type { Page } from '@playwright/test'
import { expect, seriousFindings, test } from './fixtures/journey'

/** An example Play on the synthetic market, run and shown. */
const open = async (page: Page): Promise<void> => {
  await page.goto('/')
  await page.getByRole('button', { name: /nodes/ }).filter({ hasText: 'EMA pullback' }).click()
  const result = page.getByRole('region', { name: 'Figures of this result' })
  await expect(result.getByRole('button', { name: /Trades/ })).toContainText(/\d/, { timeout: 45_000 })
}

const trades = (page: Page) => page.getByRole('grid', { name: /Trades/ })

test('trust stands before profit, and no figure of too little', async ({ page, shot }) => {
  await open(page)
  const strip = page.getByRole('region', { name: 'Trust in this result' })
  // The practice market, or what the machine has: the strip says which.
  await expect(strip.getByRole('button', { name: /^Data (SYNTHETIC|real)/ })).toBeVisible()
  await expect(strip).toContainText('Unseen data')
  await expect(page.getByRole('heading', { name: 'Result' })).toBeVisible()
  await shot('results-dark')
  expect(await seriousFindings(page)).toEqual([])
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
  await expect(trades(page)).toBeFocused()
  await shot('results-trade')
  expect(await seriousFindings(page)).toEqual([])
  const before = await bar.textContent()
  await bar.getByRole('button', { name: 'Previous trade' }).click()
  await expect(bar).not.toHaveText(before ?? '')
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})

test('months, costs and the funnel are told', async ({ page, shot }) => {
  await open(page)
  await page.getByRole('tab', { name: 'Funnel' }).click()
  const funnel = page.getByRole('region', { name: 'Funnel of the whole run' })
  await expect(funnel.getByRole('row', { name: /All bars/ })).toBeVisible({ timeout: 20_000 })
  await expect(funnel.getByRole('row', { name: /Orders sent/ })).toBeVisible()
  await shot('results-funnel')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('tab', { name: 'Months' }).click()
  await expect(page.getByRole('button', { name: /Jan 2024/ })).toBeVisible()
  await shot('results-months')
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('tab', { name: 'Costs' }).click()
  await expect(page.getByRole('row', { name: /^Net/ })).toBeVisible()
  await shot('results-costs')
  expect(await seriousFindings(page)).toEqual([])
})
