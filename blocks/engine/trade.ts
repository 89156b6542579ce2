// Fills, trades and their closed lists of reasons (semantics.md S17, S43).
import type { Price, Qty, TimeMs } from '../kit/brand'

export type FillReason =
  | 'entry'
  | 'add'
  | 'stop'
  | 'break_even'
  | 'trailing'
  | 'target'
  | 'signal'
  | 'invalidation'
  | 'time'
  | 'liquidation'

export const dropReasons = [
  'filtered',
  'conflict',
  'vetoed',
  'limit_reached',
  'ruined',
  'target_wrong_side',
  'post_only',
  'adds_spent',
  'cooling_down',
  'ignored_pending',
  'in_trade',
  'expired',
  'cancelled',
  'data_gap',
  'unknown',
  'stop_wrong_side',
  'below_minimum',
  'insufficient_margin',
  'position_changed',
] as const
export type DropReason = (typeof dropReasons)[number]

export type Side = 'long' | 'short'

/** One fill. Prices in quote units, quantity in base units. */
export interface Leg {
  readonly ms: TimeMs
  readonly side: 'buy' | 'sell'
  readonly reason: FillReason
  /** Inside the minute's range; slippage comes after. */
  readonly referencePrice: Price
  readonly price: Price
  readonly qtyBase: Qty
  readonly feeUsdt: number
  readonly maker: boolean
}

/** From flat to flat. Exit fields are null while it is open. */
export interface Trade {
  readonly no: number
  /** Place of the Play in the wallet's order; 0 with one Play. */
  readonly play: number
  readonly instrument: string
  readonly side: Side
  /** Path of the entry that opened it. */
  readonly setup: string
  readonly entryMs: TimeMs
  readonly entryPrice: Price
  readonly qtyBase: Qty
  readonly exitMs: TimeMs | null
  readonly exitPrice: Price | null
  readonly exitReason: FillReason | null
  readonly feesUsdt: number
  readonly fundingUsdt: number
  /** Net of fees and funding; for an open trade what is realised so far. */
  readonly netUsdt: number
  /** Sum over entry fills of quantity times distance to the stop in force, without fees. */
  readonly initialRiskUsdt: number
  readonly r: number | null
  readonly maePct: number
  readonly maeR: number | null
  readonly mfePct: number
  readonly mfeR: number | null
  readonly ambiguous: boolean
  readonly legs: readonly Leg[]
}
