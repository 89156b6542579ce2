// What trade-scope nodes may read of a trade at a decision (semantics.md S29); all unknown before the first fill.
import type { TradeValues } from '../plan'
import type { Desk } from './desk'
import type { Position } from './state'

const unknown = Number.NaN

/** Before the first fill. */
const nothing: TradeValues = {
  entryPrice: unknown,
  stopPrice: unknown,
  bars: unknown,
  r: unknown,
  maeR: unknown,
  mfeR: unknown,
  openShare: unknown,
}

/** Overwritten by the next call: a program reads it at once and keeps nothing of it. */
const shown: TradeValues = { ...nothing }

/** Values after the last minute before the decision of row `i`, which has just closed. */
export const tradeValues = (desk: Desk, position: Position | null, i: number): TradeValues => {
  if (position === null) return nothing
  const { risk } = position
  shown.entryPrice = position.average
  shown.stopPrice = position.stop
  shown.bars = i - position.firstRow + 1
  shown.r = risk === 0 ? unknown : (position.side * (desk.seat.decision.close[i] - position.average)) / risk
  shown.maeR = risk === 0 ? unknown : position.maeMove / risk
  shown.mfeR = risk === 0 ? unknown : position.mfeMove / risk
  shown.openShare = position.steps / position.entrySteps
  return shown
}
