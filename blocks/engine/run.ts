// One run of one or several Plays on one wallet: columns, both simulations of the ambiguity band, facts and notices.

import { countBits, getBit } from '../kit/bits'
import { toPrice } from '../kit/brand'
import type { Problem } from '../kit/problem'
import { openMsOf, rowOf } from '../kit/timeframe'
import type { BenchmarkPrices, RunFacts } from './facts'
import { roleNotices } from './findings'
import type { Seat } from './plan'
import type { Ambiguity, Friction, Notice, PendingOrder } from './report/input'
import { isProblems, type PreparedSeat, prepareSeats, type SeatRequest } from './seats'
import { advance } from './simulate/advance'
import type { DecisionRecord, Sim } from './simulate/desk'
import { begin, factsOf, otherRun, pendingOrders } from './simulate/simulate'

export interface RunRequest extends SeatRequest {
  /** Told of every decision that did something; changes no result. */
  readonly trace?: (record: DecisionRecord) => void
  /** Milliseconds of some clock, for the timing alone. */
  readonly now?: () => number
  /** First figures now: the other end of the ambiguity band is left to `otherEnd`. */
  readonly bandLater?: boolean
}

/** The other end of the ambiguity band, in pieces of any length. */
export interface OtherEnd {
  /** Runs so many fill bars on; gives the band once there are none left. */
  readonly advance: (bars: number) => Ambiguity | null
}

export interface Run {
  readonly seats: readonly PreparedSeat[]
  readonly facts: RunFacts
  readonly pending: readonly PendingOrder[]
  readonly friction: Friction
  readonly ambiguity: Ambiguity
  /** Null when nothing of the band is left to run. */
  readonly otherEnd: OtherEnd | null
  readonly range: { readonly fillBars: number; readonly decisionBars: number; readonly holes: number }
  readonly notices: readonly Notice[]
  readonly timingMs: { readonly columns: number; readonly simulate: number }
}

const dayMs = 86_400_000

/** Prices of buy and hold on the bars that the run fills on (S47). */
const benchmarkOf = (seat: Seat, sim: Sim, range: { fromMs: number; toMs: number }): BenchmarkPrices => {
  const { fill } = seat
  const place = (ms: number): number => Math.min(fill.rows, Math.max(0, Math.ceil((ms - sim.originMs) / sim.stepMs)))
  let first = place(range.fromMs)
  while (first < fill.rows && getBit(fill.hole, first)) first += 1
  const days: number[] = []
  for (let ms = Math.ceil(range.fromMs / dayMs) * dayMs; ms <= range.toMs; ms += dayMs) days.push(ms)
  const closeBefore = (ms: number): number => (place(ms) > first ? fill.close[place(ms) - 1] : Number.NaN)
  return {
    instrument: seat.instrument.id,
    startOpen: toPrice(first < fill.rows ? fill.open[first] : Number.NaN),
    daily: Float64Array.from(days, closeBefore),
    endClose: toPrice(closeBefore(range.toMs)),
  }
}

/** Decision rows that close in [from, to). */
const decisionRows = (seat: Seat, range: { fromMs: number; toMs: number }): [number, number] => {
  const { tf, row0, rows } = seat.decision
  const closedBy = (ms: number): number => rowOf(tf, ms - 1) - row0
  return [Math.max(0, closedBy(range.fromMs)), Math.min(rows, Math.max(0, closedBy(range.toMs)))]
}

const count = (seat: Seat, sim: Sim, range: { fromMs: number; toMs: number }): Run['range'] => {
  const { fill, decision } = seat
  const startMs = openMsOf(fill.tf, fill.row0)
  const k0 = Math.max(0, Math.ceil((range.fromMs - startMs) / sim.stepMs))
  const k1 = Math.max(k0, sim.endMinute)
  const holes = countBits(fill.hole, k0, k1)
  const [i0, i1] = decisionRows(seat, range)
  const decisionBars = Math.max(0, i1 - i0) - countBits(decision.hole, i0, i1)
  return { fillBars: k1 - k0 - holes, decisionBars, holes }
}

const frictionOf = (sim: Sim, holes: number): Friction => {
  const refused: Record<string, number> = {}
  const limits: Record<string, number> = {}
  const sum = { capped: 0, partialBars: 0, lateFills: 0, staleFills: 0 }
  for (const counts of sim.state.counts) {
    for (const [reason, n] of Object.entries(counts.drops)) refused[reason] = (refused[reason] ?? 0) + n
    for (const [limit, n] of Object.entries(counts.limits)) limits[limit] = (limits[limit] ?? 0) + n
    sum.capped += counts.capped
    sum.partialBars += counts.partialBars
    sum.lateFills += counts.lateFills
    sum.staleFills += counts.staleFills
  }
  return { ...sum, refused, limits, holes }
}

/** What a reader must know of the money side of a run. */
const moneyNotices = (prepared: readonly PreparedSeat[], sim: Sim): Notice[] => {
  const notices: Notice[] = []
  const say = (code: string, message: string): void => void notices.push({ code, message })
  let onOpen = 0
  let missing = 0
  for (const counts of sim.state.counts) {
    onOpen += counts.fundingOnOpen
    missing += counts.fundingMissing
  }
  for (const { seat, fundingMissing } of prepared) {
    const { id, kind } = seat.instrument
    if (kind === 'spot') continue
    if (seat.funding === null) say('funding_unknown', `no funding rates of ${id}: none is charged, costs are too low`)
    if (fundingMissing > 0)
      say('funding_gaps', `${fundingMissing} settlements of ${id} have no rate: nothing is charged for them`)
    if (seat.mark === null && seat.risk.leverage > 1)
      say('last_for_mark', `no mark bars of ${id} on the fill interval: liquidation is judged on last prices`)
  }
  if (onOpen > 0)
    say('funding_on_open', `${onOpen} settlements were paid on the open of their minute, for want of a mark price`)
  if (missing > 0)
    say('funding_not_charged', `${missing} settlements while a position was open had no rate and were not charged`)
  if (sim.state.ruined) say('ruined', 'the run was ruined: no entry was taken from then on')
  return notices
}

const dataNotices = (prepared: readonly PreparedSeat[]): Notice[] => {
  const notices: Notice[] = []
  const seen = new Set<string>()
  for (const { evaluated, seat } of prepared) {
    for (const id of new Set(Object.values(evaluated.binding))) {
      if (seen.has(id)) continue
      seen.add(id)
      const market = evaluated.workspace.market(id)
      if (market.synthetic) notices.push({ code: 'synthetic', message: `SYNTHETIC: the bars of ${id} are made up` })
      if (market.barsOf !== id)
        notices.push({ code: 'price_proxy', message: `signals and fills of ${id} use the bars of ${market.barsOf}` })
      for (const message of market.notices) notices.push({ code: 'skipped_rows', message })
    }
    if (seat.fill.tf !== '1m')
      notices.push({
        code: 'fill_interval',
        message: `${seat.instrument.id} fills on ${seat.fill.tf} bars, not on minutes`,
      })
    for (const { path, output, rows } of evaluated.findings)
      notices.push({
        code: 'not_finite',
        message: `${path}${output === '' ? '' : `.${output}`} was infinite on ${rows} bars and counts as unknown there`,
      })
  }
  return notices
}

const simulate = (request: RunRequest, prepared: readonly PreparedSeat[]): Sim => {
  const { settings, fromMs, toMs, trace } = request
  const seats = prepared.map(({ seat }) => seat)
  const sim = begin({ seats, settings, fromMs, toMs, ...(trace ? { trace } : {}) })
  advance(sim, sim.endMinute)
  return sim
}

const netOf = (sim: Sim): number => sim.state.equity - sim.settings.equity

const otherEndOf = (main: Sim, known: Ambiguity): OtherEnd => {
  const sim = otherRun(main)
  return {
    advance: (bars) => {
      advance(sim, sim.state.minute + bars)
      return sim.state.minute < sim.endMinute ? null : { ...known, netOptimisticUsdt: netOf(sim) }
    },
  }
}

/** S16: the optimistic run differs only where an exit was ambiguous. */
const bandOf = (main: Sim, later: boolean): Pick<Run, 'ambiguity' | 'otherEnd'> => {
  const exits = main.state.counts.reduce((sum, counts) => sum + counts.ambiguousExits, 0)
  const netPessimisticUsdt = netOf(main)
  if (exits === 0)
    return { ambiguity: { exits, netPessimisticUsdt, netOptimisticUsdt: netPessimisticUsdt }, otherEnd: null }
  const open = { exits, netPessimisticUsdt, netOptimisticUsdt: null }
  const otherEnd = otherEndOf(main, open)
  if (later) return { ambiguity: open, otherEnd }
  return { ambiguity: otherEnd.advance(main.endMinute) ?? open, otherEnd: null }
}

/** Runs the Plays over the workspace, or says what stands in the way. Timeframes: decisions of each Play on its own. */
export const run = (request: RunRequest): Run | Problem[] => {
  const now = request.now ?? (() => 0)
  const started = now()
  const prepared = prepareSeats(request)
  if (isProblems(prepared)) return prepared
  const evaluatedAt = now()
  const sim = simulate(request, prepared)
  const band = bandOf(sim, request.bandLater ?? false)
  const simulatedAt = now()
  const { fromMs, toMs } = request
  const range = { fromMs, toMs }
  const first = prepared[0].seat
  const counted = count(first, sim, range)
  const benchmark = prepared
    .filter(({ seat }, j) => prepared.findIndex((other) => other.seat.instrument.id === seat.instrument.id) === j)
    .map(({ seat }) => benchmarkOf(seat, sim, range))
  return {
    seats: prepared,
    facts: factsOf(sim, { ...range, benchmark }),
    pending: pendingOrders(sim),
    friction: frictionOf(sim, counted.holes),
    ...band,
    range: counted,
    notices: [
      ...dataNotices(prepared),
      ...moneyNotices(prepared, sim),
      ...prepared.flatMap((one) => roleNotices(one, decisionRows(one.seat, range))),
    ],
    timingMs: { columns: evaluatedAt - started, simulate: simulatedAt - evaluatedAt },
  }
}
