// Market data as a page: a dirty file and its clean one, a series with its gaps, a download with its way out, deletion.
import { openVenue } from '../fixtures/venue/venue'
import { expect, seriousFindings, test } from './fixtures/journey'
import { serveStack } from './fixtures/serve'

const start = Date.UTC(2023, 0, 1)
const minute = 60_000

/** Minutes of a quiet market, those of `left` missing; the high of `bad` is below its low. */
const csv = (minutes: number, { left = [], bad }: { left?: readonly number[]; bad?: number } = {}): Buffer =>
  Buffer.from(
    [
      'open_time,open,high,low,close,volume',
      ...Array.from({ length: minutes }, (_, k) => k)
        .filter((k) => !left.includes(k))
        .map((k) => `${start + k * minute},10,${k === bad ? 8 : 11},9,10.5,3`),
      '',
    ].join('\n'),
  )

test('a dirty file is refused line by line, its clean one comes in, and its series shows the gap', async ({
  page,
  shot,
}) => {
  await page.goto('/data')
  const files = page.getByLabel('Files of market data')
  await expect(page.getByRole('button', { name: 'Add files' })).toBeVisible()
  const name = 'DIRTYUSDT-1m-2023-01.csv'
  await expect(async () => {
    await files.setInputFiles([{ name, mimeType: 'text/csv', buffer: csv(600, { bad: 40 }) }])
    await expect(page.getByRole('list', { name: 'Files to import' })).toBeVisible({ timeout: 2000 })
  }).toPass()
  const list = page.getByRole('list', { name: 'Files to import' })
  await list.getByLabel('Market, as venue:SYMBOL').fill('binance:DIRTYUSDT')
  await list.getByRole('button', { name: 'Import' }).click()
  await expect(list.getByRole('alert')).toContainText('high below low')
  await expect(list.getByRole('alert')).toContainText('line 42')
  await expect(list.getByRole('alert')).toContainText('A series is taken whole or not at all.')
  await expect(page.getByRole('link', { name: 'binance:DIRTYUSDT Bars 1m' })).toBeHidden()
  await list.getByRole('button', { name: 'Leave it' }).click()

  await files.setInputFiles([{ name, mimeType: 'text/csv', buffer: csv(600, { left: [100, 101, 102, 103] }) }])
  await list.getByLabel('Market, as venue:SYMBOL').fill('binance:DIRTYUSDT')
  await list.getByRole('button', { name: 'Import' }).click()
  await expect(list).toContainText('Bars 1m: 596 new rows, 1 gap in the series')
  const row = page.getByRole('row').filter({ hasText: name })
  await expect(row).toContainText('4 bars missing in 1 gap')
  expect(await seriousFindings(page)).toEqual([])
  await shot('data')

  await row.getByRole('link').click()
  await expect(page.getByRole('heading', { name: 'DIRTYUSDT, Bars 1m' })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: '2023-01-01 01:40' })).toContainText('not stored')
  await page.getByRole('button', { name: 'Next gap' }).click()
  await expect(page.getByRole('region', { name: 'Gaps from 2023-01-01 01:12 to 2023-01-01 02:12 UTC' })).toBeVisible()
  await expect(page.getByText('Every byte is as it was written')).toBeVisible()
  expect(await seriousFindings(page)).toEqual([])
  await shot('data-series')

  await page.getByRole('button', { name: 'Delete' }).click()
  const asked = page.getByRole('dialog')
  await expect(asked).toContainText('596 rows')
  await expect(asked).toContainText('No run of record and no Play')
  await asked.getByRole('button', { name: 'Keep it' }).click()
  await expect(asked).toBeHidden()
  await page.getByRole('button', { name: 'Delete' }).click()
  await asked.getByRole('button', { name: 'Delete' }).click()
  await expect(page).toHaveURL(/\/data$/)
  await expect(page.getByRole('heading', { name: 'Market data' })).toBeAttached()
  await expect(page.getByRole('link', { name: 'binance:DIRTYUSDT Bars 1m' })).toBeHidden()
})

test('a download is followed, cancelled, taken up again and survives a reload of the page', async ({ page, shot }) => {
  test.setTimeout(180_000)
  const venue = await openVenue({ fromMs: start, minutes: 5000 })
  const stack = await serveStack({ VENUE_URL: venue.url })
  try {
    venue.fail(/\/klines$/, { kind: 'hang' }, { times: 50, skip: 2 })
    await page.goto(`${stack.url}/data`)
    const dialog = page.getByRole('dialog')
    await expect(async () => {
      await page.getByRole('button', { name: 'Download' }).click()
      await expect(dialog).toBeVisible({ timeout: 2000 })
    }).toPass()
    await dialog.getByLabel('Market', { exact: true }).fill('btcusdt')
    for (const kind of ['Mark price', 'Funding']) await dialog.getByRole('checkbox', { name: kind }).uncheck()
    await dialog.getByLabel('First day, UTC').fill('2023-02-30')
    await dialog.getByRole('button', { name: 'Download' }).click()
    await expect(dialog).toContainText('A day, as 2024-01-01.')
    await dialog.getByLabel('First day, UTC').fill('2023-01-01')
    await dialog.getByLabel('Last day, UTC').fill('2023-01-03')
    await dialog.getByRole('button', { name: 'Download' }).click()
    await expect(dialog).toBeHidden()

    const list = page.getByRole('list', { name: 'Downloads' })
    await expect(list).toContainText('new rows, up to 2023-01-0')
    await page.reload()
    await expect(list).toContainText('new rows, up to 2023-01-0')
    expect(await seriousFindings(page)).toEqual([])
    await shot('data-download')
    await list.getByRole('button', { name: 'Cancel' }).click()
    await expect(list).toContainText('Whatever had come is stored')
    venue.scripts.length = 0
    await list.getByRole('button', { name: 'Go on' }).click()
    const series = page.getByRole('row').filter({ hasText: 'Bars 1m' })
    await expect(series).toContainText('4,320', { timeout: 60_000 })
    await expect(series).toContainText('clean')
    await expect(list.getByRole('listitem').first()).toContainText('rows are stored')
    // A page whose server goes complains of the line that it listened on.
    await page.goto('about:blank')
  } finally {
    await stack.stop()
    await venue.close()
  }
})
