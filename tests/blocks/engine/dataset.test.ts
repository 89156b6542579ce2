// From column files to rows: what the run sees, bit for bit, and nothing where a column is missing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  barRows,
  bytesOf,
  type Columns,
  type Dataset,
  type DatasetSeries,
  doublesOf,
  fundingRows,
  instrumentsOf,
  type MarketOf,
  proxiesOf,
  rowsOfDataset,
  type SeriesFiles,
  seriesOfDataset,
} from '../../../blocks/engine/dataset'

const bars: DatasetSeries = { instrument: 'binance:BTCUSDT', kind: 'klines', tf: '1m' }
const mark: DatasetSeries = { instrument: 'binance:BTCUSDT.P', kind: 'mark', tf: '8h' }
const bits = (column: Float64Array): bigint[] => [...new BigUint64Array(column.slice().buffer)]

const doubles = (n: number): fc.Arbitrary<Float64Array> =>
  fc.array(fc.double(), { minLength: n, maxLength: n }).map((values) => Float64Array.from(values))
const times = fc
  .uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 60 })
  .map((ms) => Float64Array.from(ms).sort())
const ends = fc.oneof(
  fc.integer({ min: -2, max: 202 }),
  fc.constant(Number.POSITIVE_INFINITY),
  fc.double({ min: 0, max: 200 }),
)

const filled = (openMs: Float64Array, first = 1) => ({
  openMs,
  open: openMs.map((_, i) => first + i),
  high: openMs.map((_, i) => first + i + 0.5),
  low: openMs.map((_, i) => first + i - 0.5),
  close: openMs.map((_, i) => first + i + 0.25),
  volume: openMs.map((_, i) => 10 * i),
})

describe('rows of a series', () => {
  it('bars are those that open before the end, every double as it was', () => {
    const withPrices = (openMs: Float64Array) => {
      const column = doubles(openMs.length)
      return fc.record({
        openMs: fc.constant(openMs),
        open: column,
        high: column,
        low: column,
        close: column,
        volume: column,
      })
    }
    fc.assert(
      fc.property(times.chain(withPrices), ends, (all, toMs) => {
        const { tf, ...rows } = barRows(bars, all, toMs)
        const made: Readonly<Record<string, Float64Array>> = rows
        expect([tf, Object.keys(made)]).toEqual(['1m', Object.keys(all)])
        for (const [name, column] of Object.entries(all))
          expect(bits(made[name] ?? new Float64Array(1))).toEqual(
            bits(column.filter((_, i) => (all.openMs[i] ?? 0) < toMs)),
          )
      }),
    )
  })

  it('mark bars have no volume; bars without a volume are none', () => {
    const { volume, ...prices } = filled(Float64Array.of(0, 1, 2))
    expect([...barRows(mark, prices, 2).volume]).toEqual([0, 0])
    expect([...barRows(mark, { ...prices, volume }, 2).volume]).toEqual([0, 0])
    expect(() => barRows(bars, prices, 2)).toThrow('the column volume is missing')
  })

  it('a column that is missing or too short stops everything', () => {
    const whole = filled(Float64Array.of(0, 1, 2))
    expect(() => barRows(bars, { ...whole, low: Float64Array.of(1, 2) }, 9)).toThrow('the column low has 2 rows')
    expect([...barRows(bars, { ...whole, low: Float64Array.of(1, 2) }, 2).low]).toEqual([1, 2])
    expect(() => barRows(bars, {}, 9)).toThrow('the column openMs is missing')
    expect(() => barRows({ ...bars, tf: null }, whole, 9)).toThrow('without a timeframe')
    expect(() => fundingRows({ stampMs: Float64Array.of(1) }, 9)).toThrow('the column intervalMs is missing')
  })

  it.each<[string, number[], number, number[] | null]>([
    ['no interval anywhere', [Number.NaN, Number.NaN], 9, null],
    ['an interval beyond the end', [Number.NaN, Number.NaN, 8], 2, null],
    ['an interval before the end', [Number.NaN, 8, 8], 2, [Number.NaN, 8]],
    ['no settlement at all', [8, 8], 0, null],
  ])('funding: %s', (...[, interval, toMs, told]) => {
    const stampMs = Float64Array.from(interval, (_, i) => i)
    const rows = fundingRows(
      { stampMs, rate: stampMs.map((i) => i / 10), intervalMs: Float64Array.from(interval) },
      toMs,
    )
    expect(rows.intervalMs === null ? null : [...rows.intervalMs]).toEqual(told)
    expect([...rows.rate]).toEqual([...stampMs].filter((ms) => ms < toMs).map((i) => i / 10))
  })
})

describe('bytes of a column', () => {
  it('little-endian doubles there and back, on either kind of machine', () => {
    expect([...bytesOf(Float64Array.of(1))]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f])
    fc.assert(
      fc.property(doubles(9), fc.boolean(), fc.boolean(), (column, writer, reader) => {
        const bytes = bytesOf(column.subarray(1, 8), writer)
        expect(bytes.length).toBe(56)
        expect(bits(doublesOf(bytes.slice().buffer, reader))).toEqual(bits(column.subarray(1, 8)))
      }),
    )
  })

  it('bytes that are no doubles are refused', () => {
    expect(() => doublesOf(new ArrayBuffer(12))).toThrow('12 bytes')
  })
})

const files = (series: DatasetSeries, hash: string, rows: number): SeriesFiles => ({
  ...series,
  hash,
  rows,
  fromMs: 0,
  toMs: rows,
  columns: [],
})
const instrument = (id: string) =>
  ({
    id,
    kind: 'perp',
    tick: '0.1',
    step: '0.001',
    minQty: 0.001,
    minNotional: 5,
    brackets: [],
    source: 'made up',
  }) as const

describe('a dataset', () => {
  const market = (id: string): MarketOf<SeriesFiles> => ({
    instrument: instrument(id),
    barsOf: bars.instrument,
    synthetic: false,
    notices: ['a word'],
    bars: files(bars, 'b', 4),
    funding: files({ instrument: id, kind: 'funding', tf: null }, `f${id}`, 2),
    mark: null,
  })
  const dataset: Dataset = {
    fromMs: 1,
    toMs: 3,
    lockboxMs: 3,
    pastLockbox: false,
    span: { firstMs: 0, endMs: 4 },
    markets: [market('x:A.P'), market('x:B.P')],
  }
  const columns: Readonly<Record<string, Columns>> = {
    b: filled(Float64Array.of(0, 1, 2, 3)),
    'fx:A.P': { stampMs: Float64Array.of(0, 2), rate: Float64Array.of(0.1, 0.2), intervalMs: Float64Array.of(8, 8) },
    'fx:B.P': { stampMs: Float64Array.of(0, 3), rate: Float64Array.of(0.3, 0.4), intervalMs: Float64Array.of(8, 8) },
  }
  const rows = (toMs?: number) => rowsOfDataset(dataset, ({ hash }) => columns[hash] ?? {}, toMs)

  it('becomes the markets of a run, in order, each series from its own columns up to the end', () => {
    const [a, b] = rows()
    expect(a).toMatchObject({ instrument: { id: 'x:A.P' }, barsOf: bars.instrument, notices: ['a word'], mark: null })
    expect([a?.bars.openMs.length, a?.funding?.rate.length]).toEqual([3, 2])
    expect([...(b?.funding?.rate ?? [])]).toEqual([0.3])
    expect(rows(4)[1]?.funding?.rate.length).toBe(2)
  })

  it('names each series once', () => {
    expect(seriesOfDataset(dataset).map(({ hash }) => hash)).toEqual(['b', 'fx:A.P', 'fx:B.P'])
  })
})

describe('what Plays ask', () => {
  const flats = [
    { markets: { main: ['A', 'B'], btc: ['C'] } },
    { markets: { main: ['D', 'A'], btc: ['B'], eth: ['E'] } },
  ]
  it('traded in wallet order, then those that are only read, each once', () => {
    expect(instrumentsOf(flats)).toEqual({ traded: ['A', 'B', 'D'], read: ['C', 'E'] })
  })

  it('a proxy by market name lends to every instrument of that name and wins over the settings', () => {
    expect(proxiesOf(flats, { main: 'S' }, { proxies: { A: 'old', E: 'X' } })).toEqual({
      A: 'S',
      B: 'S',
      D: 'S',
      E: 'X',
    })
    expect(proxiesOf(flats, { eth: 'S', none: 'T' }, { proxies: {} })).toEqual({ E: 'S' })
  })
})
