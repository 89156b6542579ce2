// When a position is liquidated: by its own margin (S35), or with the whole wallet under cross margin (S36).
import { type Price, toPrice } from '../../kit/brand'
import type { Bracket } from '../rows'
import { type Desk, lastClose } from './desk'
import type { Position } from './state'
import { unrealised } from './wallet'

const noBracket: Bracket = { floor: 0, cap: Number.POSITIVE_INFINITY, maxLeverage: 1, rate: 0, cum: 0 }

const bracketFor = (desk: Desk, notional: number): Bracket => {
  const { brackets } = desk.seat.instrument
  for (const bracket of brackets) if (notional < bracket.cap) return bracket
  return brackets.at(-1) ?? noBracket
}

/** Maintenance margin of a notional, never below 0. */
export const maintenance = (desk: Desk, notional: number): number => {
  const { rate, cum } = bracketFor(desk, notional)
  return Math.max(0, notional * rate - cum)
}

/**
 * Price at which `margin` plus the position's result equals its maintenance, in the bracket whose notional range holds
 * quantity x that price. 0 for a long and Infinity for a short that cannot get there.
 */
export const liquidationPrice = (desk: Desk, position: Position, margin: number): Price => {
  const long = position.side === 1
  if (desk.seat.instrument.kind === 'spot') return toPrice(0)
  const q = position.qty
  const brackets = desk.seat.instrument.brackets
  for (const bracket of brackets.length === 0 ? [noBracket] : brackets) {
    const price = long
      ? (q * position.average - margin - bracket.cum) / (q * (1 - bracket.rate))
      : (q * position.average + margin + bracket.cum) / (q * (1 + bracket.rate))
    const notional = q * price
    if (long && notional < bracket.floor) return toPrice(Math.max(0, bracket.floor / q))
    if (notional < bracket.cap) return toPrice(Math.max(0, price))
  }
  return toPrice(long ? 0 : Number.POSITIVE_INFINITY)
}

/** Isolated: whenever quantity, average or margin changed. */
export const refreshLiquidation = (desk: Desk, position: Position): void => {
  if (desk.sim.settings.margin === 'isolated') position.liquidation = liquidationPrice(desk, position, position.margin)
}

export type Phase = 'open' | 'path'

/** What a position's mark is taken to be: its open, or its worst of the minute (S36); its last close in a hole. */
export const markOf = (desk: Desk, position: Position, at: { phase: Phase; k: number }): Price => {
  const { minute } = desk
  if (minute.k !== at.k) return lastClose(desk, at.k)
  if (at.phase === 'open') return minute.markOpen
  return position.side === 1 ? minute.markLow : minute.markHigh
}

/** Cross: price of this position at which the wallet fails, all others at their open or at their worst (pessimistic). */
export const crossPrice = (desk: Desk, position: Position, phase: Phase): Price => {
  const { k } = desk.sim.clock
  let rest = desk.sim.state.wallet.balance
  for (const other of desk.sim.desks) {
    const held = other.book.position
    if (held === null || other === desk) continue
    const mark = markOf(other, held, { phase, k })
    rest += unrealised(held, mark) - maintenance(other, held.qty * mark)
  }
  return liquidationPrice(desk, position, rest)
}
