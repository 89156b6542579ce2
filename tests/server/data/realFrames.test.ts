// Real minutes of a year: a run through the cache of columns reports what a run on Parquet reports, to the last bit.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type Columns,
  type Dataset,
  doublesOf,
  type MarketOf,
  rowsOfDataset,
  type SeriesFiles,
  seriesOfDataset,
} from '../../../blocks/engine/dataset'
import { settingsSchema } from '../../../blocks/engine/settings'
import { Failure } from '../../../server/core/failure'
import { createFrameStore } from '../../../server/io/bars/frameStore'
import { nodeHash } from '../../../server/io/hash/nodeHash'
import { type Backtest, backtest } from '../../../server/run/backtest/backtest'
import { describeDataset } from '../../../server/run/data/dataset'
import { framedBars } from '../../../server/run/data/framedBars'
import type { BarsPort } from '../../../server/run/ports'
import { openWorkshop } from '../../fixtures/data/workshop'
import { realData, realDataMissing, realFile } from '../../fixtures/realData'

const spot = 'binance:BTCUSDT'
const perp = 'binance:BTCUSDT.P'
const settings = settingsSchema.parse({})
const text = readFileSync(join(import.meta.dirname, '../../../blocks/examples/ema_pullback.yaml'), 'utf8')

const run = async (bars: BarsPort): Promise<Backtest> => {
  const made = await backtest(
    { plays: [{ file: 'p.yaml', text }], markets: { main: [perp] }, proxies: { main: spot }, sets: {}, settings },
    { bars, hash: nodeHash, now: () => 0 },
  )
  if (!('report' in made)) throw new Error(JSON.stringify(made))
  return made
}

const columnsOf = async (series: SeriesFiles, framed: ReturnType<typeof framedBars>): Promise<Columns> => {
  const columns: Record<string, Float64Array> = {}
  for (const { name } of series.columns) {
    const path = (await framed.column(series.hash, name))?.path ?? ''
    columns[name] = doublesOf(new Uint8Array(readFileSync(path)).buffer)
  }
  return columns
}

const wordsOf = (market: MarketOf<unknown>): unknown => ({ ...market, bars: 0, funding: 0, mark: 0 })

describe.skipIf(realData === null)(`column files of real bars ${realDataMissing}`, () => {
  it('BTCUSDT 2023: the same report from Parquet, while the cache is made, from the cache and in the browser', {
    timeout: 180_000,
  }, async () => {
    const { took, store, dataDir } = openWorkshop()
    await took({ files: [realFile('spot-1m', 'BTCUSDT-1m-2023.parquet')], instrument: spot })
    await took({ files: [realFile('funding', 'BTCUSDT-funding-2022-2024.csv')], kind: 'funding', instrument: perp })
    await took({ files: [realFile('mark-8h', 'BTCUSDT-mark-8h-2022-2024.csv')], kind: 'mark', instrument: perp })
    await took({ files: [realFile('exchange-meta', 'binance_leverage_tiers.json')], kind: 'instruments' })
    const frames = createFrameStore({ dataDir })
    const framed = framedBars(store, frames)
    const plain = await run(store)
    const first = await run(framed)
    const hash = (await store.series(spot))[0]?.sha256 ?? ''
    expect(await frames.read(hash)).not.toBeNull()
    const second = await run(framed)
    expect(plain.report.trades.length).toBeGreaterThan(100)
    expect([first.report, second.report]).toEqual([plain.report, plain.report])

    const proxied = { ...settings, proxies: { [perp]: spot } }
    const dataset = await describeDataset({ traded: [perp], read: [], tf: '15m', settings: proxied }, framed)
    if (dataset instanceof Failure) throw dataset
    const travelled: Dataset = JSON.parse(JSON.stringify(dataset))
    const columns = new Map<string, Columns>()
    for (const series of seriesOfDataset(travelled)) columns.set(series.hash, await columnsOf(series, framed))
    const [market] = rowsOfDataset(travelled, (series) => columns.get(series.hash) ?? {})
    const [wanted] = plain.loaded.markets
    if (!market?.funding || market.mark === null || wanted === undefined) throw new Error('a series is missing')
    const { toMs } = travelled
    expect([
      nodeHash.bars(market.bars, toMs),
      nodeHash.funding(market.funding, toMs),
      nodeHash.bars(market.mark, toMs),
    ]).toEqual(plain.report.data.map(({ sha256 }) => sha256))
    expect(wordsOf(market)).toEqual(wordsOf(wanted))
  })
})
