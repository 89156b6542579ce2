// Column files in the page's memory: the newest dataset stays whole, the oldest columns go when the budget wants them.
import { describe, expect, it } from 'vitest'
import { budgetBytes, ColumnCache, mostBars, needOf } from '../../../app/engine/columns'
import { EngineSession } from '../../../app/engine/session'
import { differencesOf } from '../../../app/engine/verify'
import type { Dataset, MarketOf, SeriesFiles } from '../../../blocks/engine/dataset'
import { settingsSchema } from '../../../blocks/engine/settings'
import { createFrameStore } from '../../../server/io/bars/frameStore'
import { nodeHash } from '../../../server/io/hash/nodeHash'
import { runOfPage } from '../../../server/run/backtest/verify'
import { framedBars } from '../../../server/run/data/framedBars'
import { csv, lines, openWorkshop, start } from '../../fixtures/data/workshop'
import { datasetOf, hashOfBytes, pageSource, treeOf } from './pageData'

const hashOfZeros = await hashOfBytes(new Uint8Array(800))

/** A series of 100 rows whose two columns hold nothing but zeros. */
const series = (hash: string, rows = 100): SeriesFiles => ({
  instrument: `fx:${hash}`,
  kind: 'klines',
  tf: '1m',
  hash,
  rows,
  fromMs: 0,
  toMs: 1,
  columns: (['openMs', 'close'] as const).map((name) => ({ name, bytes: 800, sha256: hashOfZeros })),
})

const dataset = (...all: readonly SeriesFiles[]): Dataset => ({
  fromMs: 0,
  toMs: 1,
  lockboxMs: 1,
  pastLockbox: false,
  span: { firstMs: 0, endMs: 1 },
  markets: all.map(
    (bars): MarketOf<SeriesFiles> =>
      // The instrument itself is nothing to the cache.
      ({
        instrument: { id: bars.instrument },
        barsOf: '',
        synthetic: false,
        notices: [],
        bars,
        funding: null,
        mark: null,
      }) as unknown as MarketOf<SeriesFiles>,
  ),
})

const cacheOf = (budget: number) => {
  const fetched: string[] = []
  const cache = new ColumnCache(
    {
      sha256: hashOfBytes,
      fetchColumn: async (hash, column, { onBytes }) => {
        fetched.push(`${hash}.${column}`)
        onBytes(800)
        return new ArrayBuffer(800)
      },
    },
    budget,
  )
  const load = (one: Dataset): Promise<void> => cache.load(one, new AbortController().signal, () => {})
  return { cache, fetched, load }
}

describe('the cache of columns', () => {
  it('fetches what it has not, once, however many markets read it', async () => {
    const { cache, fetched, load } = cacheOf(10_000)
    await load(dataset(series('a'), series('a'), series('b')))
    expect(fetched.sort()).toEqual(['a.close', 'a.openMs', 'b.close', 'b.openMs'])
    await load(dataset(series('b'), series('c')))
    expect(fetched.slice(4).sort()).toEqual(['c.close', 'c.openMs'])
    expect(cache.bytes).toBe(3 * 1600)
    expect(cache.columns(series('a')).close).toHaveLength(100)
  })

  it('drops the oldest that the newest dataset does not need', async () => {
    const { cache, load } = cacheOf(1600)
    await load(dataset(series('a')))
    await load(dataset(series('b')))
    expect([cache.has(dataset(series('a'))), cache.has(dataset(series('b')))]).toEqual([true, true])
    await load(dataset(series('a')))
    await load(dataset(series('c')))
    expect(['a', 'b', 'c'].map((hash) => cache.has(dataset(series(hash))))).toEqual([true, false, true])
    expect(() => cache.columns(series('b'))).toThrow(/not loaded/)
  })

  it('never drops what the newest dataset needs, whatever the budget', async () => {
    const { cache, load } = cacheOf(0)
    await load(dataset(series('a'), series('b')))
    expect(cache.has(dataset(series('a'), series('b')))).toBe(true)
    await load(dataset(series('b')))
    expect(cache.has(dataset(series('a')))).toBe(false)
  })

  it('two million bars are what a page can hold', () => {
    expect(needOf(dataset(series('a', mostBars)))).toBeLessThanOrEqual(budgetBytes)
    expect(needOf(dataset(series('a', mostBars), series('b', 10_000)))).toBeGreaterThan(budgetBytes)
  })
})

describe('imported bars with holes, lent by spot to a perpetual', () => {
  it('give the hashes of the server', async () => {
    const { took, file, store, dataDir } = openWorkshop()
    // Up and down between 100 and 140, a cross every few bars.
    const price = (k: number): number => 100 + Math.abs((k % 80) - 40)
    const minutes = lines(4000)
      .map(([ms = 0], k) => [ms, price(k), price(k) + 2, price(k) - 2, price(k + 1), 1])
      .filter((_, i) => i % 97 !== 5)
    await took({ files: [file('spot.csv', csv(minutes))], instrument: 'binance:BTCUSDT' })
    const funding = Array.from({ length: 9 }, (_, k) => [start + k * 8 * 3_600_000 + 3, (k - 3) / 1e4])
    await took({ files: [file('f.csv', csv(funding, 'funding_time,funding_rate'))], instrument: 'binance:BTCUSDT.P' })
    const bars = framedBars(store, createFrameStore({ dataDir }))
    const settings = settingsSchema.parse({ proxies: { 'binance:BTCUSDT.P': 'binance:BTCUSDT' } })
    const tree = treeOf(`dsl: 1
play: lent
markets: { main: binance:BTCUSDT.P }
tf: 5m
nodes:
  price: { bars: { market: main } }
  mean: { ema: { of: price.close, length: 10 } }
  rate: { funding: { market: main } }
  calm: { below: [rate.rate, 1%] }
  crossed: { crosses_above: [price.close, mean] }
  go: { all: [crossed, calm] }
  buy: { entry: { when: go } }
  stop: { stop: { by: 1% } }
long: { entries: [buy], exits: [stop] }
short: none
risk: { size: { risk: 0.2% }, leverage: { max: 1 } }
`)
    const found = await datasetOf({ traded: ['binance:BTCUSDT.P'], read: [], tf: '5m', settings }, bars)
    const { fromMs, toMs } = found
    const session = new EngineSession({
      ...pageSource(bars),
      now: () => performance.now(),
      turn: () => Promise.resolve(),
      tell: () => {},
    })
    const outcome = await session.run({ dataset: found, tree, blocks: {}, settings, fromMs, toMs, sets: {} })
    const there = await runOfPage({ tree, settings, fromMs, toMs, sets: {} }, { bars, hash: nodeHash, now: () => 0 })
    if (outcome.kind !== 'ran' || !('playHash' in there)) throw new Error(JSON.stringify([outcome, there]))
    const { report } = outcome.result
    expect(differencesOf(report, JSON.parse(JSON.stringify(there)))).toEqual([])
    expect(report.trades.length).toBeGreaterThan(3)
    expect(report.data.map(({ instrument, kind }) => [instrument, kind])).toEqual([
      ['binance:BTCUSDT', 'klines'],
      ['binance:BTCUSDT.P', 'funding'],
    ])
    expect(report.range.holes).toBeGreaterThan(10)
    expect(report.notices.map(({ code }) => code)).toContain('price_proxy')
  })
})
