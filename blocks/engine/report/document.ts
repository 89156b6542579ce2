// The JSON document of a backtest (cli.md), key by key. Plain data: what is written is what is read back.
import type { Price, Qty, TimeMs } from '../../kit/brand'
import type { Timeframe } from '../../kit/timeframe'
import type { Monthly } from '../metrics/monthly'
import type { Metrics } from '../metrics/names'
import type { Splits } from '../metrics/splits'
import type { FillReason, Leg, Side } from '../trade'
import type { SettingsAsRun } from './hashes'
import type { Ambiguity, Friction, Notice, PendingOrder, SeriesProvenance, Timing } from './input'

export interface TradeRow {
  readonly no: number
  /** Place of its Play in `plays`, from 0; only with several Plays. */
  readonly play?: number
  readonly instrument: string
  readonly side: Side
  readonly setup: string
  readonly entryMs: TimeMs
  readonly entryPrice: Price
  readonly qtyBase: Qty
  readonly exitMs: TimeMs | null
  readonly exitPrice: Price | null
  readonly exitReason: FillReason | null
  readonly feesUsdt: number
  readonly fundingUsdt: number
  readonly netUsdt: number
  readonly r: number | null
  readonly maeR: number | null
  readonly mfeR: number | null
  readonly ambiguous: boolean
  readonly legs: readonly Leg[]
}

export interface PendingRow extends Omit<PendingOrder, 'play'> {
  readonly play?: number
}

/** A Play's own part of a shared wallet. */
export interface PlayRow {
  readonly name: string
  readonly playHash: string
  readonly logicHash: string
  readonly tf: Timeframe
  readonly tradesHash: string
  readonly trades: number
  readonly wins: number
  readonly losses: number
  readonly breakeven: number
  readonly netUsdt: number
  readonly feesUsdt: number
  readonly fundingUsdt: number
}

export interface Provenance {
  /** True: made up by a generator; nothing in this report says anything about a market. */
  readonly synthetic: boolean
  readonly plays: readonly { readonly name: string; readonly tf: Timeframe }[]
  readonly instruments: readonly {
    readonly instrument: string
    readonly barsOf: string
    readonly synthetic: boolean
    readonly step: string
    readonly source: string
  }[]
  readonly fillModel: {
    readonly intervals: Readonly<Record<string, Timeframe>>
    readonly insideBar: 'stop_before_target'
    readonly slippage: string
    readonly latencyMs: number
  }
  readonly fees: { readonly maker: number; readonly taker: number; readonly source: 'run settings' }
  readonly lockboxMs: number | null
  readonly seed: number | null
  readonly ruined: boolean
}

export interface Report {
  /** Of several Plays: the hash of the list of theirs, in wallet order. */
  readonly playHash: string
  readonly logicHash: string
  readonly engine: string
  readonly settingsHash: string
  readonly data: readonly SeriesProvenance[]
  readonly tradesHash: string
  readonly equityHash: string
  readonly range: {
    readonly fromMs: TimeMs
    readonly toMs: TimeMs
    readonly fillBars: number
    readonly decisionBars: number
    readonly holes: number
  }
  readonly timingMs: Timing
  readonly settings: SettingsAsRun
  readonly notices: readonly Notice[]
  /** Only with several Plays on the wallet. */
  readonly plays?: readonly PlayRow[]
  readonly metrics: Metrics
  readonly splits: Splits
  readonly monthly: readonly Monthly[]
  readonly provenance: Provenance
  readonly ambiguity: Ambiguity
  readonly friction: Friction & { readonly gapLossUsdt: number }
  /** With several symbols or Plays a list. */
  readonly open: TradeRow | null | readonly TradeRow[]
  readonly pending: readonly PendingRow[]
  readonly trades: readonly TradeRow[]
  readonly equity: readonly (readonly [dayMs: number, equityUsdt: number])[]
}
