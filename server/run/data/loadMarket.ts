// The rows of one market of a run, from any port, by the same way that the page takes from column files.
import { type Columns, rowsOfMarket } from '../../../blocks/engine/dataset'
import type { MarketRows } from '../../../blocks/engine/rows'
import { type Failure, failureOr } from '../../core/failure'
import type { RunSeries } from '../../core/series'
import type { BarsPort } from '../ports'
import { type MarketPlan, type MarketRequest, planMarket } from './planMarket'

/** The columns of a series up to `toMs`. An interval that the source does not tell is NaN. */
export const columnsOf = async (
  { instrument, kind, tf }: Pick<RunSeries, 'instrument' | 'kind' | 'tf'>,
  port: BarsPort,
  toMs: number,
): Promise<Columns> => {
  if (kind === 'funding' || tf === null) {
    const { stampMs, rate, intervalMs } = await port.funding(instrument, toMs)
    return { stampMs, rate, intervalMs: intervalMs ?? new Float64Array(stampMs.length).fill(Number.NaN) }
  }
  const { openMs, open, high, low, close, volume } = await port.bars({ instrument, kind, tf }, toMs)
  const prices = { openMs, open, high, low, close }
  return kind === 'klines' ? { ...prices, volume } : prices
}

/** The rows of a planned market from the first stored one to `toMs`. Throws Failure. */
export const rowsOfPlan = async (plan: MarketPlan, port: BarsPort, toMs: number): Promise<MarketRows> => {
  const columns = new Map<RunSeries, Columns>()
  for (const series of [plan.bars, plan.funding, plan.mark])
    if (series !== null) columns.set(series, await columnsOf(series, port, toMs))
  return rowsOfMarket(plan, (series) => columns.get(series) ?? {}, toMs)
}

/** Bars from the first stored one to `toMs` with everything the engine asks of a market, or what stands in the way. */
export const loadMarket = (request: MarketRequest, port: BarsPort): Promise<MarketRows | Failure> =>
  failureOr(async () => rowsOfPlan(await planMarket(request, port), port, request.toMs ?? Infinity))
