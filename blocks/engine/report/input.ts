// What a finished run hands to the report builder: facts, the settings as run, and where everything came from.
import type { Timeframe } from '../../kit/timeframe'
import type { RunFacts } from '../facts'
import type { Settings } from '../settings'
import type { DropReason, Side } from '../trade'

/** One Play of the wallet, in the order given. */
export interface ReportPlay {
  readonly name: string
  readonly playHash: string
  readonly logicHash: string
  readonly tf: Timeframe
}

/** One traded market. The list is in the order of the symbols over all Plays: it orders trades of one minute (S48). */
export interface ReportMarket {
  readonly instrument: string
  /** The instrument whose bars were used: another one under a price proxy. */
  readonly barsOf: string
  readonly synthetic: boolean
  /** Decimal text, as in Instrument: quantities are written with its decimals. */
  readonly step: string
  /** The fill interval (S8). */
  readonly fillTf: Timeframe
  /** Where tick, step and brackets come from and as of when. */
  readonly source: string
}

/** One series that the run read, traded or not. `sha256` by barsHash or fundingHash (S48). */
export interface SeriesProvenance {
  readonly instrument: string
  readonly kind: 'klines' | 'funding' | 'mark' | 'open-interest' | 'liquidations' | 'series'
  /** Null where the rows have no bar interval (funding). */
  readonly tf: Timeframe | null
  readonly sha256: string
}

/** What a Play is bound to in this run: instruments a market name, values a parameter name (as in the document). */
export interface PlayBinding {
  readonly markets: Readonly<Record<string, readonly string[]>>
  readonly params: Readonly<Record<string, unknown>>
}

/** Something that a reader must know: a substitution, rows left out, a setup that is nearly always true. */
export interface Notice {
  /** snake_case: `price_proxy`, `past_lockbox_line`, `skipped_rows` ... */
  readonly code: string
  /** A sentence. */
  readonly message: string
}

/** An entry order that waits at `to` (S9). */
export interface PendingOrder {
  readonly play: number
  readonly instrument: string
  readonly side: Side
  /** Path of the entry. */
  readonly setup: string
  readonly order: 'market' | 'limit' | 'stop'
  /** Null for a market order that is due. */
  readonly price: number | null
  readonly qtyBase: number
  readonly sentMs: number
  readonly expiresMs: number
}

export interface Friction {
  /** Entries whose size was reduced (S32). */
  readonly capped: number
  readonly refused: Readonly<Partial<Record<DropReason, number>>>
  /** `limit_reached` by the name of the limit (S40). */
  readonly limits?: Readonly<Record<string, number>>
  /** Decisions on partial bars (S5). */
  readonly partialBars: number
  readonly lateFills: number
  /** Fills on bars of zero volume (S7). */
  readonly staleFills: number
  /** Missing fill bars in the range. */
  readonly holes: number
}

/** Of the two complete runs (S16): exits that could have gone either way, and the net of each. */
export interface Ambiguity {
  readonly exits: number
  readonly netPessimisticUsdt: number
  /** Null while the other run has not ended: in the page it comes after the first figures, in a stored report never. */
  readonly netOptimisticUsdt: number | null
}

/** Wall time in ms; `report` is known only afterwards: give 0 and use withReportTime. */
export interface Timing {
  readonly load: number
  readonly compile: number
  readonly columns: number
  readonly simulate: number
  readonly report: number
}

export interface ReportInput {
  /** Engine version. */
  readonly engine: string
  readonly plays: readonly ReportPlay[]
  /** One a Play, in the same order. */
  readonly bindings: readonly PlayBinding[]
  readonly markets: readonly ReportMarket[]
  readonly settings: Settings
  readonly data: readonly SeriesProvenance[]
  /** Of the main (pessimistic) run. */
  readonly facts: RunFacts
  readonly pending: readonly PendingOrder[]
  /** Bars inside [from, to): existing fill bars, decisions taken, holes on the fill grid. */
  readonly range: { readonly fillBars: number; readonly decisionBars: number; readonly holes: number }
  readonly friction: Friction
  readonly ambiguity: Ambiguity
  readonly notices: readonly Notice[]
  /** Last decision close at or before first + 80 % of the main series' span; null: unknown. */
  readonly lockboxMs: number | null
  /** Seed of whatever was drawn by chance (a synthetic market); null: nothing was. */
  readonly seed: number | null
  readonly timingMs: Timing
}
