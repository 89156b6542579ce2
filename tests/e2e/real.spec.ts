// One run in two places: bars imported through the page give the page, its server and the command line the same hashes.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator, Page } from '@playwright/test'
import { realData, realDataMissing, realFile } from '../fixtures/realData'
import { expect, test } from './fixtures/journey'
import { type OwnServer, serveEmpty } from './fixtures/serve'

const root = join(import.meta.dirname, '..', '..')
const spot = 'binance:BTCUSDT'
const perp = `${spot}.P`

let server: OwnServer
let scratch = ''

test.beforeEach(async () => {
  server = await serveEmpty()
  scratch = mkdtempSync(join(tmpdir(), 'playloom-files-'))
})
test.afterEach(async () => {
  await server.stop()
  rmSync(scratch, { recursive: true, force: true })
})

/** The built command line: data through that server, runs with --local on its store. */
const playloom = async (...args: readonly string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'bin/playloom.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: server.dataDir, PLAYLOOM_URL: server.url },
    maxBuffer: 1 << 28,
  })
  return stdout
}

/** The parts of a report that must be equal, to the last bit. */
interface Facts {
  readonly playHash: string
  readonly logicHash: string
  readonly settingsHash: string
  readonly tradesHash: string
  readonly equityHash: string
  readonly data: readonly unknown[]
  readonly metrics: Readonly<Record<string, unknown>>
  readonly trades: readonly unknown[]
}
const factsOf = (report: Facts): Facts => {
  const { playHash, logicHash, settingsHash, tradesHash, equityHash, data, metrics, trades } = report
  return { playHash, logicHash, settingsHash, tradesHash, equityHash, data, metrics, trades }
}

const importBars = async (page: Page, files: readonly string[]): Promise<void> => {
  await page.goto(server.url)
  const dialog = page.getByRole('dialog', { name: 'Add bars' })
  for (const file of files) {
    await page.getByLabel('Add data').last().setInputFiles(file)
    await dialog.getByRole('textbox').fill(spot)
    await dialog.getByRole('button', { name: 'Import' }).click()
    await expect(dialog).toHaveCount(0, { timeout: 60_000 })
  }
}

/** Opens the example, lets it run, and has the server run it too: the report that both got, and its trades as shown. */
const ranOnPage = async (page: Page): Promise<{ report: Facts; count: Locator }> => {
  await page.goto(server.url)
  await page.getByRole('button', { name: /nodes/ }).filter({ hasText: 'EMA pullback' }).click()
  const count = page.getByRole('region', { name: 'Figures of this result' }).getByRole('button', { name: /Trades/ })
  await expect(page.getByRole('button', { name: `Market: ${perp}` })).toBeVisible()
  await expect(count).toContainText(/\d/, { timeout: 60_000 })
  const verify = page.getByRole('button', { name: 'Verify on the server' })
  await expect(verify).toBeEnabled({ timeout: 60_000 })
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.url().includes('run.verify'), { timeout: 60_000 }),
    verify.click(),
  ])
  const [answer] = await response.json()
  // The page compares every hash, every figure and the data with what it got itself.
  await expect(page.getByRole('button', { name: /identical/ })).toBeVisible({ timeout: 60_000 })
  return { report: factsOf(answer.result.data), count }
}

const sameAsCommandLine = async (page: Page): Promise<void> => {
  const { report, count } = await ranOnPage(page)
  const file = join(root, 'blocks/examples/ema_pullback.yaml')
  const told = await playloom('backtest', file, '--local', '--json', '--proxy', `main=${spot}`)
  const own = factsOf(JSON.parse(told))
  expect(report).toEqual(own)
  expect(own.trades.length).toBeGreaterThan(20)
  await expect(count.getByText(own.trades.length.toLocaleString('en'), { exact: true })).toBeVisible()
}

/** A walk with dips in a rising market, in exact cents; the same at every run. */
const madeBars = (days: number): { bars: string; funding: string; mark: string } => {
  const start = Date.UTC(2023, 0, 1)
  const bars = ['open_time,open,high,low,close,volume']
  const funding = ['symbol,funding_time,funding_rate']
  const mark = ['open_time,open,high,low,close']
  let seed = 7
  let cents = 3_000_000
  const dice = (sides: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor(seed / 65_536) % sides
  }
  const price = (value: number): string => (value / 100).toFixed(2)
  for (let minute = 0; minute < days * 1440; minute++) {
    const ms = start + minute * 60_000
    const open = cents
    cents = Math.max(100_000, open + (dice(4001) - 2000) + (Math.floor(minute / 600) % 3 === 0 ? -60 : 45))
    const [high, low] = [Math.max(open, cents) + dice(800), Math.min(open, cents) - dice(800)]
    bars.push([ms, price(open), price(high), price(low), price(cents), 1 + dice(50)].join())
    if (minute % 480 !== 0) continue
    funding.push(`BTCUSDT,${ms},0.0001`)
    mark.push([ms, price(open), price(open), price(open), price(open)].join())
  }
  const file = (lines: readonly string[]): string => `${lines.join('\n')}\n`
  return { bars: file(bars), funding: file(funding), mark: file(mark) }
}

/** Leverage brackets in the venue's own form; without them a perpetual may not run beyond leverage 1. */
const brackets = JSON.stringify({
  'BTC/USDT:USDT': [
    {
      tier: 1,
      symbol: 'BTC/USDT:USDT',
      currency: 'USDT',
      minNotional: 0,
      maxNotional: 50_000_000,
      maintenanceMarginRate: 0.004,
      maxLeverage: 50,
      info: {
        bracket: '1',
        initialLeverage: '50',
        notionalCap: '50000000',
        notionalFloor: '0',
        maintMarginRatio: '0.004',
        cum: '0.0',
      },
    },
  ],
})

test('made-up bars, imported through the page, run alike on page, server and command line', async ({ page }) => {
  const made = madeBars(60)
  const write = (name: string, text: string): string => {
    const path = join(scratch, name)
    writeFileSync(path, text)
    return path
  }
  await playloom('data', 'import', write('leverage_tiers.json', brackets), '--kind', 'instruments')
  await playloom('data', 'import', write('funding.csv', made.funding), '--kind', 'funding', '--instrument', perp)
  await playloom('data', 'import', write('mark.csv', made.mark), '--kind', 'mark', '--instrument', perp)
  await importBars(page, [write('BTCUSDT-1m.csv', made.bars)])
  await sameAsCommandLine(page)
})

test(`real bars, imported through the page, run alike on page, server and command line ${realDataMissing}`, async ({
  page,
}) => {
  test.skip(realData === null, realDataMissing)
  test.setTimeout(180_000)
  const span = '2022-2024.csv'
  await playloom('data', 'import', realFile('exchange-meta', 'binance_leverage_tiers.json'), '--kind', 'instruments')
  await playloom(
    ...['data', 'import', realFile('funding', `BTCUSDT-funding-${span}`), '--kind', 'funding', '--instrument', perp],
  )
  await playloom(
    ...['data', 'import', realFile('mark-8h', `BTCUSDT-mark-8h-${span}`), '--kind', 'mark', '--instrument', perp],
  )
  await importBars(
    page,
    ['2023', '2024'].map((year) => realFile('spot-1m', `BTCUSDT-1m-${year}.parquet`)),
  )
  await sameAsCommandLine(page)
})
