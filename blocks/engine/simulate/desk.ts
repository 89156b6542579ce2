// The running side of a simulation: seats with their books, rounding units and the minute at hand. Rebuilt, never stored.

import { getBit } from '../../kit/bits'
import { type BarIndex, type Price, type TimeMs, toBarIndex, toPrice, toTimeMs } from '../../kit/brand'
import { closeMsOf, rowOf, type Timeframe, tfMs } from '../../kit/timeframe'
import type { Seat, SidePlan, TradeProgram } from '../plan'
import type { Settings } from '../settings'
import type { DropReason, Side } from '../trade'
import { type Calls, callsOf, canForesee, canLeap } from './calls'
import { type Book, type Counts, countDrop, type Order, type PlayDay, type Position, type State } from './state'
import { type Unit, unitOf } from './ticks'

/** One fill bar, reused: a minute in most runs. Mark prices equal the last prices when no mark bars drive the run. */
export interface Minute {
  k: number
  ms: TimeMs
  open: Price
  high: Price
  low: Price
  close: Price
  volume: number
  markOpen: Price
  markHigh: Price
  markLow: Price
  markClose: Price
}

/** One decision instant. */
export interface Moment {
  /** Decision row that closes now. */
  readonly i: BarIndex
  readonly ms: TimeMs
  /** Minute that opens now. */
  readonly k: number
  /** One equity for all decisions of this instant (S42). */
  readonly equity: number
}

/** What a decision did; collected only when a trace is asked for, and never read by the simulation. */
export interface DecisionRecord {
  readonly ms: number
  readonly play: number
  readonly instrument: string
  readonly did: 'entry' | 'add' | 'exit' | 'refused' | 'cancelled' | 'expired'
  readonly side: Side
  readonly setup: string | null
  readonly reason: string | null
  /** Path of the node that said so. */
  readonly node: string | null
}

export interface Sim {
  readonly seats: readonly Seat[]
  readonly desks: readonly Desk[]
  readonly state: State
  readonly settings: Settings
  /** The optimistic run of the ambiguity band (S16). */
  readonly targetsFirst: boolean
  readonly trace: ((record: DecisionRecord) => void) | null
  /** Minute by minute and decision by decision: what the fast form must equal bit for bit. */
  readonly plain: boolean
  /** Start of the run, Unix ms. */
  readonly fromMs: number
  /** Open time of fill index 0, and the fill interval, ms. */
  readonly originMs: number
  readonly stepMs: number
  /** Fill index of the end of the run. */
  readonly endMinute: number
  /** The minute that is running: a desk in a hole keeps an older one in its own view. */
  readonly clock: { k: number; ms: TimeMs }
  /** Fill bars that no seat has. */
  readonly absent: Uint32Array
  /** From where the other run of the band may begin (fork.ts); null when this one did not begin at its start. */
  fork: State | null
}

export interface Desk {
  readonly sim: Sim
  readonly index: number
  readonly seat: Seat
  readonly book: Book
  readonly day: PlayDay
  readonly counts: Counts
  readonly tick: Unit
  readonly step: Unit
  readonly tfMs: number
  readonly minute: Minute
  /** Next settlement of the funding plan that a position would pay. */
  fundingNext: number
  /** Trade memories of signals that came to nothing, to begin the next one in. */
  readonly untaken: { long: object | null; short: object | null }
  /** Close of the decision bar that is decided next. */
  nextDecisionMs: number
  readonly calls: Calls
  /** By side: can decisions with such a trade be leapt over? */
  readonly leaps: { readonly long: boolean; readonly short: boolean }
  /** By side: are vetoes known before a trade begins? */
  readonly foresees: { readonly long: boolean; readonly short: boolean }
  /** The call that was found last, and the row up to which a trade's program is clear, each with its position. */
  readonly call: { ms: number; position: Position | null; clearTo: number; clearFor: Position | null }
  /** Bracket cap on notional at the Play's leverage. */
  readonly maxNotional: number
  readonly limits: Limits
}

/** The Play's limits of the day, each infinite where it has none. */
export type Limits = Readonly<Record<'tradesPerDay' | 'dailyLoss' | 'lossesInRow' | 'openPositions', number>>

export const planOf = (desk: Desk, side: Order): SidePlan | null => (side === 1 ? desk.seat.long : desk.seat.short)
export const programOf = (desk: Desk, side: Order): TradeProgram | null =>
  side === 1 ? desk.seat.programs.long : desk.seat.programs.short
export const sideName = (side: Order): Side => (side === 1 ? 'long' : 'short')

/** Decision row that contains the instant `ms`. */
export const decisionRow = (desk: Desk, ms: TimeMs): BarIndex =>
  toBarIndex(rowOf(desk.seat.tf, ms) - desk.seat.decision.row0)

/** Last close known before minute k: the dense frame carries it over holes. */
export const lastClose = (desk: Desk, k: number): Price => toPrice(desk.seat.fill.close[k - 1])

const dayMs = 86_400_000

/** Are the Play's counters those of the UTC day of `ms`? */
export const isToday = ({ day }: Desk, ms: number): boolean => day.day === Math.floor(ms / dayMs)

/** The Play's counters of the UTC day of `ms`, begun anew when the day has changed (S40). */
export const today = (desk: Desk, ms: number): PlayDay => {
  const { day } = desk
  if (!isToday(desk, ms)) {
    day.day = Math.floor(ms / dayMs)
    day.trades = 0
    day.lossesInRow = 0
    day.longestRow = 0
    day.lossLatched = false
  }
  return day
}

/** Why a signal came to nothing, which node said so, and what else there is to say. */
export interface Obstacle {
  readonly reason: DropReason
  readonly node: string | null
  readonly detail: string | null
}

/** Counts a signal that came to nothing and tells the trace. */
export const drop = (
  desk: Desk,
  reason: DropReason,
  about: { ms: number; side: Order; setup: string | null; node?: string | null; detail?: string | null },
): void => {
  countDrop(desk.counts, reason)
  const { detail } = about
  desk.sim.trace?.({
    ms: about.ms,
    play: desk.seat.play,
    instrument: desk.seat.instrument.id,
    did: reason === 'cancelled' ? 'cancelled' : reason === 'expired' ? 'expired' : 'refused',
    side: sideName(about.side),
    setup: about.setup,
    reason: detail === null || detail === undefined ? reason : `${reason}: ${detail}`,
    node: about.node ?? null,
  })
}

/** An order that has outlived its time; what first fills left over is no entry that was lost (S7, S22). */
export const expire = (desk: Desk, ms: number): void => {
  const { pending } = desk.book
  if (pending === null || ms < pending.expireMs) return
  desk.book.pending = null
  if (pending.begun) return
  drop(desk, pending.endReason, { ms, side: pending.side, setup: pending.setup })
}

const maxNotionalOf = (seat: Seat): number => {
  const { brackets, kind } = seat.instrument
  if (kind === 'spot' || brackets.length === 0) return Number.POSITIVE_INFINITY
  let cap = 0
  for (const bracket of brackets) if (bracket.maxLeverage >= seat.risk.leverage) cap = Math.max(cap, bracket.cap)
  return cap
}

const limitsOf = ({ risk }: Seat): Limits => {
  const { tradesPerDay, dailyLoss, lossesInRow, openPositions } = risk.limits
  const none = Number.POSITIVE_INFINITY
  return {
    tradesPerDay: tradesPerDay ?? none,
    dailyLoss: dailyLoss ?? none,
    lossesInRow: lossesInRow ?? none,
    openPositions: openPositions ?? none,
  }
}

const blankMinute = (): Minute => ({
  k: -1,
  ms: toTimeMs(0),
  open: toPrice(0),
  high: toPrice(0),
  low: toPrice(0),
  close: toPrice(0),
  volume: 0,
  markOpen: toPrice(0),
  markHigh: toPrice(0),
  markLow: toPrice(0),
  markClose: toPrice(0),
})

/** The first close of a bar of `tf` at or after `ms`. */
const firstClose = (tf: Timeframe, ms: number): number => closeMsOf(tf, rowOf(tf, ms - 1))

/** A desk for each seat over a state that may have come from the codec. */
export const desksOf = (sim: Sim): Desk[] =>
  sim.seats.map((seat, index) => {
    const desk: Desk = {
      sim,
      index,
      seat,
      book: sim.state.books[index],
      day: sim.state.days[seat.play],
      counts: sim.state.counts[seat.play],
      tick: unitOf(seat.instrument.tick),
      step: unitOf(seat.instrument.step),
      tfMs: tfMs[seat.tf],
      minute: blankMinute(),
      fundingNext: 0,
      untaken: { long: null, short: null },
      nextDecisionMs: firstClose(seat.tf, sim.originMs + sim.state.minute * sim.stepMs),
      calls: callsOf(seat),
      foresees: { long: !sim.plain && canForesee(seat, 1), short: !sim.plain && canForesee(seat, -1) },
      leaps: { long: canLeap(seat, 1), short: canLeap(seat, -1) },
      call: { ms: Number.NaN, position: null, clearTo: 0, clearFor: null },
      maxNotional: maxNotionalOf(seat),
      limits: limitsOf(seat),
    }
    desk.fundingNext = nextFunding(desk, lastExisting(sim, seat))
    return desk
  })

/** Open time of the last minute that has run for this seat. */
const lastExisting = (sim: Sim, seat: Seat): number => {
  for (let k = sim.state.minute - 1; k >= 0; k--) if (!getBit(seat.fill.hole, k)) return sim.originMs + k * sim.stepMs
  return Number.NEGATIVE_INFINITY
}

/** Place of the first settlement after `ms`. */
export const nextFunding = (desk: Desk, ms: number): number => {
  const times = desk.seat.funding?.ms
  if (times === undefined) return 0
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle] > ms) high = middle
    else low = middle + 1
  }
  return low
}

/** Loads minute k into the desk's view; a hole leaves the view at an earlier minute. */
export const loadMinute = (desk: Desk, k: number): void => {
  const { fill, mark } = desk.seat
  if (getBit(fill.hole, k)) return
  const minute = desk.minute
  minute.k = k
  minute.ms = toTimeMs(desk.sim.originMs + k * desk.sim.stepMs)
  minute.open = toPrice(fill.open[k])
  minute.high = toPrice(fill.high[k])
  minute.low = toPrice(fill.low[k])
  minute.close = toPrice(fill.close[k])
  minute.volume = fill.volume[k]
  const from = mark !== null && !getBit(mark.hole, k) ? mark : fill
  minute.markOpen = toPrice(from.open[k])
  minute.markHigh = toPrice(from.high[k])
  minute.markLow = toPrice(from.low[k])
  minute.markClose = toPrice(from.close[k])
}
