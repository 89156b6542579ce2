// Liquidation: isolated (S35) and cross (S36), driven by the mark where there is one (S37). Spot has none (S34).
import type { Bracket } from '../../blocks/engine/rows'
import { leave, postedMargin } from './money'
import {
  type Bar,
  barAt,
  book,
  closeBefore,
  type Desk,
  held,
  markBarAt,
  type Position,
  type Run,
  unrealisedAt,
} from './state'

/** No brackets known: no maintenance margin. */
const none: readonly Bracket[] = [{ floor: 0, cap: Number.POSITIVE_INFINITY, maxLeverage: 1, rate: 0, cum: 0 }]
const bracketsOf = (desk: Desk): readonly Bracket[] => {
  const { brackets } = desk.seat.instrument
  return brackets.length === 0 ? none : brackets
}

/** The price at which margin + s x q x (price - E) meets the maintenance, in the bracket that holds q x price. */
export const liquidationPrice = (desk: Desk, p: Position, margin: number): number | null => {
  const q = held(desk, p)
  for (const { floor, cap, rate, cum } of bracketsOf(desk)) {
    const price =
      p.s === 1 ? (q * p.entry - margin - cum) / (q * (1 - rate)) : (q * p.entry + margin + cum) / (q * (1 + rate))
    if (q * price >= floor && q * price < cap && price > 0) return price
  }
  return null
}

const maintenance = (desk: Desk, mark: number): number => {
  const p = desk.position
  if (p === null) return 0
  const notional = held(desk, p) * mark
  const bracket = bracketsOf(desk).find((b) => notional >= b.floor && notional < b.cap)
  return bracket === undefined ? 0 : notional * bracket.rate - bracket.cum
}

type Phase = 'open' | 'path'

/** What another position's mark is taken to be: its open, or its adverse extreme (S36: reached together). */
const markOf = (desk: Desk, ms: number, phase: Phase): number => {
  const bar = barAt(desk, ms)
  if (bar === null || desk.position === null) return closeBefore(desk, ms)
  const mark = markBarAt(desk, bar)
  if (phase === 'open') return mark.open
  return desk.position.s === 1 ? mark.low : mark.high
}

/** The margin that stands behind a position: its own M, or the wallet with all else at its mark. */
const backing = (run: Run, desk: Desk, [ms, phase]: readonly [number, Phase]): number => {
  if (run.input.settings.margin === 'isolated') return postedMargin(run, desk)
  return run.desks.reduce((sum, other) => {
    if (other === desk || other.position === null) return sum
    const mark = markOf(other, ms, phase)
    return sum + unrealisedAt(other, mark) - maintenance(other, mark)
  }, run.balance)
}

/** Price at which the desk's position would be liquidated in this minute, null where it cannot be. */
export const liquidationLevel = (run: Run, desk: Desk, [ms, phase]: readonly [number, Phase]): number | null => {
  const p = desk.position
  if (p === null || desk.seat.instrument.kind === 'spot') return null
  return liquidationPrice(desk, p, backing(run, desk, [ms, phase]))
}

const settleIsolated = (run: Run, desk: Desk, [ms, price]: readonly [number, number]): void => {
  const p = desk.position
  if (p === null) return
  const bankruptcy = p.entry - (p.s * p.margin) / held(desk, p)
  const at = p.s === 1 ? Math.max(price, bankruptcy) : Math.min(price, bankruptcy)
  // It costs exactly M: what the price leaves of it is the liquidation fee.
  const fee = p.margin + unrealisedAt(desk, at)
  leave(run, desk, { ms, n: p.n, reference: at, price: at, reason: 'liquidation', maker: false, fee })
  run.liquidations++
}

const settleCross = (run: Run, desk: Desk, [ms, mark]: readonly [number, number]): void => {
  const p = desk.position
  if (p === null) return
  const fee = run.input.settings.fees.liquidation * held(desk, p) * mark
  leave(run, desk, { ms, n: p.n, reference: mark, price: mark, reason: 'liquidation', maker: false, fee })
  run.liquidations++
  if (run.balance < 0) book(run, desk, { ms, account: 'insurance', amount: -run.balance })
}

interface Liquidation {
  readonly ms: number
  /** Where the triggering position stands: its liquidation price, or the open that gapped it. */
  readonly price: number
  readonly phase: Phase
}

/** Isolated: this position. Cross: the largest maintenance first, until the wallet holds what is left. */
export const liquidate = (run: Run, desk: Desk, { ms, price, phase }: Liquidation): void => {
  if (run.input.settings.margin === 'isolated') settleIsolated(run, desk, [ms, price])
  else cascade(run, desk, { ms, price, phase })
}

/** S36: settle, test again, until the wallet holds what is left. */
const cascade = (run: Run, desk: Desk, { ms, price, phase }: Liquidation): void => {
  const marks = new Map(run.desks.map((d) => [d, d === desk ? price : markOf(d, ms, phase)] as const))
  const mark = (d: Desk): number => marks.get(d) ?? Number.NaN
  const leveraged = (d: Desk): boolean => d.position !== null && d.seat.instrument.kind === 'perp'
  if (phase === 'path' && run.desks.filter(leveraged).length > 1) run.reachedTogether++
  for (let first = true; ; first = false) {
    const at = run.desks.filter(leveraged)
    const margin = run.desks.reduce((sum, d) => sum + unrealisedAt(d, mark(d)), run.balance)
    const needed = at.reduce((sum, d) => sum + maintenance(d, mark(d)), 0)
    // The first round was decided by the price itself; rounding of the formula must not undo it.
    if (at.length === 0 || (!first && margin > needed + 1e-9 * (1 + Math.abs(margin)))) return
    const largest = at.reduce((a, b) => (maintenance(b, mark(b)) > maintenance(a, mark(a)) ? b : a))
    settleCross(run, largest, [ms, mark(largest)])
  }
}

/** S12 (2): the mark opens at or beyond the level. */
export const liquidateAtOpen = (run: Run, desk: Desk, bar: Bar): void => {
  const level = liquidationLevel(run, desk, [bar.ms, 'open'])
  const p = desk.position
  if (level === null || p === null) return
  const { open } = markBarAt(desk, bar)
  if (p.s * (open - level) <= 0) liquidate(run, desk, { ms: bar.ms, price: open, phase: 'open' })
}
