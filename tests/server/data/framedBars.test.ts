// Reading through the cache of columns: the same rows as the source gives, made when absent, never of another hash.
import { existsSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BarRows, FundingRows } from '../../../blocks/engine/rows'
import type { Timeframe } from '../../../blocks/kit/timeframe'
import { Failure } from '../../../server/core/failure'
import { isRunSeries, type SeriesInfo, type SeriesKey } from '../../../server/core/series'
import { syntheticMarket } from '../../../server/core/syntheticMarket'
import { emptyTable } from '../../../server/core/table'
import { createFrameStore } from '../../../server/io/bars/frameStore'
import { framedBars } from '../../../server/run/data/framedBars'
import { loadMarket } from '../../../server/run/data/loadMarket'
import type { BarsPort, FramesPort } from '../../../server/run/ports'
import { csv, lines, minute, openWorkshop, start, temporaryFolder } from '../../fixtures/data/workshop'

const spot = 'binance:BTCUSDT'
const perp = 'binance:BTCUSDT.P'
const key = { instrument: spot, kind: 'klines', tf: '1m' } as const

/** Every bit of every number, so that NaN, -0 and the last digit count. */
const bitsOf = (rows: BarRows | FundingRows | null): unknown =>
  rows === null
    ? null
    : Object.entries(rows).map(([name, column]: [string, unknown]) => [
        name,
        column instanceof Float64Array ? [...new BigUint64Array(column.slice().buffer)] : column,
      ])

interface Stock {
  readonly klines: BarRows
  readonly mark: BarRows | null
  readonly funding: FundingRows | null
}

/** A source in memory that counts how often its rows are read. */
const stocked = ({ klines, mark, funding }: Stock, hash = 'a') => {
  const clean = { gaps: 0, missing: 0, duplicates: 0, skipped: {}, source: [], synthetic: false }
  const info = (series: SeriesKey, letter: string, times: Float64Array): SeriesInfo => ({
    ...series,
    ...clean,
    rows: times.length,
    fromMs: times[0] ?? 0,
    toMs: (times.at(-1) ?? 0) + minute,
    sha256: `${hash}${letter}`.repeat(32),
  })
  const all = [
    info(key, '1', klines.openMs),
    ...(mark === null ? [] : [info({ instrument: perp, kind: 'mark', tf: mark.tf }, '2', mark.openMs)]),
    ...(funding === null ? [] : [info({ instrument: perp, kind: 'funding', tf: null }, '3', funding.stampMs)]),
  ]
  const read = { times: 0 }
  const cut = <T extends BarRows | FundingRows>(rows: T, times: Float64Array, toMs: number): T => {
    read.times++
    const n = times.filter((ms) => ms < toMs).length
    const columns = Object.entries(rows).map(([name, column]) => [
      name,
      column instanceof Float64Array ? column.slice(0, n) : column,
    ])
    return Object.fromEntries(columns)
  }
  const rowsOf = (kind: 'klines' | 'mark'): BarRows => (kind === 'klines' ? klines : (mark ?? klines))
  const port: BarsPort = {
    series: async (instrument) => all.filter((series) => instrument === undefined || series.instrument === instrument),
    bars: async ({ kind }, toMs) => cut(rowsOf(kind), rowsOf(kind).openMs, toMs),
    funding: async (_, toMs) => {
      const rows = cut(
        funding ?? { stampMs: new Float64Array(0), rate: new Float64Array(0), intervalMs: null },
        funding?.stampMs ?? new Float64Array(0),
        toMs,
      )
      return rows.intervalMs?.some((ms) => Number.isFinite(ms)) ? rows : { ...rows, intervalMs: null }
    },
    published: async ({ kind }) => emptyTable(kind),
    facts: async () => ({ tick: '0.1', step: '0.001', sources: [] }),
  }
  return { port, read }
}

const doubles = (n: number): fc.Arbitrary<Float64Array> =>
  fc.array(fc.double(), { minLength: n, maxLength: n }).map((values) => Float64Array.from(values))
/** Ascending minutes with gaps. */
const times = (least: number): fc.Arbitrary<Float64Array> =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 300 }), { minLength: least, maxLength: 50 })
    .map((places) => Float64Array.from(places, (place) => start + place * minute).sort())
const barsOn = (tf: Timeframe, least: number): fc.Arbitrary<BarRows> =>
  times(least).chain((openMs) => {
    const column = doubles(openMs.length)
    return fc.record({
      tf: fc.constant(tf),
      openMs: fc.constant(openMs),
      open: column,
      high: column,
      low: column,
      close: column,
      volume: column,
    })
  })
const fundingRows: fc.Arbitrary<FundingRows> = times(0).chain((stampMs) => {
  const n = stampMs.length
  const interval = fc.array(fc.constantFrom(Number.NaN, 8 * 60 * minute), { minLength: n, maxLength: n })
  return fc.record({
    stampMs: fc.constant(stampMs),
    rate: doubles(n),
    intervalMs: fc.oneof(
      fc.constant(null),
      interval.map((ms) => Float64Array.from(ms)),
    ),
  })
})
const markRows = barsOn('8h', 0).map((rows) => ({ ...rows, volume: new Float64Array(rows.openMs.length) }))
const stock: fc.Arbitrary<Stock> = fc.record({
  klines: barsOn('1m', 1),
  mark: fc.option(markRows),
  funding: fc.option(fundingRows),
})

const none: FundingRows = { stampMs: new Float64Array(0), rate: new Float64Array(0), intervalMs: null }

describe('rows through the cache', () => {
  it('are those of the source bit for bit, made and kept, whole and cut', async () => {
    const ends = fc.oneof(
      fc.constant(Number.POSITIVE_INFINITY),
      fc.integer({ min: start - minute, max: start + 301 * minute }),
    )
    await fc.assert(
      fc.asyncProperty(stock, ends, async (given, toMs) => {
        const { port, read } = stocked(given)
        const framed = framedBars(port, createFrameStore({ dataDir: temporaryFolder() }))
        const request = { instrument: perp, barsOf: spot, toMs }
        const wanted = await loadMarket(request, port)
        const made = await loadMarket(request, framed)
        expect(bitsOf(await framed.bars(key, toMs))).toEqual(bitsOf(await port.bars(key, toMs)))
        if (given.funding !== null)
          expect(bitsOf(await framed.funding(perp, toMs))).toEqual(bitsOf(await port.funding(perp, toMs)))
        read.times = 0
        const kept = await loadMarket(request, framed)
        expect(read.times).toBe(0)
        if (wanted instanceof Failure) {
          expect([made, kept]).toMatchObject([{ message: wanted.message }, { message: wanted.message }])
          return
        }
        for (const loaded of [made, kept]) {
          if (loaded instanceof Failure) throw loaded
          for (const part of ['bars', 'mark', 'funding'] as const)
            expect(bitsOf(loaded[part])).toEqual(bitsOf(wanted[part]))
          expect({ ...loaded, bars: 0, mark: 0, funding: 0 }).toEqual({ ...wanted, bars: 0, mark: 0, funding: 0 })
        }
      }),
      { numRuns: 60 },
    )
  })

  const [one] = fc.sample(barsOn('1m', 20), { numRuns: 1, seed: 3 })
  const [two] = fc.sample(barsOn('1m', 20), { numRuns: 1, seed: 4 })
  if (one === undefined || two === undefined) throw new Error('fast-check gave no bars')
  const old = stocked({ klines: one, mark: null, funding: null })
  const fresh = stocked({ klines: two, mark: null, funding: null }, 'b')

  it('a series that changes while it is read never has its rows kept under another hash', async () => {
    let reads = 0
    const changing: BarsPort = {
      ...old.port,
      // The writer commits between the look at the hash and the reading of the rows.
      series: (instrument) => (reads === 0 ? old.port : fresh.port).series(instrument),
      bars: (...ask) => {
        reads++
        return fresh.port.bars(...ask)
      },
    }
    const frames = createFrameStore({ dataDir: temporaryFolder() })
    expect(bitsOf(await framedBars(changing, frames).bars(key, Infinity))).toEqual(bitsOf(two))
    expect(await frames.read('a1'.repeat(32))).toBeNull()
    expect(await frames.read('b1'.repeat(32))).toMatchObject({ openMs: two.openMs })
    expect(reads).toBe(2)
    reads = 0
    const [series] = (await changing.series(spot)).filter(isRunSeries)
    if (series === undefined) throw new Error('the source is empty')
    const empty = createFrameStore({ dataDir: temporaryFolder() })
    expect(await framedBars(changing, empty).files(series)).toMatchObject({
      hash: 'b1'.repeat(32),
      rows: two.openMs.length,
      columns: Array.from({ length: 6 }, () => ({ bytes: 8 * two.openMs.length })),
    })
  })

  it('why nothing could be kept is told to whoever needs the files', async () => {
    const full: FramesPort = {
      ...createFrameStore({ dataDir: temporaryFolder() }),
      keep: async () => {
        throw new Failure('disk_full', 'no space left')
      },
    }
    const [series] = (await old.port.series(spot)).filter(isRunSeries)
    if (series === undefined) throw new Error('the source is empty')
    await expect(framedBars(old.port, full).files(series)).rejects.toMatchObject({ code: 'disk_full' })
    expect(bitsOf(await framedBars(old.port, full).bars(key, Infinity))).toEqual(bitsOf(one))
  })

  it('a series that never rests, or goes, is a sentence', async () => {
    let reads = 0
    const restless: BarsPort = {
      ...old.port,
      series: (instrument) => (reads % 2 === 0 ? old.port : fresh.port).series(instrument),
      bars: (...ask) => {
        reads++
        return fresh.port.bars(...ask)
      },
    }
    const frames = createFrameStore({ dataDir: temporaryFolder() })
    await expect(framedBars(restless, frames).bars(key, Infinity)).rejects.toMatchObject({ code: 'store_busy' })
    const gone: BarsPort = {
      ...old.port,
      series: async (instrument) => (reads > 99 ? [] : await old.port.series(instrument)),
      bars: (...ask) => {
        reads = 100
        return old.port.bars(...ask)
      },
    }
    await expect(framedBars(gone, frames).bars(key, Infinity)).rejects.toMatchObject({ code: 'series_missing' })
    expect(await frames.heldBytes()).toBe(0)
  })

  it('rows that contradict what is told of them are never kept', async () => {
    const wrong: BarsPort = { ...fresh.port, series: (instrument) => old.port.series(instrument) }
    const frames = createFrameStore({ dataDir: temporaryFolder() })
    expect(one.openMs.length).not.toBe(two.openMs.length)
    await expect(framedBars(wrong, frames).bars(key, Infinity)).rejects.toThrow('rows where')
    expect(await frames.heldBytes()).toBe(0)
  })

  it('what many ask for at once is made once', async () => {
    const { port, read } = stocked({ klines: one, mark: null, funding: null })
    const framed = framedBars(port, createFrameStore({ dataDir: temporaryFolder() }))
    const all = await Promise.all(Array.from({ length: 6 }, () => framed.bars(key, Infinity)))
    for (const rows of all) expect(bitsOf(rows)).toEqual(bitsOf(one))
    expect(read.times).toBe(1)
  })

  it('a series that nobody has is as empty as the source says', async () => {
    const framed = framedBars(old.port, createFrameStore({ dataDir: temporaryFolder() }))
    expect(await framed.funding(perp, Infinity)).toEqual(none)
  })
})

describe('the cache of a store', () => {
  const frameStock = async (n = 300) => {
    const workshop = openWorkshop()
    const { took, file, store, dataDir } = workshop
    await took({ files: [file('bars.csv', csv(lines(n)))], instrument: spot })
    const frames = createFrameStore({ dataDir })
    return { ...workshop, frames, root: join(dataDir, 'frames'), framed: framedBars(store, frames) }
  }
  const openOf = async (port: BarsPort, toMs = Infinity): Promise<number[]> => [...(await port.bars(key, toMs)).open]
  const prices = (n: number): number[] => Array.from({ length: n }, (_, i) => 100 + i)

  it('holds one folder a series, named by its hash; it is gone when the series has changed or gone', async () => {
    const { took, file, framed, store, root, dataDir } = await frameStock()
    expect(await openOf(framed, start + 10 * minute)).toEqual(prices(10))
    const [before] = await store.series(spot)
    expect(readdirSync(root)).toEqual([before?.sha256])
    await took({ files: [file('more.csv', csv(lines(400)))], instrument: spot })
    expect(await openOf(framed)).toEqual(prices(400))
    const [after] = await store.series(spot)
    expect(after?.sha256).not.toBe(before?.sha256)
    expect(readdirSync(root)).toEqual([after?.sha256])
    expect(await framed.column(before?.sha256 ?? '', 'open')).toBeNull()

    await took({ files: [file('other.csv', csv(lines(20)))], instrument: 'binance:ETHUSDT' })
    rmSync(join(dataDir, 'series', 'binance_BTCUSDT'), { recursive: true })
    await framed.bars({ ...key, instrument: 'binance:ETHUSDT' }, Infinity)
    expect(readdirSync(root)).toEqual([(await store.series('binance:ETHUSDT'))[0]?.sha256])
  })

  it('a torn column is made again from the store, for a run and for a file', async () => {
    const { framed, store, root } = await frameStock()
    expect(await openOf(framed)).toEqual(prices(300))
    const [series] = (await store.series(spot)).filter(isRunSeries)
    const hash = series?.sha256 ?? ''
    const path = join(root, hash, 'open.f64')
    truncateSync(path, 80)
    expect(await openOf(framed)).toEqual(prices(300))
    expect(await framed.column(hash, 'open')).toMatchObject({ path, bytes: 2400 })
    truncateSync(path, 80)
    expect(await framed.column(hash, 'open')).toMatchObject({ path, bytes: 2400 })
    expect(await openOf(framed)).toEqual(prices(300))
  })

  it('a damaged store is told when the cache is made from it', async () => {
    const { framed, dataDir } = await frameStock()
    const folder = join(dataDir, 'series', 'binance_BTCUSDT', 'klines', '1m')
    const part = readdirSync(folder).find((name) => name.endsWith('.parquet')) ?? ''
    truncateSync(join(folder, part), 100)
    await expect(framed.bars(key, Infinity)).rejects.toMatchObject({ code: 'store_damaged' })
    expect(existsSync(join(dataDir, 'frames'))).toBe(false)
  })

  it('where nothing can be kept a run has its rows all the same, and a file is refused with the reason', async () => {
    const { framed, store, root } = await frameStock()
    writeFileSync(root, 'in the way')
    expect(await openOf(framed)).toEqual(prices(300))
    const [series] = (await store.series(spot)).filter(isRunSeries)
    if (series === undefined) throw new Error('nothing is stored')
    await expect(framed.files(series)).rejects.toMatchObject({ code: 'write_failed' })
    await expect(framed.column(series.sha256, 'open')).rejects.toMatchObject({ code: 'write_failed' })
  })

  it('synthetic bars leave no file behind unless files are asked for', async () => {
    const dataDir = temporaryFolder()
    const market = syntheticMarket({ days: 2 })
    const framed = framedBars(market, createFrameStore({ dataDir }))
    const id = 'synthetic:BTCUSDT.P'
    const bars = await framed.bars({ instrument: id, kind: 'klines', tf: '1m' }, Infinity)
    expect([bars.openMs.length, readdirSync(dataDir)]).toEqual([2880, []])
    const [klines, funding] = (await framed.series(id)).filter(isRunSeries)
    if (klines === undefined || funding === undefined) throw new Error('the synthetic market lacks a series')
    expect(klines.sha256).not.toBe(funding.sha256)
    expect(await framed.files(klines)).toMatchObject({ hash: klines.sha256, rows: 2880, columns: { length: 6 } })
    expect(await framed.files(funding)).toMatchObject({ hash: funding.sha256, rows: 6, columns: { length: 3 } })
    expect(readdirSync(join(dataDir, 'frames')).sort()).toEqual([klines.sha256, funding.sha256].sort())
  })
})
