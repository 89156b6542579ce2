// When a position is liquidated: by its own margin (S35), or with the whole wallet under cross margin (S36).
import type { Bracket } from '../rows'
import { type Desk, lastClose, type Sim } from './desk'
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
export const liquidationPrice = (desk: Desk, position: Position, margin: number): number => {
  const long = position.side === 1
  if (desk.seat.instrument.kind === 'spot') return 0
  const q = position.qty
  const brackets = desk.seat.instrument.brackets
  for (const bracket of brackets.length === 0 ? [noBracket] : brackets) {
    const price = long
      ? (q * position.average - margin - bracket.cum) / (q * (1 - bracket.rate))
      : (q * position.average + margin + bracket.cum) / (q * (1 + bracket.rate))
    const notional = q * price
    if (long && notional < bracket.floor) return Math.max(0, bracket.floor / q)
    if (notional < bracket.cap) return Math.max(0, price)
  }
  return long ? 0 : Number.POSITIVE_INFINITY
}

/** Isolated: whenever quantity, average or margin changed. */
export const refreshLiquidation = (desk: Desk, position: Position): void => {
  if (desk.sim.settings.margin === 'isolated') position.liquidation = liquidationPrice(desk, position, position.margin)
}

/** The mark price of a desk that is worst for its position in the minute at hand, or its last close in a hole. */
const adverse = (desk: Desk, position: Position, k: number): number => {
  if (desk.minute.k !== k) return lastClose(desk, k)
  return position.side === 1 ? desk.minute.markLow : desk.minute.markHigh
}

/** Cross: price of this position at which the wallet fails, all others at their worst of the minute (pessimistic). */
export const crossPrice = (desk: Desk, position: Position, k: number): number => {
  let rest = desk.sim.state.wallet.balance
  for (const other of desk.sim.desks) {
    const held = other.book.position
    if (held === null || other === desk) continue
    const price = adverse(other, held, k)
    rest += unrealised(held, price) - maintenance(other, held.qty * price)
  }
  return liquidationPrice(desk, position, rest)
}

/** Cross: does the wallet fail with every position at its worst of the minute, and which one goes first? */
export const crossVictim = (sim: Sim, k: number): Desk | null => {
  let margin = sim.state.wallet.balance
  let need = 0
  let largest = -1
  let victim: Desk | null = null
  for (const desk of sim.desks) {
    const held = desk.book.position
    if (held === null) continue
    const price = adverse(desk, held, k)
    const own = maintenance(desk, held.qty * price)
    margin += unrealised(held, price)
    need += own
    if (own > largest) {
      largest = own
      victim = desk
    }
  }
  return victim !== null && victim.seat.instrument.kind === 'perp' && margin <= need ? victim : null
}
