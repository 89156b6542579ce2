// Leaping over decisions at which nothing can happen. A leap is exact, not nearly so: whatever the plain loop would have
// done at the decisions leapt over is done at once when the loop gets past them (engine.md, stage 4).

import { countBits, getBit, nextBit } from '../../kit/bits'
import { toBarIndex, toTimeMs } from '../../kit/brand'
import { rowOf } from '../../kit/timeframe'
import { decide } from './decide'
import { type Desk, programOf, today } from './desk'
import { endangered, watchDay } from './limits'
import type { Position } from './state'
import { tradeValues } from './values'
import { equityAt } from './wallet'

/*
 * Why it is exact. Decisions are leapt over only while the desk has no pending order, and no leap reaches past a 00:00
 * UTC, where a sample is due: so all decisions of a leap lie on one UTC day. At such a decision the plain loop
 * - counts a hole or a partial bar: counted by words here;
 * - begins the Play's UTC day (`today`): doing so again on the same day changes nothing, so once is enough;
 * - latches the daily loss (`watchDay`): flat, equity and the day's start stand still, so once is enough; in a trade a
 *   leap begins only while the day is not lost, and coast() ends it with the minute that loses the day;
 * - steps the trade's memory: a program that looks ahead is told by its last row alone (plan.ts), be it the next that is
 *   decided or the last before the loop stops (`settleMemory`);
 * - takes exits, invalidations and entries: the next row at which one can be true is where the leap ends (calls.ts);
 * - moves a trail by level or by decision bars: such trades are not leapt over at all.
 */

/** Row of the decision that closes at `ms`, which may lie outside the frame. */
const rowClosing = ({ seat }: Desk, ms: number): number => rowOf(seat.tf, ms) - 1 - seat.decision.row0

/** First row, from row i on, at which the time stop of the position may act. */
const timeRow = (desk: Desk, position: Position, i: number): number => {
  const after = (position.side === 1 ? desk.seat.long : desk.seat.short)?.timeStop?.after
  if (after === undefined) return Number.POSITIVE_INFINITY
  if ('bars' in after) return Math.max(i, position.firstRow + after.bars - 1)
  return i + Math.max(0, Math.ceil((position.firstMs + after.ms - desk.nextDecisionMs) / desk.tfMs))
}

/** Row before which the position's own program calls for nothing, from row i on. */
const clearTo = (desk: Desk, position: Position, i: number): number => {
  const { call, seat } = desk
  const { memory } = position
  const ahead = programOf(desk, position.side)?.ahead ?? null
  if (memory === null || ahead === null) return Number.POSITIVE_INFINITY
  if (call.clearFor !== position || call.clearTo <= i) {
    call.clearFor = position
    call.clearTo = ahead(memory, i, seat.decision.rows)
  }
  return call.clearTo
}

/** Close of the first decision, of those still to come, at which this desk may do more than count. */
const findCall = (desk: Desk): number => {
  const { seat, calls, nextDecisionMs } = desk
  const { position } = desk.book
  const { rows } = seat.decision
  const i = rowClosing(desk, nextDecisionMs)
  const first = Math.max(0, i)
  const words = position === null ? calls.flat : position.side === 1 ? calls.long : calls.short
  let row = nextBit(words, first, rows)
  if (position !== null) row = Math.min(row, timeRow(desk, position, first), clearTo(desk, position, first))
  return row >= rows ? Number.POSITIVE_INFINITY : nextDecisionMs + (row - i) * desk.tfMs
}

/** Instant up to which decisions may be leapt over: the next one itself where none may. `k` is the minute that opens now. */
export const callMs = (desk: Desk, k: number): number => {
  const { call, book, nextDecisionMs } = desk
  const { position } = book
  if (book.pending !== null) return nextDecisionMs
  if (position !== null) {
    if (!(position.side === 1 ? desk.leaps.long : desk.leaps.short)) return nextDecisionMs
    if (endangered(desk, equityAt(desk.sim, k), nextDecisionMs)) return nextDecisionMs
  }
  if (call.position !== position || !(call.ms >= nextDecisionMs)) {
    call.position = position
    call.ms = findCall(desk)
  }
  return call.ms
}

/** Counts the holes and partial bars of the next `leapt` decisions and begins the day of the first that is no hole. */
const count = (desk: Desk, leapt: number): void => {
  const from = desk.nextDecisionMs
  desk.nextDecisionMs = from + leapt * desk.tfMs
  const { decision } = desk.seat
  const i = rowClosing(desk, from)
  const first = Math.max(0, i)
  const end = Math.min(decision.rows, i + leapt)
  if (end <= first) return
  const holes = countBits(decision.hole, first, end)
  desk.counts.holes += holes
  desk.counts.partialBars += countBits(decision.partial, first, end)
  if (holes === end - first) return
  today(desk, from)
  if (desk.book.position === null) watchDay(desk, desk.sim.state.wallet.balance)
}

/** Leaves the trade's memory as it is after the last decision, which may have been leapt over; once more does no harm. */
export const settleMemory = (desk: Desk): void => {
  const { position } = desk.book
  const program = position === null ? null : programOf(desk, position.side)
  if (position === null || position.memory === null || program === null || program.ahead === null) return
  const row = Math.min(desk.seat.decision.rows, rowClosing(desk, desk.nextDecisionMs)) - 1
  program.step(position.memory, row, tradeValues(desk, null, row))
}

/** Decisions that close before `ms` and are still to come. */
const closingBefore = (desk: Desk, ms: number): number => Math.ceil((ms - desk.nextDecisionMs) / desk.tfMs)

/** Does at once what the decisions before `ms` that were leapt over would have done. */
export const catchUp = (desk: Desk, ms: number): void => {
  if (desk.nextDecisionMs < ms) count(desk, closingBefore(desk, ms))
}

/**
 * A desk that is flat and alone, up to minute `end` or to the decision that sends an order: from signal to signal. Gives
 * the minute at which it then stands; what is decided there has been decided.
 */
export const passFlat = (desk: Desk, end: number): number => {
  const { sim, calls, tfMs } = desk
  const { decision } = desk.seat
  const endMs = sim.originMs + end * sim.stepMs
  const from = desk.nextDecisionMs
  if (from >= endMs) return end
  const i = rowClosing(desk, from)
  const leapt = closingBefore(desk, endMs)
  const last = Math.min(decision.rows, i + leapt)
  const equity = sim.state.wallet.balance
  for (let row = Math.max(0, i); ; row++) {
    row = nextBit(calls.flat, row, last)
    if (row >= last) break
    if (getBit(decision.hole, row)) continue
    const ms = from + (row - i) * tfMs
    const k = (ms - sim.originMs) / sim.stepMs
    today(desk, ms)
    watchDay(desk, equity)
    decide(desk, { i: toBarIndex(row), ms: toTimeMs(ms), k, equity })
    if (desk.book.pending === null) continue
    count(desk, row + 1 - i)
    return k
  }
  count(desk, leapt)
  return end
}
