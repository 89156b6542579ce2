// What a finished simulation hands to the metrics: nothing here is a ratio, everything can be recomputed by hand.
import type { Price, TimeMs } from '../kit/brand'
import type { Trade } from './trade'

/** Built on every fill-bar snapshot (S46); fractions, not percent. */
export interface Drawdowns {
  /** max(1 - E / peak), the peak starting at the first equity. */
  readonly maxShare: number
  /** max(peak - E). */
  readonly maxUsdt: number
  /** Longest time from a peak to its recovery, an open one counted to the end, ms. */
  readonly longestMs: number
  /** From the trough of the largest drawdown (by share) to its recovery, ms; null: not recovered or none. */
  readonly recoveryMs: number | null
}

/** Means are over fill-bar snapshots of the whole range; shares of equity, not percent. */
export interface Exposure {
  /** Snapshots with a position / all snapshots. */
  readonly timeShare: number
  readonly grossMean: number
  readonly grossMax: number
  /** Signed: long positive. Max is the value of largest size, with its sign. */
  readonly netMean: number
  readonly netMax: number
  /** Mean of gross notional / equity over the snapshots with a position; null: never in the market. */
  readonly leverageMean: number | null
  readonly equityMean: number
}

export interface Costs {
  readonly makerFeesUsdt: number
  readonly takerFeesUsdt: number
  readonly liquidationFeesUsdt: number
  /** Positive amounts. */
  readonly fundingPaidUsdt: number
  readonly fundingReceivedUsdt: number
  /** Memo: sum of |fill - reference| x quantity, and the notional (reference x quantity) it fell on. */
  readonly slippageUsdt: number
  readonly slippedNotionalUsdt: number
  /** Gap loss of stops: sum of |stop - reference| x quantity where the reference lay beyond the stop. */
  readonly gapLossUsdt: number
}

/** Closes that the benchmark needs, per traded instrument, on the run's own bars. */
export interface BenchmarkPrices {
  readonly instrument: string
  /** First open at or after `from`. */
  readonly startOpen: Price
  /** Last existing close before each daily sample (NaN before the start). */
  readonly daily: Float64Array
  readonly endClose: Price
}

export interface RunFacts {
  readonly fromMs: TimeMs
  readonly toMs: TimeMs
  readonly firstEquity: number
  readonly lastEquity: number
  /** Every 00:00 UTC with from <= t <= to (S44, S48): stamps and equities, same length. */
  readonly sampleMs: Float64Array
  readonly sampleEquity: Float64Array
  readonly drawdowns: Drawdowns
  readonly exposure: Exposure
  readonly costs: Costs
  /** Sum of |price x quantity| of all fills. */
  readonly filledNotionalUsdt: number
  readonly trades: readonly Trade[]
  readonly open: readonly Trade[]
  readonly liquidations: number
  /** Smallest |mark - liquidation price| / mark while in a position; null: never leveraged. */
  readonly closestLiquidationShare: number | null
  /** Smallest margin balance / maintenance while in a position; null likewise. */
  readonly lowestMarginRatio: number | null
  readonly ruined: boolean
  readonly takerFee: number
  readonly benchmark: readonly BenchmarkPrices[]
}
