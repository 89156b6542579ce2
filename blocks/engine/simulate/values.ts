// What trade-scope nodes may read of a trade at a decision (semantics.md S29); all unknown before the first fill.
import type { TradeValues } from '../plan'
import type { Desk } from './desk'
import type { Position } from './state'

/** Values after the last minute before the decision of row `i`, which has just closed. */
export const tradeValues = (desk: Desk, position: Position | null, i: number): TradeValues => {
  if (position === null)
    return {
      entryPrice: Number.NaN,
      stopPrice: Number.NaN,
      bars: Number.NaN,
      r: Number.NaN,
      maeR: Number.NaN,
      mfeR: Number.NaN,
      openShare: Number.NaN,
    }
  const inR = (price: number): number =>
    position.risk > 0 ? (position.side * (price - position.average)) / position.risk : Number.NaN
  return {
    entryPrice: position.average,
    stopPrice: position.stop,
    bars: i - position.firstRow + 1,
    r: inR(desk.seat.decision.close[i]),
    maeR: position.risk > 0 ? position.maeMove / position.risk : Number.NaN,
    mfeR: position.risk > 0 ? position.mfeMove / position.risk : Number.NaN,
    openShare: position.steps / position.entrySteps,
  }
}
