// Stored rows as a data port hands them over: present bars only, ascending, nothing filled.
import type { Timeframe } from '../kit/timeframe'

/** One row a stored bar; all arrays have the same length. Times are Unix ms UTC, prices quote units, volume base units. */
export interface BarRows {
  readonly tf: Timeframe
  readonly openMs: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/** Settled funding rates: stamp as published (Unix ms), fraction per interval; interval in ms where the file has it. */
export interface FundingRows {
  readonly stampMs: Float64Array
  readonly rate: Float64Array
  readonly intervalMs: Float64Array | null
}

/** A maintenance bracket of a contract: notional in [floor, cap). */
export interface Bracket {
  readonly floor: number
  readonly cap: number
  readonly maxLeverage: number
  readonly rate: number
  readonly cum: number
}

/** What a venue says of a market. `tick` and `step` are decimal text: rounding is done in whole steps of them. */
export interface Instrument {
  /** `venue:SYMBOL` or `venue:SYMBOL.P` for a perpetual. */
  readonly id: string
  readonly kind: 'spot' | 'perp'
  readonly tick: string
  readonly step: string
  readonly minQty: number
  readonly minNotional: number
  /** Empty: none known; a perpetual then runs at leverage 1 only. */
  readonly brackets: readonly Bracket[]
  /** Where these facts come from and as of when. */
  readonly source: string
}

/** One market of a run, as loaded. */
export interface MarketRows {
  readonly instrument: Instrument
  /** The instrument whose bars these are: another one under a price proxy. */
  readonly barsOf: string
  readonly synthetic: boolean
  readonly bars: BarRows
  readonly funding: FundingRows | null
  readonly mark: BarRows | null
  /** What the store says of the files (counts of rows left out and so on), shown in the notices. */
  readonly notices: readonly string[]
}
