// What the simulation is handed: roles as columns and bits on the decision clock, bars on the fill clock. No blocks here.
import type { Bits } from '../kit/bits'
import type { Lifetime, RShare, Step } from '../kit/param'
import type { Timeframe } from '../kit/timeframe'
import type { Risk } from '../play/flat'
import type { Frame } from './frame'
import type { Instrument } from './rows'

/**
 * A condition a decision row: of the market (computed beforehand), or of this trade (place in the trade-scope program).
 * `atEntry`: what it says at the first decision of a trade that would begin at the row, where the market alone tells.
 */
export type Condition = { readonly market: Bits } | { readonly trade: number; readonly atEntry?: Bits | null }
/** A number a decision row, likewise. */
export type Level = { readonly market: Float64Array } | { readonly trade: number }

export interface FilterPlan {
  readonly path: string
  readonly allow: Bits
}
export interface EntryPlan {
  readonly path: string
  readonly when: Bits
  readonly order: 'market' | 'limit' | 'stop'
  /** Limit or stop price a decision row; null for market. */
  readonly at: Float64Array | null
  readonly expires: Lifetime
  readonly whileTrue: boolean
  readonly postOnly: boolean
}
/** Distances and levels are read at the decision that sends the entry; `share` is of the fill price. */
export type StopPlan = { readonly path: string } & (
  | { readonly kind: 'distance'; readonly by: Float64Array }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'level'; readonly at: Float64Array; readonly pad: Float64Array | null }
)
export interface TargetPlan {
  readonly path: string
  readonly at: Float64Array
  /** Share of the first size. */
  readonly close: number
}
export interface LadderPlan {
  readonly path: string
  readonly steps: readonly Step[]
}
export type TrailPlan = {
  readonly path: string
  readonly after: RShare
  readonly from: 'extreme' | 'close'
  readonly update: 'fill' | 'decision'
} & (
  | { readonly kind: 'distance'; readonly by: Float64Array }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'level'; readonly to: Level; readonly pad: Float64Array | null }
)
export interface BreakEvenPlan {
  readonly path: string
  readonly after: RShare | { readonly rung: number }
  readonly offset: RShare
  readonly coverFees: boolean
}
export interface TimeStopPlan {
  readonly path: string
  readonly after: Lifetime
}
export interface ExitPlan {
  readonly path: string
  readonly when: Condition
}
export interface InvalidationPlan extends ExitPlan {
  readonly on: 'both' | 'pending' | 'open'
}

export interface SidePlan {
  readonly filters: readonly FilterPlan[]
  readonly entries: readonly EntryPlan[]
  readonly stop: StopPlan
  readonly targets: readonly TargetPlan[]
  readonly ladder: LadderPlan | null
  readonly trail: TrailPlan | null
  readonly breakEven: BreakEvenPlan | null
  readonly timeStop: TimeStopPlan | null
  readonly exitWhen: readonly ExitPlan[]
  readonly invalidations: readonly InvalidationPlan[]
}

/** Funding of a run: settlements on whole minutes, ascending; `rate` NaN where an expected one is missing (mark only). */
export interface FundingPlan {
  readonly ms: Float64Array
  readonly rate: Float64Array
  /** Mark price at the settlement; NaN: use the open of the minute. */
  readonly mark: Float64Array
}

/** Values of one trade that its trade-scope nodes may read, as of a decision. NaN while unknown. */
export interface TradeValues {
  entryPrice: number
  stopPrice: number
  bars: number
  r: number
  maeR: number
  mfeR: number
  openShare: number
}

/** Trade-scope nodes of one side. One memory a trade, started at the decision that sends its entry. */
export interface TradeProgram {
  /** A memory to step; one given back untaken may be handed in again. */
  readonly begin: (untaken?: object) => object
  /** Advances the memory to decision row `i` and leaves verdicts and numbers for `verdict` and `number`. */
  readonly step: (memory: object, i: number, values: TradeValues) => void
  readonly verdict: (memory: object, place: number) => 1 | 0 | -1
  readonly number: (memory: object, place: number) => number
  /**
   * A row of (i, end], or i itself, before which no condition is true from row i on; `i` has not been stepped yet. Null:
   * only stepping tells. Where it is not null, stepping the last row of a stretch alone leaves what stepping each row does.
   */
  readonly ahead: ((memory: object, i: number, end: number) => number) | null
}

/** One Play on one symbol: everything that the bar loop needs. */
export interface Seat {
  /** Place of the Play in the wallet's order. */
  readonly play: number
  readonly instrument: Instrument
  /** Fill bars and decision bars on their grids. Decision bar i closes at closeMsOf(decision.tf, decision.row0 + i). */
  readonly fill: Frame
  readonly decision: Frame
  readonly tf: Timeframe
  /** Mark bars on the fill interval, same grid as `fill`; null: last price drives liquidation (S37). */
  readonly mark: Frame | null
  readonly funding: FundingPlan | null
  readonly long: SidePlan | null
  readonly short: SidePlan | null
  readonly programs: { readonly long: TradeProgram | null; readonly short: TradeProgram | null }
  readonly risk: Risk
}
