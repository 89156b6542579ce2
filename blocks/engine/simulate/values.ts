// What trade-scope nodes may read of a trade at a decision (semantics.md S29); all unknown before the first fill.
import type { TradeValues } from '../plan'
import type { Desk } from './desk'
import type { Position } from './state'

/** Overwritten by the next call: a program reads it at once and keeps nothing of it. */
const shown: TradeValues = {
  entryPrice: Number.NaN,
  stopPrice: Number.NaN,
  bars: Number.NaN,
  r: Number.NaN,
  maeR: Number.NaN,
  mfeR: Number.NaN,
  openShare: Number.NaN,
}

const unknown = Number.NaN

/** Values after the last minute before the decision of row `i`, which has just closed. */
export const tradeValues = (desk: Desk, position: Position | null, i: number): TradeValues => {
  const inR = (move: number): number => (position === null || position.risk === 0 ? unknown : move / position.risk)
  const gained = position === null ? unknown : position.side * (desk.seat.decision.close[i] - position.average)
  shown.entryPrice = position?.average ?? unknown
  shown.stopPrice = position?.stop ?? unknown
  shown.bars = position === null ? unknown : i - position.firstRow + 1
  shown.r = inR(gained)
  shown.maeR = inR(position?.maeMove ?? unknown)
  shown.mfeR = inR(position?.mfeMove ?? unknown)
  shown.openShare = position === null ? unknown : position.steps / position.entrySteps
  return shown
}
