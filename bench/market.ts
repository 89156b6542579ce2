// The bars that the bench runs on: two years of real minutes where they are, else the synthetic market, and said so.
import { join } from 'node:path'
import type { MarketRows } from '../blocks/engine/rows'
import { Failure } from '../server/core/failure'
import { syntheticMarket } from '../server/core/syntheticMarket'
import { framedBars } from '../server/run/data/framedBars'
import { importFiles } from '../server/run/data/importFiles'
import { loadMarket } from '../server/run/data/loadMarket'
import type { BarsPort } from '../server/run/ports'
import { openData } from '../server/wire'

export const must = <T>(result: T | Failure): T => {
  if (result instanceof Failure) throw result
  return result
}

/** Puts the real files into a store of their own, as a user would. */
export const prepareStore = async (realData: string, dataDir: string): Promise<void> => {
  const data = await openData({ dataDir })
  const own = 'binance:BTCUSDT.P'
  for (const request of [
    {
      files: ['2023', '2024'].map((year) => join(realData, 'spot-1m', `BTCUSDT-1m-${year}.parquet`)),
      instrument: 'binance:BTCUSDT',
    },
    { files: [join(realData, 'funding', 'BTCUSDT-funding-2022-2024.csv')], kind: 'funding', instrument: own },
    { files: [join(realData, 'mark-8h', 'BTCUSDT-mark-8h-2022-2024.csv')], kind: 'mark', instrument: own },
    { files: [join(realData, 'exchange-meta', 'binance_leverage_tiers.json')], kind: 'instruments' },
  ])
    must(await importFiles(request, data))
  data.close()
}

export interface BenchMarket {
  readonly market: MarketRows
  readonly port: BarsPort
  readonly loadMs: readonly number[]
  readonly close: () => void
}

/** Loads the market `times` over and keeps the last. `dataDir` null: the synthetic market. */
export const openMarket = async (dataDir: string | null, times: number): Promise<BenchMarket> => {
  const data = dataDir === null ? null : await openData({ dataDir })
  const port: BarsPort = data === null ? syntheticMarket() : framedBars(data.store, data.frames)
  const request =
    data === null
      ? { instrument: 'synthetic:BTCUSDT.P' }
      : { instrument: 'binance:BTCUSDT.P', barsOf: 'binance:BTCUSDT', funding: 'required' as const }
  const loadMs: number[] = []
  let market = must(await loadMarket(request, port))
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    market = must(await loadMarket(request, port))
    loadMs.push(performance.now() - start)
  }
  return { market, port, loadMs, close: () => data?.close() }
}

/** The last `rows` bars of a market. */
export const lastBars = (market: MarketRows, rows: number): MarketRows => {
  const { bars } = market
  const cut = (column: Float64Array): Float64Array => column.slice(-rows)
  const { openMs, open, high, low, close, volume } = bars
  return {
    ...market,
    bars: {
      tf: bars.tf,
      openMs: cut(openMs),
      open: cut(open),
      high: cut(high),
      low: cut(low),
      close: cut(close),
      volume: cut(volume),
    },
  }
}
