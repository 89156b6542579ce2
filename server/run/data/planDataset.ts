// From what Plays ask to a settled range and the series of every market; no row is read yet.
import type { DatasetAsk, RunRange } from '../../../blocks/engine/dataset'
import { lockboxLine } from '../../../blocks/engine/seats'
import { Failure } from '../../core/failure'
import type { BarsPort } from '../ports'
import { fillSeries, type MarketPlan, type MarketRequest, planMarket } from './planMarket'

export interface DatasetPlan extends RunRange {
  readonly span: { readonly firstMs: number; readonly endMs: number }
  /** Traded ones in wallet order, then those that are only read. */
  readonly markets: readonly MarketPlan[]
}

const requestFor = (
  instrument: string,
  ask: DatasetAsk,
  { fromMs, toMs }: Pick<MarketRequest, 'fromMs' | 'toMs'>,
): MarketRequest => {
  const { proxies, instruments, funding_gaps } = ask.settings
  const overrides = instruments[instrument]
  return {
    instrument,
    barsOf: proxies[instrument],
    fromMs,
    toMs,
    funding: ask.traded.includes(instrument) && funding_gaps === 'refuse' ? 'required' : 'wanted',
    ...(overrides === undefined ? {} : { overrides }),
  }
}

/** What the traded series have in common. Throws Failure. */
const commonSpan = async (ask: DatasetAsk, port: BarsPort): Promise<DatasetPlan['span']> => {
  let firstMs = Number.NEGATIVE_INFINITY
  let endMs = Number.POSITIVE_INFINITY
  for (const instrument of ask.traded) {
    const series = await fillSeries(requestFor(instrument, ask, ask), port)
    if (series instanceof Failure) throw series
    firstMs = Math.max(firstMs, series.fromMs)
    endMs = Math.min(endMs, series.toMs)
  }
  return { firstMs, endMs }
}

/** The common span of the traded series decides both ends. */
const rangeOf = (ask: DatasetAsk, span: DatasetPlan['span']): RunRange => {
  const lockboxMs = lockboxLine(span, ask.tf)
  const fromMs = ask.fromMs ?? span.firstMs
  const toMs = ask.toMs ?? lockboxMs
  if (fromMs < toMs) return { fromMs, toMs, lockboxMs, pastLockbox: toMs > lockboxMs }
  throw new Failure(
    'range_empty',
    ask.toMs === undefined
      ? 'the range is empty: --from lies at or behind the lockbox line, where results stop by default'
      : 'the range is empty: its start is not before its end',
    { hint: 'give an earlier --from, or an explicit --to' },
  )
}

/** Throws Failure: what stands in the way of a run. */
export const planDataset = async (ask: DatasetAsk, port: BarsPort): Promise<DatasetPlan> => {
  if (ask.traded.length === 0)
    throw new Failure('option_missing', 'no market to trade was named', {
      hint: 'name an instrument under markets: main',
    })
  const span = await commonSpan(ask, port)
  const range = rangeOf(ask, span)
  const markets: MarketPlan[] = []
  for (const instrument of [...ask.traded, ...ask.read])
    markets.push(await planMarket(requestFor(instrument, ask, range), port))
  return { ...range, span, markets }
}
