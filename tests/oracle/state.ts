// The mutable state of one run of the second simulator. Quantities are whole steps (`n`), prices doubles on the tick.
import type { Seat, SidePlan, TradeProgram } from '../../blocks/engine/plan'
import type { DropReason, FillReason, Leg, Trade } from '../../blocks/engine/trade'
import { getBit } from '../../blocks/kit/bits'
import { openMsOf, rowOf, tfMs } from '../../blocks/kit/timeframe'
import { fromSteps } from './ticks'
import type { Account, Input, LedgerEntry } from './types'

/** +1 long, -1 short. */
export type Sign = 1 | -1

/** What the decision that sends an entry fixes for the trade (S23, S25). */
export interface Terms {
  /** Rounded level, or null where the stop hangs on the fill. */
  readonly stopLevel: number | null
  readonly stopBy: number
  readonly trailBy: number
  readonly targets: readonly number[]
}

export interface Order {
  readonly s: Sign
  readonly setup: string
  kind: 'market' | 'limit' | 'stop'
  readonly price: number | null
  n: number
  readonly sentMs: number
  readonly dueMs: number
  /** Removed at this time: `expired` for resting orders, `data_gap` for market ones. */
  readonly endMs: number
  readonly endReason: DropReason
  readonly postOnly: boolean
  readonly terms: Terms
  readonly add: boolean
  readonly memory: object | null
  /** Margin kept aside for one step of it (S42). */
  readonly reservePerStep: number
  /** Has taken part in an existing minute. */
  arrived: boolean
  filledN: number
}

export interface Rung {
  readonly price: number
  /** Share of the first size; null closes what is left. */
  readonly share: number | null
  readonly last: boolean
  /** Ladder step, counted from 1 in the author's order (or target, where there is no ladder). */
  readonly step: number
  done: boolean
}

/** A market exit on its way: of everything (`n` null) or of a part. */
export interface Exit {
  readonly reason: FillReason
  readonly n: number | null
  dueMs: number
  /** Has met an existing minute already: only the rest of it is due. */
  tried: boolean
}

export interface Position {
  readonly s: Sign
  readonly setup: string
  readonly order: Order
  readonly firstMs: number
  /** E. */
  entry: number
  n: number
  /** First size, the rungs' base, and everything entered. */
  firstN: number
  enteredN: number
  readonly r: number
  stop: number
  stopReason: 'stop' | 'break_even' | 'trailing'
  readonly rungs: Rung[]
  /** First fill's price, then the most favourable extreme of completed minutes (S26); `trailBest` by the trail's options. */
  best: number
  trailBest: number
  trailActive: boolean
  breakEvenDone: boolean
  /** M of S35. */
  margin: number
  adds: number
  /** Last minute in which the stop has sent its order. */
  stoppedMs: number | null
  exit: Exit | null
  readonly legs: Leg[]
  realised: number
  fees: number
  funding: number
  riskMoney: number
  ambiguous: boolean
  maePct: number
  mfePct: number
  maeMove: number
  mfeMove: number
  readonly memory: object | null
}

/** One seat with what it holds. */
export interface Desk {
  readonly seat: Seat
  readonly place: number
  position: Position | null
  pending: Order | null
  readonly closed: Trade[]
  lastExit: { readonly ms: number; readonly trade: Trade } | null
  nextFunding: number
}

export interface Run {
  readonly input: Input
  readonly desks: readonly Desk[]
  balance: number
  readonly ledger: LedgerEntry[]
  readonly drops: Record<number, Partial<Record<DropReason, number>>>
  readonly capped: Record<number, number>
  /** UTC day on which a Play's daily loss was reached. */
  readonly lossDay: Map<number, number>
  partialBars: number
  lateFills: number
  staleFills: number
  ambiguous: number
  liquidations: number
  reachedTogether: number
  refusedInRow: number
  ruined: boolean
  readonly equity: (readonly [number, number])[]
  readonly daily: (readonly [number, number])[]
}

export interface Bar {
  readonly ms: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

export const dayMs = 86_400_000
export const dayOf = (ms: number): number => Math.floor(ms / dayMs)

export const sidePlanOf = (seat: Seat, s: Sign): SidePlan | null => (s === 1 ? seat.long : seat.short)
export const programFor = (seat: Seat, s: Sign): TradeProgram | null =>
  s === 1 ? seat.programs.long : seat.programs.short
export const planOf = (desk: Desk, s: Sign): SidePlan => {
  const plan = sidePlanOf(desk.seat, s)
  if (plan === null) throw new Error('a trade on a side without a plan')
  return plan
}

export const qty = (desk: Desk, n: number): number => fromSteps(n, desk.seat.instrument.step)
export const held = (desk: Desk, position: Position): number => qty(desk, position.n)

export const drop = (run: Run, desk: Desk, reason: DropReason): void => {
  const play = desk.seat.play
  const counts = run.drops[play] ?? {}
  run.drops[play] = counts
  counts[reason] = (counts[reason] ?? 0) + 1
}

interface Booking {
  readonly ms: number
  readonly account: Account
  readonly amount: number
}

/** S39: every change of the wallet is an entry. */
export const book = (run: Run, desk: Desk, { ms, account, amount }: Booking): void => {
  if (amount === 0) return
  run.balance += amount
  run.ledger.push({ ms, account, amount, what: `${desk.seat.instrument.id}#${desk.seat.play}` })
}

const rowAt = (desk: Desk, ms: number): number => rowOf(desk.seat.fill.tf, ms) - desk.seat.fill.row0

/** The fill bar that opens at `ms`; null in a hole and outside the frame (S5: no fill there). */
export const barAt = (desk: Desk, ms: number): Bar | null => {
  const { fill } = desk.seat
  const k = rowAt(desk, ms)
  if (k < 0 || k >= fill.rows || getBit(fill.hole, k)) return null
  const [open, high, low, close, volume] = [fill.open[k], fill.high[k], fill.low[k], fill.close[k], fill.volume[k]]
  if (open === undefined || high === undefined || low === undefined || close === undefined || volume === undefined)
    return null
  return { ms, open, high, low, close, volume }
}

/** The mark bar of the minute, where mark bars drive liquidation (S37); else the bar itself. */
export const markBarAt = (desk: Desk, bar: Bar): Bar => {
  const { mark } = desk.seat
  if (mark === null) return bar
  const k = rowOf(mark.tf, bar.ms) - mark.row0
  const [open, high, low, close] = [mark.open[k], mark.high[k], mark.low[k], mark.close[k]]
  if (open === undefined || high === undefined || low === undefined || close === undefined) return bar
  if (getBit(mark.hole, k) || Number.isNaN(open)) return bar
  return { ms: bar.ms, open, high, low, close, volume: 0 }
}

/** Last close known when the minute `ms` opens. */
export const closeBefore = (desk: Desk, ms: number): number =>
  desk.seat.fill.close[Math.min(rowAt(desk, ms), desk.seat.fill.rows) - 1] ?? Number.NaN

export const unrealisedAt = (desk: Desk, price: number): number => {
  const p = desk.position
  return p === null ? 0 : p.s * held(desk, p) * (price - p.entry)
}

/** Balance plus unrealised at the last close before `ms`. */
export const equityBefore = (run: Run, ms: number): number =>
  run.desks.reduce(
    (sum, desk) => sum + (desk.position === null ? 0 : unrealisedAt(desk, closeBefore(desk, ms))),
    run.balance,
  )

/** First fill bar that opens at or after `ms` on the grid. */
export const gridAfter = (desk: Desk, ms: number): number => {
  const { tf } = desk.seat.fill
  const open = openMsOf(tf, rowOf(tf, ms))
  return open === ms ? ms : open + tfMs[tf]
}
