// The losing side of a minute: stop and liquidation, at the open and on the path (semantics.md S12, S14, S19, S37).
import type { Price } from '../../kit/brand'
import type { Desk } from './desk'
import { closeAtMarket } from './exit'
import { liquidate } from './liquidate'
import { crossPrice } from './liquidation'
import type { Position } from './state'

/** An exit that has met a minute owns what is left; only liquidation comes before it. */
export const atWork = (position: Position): boolean => position.exit?.tried === true

const reached = (position: Position, level: number, price: number): boolean => position.side * (price - level) <= 0

/** Liquidation price in force, or null where there is none. */
const levelOf = (desk: Desk, position: Position, phase: 'open' | 'path'): Price | null => {
  if (desk.seat.instrument.kind === 'spot') return null
  const level = desk.sim.settings.margin === 'isolated' ? position.liquidation : crossPrice(desk, position, phase)
  return level > 0 && Number.isFinite(level) ? level : null
}

/** (2) The mark opens at or beyond the liquidation price. Under cross margin it may be another position that goes. */
export const liquidateAtOpen = (desk: Desk, position: Position): void => {
  const level = levelOf(desk, position, 'open')
  const { markOpen } = desk.minute
  if (level !== null && reached(position, level, markOpen))
    liquidate(desk, position, { price: markOpen, phase: 'open' })
}

const stopOut = (desk: Desk, position: Position, reference: Price): void => {
  const gap = position.side * (position.stop - reference)
  if (gap > 0) desk.sim.state.figures.gapLoss += gap * position.qty
  position.stoppedMs = desk.minute.ms
  const reason = position.stopBy
  const rest = closeAtMarket(desk, position, { reference, reason })
  if (rest > 0) position.exit = { reason, dueMs: desk.minute.ms, tried: true }
}

/** (2) A stop that the open has reached fills at the open. */
export const stopAtOpen = (desk: Desk, position: Position): void => {
  const { open } = desk.minute
  if (!atWork(position) && reached(position, position.stop, open)) stopOut(desk, position, open)
}

/** Liquidation price, where the mark reaches it inside the path. */
const failureOnPath = (desk: Desk, position: Position): Price | null => {
  const level = levelOf(desk, position, 'path')
  const { markLow, markHigh } = desk.minute
  return level !== null && reached(position, level, position.side === 1 ? markLow : markHigh) ? level : null
}

/** Does the minute reach the stop or the liquidation price inside its path? */
export const pathHit = (desk: Desk, position: Position): { readonly stopped: boolean } | null => {
  const { minute } = desk
  const stopped =
    !atWork(position) &&
    position.stoppedMs !== minute.ms &&
    reached(position, position.stop, position.side === 1 ? minute.low : minute.high)
  return stopped || failureOnPath(desk, position) !== null ? { stopped } : null
}

/**
 * S14: of stop and liquidation the one nearer to the open of its own series acts; equally near: liquidation. Under cross
 * margin that may take another position and spare this one: its stop then still acts.
 */
export const loseOnPath = (desk: Desk, position: Position, stopped: boolean): void => {
  const { minute } = desk
  const level = failureOnPath(desk, position)
  if (level !== null && (!stopped || Math.abs(minute.markOpen - level) <= Math.abs(minute.open - position.stop)))
    liquidate(desk, position, { price: level, phase: 'path' })
  if (stopped && desk.book.position === position) stopOut(desk, position, position.stop)
}
