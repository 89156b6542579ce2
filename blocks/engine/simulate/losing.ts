// The losing side of a minute: stop and liquidation, at the open and on the path (semantics.md S12, S14, S19, S37).
import type { Desk } from './desk'
import { closeAtMarket } from './exit'
import { liquidate } from './liquidate'
import { crossPrice } from './liquidation'
import type { Position } from './state'

/** An exit that has met a minute owns what is left; only liquidation comes before it. */
export const atWork = (position: Position): boolean => position.exit?.tried === true

const reached = (position: Position, level: number, price: number): boolean => position.side * (price - level) <= 0

/** Liquidation price in force, or null where there is none. */
const levelOf = (desk: Desk, position: Position, phase: 'open' | 'path'): number | null => {
  if (desk.seat.instrument.kind === 'spot') return null
  const level = desk.sim.settings.margin === 'isolated' ? position.liquidation : crossPrice(desk, position, phase)
  return level > 0 && Number.isFinite(level) ? level : null
}

/** (2) The mark opens at or beyond the liquidation price. */
export const liquidatedAtOpen = (desk: Desk, position: Position): boolean => {
  const level = levelOf(desk, position, 'open')
  const { markOpen } = desk.minute
  if (level === null || !reached(position, level, markOpen)) return false
  liquidate(desk, position, { price: markOpen, phase: 'open' })
  return true
}

const stopOut = (desk: Desk, position: Position, reference: number): void => {
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

export interface PathHit {
  readonly stopped: boolean
  readonly liquidation: number | null
}

/** Which of stop and liquidation the minute reaches inside its path; null: neither. */
export const pathHit = (desk: Desk, position: Position): PathHit | null => {
  const { minute } = desk
  const long = position.side === 1
  const stopped =
    !atWork(position) &&
    position.stoppedMs !== minute.ms &&
    reached(position, position.stop, long ? minute.low : minute.high)
  const level = levelOf(desk, position, 'path')
  const failed = level !== null && reached(position, level, long ? minute.markLow : minute.markHigh)
  return stopped || failed ? { stopped, liquidation: failed ? level : null } : null
}

/** S14: the one nearer to the open of its own series acts; equally near: liquidation. */
export const loseOnPath = (desk: Desk, position: Position, hit: PathHit): void => {
  const { minute } = desk
  const { liquidation } = hit
  const first =
    liquidation !== null &&
    (!hit.stopped || Math.abs(minute.markOpen - liquidation) <= Math.abs(minute.open - position.stop))
  if (first) liquidate(desk, position, { price: liquidation, phase: 'path' })
  else stopOut(desk, position, position.stop)
}
