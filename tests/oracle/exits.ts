// Exits inside a minute: market exits, stops, targets, liquidation on the path (S12, S14-S21, S23), trails (S25, S26).
import type { RShare } from '../../blocks/kit/param'
import { liquidate, liquidationLevel } from './liquidation'
import { leave, take } from './money'
import {
  type Bar,
  type Desk,
  type Exit,
  held,
  markBarAt,
  type Position,
  planOf,
  type Run,
  type Rung,
  type Sign,
} from './state'
import { fromSteps, nearest, stepsOf } from './ticks'

/** What a position sees of a minute: all of it, or what is left after a fill inside it (S21). */
export interface View {
  /** Extreme against the position: its stop and liquidation are tested with it. */
  readonly worst: number
  /** Its targets are tested with it. */
  readonly reach: number
  /** Best price for MFE, break-even and trailing. */
  readonly best: number
}

export const wholeMinute = (s: Sign, bar: Bar): View => {
  const [worst, best] = s === 1 ? [bar.low, bar.high] : [bar.high, bar.low]
  return { worst, reach: best, best }
}

/** S20: the minute trades at least one tick beyond a resting price, in integer ticks. `s`: the way that is beyond. */
export const beyondByTick = (desk: Desk, s: Sign, [price, level]: readonly [number, number]): boolean => {
  const { tick } = desk.seat.instrument
  return s * (stepsOf(price, tick) - stepsOf(level, tick)) >= 1
}

/** Ladder and targets: shares of the first size, floored to step; a full ladder's last closes what is left (S27). */
const rungSteps = (p: Position, rung: Rung): number =>
  rung.share === null || rung.last ? p.n : Math.min(p.n, Math.floor(rung.share * p.firstN + 1e-9))

const unfilled = (p: Position): Rung[] => p.rungs.filter((rung) => !rung.done)

/** Targets reached by `price` as resting orders, in order of distance, each at its own price, maker. */
const fillTargets = (run: Run, desk: Desk, [bar, price]: readonly [Bar, number]): void => {
  const s = desk.position?.s
  if (s === undefined || bar.volume === 0) return
  for (;;) {
    const p = desk.position
    const rung = p === null ? undefined : unfilled(p).find((r) => beyondByTick(desk, s, [price, r.price]))
    if (p === null || rung === undefined) return
    rung.done = true
    const n = rungSteps(p, rung)
    const fill = { ms: bar.ms, reference: rung.price, price: rung.price, reason: 'target', maker: true } as const
    if (n > 0) leave(run, desk, { ...fill, n })
  }
}

/** A market exit of the whole position or of a part: true when something of it still waits for the next minute. */
const sellOut = (run: Run, desk: Desk, order: { exit: Exit; bar: Bar; reference: number }): boolean => {
  const p = desk.position
  if (p === null) return false
  const { exit, bar, reference } = order
  const wanted = Math.min(exit.n ?? p.n, p.n)
  const direction = p.s === 1 ? -1 : 1
  const got = take(run, desk, { direction, reference, n: wanted, volume: bar.volume })
  if (got.n > 0)
    leave(run, desk, { ms: bar.ms, n: got.n, reference, price: got.price, reason: exit.reason, maker: false })
  exit.tried = true
  const { slippage } = run.input.settings
  return got.n < wanted && !(slippage.model === 'volume_share' && slippage.rest === 'cancel')
}

/** The stop in force becomes a market order at `reference`; what a thin minute leaves stays due. */
const stopOut = (run: Run, desk: Desk, [bar, reference]: readonly [Bar, number]): void => {
  const p = desk.position
  if (p === null) return
  p.stoppedMs = bar.ms
  const exit: Exit = { reason: p.stopReason, n: null, dueMs: bar.ms, tried: true }
  if (sellOut(run, desk, { exit, bar, reference })) p.exit = exit
}

/** An exit of everything is at work: it owns what is left, only liquidation comes before it. */
const atWork = (p: Position): boolean => p.exit?.tried === true

/** S12 (2): due market exits, at the open. S7: they wait for an existing minute, late ones are counted. */
export const marketExits = (run: Run, desk: Desk, [bar, grid]: readonly [Bar, (ms: number) => number]): void => {
  const p = desk.position
  if (p === null) return
  if (p.exit !== null && bar.ms >= p.exit.dueMs) {
    if (!p.exit.tried && bar.ms > grid(p.exit.dueMs)) run.lateFills++
    if (!sellOut(run, desk, { exit: p.exit, bar, reference: bar.open })) p.exit = null
  }
}

/** S12 (2), S19: a stop that the open has reached fills at the open. */
export const stopAtOpen = (run: Run, desk: Desk, bar: Bar): void => {
  const p = desk.position
  if (p === null || atWork(p)) return
  if (p.s * (bar.open - p.stop) <= 0) stopOut(run, desk, [bar, bar.open])
}

/** S12 (2), S20: targets that rest since an earlier minute, the open a tick beyond them. */
export const targetsAtOpen = (run: Run, desk: Desk, bar: Bar): void => {
  if (desk.position !== null && !atWork(desk.position)) fillTargets(run, desk, [bar, bar.open])
}

/** S23: the fill lies beyond a target: its share closes at once, as a market order at the entry's reference price. */
export const targetsBehindFill = (run: Run, desk: Desk, order: { bar: Bar; fill: number; reference: number }): void => {
  const { bar, fill, reference } = order
  const { tick } = desk.seat.instrument
  for (;;) {
    const p = desk.position
    if (p === null) return
    const rung = unfilled(p).find((r) => p.s * (stepsOf(fill, tick) - stepsOf(r.price, tick)) > 0)
    if (rung === undefined) return
    rung.done = true
    const exit: Exit = { reason: 'target', n: rungSteps(p, rung), dueMs: bar.ms, tried: true }
    // No rest: the same minute has just filled at least as much of the entry.
    if (exit.n !== 0) sellOut(run, desk, { exit, bar, reference })
  }
}

/** S14: true when the liquidation comes before the stop: nearer to the open, or equally near. */
const liquidationFirst = (desk: Desk, bar: Bar, [stop, level]: readonly [number | null, number]): boolean =>
  stop === null || Math.abs(markBarAt(desk, bar).open - level) <= Math.abs(bar.open - stop)

/** The liquidation level, where the mark reaches it on the path. */
const reachedLiquidation = (run: Run, desk: Desk, bar: Bar): number | null => {
  const p = desk.position
  const level = liquidationLevel(run, desk, [bar.ms, 'path'])
  if (p === null || level === null) return null
  return p.s * (wholeMinute(p.s, markBarAt(desk, bar)).worst - level) <= 0 ? level : null
}

/** S14: stop or liquidation. A cross liquidation may spare this position: its stop then still acts. */
const leaveBadly = (run: Run, desk: Desk, [bar, stopHit]: readonly [Bar, boolean]): void => {
  const p = desk.position
  if (p === null) return
  const level = reachedLiquidation(run, desk, bar)
  if (level !== null && liquidationFirst(desk, bar, [stopHit ? p.stop : null, level]))
    liquidate(run, desk, { ms: bar.ms, price: level, phase: 'path' })
  if (stopHit && desk.position === p) stopOut(run, desk, [bar, p.stop])
}

/** S12 (3) and the end of (4): stop or liquidation, then targets; the other way round in the second run (S16). */
export const exitsOnPath = (run: Run, desk: Desk, [bar, view]: readonly [Bar, View]): void => {
  const p = desk.position
  if (p === null) return
  // A stop that acted at the open has had its order of this minute, whatever was cancelled of it.
  const stopHit = !atWork(p) && p.stoppedMs !== bar.ms && p.s * (view.worst - p.stop) <= 0
  const targetHit =
    !atWork(p) && bar.volume > 0 && unfilled(p).some((rung) => beyondByTick(desk, p.s, [view.reach, rung.price]))
  const bad = stopHit || reachedLiquidation(run, desk, bar) !== null
  if (run.input.targetsFirst === true && targetHit) fillTargets(run, desk, [bar, view.reach])
  if (bad && targetHit) {
    p.ambiguous = true
    run.ambiguous++
  }
  if (bad) leaveBadly(run, desk, [bar, stopHit])
  if (!stopHit && targetHit) fillTargets(run, desk, [bar, view.reach])
}

const amountOf = (given: RShare, p: Position): number => ('r' in given ? given.r * p.r : given.share * p.entry)

/**
 * Is the price ahead of E by the amount, to S24's 1e-6 of a tick? Doubles alone miss 1R that is touched exactly:
 * 100.2 + (100.2 - 99.8) is 100.60000000000001.
 */
export const gained = (desk: Desk, p: Position, [price, amount]: readonly [number, RShare]): boolean =>
  p.s * (price - p.entry) - amountOf(amount, p) >= -1e-6 * Number(desk.seat.instrument.tick)

const tighten = (desk: Desk, p: Position, [price, reason]: readonly [number, 'break_even' | 'trailing']): void => {
  if (!Number.isFinite(price)) return
  const level = nearest(price, desk.seat.instrument.tick)
  if (p.s * (level - p.stop) <= 0) return
  p.stop = level
  p.stopReason = reason
}

/** S26: once; in force from the next minute. */
const breakEven = (run: Run, desk: Desk, p: Position): void => {
  const plan = planOf(desk, p.s).breakEven
  if (plan === null || p.breakEvenDone) return
  const { after } = plan
  const due =
    'rung' in after ? p.rungs.some((rung) => rung.step === after.rung && rung.done) : gained(desk, p, [p.best, after])
  if (!due) return
  p.breakEvenDone = true
  const fees = plan.coverFees ? p.entry * 2 * run.input.settings.fees.taker : 0
  tighten(desk, p, [p.entry + p.s * (amountOf(plan.offset, p) + fees), 'break_even'])
}

/** S25: active once best >= E + activation, then stop = max(stop, best - distance). */
const trail = (desk: Desk, p: Position): void => {
  const plan = planOf(desk, p.s).trail
  if (plan === null) return
  p.trailActive ||= gained(desk, p, [p.trailBest, plan.after])
  if (!p.trailActive || plan.kind === 'level') return
  const price = plan.kind === 'share' ? p.trailBest * (1 - p.s * plan.share) : p.trailBest - p.s * p.order.terms.trailBy
  tighten(desk, p, [price, 'trailing'])
}

const better = (s: Sign, a: number, b: number): number => (s === 1 ? Math.max(a, b) : Math.min(a, b))

/** S12 (5): at the end of a minute that the position survived. */
export const moveStops = (run: Run, desk: Desk, [view, close]: readonly [View, number]): void => {
  const p = desk.position
  if (p === null) return
  p.best = better(p.s, p.best, view.best)
  const plan = planOf(desk, p.s).trail
  breakEven(run, desk, p)
  if (plan === null || plan.update === 'decision') return
  p.trailBest = better(p.s, p.trailBest, plan.from === 'close' ? close : view.best)
  trail(desk, p)
}

/** S25 at a decision: a trail on decision bars, and a level that is read at every T. In force from the next minute. */
export const moveStopsAtDecision = (desk: Desk, i: number): void => {
  const p = desk.position
  if (p === null) return
  const plan = planOf(desk, p.s).trail
  if (plan === null) return
  if (plan.update === 'decision') {
    p.trailBest = better(p.s, p.trailBest, plan.from === 'close' ? (desk.seat.decision.close[i] ?? Number.NaN) : p.best)
    trail(desk, p)
  }
  if (plan.kind !== 'level' || !p.trailActive) return
  const program = p.s === 1 ? desk.seat.programs.long : desk.seat.programs.short
  const level =
    'market' in plan.to ? plan.to.market[i] : p.memory === null ? undefined : program?.number(p.memory, plan.to.trade)
  const pad = plan.pad === null ? 0 : (plan.pad[i] ?? Number.NaN)
  tighten(desk, p, [(level ?? Number.NaN) - p.s * pad, 'trailing'])
}

/** Share of everything entered that is still open (`trade.open_share`). */
export const openShare = (desk: Desk, p: Position): number =>
  held(desk, p) / fromSteps(p.enteredN, desk.seat.instrument.step)
