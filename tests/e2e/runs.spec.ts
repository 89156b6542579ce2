// Runs of record on the page: verified, listed, read again, compared after an edit; cancelled; and a difference, which is a bug.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page, Route } from '@playwright/test'
import { parseDocument } from '../../blocks/play/text/parse'
import { baseUrl, expect, seriousFindings, test } from './fixtures/journey'

const open = async (page: Page): Promise<void> => {
  await page.goto('/')
  await page.getByRole('button', { name: /nodes/ }).filter({ hasText: 'EMA pullback' }).click()
  const figures = page.getByRole('region', { name: 'Figures of this result' })
  await expect(figures.getByRole('button', { name: /Trades/ })).toContainText(/\d/, { timeout: 60_000 })
}

const verify = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Verify on the server' }).click()
  await expect(page.getByRole('button', { name: /identical/ })).toBeVisible({ timeout: 60_000 })
}

/** Lines of the list, its head left out. */
const lines = (page: Page): Locator => page.getByRole('table', { name: /Runs on the server/ }).locator('tbody tr')

const call = async (page: Page, path: string, input: object): Promise<unknown> => {
  const answer = await page.request.post(`${baseUrl()}/api/trpc/${path}`, {
    data: input,
    headers: { origin: baseUrl() },
  })
  const { result } = (await answer.json()) as { result: { data: unknown } }
  return result.data
}

const read = async (page: Page, path: string, input: object): Promise<unknown> => {
  const asked = encodeURIComponent(JSON.stringify(input))
  const answer = await page.request.get(`${baseUrl()}/api/trpc/${path}?input=${asked}`)
  const { result } = (await answer.json()) as { result: { data: unknown } }
  return result.data
}

test('what is verified is listed, read as it was kept, run again, and compared after an edit', async ({
  page,
  shot,
}) => {
  await open(page)
  await verify(page)
  const length = page.getByRole('spinbutton', { name: 'atr length' })
  await length.fill('21')
  await length.press('Enter')
  await expect(page.getByRole('button', { name: 'Verify on the server' })).toBeEnabled()
  await verify(page)
  await page.getByRole('link', { name: 'Runs of this Play' }).click()
  await expect(lines(page)).toHaveCount(2)
  await expect(lines(page).first()).toContainText(/done.*v2/)
  await expect(lines(page).nth(1)).toContainText(/done.*v1/)
  expect(await seriousFindings(page)).toEqual([])
  await shot('runs')

  await lines(page).nth(1).getByRole('link').click()
  await expect(page.getByRole('region', { name: 'Trust in this result' })).toContainText('Unseen data')
  await expect(page.getByRole('region', { name: 'Figures of this result' })).toContainText(/Sharpe/)
  expect(await seriousFindings(page)).toEqual([])
  await shot('run')
  await page.getByRole('button', { name: 'Verify again' }).click()
  await expect(page.getByRole('link', { name: /Run again: identical/ })).toBeVisible({ timeout: 60_000 })
  // The file is the kept text, byte for byte.
  await page.getByRole('button', { name: 'What to do with this run' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Save the report as JSON' }).click()
  const id = page.url().split('/').at(-1) ?? ''
  expect(readFileSync(await (await saving).path(), 'utf8')).toBe(await read(page, 'run.text', { id }))
  await page.getByRole('radio', { name: 'Record' }).click()
  await expect(page.getByRole('heading', { name: 'Hashes' })).toBeVisible()
  await expect(page.getByText(/\d other runs? of the same: identical/)).toBeVisible()

  await page.goBack()
  await expect(lines(page)).toHaveCount(3)
  for (const i of [1, 2]) await lines(page).nth(i).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByText(/became 21/)).toBeVisible()
  await expect(page.getByRole('row', { name: /^Sharpe/ })).toContainText(/\d/)
  expect(await seriousFindings(page)).toEqual([])
  await shot('compare')
  await page.getByRole('region', { name: 'Trades that differ' }).getByRole('link').first().click()
  await expect(page.getByRole('region', { name: /^Trade \d+$/ })).toContainText('Filled')
})

test('a long run is cancelled from the list within two seconds', async ({ page }) => {
  const { tree } = parseDocument(
    readFileSync(join(import.meta.dirname, '../../blocks/examples/ema_pullback.yaml'), 'utf8'),
  )
  // Three million decisions: it cannot end of itself before it is told to.
  const basket = ['BTC', 'ETH', 'SUI'].map((coin) => `synthetic:${coin}USDT.P`)
  const run = {
    tree: { ...tree, tf: '1m', markets: { main: basket } },
    sets: {},
    settings: {},
    fromMs: Date.UTC(2023, 0, 1),
    toMs: Date.UTC(2024, 11, 31),
  }
  // A list of its own, which is open before there is anything to list.
  const playId = `cancelled_${Date.now()}`
  await page.goto(`/runs?play=${playId}`)
  await expect(page.getByText('No runs yet')).toBeVisible()
  const { id } = (await call(page, 'run.queue', { playId, sidecar: {}, run })) as { id: string }
  await expect(lines(page).first()).toContainText('running')
  const cancel = lines(page)
    .first()
    .getByRole('button', { name: /^Cancel the run/ })
  const taken = page.waitForResponse(/run\.cancel/)
  await cancel.click()
  await taken
  const takenMs = Date.now()
  await expect(lines(page).first()).toContainText('cancelled')
  // From the server's word that it gives the run up to its end: how fast this page draws is another question.
  const { endedMs } = (await read(page, 'run.get', { id })) as { endedMs: number }
  expect(endedMs - takenMs).toBeLessThan(2000)
  await lines(page).first().getByRole('link').click()
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible()
})

/** The server's answer with another third trade, as a fault of the engine would have it. */
const withAnotherTrade = async (route: Route): Promise<void> => {
  const answer = await route.fetch()
  const text = await answer.text()
  const body: unknown = JSON.parse(text)
  for (const { result } of (Array.isArray(body) ? body : [body]) as { result?: { data?: { trades?: object[] } } }[]) {
    const third = result?.data?.trades?.[2]
    if (result?.data !== undefined && third !== undefined) {
      Object.assign(third, { exitPrice: 1 })
      Object.assign(result.data, { tradesHash: 'f'.repeat(64) })
    }
  }
  await route.fulfill({ response: answer, json: body })
}

test('where page and server differ it is shown as a bug, with both hashes and the first trade', async ({
  page,
  shot,
}) => {
  await page.route(/\/api\/trpc\/[^?]*run\.report/, withAnotherTrade)
  await open(page)
  await page.getByRole('button', { name: 'Verify on the server' }).click()
  await page.getByRole('button', { name: /^Bug: \d+ difference/ }).click({ timeout: 60_000 })
  const told = page.getByRole('dialog', { name: /What differs/ })
  await expect(told).toContainText('tradesHash')
  await expect(told).toContainText('ffffffff')
  await expect(told).toContainText(/The first trade that differs is trade 3 .*exitPrice is [\d.]+ and 1/)
  await expect(told.getByRole('button', { name: 'Copy what to send' })).toBeVisible()
  expect(await seriousFindings(page)).toEqual([])
  await shot('difference')
})
