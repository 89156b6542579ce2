// What a closed trade came to (semantics.md S43), and the sums that every table of trades shows.
import type { Trade } from '../trade'

export type Outcome = 'win' | 'loss' | 'breakeven'

export const isClosed = (trade: Trade): trade is ClosedTrade => trade.exitMs !== null && trade.exitPrice !== null
export type ClosedTrade = Trade & { readonly exitMs: number; readonly exitPrice: number }

/** Breakeven: |net| <= 1e-9 x entry notional. */
export const outcomeOf = (trade: Pick<Trade, 'netUsdt' | 'entryPrice' | 'qtyBase'>): Outcome => {
  if (Math.abs(trade.netUsdt) <= 1e-9 * trade.entryPrice * trade.qtyBase) return 'breakeven'
  return trade.netUsdt > 0 ? 'win' : 'loss'
}

export interface Tally {
  readonly trades: number
  readonly wins: number
  readonly losses: number
  readonly breakeven: number
  readonly netUsdt: number
  readonly feesUsdt: number
  readonly fundingUsdt: number
  /** Null: no trades. */
  readonly winRatePct: number | null
  /** Mean R multiple; null where no trade has one. */
  readonly expectancyR: number | null
}

export const tallyOf = (trades: readonly Trade[]): Tally => {
  const counts = { win: 0, loss: 0, breakeven: 0 }
  let netUsdt = 0
  let feesUsdt = 0
  let fundingUsdt = 0
  let sumR = 0
  let withR = 0
  for (const trade of trades) {
    counts[outcomeOf(trade)]++
    netUsdt += trade.netUsdt
    feesUsdt += trade.feesUsdt
    fundingUsdt += trade.fundingUsdt
    if (trade.r === null) continue
    sumR += trade.r
    withR++
  }
  return {
    trades: trades.length,
    wins: counts.win,
    losses: counts.loss,
    breakeven: counts.breakeven,
    netUsdt,
    feesUsdt,
    fundingUsdt,
    winRatePct: trades.length > 0 ? (100 * counts.win) / trades.length : null,
    expectancyR: withR > 0 ? sumR / withR : null,
  }
}
