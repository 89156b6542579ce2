// The page's view of the store: sizes, gaps, files and sources as the manifests keep them, and what is damaged by name.
import { readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Failure } from '../../../server/core/failure'
import { syntheticMarket } from '../../../server/core/syntheticMarket'
import { createFrameStore } from '../../../server/io/bars/frameStore'
import { checkOneSeries, describeSeries, describeStore } from '../../../server/run/data/describeStore'
import { csv, lines, minute, openWorkshop, start, type Workshop } from '../../fixtures/data/workshop'

const btc = { instrument: 'binance:BTCUSDT', kind: 'klines', tf: '1m' } as const
const eth = { ...btc, instrument: 'binance:ETHUSDT' } as const
const day = 1440

const view = ({ store, dataDir }: Workshop) =>
  describeStore({
    ...{ store, dataDir, frames: createFrameStore({ dataDir }), venues: { synthetic: syntheticMarket() } },
    disk: async () => ({ freeBytes: 7, writable: true }),
  })
const folderOf = ({ dataDir }: Workshop, symbol: string) => join(dataDir, 'series', `binance_${symbol}`, 'klines', '1m')
const partsIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.parquet'))

/** Bars of 31 January and 1 February, ten of them missing; `still` bars have no volume. */
const holed = (still: number) => {
  const rows = lines(2 * day, start + 30 * day * minute).map((row, i) => (i < still ? [...row.slice(0, 5), 0] : row))
  return csv(rows.filter((_, i) => i < 100 || i >= 110))
}
const filled = async (): Promise<Workshop> => {
  const workshop = openWorkshop()
  await workshop.took({ files: [workshop.file('BTCUSDT-1m-2024-01.csv', holed(3))], ...btc })
  await workshop.took({ files: [workshop.file('eth.csv', csv(lines(day)))], ...eth })
  return workshop
}

describe('the store for the page', () => {
  it('tells every series with the bytes that it takes, the practice market apart', async () => {
    const workshop = await filled()
    const told = await view(workshop)
    const sizes = ['BTCUSDT', 'ETHUSDT'].map((symbol) => {
      const folder = folderOf(workshop, symbol)
      return partsIn(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    })
    expect(told.series).toMatchObject([
      { ...btc, bytes: sizes[0], damage: null, quality: '10 bars missing in 1 gap', info: { rows: 2 * day - 10 } },
      { ...eth, bytes: sizes[1], damage: null, quality: 'clean' },
    ])
    expect(told.disk).toEqual({
      ...{ folder: workshop.dataDir, cacheBytes: 0, freeBytes: 7, writable: true },
      seriesBytes: (sizes[0] ?? 0) + (sizes[1] ?? 0),
    })
    expect(told.practice.length).toBeGreaterThan(0)
    expect(told.practice.every(({ synthetic }) => synthetic)).toBe(true)
    expect(told.troubles).toEqual([])
  })

  it('names a series whose manifest or file is not what was written, beside the others', async () => {
    const workshop = await filled()
    const [cut = ''] = partsIn(folderOf(workshop, 'BTCUSDT'))
    truncateSync(join(folderOf(workshop, 'BTCUSDT'), cut), 100)
    writeFileSync(join(folderOf(workshop, 'ETHUSDT'), 'manifest.json'), '{ "format": 1')
    const told = await view(workshop)
    expect(told.series).toMatchObject([
      { ...btc, quality: 'damaged', damage: expect.stringContaining(`${cut} has 100 bytes where`) },
      { ...eth, quality: 'damaged', info: null, damage: expect.stringContaining('is no JSON') },
    ])
    expect(told.series.every(({ bytes }) => bytes > 0)).toBe(true)
    expect(told.troubles).toEqual([])
    rmSync(join(folderOf(workshop, 'BTCUSDT'), cut))
    expect((await view(workshop)).series[0]?.damage).toContain(`${cut} is missing`)
  })

  it('tells of one series its gap, its files by period and where its rows come from', async () => {
    const { store } = await filled()
    const told = await describeSeries(btc, store)
    if (told instanceof Failure) throw told
    const gapMs = start + (30 * day + 100) * minute
    expect(told.gaps).toEqual([{ fromMs: gapMs, toMs: gapMs + 10 * minute, missing: 10 }])
    expect(told.files.map(({ period, rows }) => [period, rows])).toEqual([
      ['2024-01', day - 10],
      ['2024-02', day],
    ])
    expect(told.sources).toMatchObject([{ name: 'BTCUSDT-1m-2024-01.csv', rows: 2 * day - 10, duplicates: 0 }])
    expect(told.bytes).toBe(told.files.reduce((sum, { bytes }) => sum + bytes, 0))
    expect(await describeSeries({ ...btc, tf: '5m' }, store)).toMatchObject({ code: 'series_missing' })
  })

  it('says after a look at every byte what is odd, in the words of the command line', async () => {
    const workshop = await filled()
    const [info] = await workshop.store.series(btc.instrument)
    expect(await checkOneSeries(btc, workshop.store)).toMatchObject({
      sha256: info?.sha256,
      sound: true,
      findings: [
        {
          ...{ kind: 'zero_volume', count: 3, worst: { fromMs: start + 30 * day * minute } },
          words: '3 bars without volume in 1 stretch, the longest 3 from 2024-01-31 00:00',
        },
      ],
    })
    const [part = ''] = partsIn(folderOf(workshop, 'ETHUSDT'))
    const path = join(folderOf(workshop, 'ETHUSDT'), part)
    writeFileSync(path, Buffer.alloc(statSync(path).size, 7))
    expect((await view(workshop)).series[1]?.damage).toBeNull()
    expect(await checkOneSeries(eth, workshop.store)).toMatchObject({ sound: false })
  })
})
