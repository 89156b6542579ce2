// One decision of one seat at T (S13): pending orders, exits of the open trade, entries, and all that refuses them.
import type { Condition, EntryPlan, SidePlan, TradeProgram, TradeValues } from '../../blocks/engine/plan'
import type { DropReason, FillReason } from '../../blocks/engine/trade'
import { verdictAt } from '../../blocks/kit/bits'
import { openMsOf, rowOf, tfMs } from '../../blocks/kit/timeframe'
import { gained, moveStopsAtDecision, openShare } from './exits'
import { cooling, limitReached, watchDailyLoss } from './limits'
import { makeOrder } from './orders'
import {
  closeBefore,
  type Desk,
  drop,
  type Exit,
  type Order,
  type Position,
  programFor,
  type Run,
  type Sign,
  sidePlanOf,
} from './state'

export interface Moment {
  readonly ms: number
  /** Decision row that closes at T. */
  readonly i: number
  /** One snapshot for all decisions of one T (S42). */
  readonly equity: number
}

const unknownValues: TradeValues = {
  entryPrice: Number.NaN,
  stopPrice: Number.NaN,
  bars: Number.NaN,
  r: Number.NaN,
  maeR: Number.NaN,
  mfeR: Number.NaN,
  openShare: Number.NaN,
}

/** S28: decision bars from the one that contains the first fill to the one that closes at T, inclusive. */
const barsInTrade = (desk: Desk, p: Position, i: number): number =>
  i - (rowOf(desk.seat.tf, p.firstMs) - desk.seat.decision.row0) + 1

/** S29: values of the trade after the last minute before T. */
const valuesOf = (desk: Desk, p: Position, { ms, i }: Moment): TradeValues => {
  const inR = (move: number): number => (p.r === 0 ? Number.NaN : move / p.r)
  return {
    entryPrice: p.entry,
    stopPrice: p.stop,
    bars: barsInTrade(desk, p, i),
    r: inR(p.s * (closeBefore(desk, ms) - p.entry)),
    maeR: inR(p.maeMove),
    mfeR: inR(p.mfeMove),
    openShare: openShare(desk, p),
  }
}

interface Scope {
  readonly i: number
  readonly program: TradeProgram | null
  readonly memory: object | null
}
const isTrue = (condition: Condition, { i, program, memory }: Scope): boolean => {
  if ('market' in condition) return verdictAt(condition.market, i) === 1
  return program !== null && memory !== null && program.verdict(memory, condition.trade) === 1
}

/** S13: cancel a pending entry whose invalidation is T. */
const cancelPending = (run: Run, desk: Desk, i: number): void => {
  const order = desk.pending
  if (order === null) return
  const scope = { i, program: programFor(desk.seat, order.s), memory: order.memory }
  const hit = sidePlanOf(desk.seat, order.s)?.invalidations.some((x) => x.on !== 'open' && isTrue(x.when, scope))
  if (hit !== true) return
  desk.pending = null
  if (order.filledN === 0) drop(run, desk, 'cancelled')
}

/** S17: several market exits at one T are one order, labelled invalidation > signal > time. */
const exitReason = (desk: Desk, p: Position, { ms, i }: Moment): FillReason | null => {
  const plan = sidePlanOf(desk.seat, p.s)
  if (plan === null) return null
  const scope = { i, program: programFor(desk.seat, p.s), memory: p.memory }
  if (plan.invalidations.some((x) => x.on !== 'pending' && isTrue(x.when, scope))) return 'invalidation'
  if (plan.exitWhen.some((x) => isTrue(x.when, scope))) return 'signal'
  const after = plan.timeStop?.after
  if (after === undefined) return null
  const over = 'bars' in after ? barsInTrade(desk, p, i) >= after.bars : ms >= p.firstMs + after.ms
  return over ? 'time' : null
}

/** S4: the rise of `when` alone, or its truth. */
const fires = (entry: EntryPlan, i: number): boolean => {
  if (verdictAt(entry.when, i) !== 1) return false
  return entry.whileTrue || (i > 0 && verdictAt(entry.when, i - 1) === -1)
}

/** The first setup of the side that fires, all its filters T; a firing setup that a filter stops is counted. */
const firing = (run: Run, desk: Desk, [plan, i]: readonly [SidePlan | null, number]): EntryPlan | null => {
  const setup = plan?.entries.find((entry) => fires(entry, i))
  if (plan === null || setup === undefined) return null
  if (plan.filters.every((filter) => verdictAt(filter.allow, i) === 1)) return setup
  drop(run, desk, 'filtered')
  return null
}

/** A memory for the trade that this decision may send: at_entry is known from here on (S29). */
const freshMemory = (desk: Desk, s: Sign, i: number): object | null => {
  const program = programFor(desk.seat, s)
  if (program === null) return null
  const memory = program.begin()
  program.step(memory, i, unknownValues)
  return memory
}

const vetoed = (plan: SidePlan, scope: Scope): boolean =>
  [...plan.exitWhen, ...plan.invalidations].some((x) => isTrue(x.when, scope))

interface Signal {
  readonly s: Sign
  readonly plan: SidePlan
  readonly setup: EntryPlan
  readonly exitDecided: boolean
}

/** S30: what keeps a same-side signal from adding; null: it may. */
const addRefusal = (
  desk: Desk,
  p: Position,
  { ms, exitDecided }: { ms: number; exitDecided: boolean },
): DropReason | null => {
  const { scaleIn } = desk.seat.risk
  if (scaleIn === null || exitDecided || p.exit !== null) return 'in_trade'
  if (p.adds >= scaleIn.adds) return 'adds_spent'
  return gained(desk, p, [closeBefore(desk, ms), scaleIn.from]) ? null : 'in_trade'
}

/** Precedence as S4 lists it: veto, (ruin), cool-down, limits, pending order, open trade, refused size. */
const answer = (run: Run, desk: Desk, [moment, signal]: readonly [Moment, Signal]): DropReason | Order => {
  const { i, ms } = moment
  const { s, plan, setup, exitDecided } = signal
  const p = desk.position
  const adding = p !== null && p.s === s
  const memory = adding ? p.memory : freshMemory(desk, s, i)
  if (vetoed(plan, { i, program: programFor(desk.seat, s), memory })) return 'vetoed'
  if (run.ruined) return 'ruined'
  if (cooling(desk, moment)) return 'cooling_down'
  if (limitReached(run, desk, { ms, adding })) return 'limit_reached'
  if (desk.pending !== null) return 'ignored_pending'
  if (adding) {
    const refusal = addRefusal(desk, p, { ms, exitDecided })
    if (refusal !== null) return refusal
  } else if (p !== null && !exitDecided) return 'in_trade'
  return makeOrder(run, desk, { ...moment, s, plan, setup, memory, adding })
}

/** S41: refusals of S32 in a row, over the decisions that came as far as S32. */
const countRuin = (run: Run, outcome: DropReason | Order): void => {
  if (typeof outcome === 'object') run.refusedInRow = 0
  else if (outcome === 'below_minimum') run.refusedInRow++
  if (run.refusedInRow >= 5) run.ruined = true
}

const decideEntries = (run: Run, desk: Desk, [moment, exitDecided]: readonly [Moment, boolean]): void => {
  const { long, short } = desk.seat
  const up = firing(run, desk, [long, moment.i])
  const down = firing(run, desk, [short, moment.i])
  if (up !== null && down !== null) drop(run, desk, 'conflict')
  const setup = up === null ? down : down === null ? up : null
  const plan = up === null ? short : long
  if (setup === null || plan === null) return
  const outcome = answer(run, desk, [moment, { s: up === null ? -1 : 1, plan, setup, exitDecided }])
  countRuin(run, outcome)
  if (typeof outcome === 'object') desk.pending = outcome
  else drop(run, desk, outcome)
}

const stepProgram = (desk: Desk, moment: Moment): void => {
  const { position: p, pending } = desk
  if (p !== null && p.memory !== null) programFor(desk.seat, p.s)?.step(p.memory, moment.i, valuesOf(desk, p, moment))
  if (pending !== null && pending.memory !== null && pending.memory !== p?.memory)
    programFor(desk.seat, pending.s)?.step(pending.memory, moment.i, unknownValues)
}

/** The exit is sent; nothing joins a trade that is being closed. */
const close = (run: Run, desk: Desk, exit: Exit): void => {
  if (desk.position === null) return
  desk.position.exit = exit
  if (desk.pending === null || desk.pending.s !== desk.position.s) return
  const begun = desk.pending.filledN > 0
  desk.pending = null
  if (!begun) drop(run, desk, 'position_changed')
}

/** S5: in a hole nothing is decided, but trade memories count the bar. */
export const passHole = (desk: Desk, moment: Moment): void => stepProgram(desk, moment)

/** The decision at T of one seat; its bar exists. */
export const decide = (run: Run, desk: Desk, moment: Moment): void => {
  const { ms, i } = moment
  watchDailyLoss(run, desk, moment)
  stepProgram(desk, moment)
  cancelPending(run, desk, i)
  const p = desk.position
  const reason = p === null || p.exit !== null ? null : exitReason(desk, p, moment)
  if (p !== null && reason !== null)
    close(run, desk, { reason, n: null, dueMs: ms + run.input.settings.latency_ms, tried: false })
  moveStopsAtDecision(desk, i)
  decideEntries(run, desk, [moment, reason !== null])
}

/** Decision row of the seat that closes at `ms`, null where none does. */
export const rowClosingAt = (desk: Desk, ms: number): number | null => {
  const { tf, decision } = desk.seat
  const row = rowOf(tf, ms - tfMs[tf])
  const i = row - decision.row0
  return openMsOf(tf, row) + tfMs[tf] === ms && i >= 0 && i < decision.rows ? i : null
}
