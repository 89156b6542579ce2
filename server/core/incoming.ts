// What an import hands to the store, and what the store answers.
import type { Fault, Gap } from './gate'
import type { MarketFacts, Published, SeriesInfo, SeriesKey, SeriesKind } from './series'
import type { RawTable, Table } from './table'

/** What the rows of a file of events hold: side (`byPosition` reads it), price, quantity. */
export interface LiquidationEvents {
  /** The day that the file is of, where its name tells: intervals of it without an event had none. */
  readonly covers: Range | null
}

/** What a file tells of itself by its name, layout and content; undefined: it does not tell. */
export interface Hints {
  readonly kind?: SeriesKind
  readonly venue?: string
  readonly symbol?: string
  readonly market?: 'spot' | 'perp'
  readonly tf?: string
  /** Words for messages: `Binance Vision klines`. */
  readonly layout: string
  /** Of published figures: whether a stamp is the beginning or the end of what its value covers. */
  readonly stamp?: 'start' | 'end'
  /** Its times are labels of snapshots, before or behind the intervals that they end. */
  readonly snapshots?: boolean
  /** Of a table of several series: the column that this one is, as the file calls it, and how many there are. */
  readonly column?: string
  readonly columns?: number
  /** The rows are liquidations one by one, still to be summed. */
  readonly events?: LiquidationEvents
}

/** A file of rows as read. */
export interface RowsFile {
  readonly form: 'rows'
  readonly path: string
  readonly sha256: string
  readonly hints: Hints
  readonly raw: RawTable
}

/** A file of market facts: filters or leverage brackets of many markets. */
export interface FactsFile {
  readonly form: 'facts'
  readonly path: string
  readonly sha256: string
  readonly facts: FactSheet
}

/** Facts of one file, as of a day. */
export interface FactSheet {
  readonly venue: string
  readonly what: 'filters' | 'brackets'
  readonly asOfMs: number
  readonly markets: Readonly<Record<string, Omit<MarketFacts, 'sources'>>>
  /** One sentence on where they come from. */
  readonly source: string
}

/** How a file is to be read, where it does not tell. */
export interface ReadOptions {
  readonly kind?: SeriesKind | 'instruments' | undefined
  /** Of a file that holds several, the one to take. */
  readonly symbol?: string | undefined
  /** `ohlcv`: no header line, columns open_time, open, high, low, close, volume. */
  readonly layout?: 'ohlcv' | undefined
  /** Of a table of several series, the one column to take. */
  readonly column?: string | undefined
  /** Of open interest in a column that does not tell: base units or quote units. */
  readonly unit?: string | undefined
  /** Dates market facts whose file does not. */
  readonly nowMs: number
}

/** Good rows of one file, ready to be stored. */
export interface Incoming {
  readonly path: string
  readonly sha256: string
  readonly table: Table
  readonly line: Float64Array
  readonly faults: readonly Fault[]
  readonly duplicates: number
  /** When a venue answered with these rows, Unix ms; absent for a file. */
  readonly fetchedMs?: number
}

/** A stretch of time, [fromMs, toMs), Unix ms. */
export interface Range {
  readonly fromMs: number
  readonly toMs: number
}

/** What is known of a series without its rows. */
export interface Coverage {
  /** Stretches without a gap, ascending. For funding, which has no grid: from its first to its last stamp. */
  readonly stored: readonly Range[]
  /** Stretches for which the venue itself said that it has no rows. */
  readonly holes: readonly Range[]
}

export interface CommitOptions {
  /** Rows that contradict others are left out and counted instead of refusing all. */
  readonly skipBad: boolean
  /** Throws Failure `cancelled` when the work is to stop. */
  readonly checkpoint: (label: string, share: number) => void
  /** Must be what is stored, where rows are stored. */
  readonly published?: Published | undefined
  /** Stretches that the venue was found to have no rows for: kept beside the rows, so that it is not asked for ever. */
  readonly holes?: readonly Range[]
}

export interface Committed {
  readonly info: SeriesInfo
  /** Rows that were not there before. */
  readonly added: number
  /** Rows that were there already, with the same values. */
  readonly duplicates: number
  readonly skipped: number
}

/** What the store finds when it looks at every byte of a series. */
export interface Inspection {
  readonly key: SeriesKey
  readonly info: SeriesInfo | null
  /** Why the series cannot be trusted; empty when it can. */
  readonly damage: readonly string[]
  readonly table: Table | null
  readonly gaps: readonly Gap[]
}
