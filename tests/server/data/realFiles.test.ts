// Real files of exchanges: what is found in them is what their description says, value by value where it matters.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { instrumentTable } from '../../../server/core/instrumentTable'
import { checkSeries } from '../../../server/run/data/checkSeries'
import { loadMarket } from '../../../server/run/data/loadMarket'
import { openWorkshop, storedRows } from '../../fixtures/data/workshop'
import { realData, realDataMissing, realFile } from '../../fixtures/realData'

const spot = 'binance:BTCUSDT'
const at = (text: string): number => Date.parse(`${text}Z`)

describe.skipIf(realData === null)(`real files ${realDataMissing}`, () => {
  it.each<[string, string, number, number, number]>([
    ['BTCUSDT', '2023', 525_520, 1, 80],
    ['BTCUSDT', '2024', 527_040, 0, 0],
    ['ETHUSDT', '2023', 525_520, 1, 80],
    ['ETHUSDT', '2024', 527_040, 0, 0],
    ['SUIUSDT', '2024', 527_040, 0, 0],
  ])('spot 1m %s %s', { timeout: 120_000 }, async (...[symbol, year, rows, gaps, missing]) => {
    const { took, store } = openWorkshop()
    const instrument = `binance:${symbol}`
    const { series } = await took({ files: [realFile('spot-1m', `${symbol}-1m-${year}.parquet`)], instrument })
    expect(series[0]).toMatchObject({
      added: rows,
      duplicates: 0,
      info: { rows, gaps, missing, fromMs: at(`${year}-01-01T00:00`), toMs: at(`${Number(year) + 1}-01-01T00:00`) },
    })
    const { bars } = (await loadMarket({ instrument }, store)) as { bars: { open: Float64Array; close: Float64Array } }
    // Every price of the year is a whole number of the ticks that the shipped table names.
    const ticks = Math.round(1 / Number(instrumentTable[instrument]?.tick))
    expect([...bars.open, ...bars.close].filter((price) => Math.round(price * ticks) / ticks !== price)).toEqual([])
  })

  it('the spot halt of 24 March 2023: 72 still minutes, then 80 missing', { timeout: 120_000 }, async () => {
    const { took, store } = openWorkshop()
    await took({ files: [realFile('spot-1m', 'BTCUSDT-1m-2023.parquet')], instrument: spot })
    const report = await checkSeries(spot, store)
    expect(report).toMatchObject({
      problems: [],
      series: [{ gaps: [{ fromMs: at('2023-03-24T12:40'), toMs: at('2023-03-24T14:00'), missing: 80 }] }],
    })
    const findings = 'series' in report ? (report.series[0]?.findings ?? []) : []
    expect(findings.filter(({ kind }) => kind !== 'outlier')).toEqual([
      { kind: 'zero_volume', count: 72, runs: 1, worst: { fromMs: at('2023-03-24T11:28'), rows: 72, size: 72 } },
      { kind: 'flat', count: 72, runs: 1, worst: { fromMs: at('2023-03-24T11:28'), rows: 72, size: 72 } },
    ])
  })

  it('February 2018 is refused by the names of its faults; without them 37,060 bars remain and are named', async () => {
    const { took, refused, store } = openWorkshop()
    const files = [realFile('quirks', 'BTCUSDT-1m-2018-02.parquet')]
    const failure = await refused({ files, instrument: spot })
    expect(failure.code).toBe('rows_refused')
    expect(failure.problems.map(({ code, severity, message, where }) => [code, severity, message, where.line])).toEqual(
      [
        [
          'row_off_grid',
          'error',
          '1,201 rows with open time off the grid of its timeframe, first in line 10110',
          10_110,
        ],
        ['gaps', 'warning', '2,058 bars missing in 3 gaps (gaps alone are no reason to refuse a file)', undefined],
      ],
    )
    const { series } = await took({ files, instrument: spot, skipBad: true })
    expect(series[0]?.info).toMatchObject({ rows: 37_060, skipped: { off_grid: 1201 }, missing: 3260 })
    expect(await loadMarket({ instrument: spot }, store)).toMatchObject({
      notices: [
        'binance:BTCUSDT klines 1m: rows left out at import: 1,201 with open time off the grid of its timeframe',
      ],
    })
  })

  it('a monthly archive: every double is the nearest to its text', async () => {
    const { took, store } = openWorkshop()
    const path = realFile('perp-1m-vision-monthly', 'NEARUSDT-1m-2024-02.csv')
    const { series } = await took({ files: [path], instrument: 'binance:NEARUSDT.P' })
    expect(series[0]?.info).toMatchObject({ rows: 41_760, gaps: 0, tf: '1m' })
    const text = readFileSync(path, 'utf8').trim().split('\n').slice(1)
    expect(await storedRows(store, 'binance:NEARUSDT.P')).toEqual(
      text.map((line) => line.split(',').slice(0, 6).map(Number)),
    )
  })

  it.each([
    ['KITEUSDT', 35, 50_400, '2026-03-08T00:00', '2026-04-12T00:00'],
    ['ETHUSDT', 12, 17_280, '2026-04-01T00:00', '2026-04-13T00:00'],
  ])('every daily archive of %s', async (...[symbol, count, rows, from, to]) => {
    const { took } = openWorkshop()
    const folder = realFile('vision-daily-zips', `klines-${symbol}`)
    const files = readdirSync(folder).map((name) => `${folder}/${name}`)
    expect(files).toHaveLength(count)
    const { series } = await took({ files: [...files].reverse(), instrument: `binance:${symbol}.P` })
    expect(series[0]?.info).toMatchObject({ rows, gaps: 0, fromMs: at(from), toMs: at(to) })
  })

  it('the day of RUNEUSDT, and archives of other things refused by their columns', async () => {
    const { took, refused } = openWorkshop()
    const day = (kind: string): string => realFile('trades-RUNEUSDT-2026-04-10', `RUNEUSDT-${kind}-2026-04-10.zip`)
    const { series } = await took({ files: [day('1m')], instrument: 'binance:RUNEUSDT.P' })
    expect(series[0]?.info.rows).toBe(1440)
    expect((await refused({ files: [day('aggTrades')], instrument: 'binance:RUNEUSDT.P' })).code).toBe('layout_unknown')
    expect(
      (await refused({ files: [realFile('derivatives', 'btc-open-interest-1d-2020-2024.csv')], instrument: spot }))
        .code,
    ).toBe('option_missing')
  })

  it('the same day from another vendor has the same bars', { timeout: 120_000 }, async () => {
    const { took } = openWorkshop()
    await took({ files: [realFile('spot-1m', 'BTCUSDT-1m-2024.parquet')], instrument: spot })
    const { series } = await took({ files: [realFile('lean-samples', 'btcusdt-20240805_trade.zip')], instrument: spot })
    expect(series[0]).toMatchObject({ added: 0, duplicates: 1440 })
  })

  const fundings: [string, number][] = [
    ['1000PEPEUSDT-funding-2023_2024-05', 1124],
    ['BNBUSDT-funding-2024', 999],
    ['BTCUSDT-funding-2022-2024', 3288],
    ['DOGEUSDT-funding-2024', 944],
    ['ETHUSDT-funding-2023-2024', 2193],
    ['LTCUSDT-funding-2023_2024-05', 1498],
    ['SOLUSDT-funding-2024', 1082],
    ['SUIUSDT-funding-2023_2024-05', 1130],
  ]
  it('all funding files, values as published', async () => {
    const { took, store } = openWorkshop()
    for (const [name, rows] of fundings) {
      const instrument = `binance:${name.split('-')[0]}.P`
      const path = realFile('funding', `${name}.csv`)
      const { series } = await took({ files: [path], instrument })
      expect(series[0]?.info).toMatchObject({ kind: 'funding', rows })
      const { stampMs, rate } = await store.funding(instrument, Infinity)
      const text = readFileSync(path, 'utf8').trim().split('\n').slice(1)
      expect(Array.from(stampMs, (ms, i) => [ms, rate[i]])).toEqual(
        text.map((line) => line.split(',').slice(1).map(Number)),
      )
      expect(await checkSeries(instrument, store)).toMatchObject({ series: [{ findings: [] }] })
    }
  })

  it('mark prices, perpetual bars of other intervals, one of ten symbols, daily bars', {
    timeout: 120_000,
  }, async () => {
    const { took, store } = openWorkshop()
    const cases: [string[], string, string, number][] = [
      [['mark-8h', 'BTCUSDT-mark-8h-2022-2024.csv'], 'binance:BTCUSDT.P', 'mark 8h', 3288],
      [['mark-8h', 'ETHUSDT-mark-8h-2023-2024.csv'], 'binance:ETHUSDT.P', 'mark 8h', 2193],
      [['mark-8h', 'SOLUSDT-mark-8h-2024.csv'], 'binance:SOLUSDT.P', 'mark 8h', 1098],
      [['mark-8h', 'DOGEUSDT-mark-8h-2022-2024.csv'], 'binance:DOGEUSDT.P', 'mark 8h', 3288],
      [['perp-1m', 'BTCUSDT-PERP-1m-2023-07_2023-08.parquet'], 'binance:BTCUSDT.P', 'klines 1m', 43_199],
      [['perp-5m', 'SUIUSDT-PERP-5m-2023-05_2024-05.parquet'], 'binance:SUIUSDT.P', 'klines 5m', 108_575],
      [['perp-15m', 'ETHUSDT-PERP-15m-2023-2024.parquet'], 'binance:ETHUSDT.P', 'klines 15m', 70_176],
      [['perp-1h', 'SOLUSDT-PERP-1h-2024.csv'], 'binance:SOLUSDT.P', 'klines 1h', 8784],
      [['spot-1h', 'ten-symbols-1h-2022-2024.parquet'], 'binance:XRPUSDT', 'klines 1h', 26_303],
      [['spot-1d', 'XRPUSDT-1d-to-2024.csv'], 'binance:XRPUSDT', 'klines 1d', 2434],
    ]
    for (const [path, instrument, name, rows] of cases) {
      const { series } = await took({ files: [realFile(...path)], instrument })
      expect(series.map(({ info }) => [info.instrument, `${info.kind} ${info.tf}`, info.rows])).toEqual([
        [instrument, name, rows],
      ])
    }
    expect(await loadMarket({ instrument: 'binance:SOLUSDT.P' }, store)).toMatchObject({
      mark: { tf: '8h' },
      bars: { tf: '1h' },
    })
  })

  it('exchangeInfo and leverage brackets', async () => {
    const { took, store } = openWorkshop()
    const meta = (name: string): string => realFile('exchange-meta', name)
    const { facts } = await took({
      files: [
        meta('binance-usdm-exchangeInfo-2025-11-26.json'),
        meta('binance_leverage_tiers.json'),
        meta('binance-usdm-exchangeInfo-sample-nautilus.json'),
      ],
    })
    expect(facts.map(({ what, markets }) => [what, markets])).toEqual([
      ['filters', 636],
      ['brackets', 524],
      ['filters', 2],
    ])
    const btc = await store.facts('binance:BTCUSDT.P')
    expect(btc).toMatchObject({ tick: '0.1', step: '0.001', minQty: 0.001, minNotional: 100 })
    expect(btc?.sources[0]).toContain('2025-11-26 (its rate limits look like the testnet)')
    expect(btc?.brackets?.slice(0, 3)).toEqual([
      { floor: 0, cap: 300_000, maxLeverage: 125, rate: 0.004, cum: 0 },
      { floor: 300_000, cap: 800_000, maxLeverage: 100, rate: 0.005, cum: 300 },
      { floor: 800_000, cap: 3_000_000, maxLeverage: 75, rate: 0.0065, cum: 1500 },
    ])
    expect((await store.facts('binance:SUIUSDT.P'))?.brackets?.[1]).toEqual({
      floor: 20_000,
      cap: 200_000,
      maxLeverage: 50,
      rate: 0.015,
      cum: 100,
    })
    expect(await store.facts('binance:BTCUSDT')).toBeNull()
  })
})
