// The dataset of the page: as JSON, with its files read from disk, it gives exactly the rows of the server's own run.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type Columns,
  type Dataset,
  type DatasetAsk,
  doublesOf,
  instrumentsOf,
  rowsOfDataset,
  type SeriesFiles,
  seriesOfDataset,
} from '../../../blocks/engine/dataset'
import type { MarketRows } from '../../../blocks/engine/rows'
import { settingsSchema } from '../../../blocks/engine/settings'
import { Failure } from '../../../server/core/failure'
import { syntheticMarket } from '../../../server/core/syntheticMarket'
import { createFrameStore } from '../../../server/io/bars/frameStore'
import { nodeHash } from '../../../server/io/hash/nodeHash'
import { backtest } from '../../../server/run/backtest/backtest'
import { datasetAskSchema, describeDataset, openColumn } from '../../../server/run/data/dataset'
import { type FramedBars, framedBars } from '../../../server/run/data/framedBars'
import { loadMarket } from '../../../server/run/data/loadMarket'
import { routeBars } from '../../../server/run/data/routeBars'
import { csv, lines, minute, openWorkshop, start, temporaryFolder } from '../../fixtures/data/workshop'

const spot = 'binance:BTCUSDT'
const perp = 'binance:BTCUSDT.P'
const hour = 60 * minute
const settings = settingsSchema.parse({})

const described = async (ask: DatasetAsk, bars: FramedBars): Promise<Dataset> => {
  const dataset = await describeDataset(ask, bars)
  if (dataset instanceof Failure) throw dataset
  // As it travels.
  return JSON.parse(JSON.stringify(dataset))
}

/** What a browser does: fetches each file by hash and column, whole. */
const fetched = async (series: SeriesFiles, bars: FramedBars): Promise<Columns> => {
  const columns: Record<string, Float64Array> = {}
  for (const { name, bytes, sha256 } of series.columns) {
    const file = await openColumn({ hash: series.hash, column: name }, bars)
    if (file instanceof Failure) throw file
    const content = readFileSync(file.path)
    expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256])
    expect([file.bytes, file.sha256]).toEqual([bytes, sha256])
    columns[name] = doublesOf(new Uint8Array(content).buffer)
  }
  return columns
}

const rebuilt = async (dataset: Dataset, bars: FramedBars): Promise<MarketRows[]> => {
  const columns = new Map<string, Columns>()
  for (const series of seriesOfDataset(dataset)) columns.set(series.hash, await fetched(series, bars))
  return rowsOfDataset(dataset, ({ hash }) => columns.get(hash) ?? {})
}

/** Perpetual with funding and mark, spot bars as its proxy, another spot market that is only read. */
const stocked = async () => {
  const { took, file, store, dataDir } = openWorkshop()
  const minutes = lines(2000).filter((_, i) => i % 97 !== 5)
  await took({ files: [file('spot.csv', csv(minutes))], instrument: spot })
  await took({
    files: [file('eth.csv', csv([...lines(2500), [start, 0, 1, 1, 1, 1]]))],
    instrument: 'binance:ETHUSDT',
    skipBad: true,
  })
  const funding = [0, 8, 16, 24].map((h) => [start + h * hour + 3, (h - 10) / 1e4])
  await took({ files: [file('f.csv', csv(funding, 'funding_time,funding_rate'))], instrument: perp })
  const mark = lines(4, start, 8 * hour).map((line) => line.slice(0, 5))
  await took({ files: [file('m.csv', csv(mark, 'open_time,open,high,low,close'))], instrument: perp, kind: 'mark' })
  const framed = framedBars(
    routeBars({ synthetic: syntheticMarket({ days: 3 }) }, store),
    createFrameStore({ dataDir }),
  )
  return { store, framed }
}

const ask = (more: Partial<DatasetAsk> = {}): DatasetAsk => ({
  traded: [perp],
  read: ['binance:ETHUSDT'],
  tf: '15m',
  settings: { ...settings, proxies: { [perp]: spot } },
  ...more,
})

describe('a dataset', () => {
  it('gives the rows that a run of the server has: bits, words, filters', async () => {
    const { store, framed } = await stocked()
    const dataset = await described(ask({ toMs: start + 20 * hour }), framed)
    const request = { fromMs: start, toMs: start + 20 * hour, funding: 'wanted' } as const
    const wanted = [
      await loadMarket({ ...request, instrument: perp, barsOf: spot }, store),
      await loadMarket({ ...request, instrument: 'binance:ETHUSDT' }, store),
    ]
    const made = await rebuilt(dataset, framed)
    expect(made).toEqual(wanted)
    const [market] = made
    if (market === undefined || wanted[0] === undefined || wanted[0] instanceof Failure) throw new Error('no market')
    expect([market.bars.openMs.length, market.funding?.rate.length, market.mark?.openMs.length]).toEqual([1187, 3, 3])
    expect(nodeHash.bars(market.bars, dataset.toMs)).toBe(nodeHash.bars(wanted[0].bars, dataset.toMs))
    expect(made[1]?.notices).toEqual([expect.stringContaining('rows left out at import')])
  })

  it('tells each series by its hash, with its range and the size of every file', async () => {
    const { store, framed } = await stocked()
    const [market] = (await described(ask(), framed)).markets
    const [info] = await store.series(spot)
    expect(market?.bars).toMatchObject({
      instrument: spot,
      kind: 'klines',
      tf: '1m',
      hash: info?.sha256,
      rows: 1979,
      fromMs: start,
      toMs: start + 2000 * minute,
    })
    expect(market?.bars.columns.map(({ name, bytes }) => [name, bytes])).toEqual(
      ['openMs', 'open', 'high', 'low', 'close', 'volume'].map((name) => [name, 8 * 1979]),
    )
    expect(market?.funding?.columns.map(({ name }) => name)).toEqual(['stampMs', 'rate', 'intervalMs'])
    expect(market?.mark).toMatchObject({ kind: 'mark', tf: '8h', rows: 4, columns: { length: 5 } })
  })

  it('settles the range as a run does: the lockbox line on closes of the first timeframe, an end beyond it named', async () => {
    const { framed } = await stocked()
    // 80 % of 2000 minutes are 1600, of which the last whole 15 minutes end at 1590.
    const line = start + 1590 * minute
    const span = { firstMs: start, endMs: start + 2000 * minute }
    expect(await described(ask(), framed)).toMatchObject({
      fromMs: start,
      toMs: line,
      lockboxMs: line,
      pastLockbox: false,
      span,
    })
    const later = start + 1700 * minute
    expect(await described(ask({ toMs: later, fromMs: start + hour }), framed)).toMatchObject({
      fromMs: start + hour,
      toMs: later,
      lockboxMs: line,
      pastLockbox: true,
    })
  })

  it('takes of a market that is only read what covers the settled range', async () => {
    const { took, file, store, dataDir } = openWorkshop()
    await took({ files: [file('spot.csv', csv(lines(2000)))], instrument: spot })
    await took({ files: [file('fine.csv', csv(lines(1000, start + hour)))], instrument: 'binance:ETHUSDT' })
    await took({ files: [file('coarse.csv', csv(lines(400, start, 5 * minute)))], instrument: 'binance:ETHUSDT' })
    const framed = framedBars(store, createFrameStore({ dataDir }))
    const { markets } = await described({ traded: [spot], read: ['binance:ETHUSDT'], tf: '15m', settings }, framed)
    expect(markets.map(({ bars }) => bars.tf)).toEqual(['1m', '5m'])
  })

  it.each<[string, Partial<DatasetAsk>, string]>([
    ['no market', { traded: [], read: [] }, 'option_missing'],
    ['an unknown market', { traded: ['binance:NONEUSDT'] }, 'market_unknown'],
    ['no instrument at all', { traded: ['../../etc'], settings }, 'option_wrong'],
    ['a range that is not stored', { fromMs: 0 }, 'range_not_covered'],
    ['an empty range', { fromMs: start + 1700 * minute }, 'range_empty'],
    [
      'no funding',
      { traded: ['binance:ETHUSDT.P'], read: [], settings: { ...settings, proxies: { 'binance:ETHUSDT.P': spot } } },
      'funding_missing',
    ],
  ])('%s is a sentence', async (_, more, code) => {
    const { framed } = await stocked()
    expect(await describeDataset(ask(more), framed)).toMatchObject({ code })
  })

  it('is asked for in words that are looked at first', () => {
    const { equity, ...more } = settings
    const given = { ...ask({ fromMs: 1 }), settings: { proxies: more.proxies } }
    expect(datasetAskSchema.parse(given)).toEqual({
      ...given,
      settings: { proxies: more.proxies, instruments: {}, funding_gaps: 'refuse' },
    })
    const wrong = [{ traded: [] }, { tf: '7m' }, { fromMs: '1' }, { settings: { equity } }, { more: 1 }, { read: [1] }]
    for (const part of wrong) expect(datasetAskSchema.safeParse({ ...given, ...part }).success).toBe(false)
  })

  it('of the synthetic market is the one of a whole run of a Play', async () => {
    const market = syntheticMarket({ days: 30 })
    const bars = framedBars(market, createFrameStore({ dataDir: temporaryFolder() }))
    const text = readFileSync(join(import.meta.dirname, '../../../blocks/examples/ema_pullback.yaml'), 'utf8')
    const id = 'synthetic:BTCUSDT.P'
    const made = await backtest(
      { plays: [{ file: 'p.yaml', text }], markets: { main: [id] }, proxies: {}, sets: {}, settings },
      { bars: market, hash: nodeHash, now: () => 0 },
    )
    if (!('report' in made)) throw new Error('the example does not run')
    const { loaded, report } = made
    const flats = loaded.plays.map(({ flat }) => flat)
    const dataset = await described({ ...instrumentsOf(flats), tf: flats[0]?.tf ?? '1m', settings }, bars)
    const rows = await rebuilt(dataset, bars)
    expect(rows).toEqual(loaded.markets)
    const { fromMs, toMs, lockboxMs, pastLockbox } = loaded
    expect(dataset).toMatchObject({ fromMs, toMs, lockboxMs, pastLockbox })
    const hashes = rows.map(({ bars, funding }) => [
      nodeHash.bars(bars, toMs),
      funding === null ? null : nodeHash.funding(funding, toMs),
    ])
    expect(hashes.flat()).toEqual(report.data.map(({ sha256 }) => sha256))
  })
})

describe('a column by name', () => {
  it('is made when it is not there, whoever asks first', async () => {
    const { store, framed } = await stocked()
    const [info] = await store.series(spot)
    const all = await Promise.all(
      (['openMs', 'open', 'volume'] as const).map((column) => openColumn({ hash: info?.sha256 ?? '', column }, framed)),
    )
    expect(all).toMatchObject([{ name: 'openMs' }, { name: 'open' }, { name: 'volume' }])
  })

  it.each([
    ['a column that it does not have', 'rate'],
    ['a name that is a path', '../meta.json'],
    ['its description', 'meta.json'],
    ['nothing', ''],
    ['a name of every object', 'constructor'],
  ])('%s: not there', async (_, column) => {
    const { store, framed } = await stocked()
    const [info] = await store.series(spot)
    expect(await openColumn({ hash: info?.sha256 ?? '', column }, framed)).toMatchObject({ code: 'series_missing' })
  })

  it.each(['', '..', '../series', 'a'.repeat(64), '%2e%2e'])('the hash "%s" names nothing', async (hash) => {
    const { framed } = await stocked()
    expect(await openColumn({ hash, column: 'open' }, framed)).toMatchObject({ code: 'series_missing' })
  })
})
