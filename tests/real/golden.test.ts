// Real bars through import, store, engine and report, beside the golden reports of HANDCHECK.md.
// `UPDATE_GOLDEN=1 npx vitest run tests/real` writes them anew: look at its diff trade by trade before you commit it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkReport, compareReports } from '../../blocks/engine/report/compare'
import type { Report } from '../../blocks/engine/report/document'
import { settingsSchema } from '../../blocks/engine/settings'
import { Failure } from '../../server/core/failure'
import type { RunPorts } from '../../server/run/backtest/ask'
import { backtest } from '../../server/run/backtest/backtest'
import { type ImportRequest, importFiles } from '../../server/run/data/importFiles'
import { routeBars } from '../../server/run/data/routeBars'
import { type DataPorts, openData } from '../../server/wire'
import { realData, realDataMissing, realFile } from '../fixtures/realData'
import { columnDifferences, columnsOf } from './columns'
import { type GoldenRun, goldenRuns } from './runs'
import { cutDown, type Golden, readGolden, writeGolden } from './stored'

const updating = process.env.UPDATE_GOLDEN === '1'
/** Dates facts whose file does not; fixed, because the report names it. */
const importedAt = Date.UTC(2025, 6, 1)

const requests = (): readonly ImportRequest[] => [
  ...(['BTCUSDT', 'ETHUSDT'] as const).flatMap((symbol): ImportRequest[] => [
    {
      files: ['2023', '2024'].map((y) => realFile('spot-1m', `${symbol}-1m-${y}.parquet`)),
      instrument: `binance:${symbol}`,
    },
    {
      files: [realFile('funding', `${symbol}-funding-${symbol === 'BTCUSDT' ? '2022' : '2023'}-2024.csv`)],
      kind: 'funding',
      instrument: `binance:${symbol}.P`,
    },
    {
      files: [realFile('mark-8h', `${symbol}-mark-8h-${symbol === 'BTCUSDT' ? '2022' : '2023'}-2024.csv`)],
      kind: 'mark',
      instrument: `binance:${symbol}.P`,
    },
  ]),
  { files: [realFile('exchange-meta', 'binance_leverage_tiers.json')], kind: 'instruments' },
]

const portsOf = ({ store, venues, hash }: DataPorts): RunPorts => ({
  bars: routeBars(venues, store),
  hash,
  now: () => 0,
})

const goldenOf = async (golden: GoldenRun, data: DataPorts): Promise<{ whole: Report } & Golden> => {
  const { play, file, symbol, from, to } = golden
  const ask = {
    plays: [{ file, text: play }],
    from,
    to,
    markets: { main: [`binance:${symbol}.P`] },
    proxies: { main: `binance:${symbol}` },
    sets: {},
    settings: settingsSchema.parse({}),
  }
  const made = await backtest(ask, portsOf(data))
  if (made instanceof Failure) throw made
  if (Array.isArray(made)) throw new Error(made.map(({ message }) => message).join('\n'))
  return { whole: made.report, report: cutDown(made.report), columns: columnsOf(made.run) }
}

describe.skipIf(realData === null)(`golden reports on real bars ${realDataMissing}`, () => {
  let folder = ''
  let data: DataPorts | undefined

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'playloom-golden-'))
    data = { ...(await openData({ dataDir: folder })), nowMs: () => importedAt }
    for (const request of requests()) {
      const result = await importFiles(request, data)
      if (result instanceof Failure) throw result
    }
  }, 300_000)

  afterAll(() => {
    data?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(goldenRuns)('$name', { timeout: 120_000 }, async (golden) => {
    if (data === undefined) throw new Error('the real data were not imported')
    const { whole, ...now } = await goldenOf(golden, data)
    expect(checkReport(whole)).toEqual([])
    if (updating) writeGolden(golden.name, now)
    const stored = readGolden(golden.name)
    if (stored === null) throw new Error(`no golden report ${golden.name}: check its trades, then UPDATE_GOLDEN=1`)
    const said = compareReports(stored.report, now.report).differences.map(({ message }) => message)
    expect([...columnDifferences(stored.columns, now.columns), ...said].join('\n')).toBe('')
  })
})
