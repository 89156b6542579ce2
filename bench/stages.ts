// The stages of a run, each on its own: frames, columns, conditions, plans, loop, band, metrics, report.
import { aggregate, densify } from '../blocks/engine/frame'
import { metricsOf } from '../blocks/engine/metrics/metrics'
import type { MarketRows } from '../blocks/engine/rows'
import { isProblems, prepareSeats } from '../blocks/engine/seats'
import { advance } from '../blocks/engine/simulate/advance'
import type { Sim } from '../blocks/engine/simulate/desk'
import { begin, otherRun } from '../blocks/engine/simulate/simulate'
import type { LogicType } from '../blocks/kit/logic'
import { isLogical } from '../blocks/kit/socket'
import type { Flat } from '../blocks/play/flat'
import { rangeOf, runOf, settings, types, workspaceOf } from './reference'
import { timed } from './table'

/** Milliseconds by stage of one evaluation with nothing cached. */
export interface Stages {
  readonly frames: number
  readonly columns: number
  readonly conditions: number
  readonly plans: number
  readonly loop: number
  /** From where both ends of the ambiguity band part. */
  readonly band: number
  readonly metrics: number
  /** run() from loaded bars to metrics, measured on its own: the first figures, and with the whole band. */
  readonly whole: number
  readonly banded: number
  readonly trades: number
  readonly ambiguous: number
}

/** The catalogue with a stopwatch in every kernel: numbers apart from conditions. */
const watched = (clock: { columns: number; conditions: number }): ReadonlyMap<string, LogicType> =>
  new Map(
    [...types].map(([key, type]): [string, LogicType] => {
      const { run, outputs } = type
      if (run === undefined) return [key, type]
      const logical = Object.values(outputs).every(
        (output) => typeof output.socket !== 'function' && isLogical(output.socket.letter),
      )
      const kernel: typeof run = (...args) => {
        const { ms } = timed(() => run(...args))
        clock[logical ? 'conditions' : 'columns'] += ms
      }
      return [key, { ...type, run: kernel }]
    }),
  )

const ambiguousOf = ({ state }: Sim): number =>
  state.counts.reduce((sum, { ambiguousExits }) => sum + ambiguousExits, 0)

const stagesOnce = (flat: Flat, market: MarketRows): Omit<Stages, 'whole' | 'banded'> => {
  const clock = { columns: 0, conditions: 0 }
  const workspace = workspaceOf(market)
  const main = market.instrument.id
  const frames = timed(() => [workspace.frame(main, market.bars.tf), workspace.frame(main, flat.tf)]).ms
  const request = { plays: [flat], workspace, types: watched(clock), settings, ...rangeOf(market) }
  const { ms } = timed(() => prepareSeats(request))
  const { columns, conditions } = clock
  // Trade-scope conditions run inside the loop: there without the stopwatch.
  const prepared = prepareSeats({ ...request, types })
  if (isProblems(prepared)) throw new Error(prepared[0]?.message)
  const seats = prepared.map(({ seat }) => seat)
  const simulated = timed(() => {
    const sim = begin({ seats, settings, ...rangeOf(market) })
    advance(sim, sim.endMinute)
    return sim
  })
  const ambiguous = ambiguousOf(simulated.made)
  const band = timed(() => {
    if (ambiguous === 0) return
    const other = otherRun(simulated.made)
    advance(other, other.endMinute)
  })
  const { facts } = runOf({ flat, workspace, market })
  const metrics = timed(() => metricsOf(facts)).ms
  return {
    frames,
    columns,
    conditions,
    plans: ms - columns - conditions,
    loop: simulated.ms,
    band: band.ms,
    metrics,
    trades: facts.trades.length,
    ambiguous,
  }
}

/** One evaluation, stage by stage, and once more as a whole. */
export const stagesOf = (flat: Flat, market: MarketRows): Stages => {
  const parts = stagesOnce(flat, market)
  const workspace = workspaceOf(market)
  const start = performance.now()
  const made = runOf({ flat, workspace, market })
  metricsOf(made.facts)
  const whole = performance.now() - start
  made.otherEnd?.advance(Number.POSITIVE_INFINITY)
  return { ...parts, whole, banded: performance.now() - start }
}

/** Bars to a dense frame and its decision bars, outside any workspace: what loading leaves to do. */
export const indexMs = (market: MarketRows): number => {
  const { fromMs, toMs } = rangeOf(market)
  return timed(() => aggregate(densify(market.bars, { fromMs, toMs }), '15m', { fromMs, toMs })).ms
}

/** Reading five columns once, ns a bar: what no engine can beat. */
export const floorNs = (market: MarketRows): number => {
  const { open, high, low, close, volume } = market.bars
  const columns = [open, high, low, close, volume]
  const { ms, made } = timed(() => {
    let sum = 0
    for (const column of columns) for (let i = 0; i < column.length; i++) sum += column[i] ?? 0
    return sum
  })
  if (Number.isNaN(made)) throw new Error('a bar is not a number')
  return (ms * 1e6) / open.length
}
