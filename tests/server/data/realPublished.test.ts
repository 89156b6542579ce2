// Real files of published figures: every row of them is in the store, value by value as its text says.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../server/core/failure'
import type { SeriesKey } from '../../../server/core/series'
import { checkSeries } from '../../../server/run/data/checkSeries'
import { type ImportRequest, importFiles } from '../../../server/run/data/importFiles'
import { minute, openWorkshop } from '../../fixtures/data/workshop'
import { realData, realDataMissing, realFile } from '../../fixtures/realData'

const at = (text: string): number => Date.parse(`${text}Z`)
const hour = 60 * minute
const day = 24 * hour

const shop = () => {
  const { store, files } = openWorkshop()
  return {
    store,
    took: async (request: ImportRequest) => {
      const result = await importFiles(request, { store, files, nowMs: () => at('2026-11-23T00:00') })
      if (result instanceof Failure) throw result
      return result.series
    },
    rows: async (key: SeriesKey): Promise<number[][]> => {
      const { timeMs, values } = await store.published(key, Infinity)
      return Array.from(timeMs, (ms, i) => [ms, ...values.map((column) => column[i] ?? Number.NaN)])
    },
  }
}

/** Time and columns of a table with a header. */
const tableOf = (path: string, columns: readonly string[]): number[][] => {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n')
  const places = columns.map((name) => header.trim().split(',').indexOf(name))
  return lines.map((line) => {
    const fields = line.trim().split(',')
    const [time = '', ...rest] = [fields[0], ...places.map((place) => fields[place] ?? '')]
    const iso = time.length === 10 ? `${time}T00:00:00Z` : `${time.replace(' ', 'T')}Z`
    return [Date.parse(iso), ...rest.map((text) => (text === '' ? Number.NaN : Number(text)))]
  })
}

describe.skipIf(realData === null)(`real published figures ${realDataMissing}`, () => {
  it.each([
    ['ETHUSDT', 8, '2026-04-05T00:05'],
    ['KITEUSDT', 35, '2026-03-08T00:05'],
  ])('metrics of %s: every snapshot at its moment, the days joined', async (symbol, days, first) => {
    const { took, store } = shop()
    const folder = realFile('vision-daily-zips', `metrics-${symbol}`)
    const files = readdirSync(folder).map((name) => `${folder}/${name}`)
    expect(files).toHaveLength(days)
    const series = await took({ files: files.reverse() })
    const range = { rows: days * 288, gaps: 0, fromMs: at(first), toMs: at(first) + days * day, tf: '5m' }
    const published = { source: 'binance', delayMs: minute, maxAgeMs: 15 * minute }
    expect(series.map(({ info }) => info)).toMatchObject([
      { ...range, kind: 'open-interest', instrument: `binance:${symbol}.P`, published },
      { ...range, kind: 'long-short', instrument: `binance:${symbol}.P`, published },
    ])
    expect(await checkSeries(undefined, store)).toMatchObject({ problems: [] })
  })

  it('the first snapshot of an archive is what its text says', async () => {
    const { took, rows } = shop()
    await took({ files: [realFile('vision-daily-zips', 'metrics-ETHUSDT', 'ETHUSDT-metrics-2026-04-05.zip')] })
    const of = { instrument: 'binance:ETHUSDT.P', tf: '5m' } as const
    const stamp = at('2026-04-05T00:05')
    expect((await rows({ ...of, kind: 'open-interest' }))[0]).toEqual([stamp, 2147399.806, 4430567116.961239])
    expect((await rows({ ...of, kind: 'long-short' }))[0]).toEqual([stamp, 1.81394297])
  })

  it('open interest of a vendor: the close of each day, known when the day is over', async () => {
    const { took, rows } = shop()
    const files = [realFile('derivatives', 'btc-open-interest-1d-2020-2024.csv')]
    const [taken] = await took({ files, kind: 'open-interest', instrument: 'coinglass:BTCUSD.P', unit: 'USD' })
    expect(taken).toMatchObject({
      added: 1770,
      info: { gaps: 0, published: { delayMs: day + minute, maxAgeMs: 3 * day } },
    })
    const stored = await rows({ instrument: 'coinglass:BTCUSD.P', kind: 'open-interest', tf: '1d' })
    expect(stored).toEqual(tableOf(files[0] ?? '', ['close']).map(([ms, close]) => [ms, Number.NaN, close]))
  })

  it('liquidations of a vendor: the cascade of 10 October 2025', async () => {
    const { took, rows } = shop()
    const files = [realFile('liquidation-window', 'btc-liquidations-4h-2025-10_2026-04.csv')]
    const [taken] = await took({ files, kind: 'liquidations', instrument: 'coinglass:BTCUSD.P', unit: 'USD' })
    expect(taken).toMatchObject({ added: 1080, info: { gaps: 0, published: { delayMs: 4 * hour + minute } } })
    const stored = await rows({ instrument: 'coinglass:BTCUSD.P', kind: 'liquidations', tf: '4h' })
    expect(stored).toEqual(tableOf(files[0] ?? '', ['long_usd', 'short_usd']))
    const [, long = 0, short = 0] = stored.find(([ms]) => ms === at('2025-10-10T20:00')) ?? []
    expect(Math.round((long + short) / 1e6)).toBe(343)
  })

  it.each([['derivatives/btc-top-trader-long-short-1d-2020-2024.csv', 'ratio', 1691]])(
    '%s as a ratio',
    async (name, column, count) => {
      const { took, rows } = shop()
      const files = [realFile(...name.split('/'))]
      const [taken] = await took({ files, kind: 'long-short', instrument: 'coinglass:BTCUSD.P', delay: '1d1m' })
      expect(taken).toMatchObject({ added: count, info: { gaps: 0 } })
      const stored = await rows({ instrument: 'coinglass:BTCUSD.P', kind: 'long-short', tf: '1d' })
      expect(stored).toEqual(tableOf(files[0] ?? '', [column]))
    },
  )

  it.each([
    ['sentiment/fear-greed-2018-2024.csv', 'fng', '1h', '2d', 2522, 2, 4],
    ['sentiment/stablecoin-marketcap-2024-12_2025-12.csv', 'stablecoin_mcap_usd', '36h', '3d', 366, 0, 0],
    ['derivatives/btc-basis-1d-2023-2024.csv', 'close_basis', '1d1m', '3d', 541, 0, 0],
    ['liquidation-window/btc-taker-volume-4h-2025-10_2026-04.csv', 'buy_usd', '4h1m', '12h', 1080, 0, 0],
  ] as const)('%s: %s', async (...[name, column, delay, maxAge, count, gaps, missing]) => {
    const { took, rows } = shop()
    const files = [realFile(...name.split('/'))]
    const options = {
      kind: 'series',
      name: 'figure',
      source: 'somebody',
      unit: 'as given',
      delay,
      maxAge,
      column,
    } as const
    const [taken] = await took({ files, ...options })
    expect(taken).toMatchObject({ added: count, info: { gaps, missing } })
    const tf = taken?.info.tf ?? null
    expect(await rows({ instrument: 'somebody:FIGURE', kind: 'series', tf })).toEqual(tableOf(files[0] ?? '', [column]))
  })

  it.each([
    ['btc-coinmetrics-daily-2015-2024.csv', 20, { CapMVRVCur: 3653, CapMrktEstUSD: 2020, Puell_Multiple: 3289 }],
    ['eth-coinmetrics-daily-2015-2019.csv', 37, { AdrActCnt: 1544, ROI1yr: 1170, NVTAdj90: 1446 }],
  ])('%s: each of its %i columns is a series', { timeout: 60_000 }, async (name, count, some) => {
    const { took, rows } = shop()
    const files = [realFile('onchain', name)]
    const of = { kind: 'series', source: 'coinmetrics', unit: 'native', delay: '48h', maxAge: '3d' } as const
    const series = await took({ files, ...of, name: 'x' })
    expect(series).toHaveLength(count)
    for (const [column, known] of Object.entries(some)) {
      const found = series.find(({ info }) => info.published?.name === column)
      expect(found?.info).toMatchObject({ rows: known, missing: 0, tf: '1d' })
      const { instrument = '' } = found?.info ?? {}
      expect(await rows({ instrument, kind: 'series', tf: '1d' })).toEqual(
        tableOf(files[0] ?? '', [column]).filter(([, value]) => !Number.isNaN(value)),
      )
    }
  })
})
