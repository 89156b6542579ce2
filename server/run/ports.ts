// The ports that use-cases take as arguments. Adapters in server/io fill them; wire.ts puts the two together.
import type { ColumnFile, Columns } from '../../blocks/engine/dataset'
import type { Explanation, SeriesRows } from '../../blocks/engine/inspect'
import type { Report } from '../../blocks/engine/report/document'
import type { BarRows, FundingRows } from '../../blocks/engine/rows'
import type { Settings } from '../../blocks/engine/settings'
import type { DecisionRecord } from '../../blocks/engine/simulate/desk'
import type { Problem } from '../../blocks/kit/problem'
import type { Timeframe } from '../../blocks/kit/timeframe'
import type { BlockTree, PlayTree, Scalar } from '../../blocks/play/tree'
import type { Failure } from '../core/failure'
import type { Gap } from '../core/gate'
import type {
  CommitOptions,
  Committed,
  Coverage,
  FactSheet,
  FactsFile,
  Incoming,
  Inspection,
  Range,
  ReadOptions,
  RowsFile,
} from '../core/incoming'
import type { FaultyFile } from '../core/refusal'
import type { FaultCounts, MarketFacts, SeriesInfo, SeriesKey, SeriesKind } from '../core/series'
import type { RawTable, Table } from '../core/table'

/** Stored market data, real or synthetic. All methods throw Failure (store_damaged, cancelled); rows are ascending. */
export interface BarsPort {
  /** Every series there is, or those of one instrument. */
  series(instrument?: string): Promise<readonly SeriesInfo[]>
  /** Rows from the first stored one to the last with openMs < toMs; empty when there are none. */
  bars(key: { instrument: string; kind: 'klines' | 'mark'; tf: Timeframe }, toMs: number): Promise<BarRows>
  /** Settlements from the first stored one to the last with stamp < toMs. */
  funding(instrument: string, toMs: number): Promise<FundingRows>
  /** Rows of a published series whose stamp is < toMs; columns as `valueColumns` names them. */
  published(key: SeriesKey, toMs: number): Promise<Table>
  /** What was imported (or made) about a market; null when nothing was. */
  facts(instrument: string): Promise<MarketFacts | null>
}

/** Reads one file of market data as it is; judges nothing. */
export interface FilePort {
  /** One file may hold several series. Throws Failure file_*, layout_*, option_*. */
  read(path: string, options: ReadOptions): Promise<readonly (RowsFile | FactsFile)[]>
}

/** A file that comes from outside. */
export interface InboxFile {
  /** A plain file name, in plain folders or none: its caller has made it harmless. */
  readonly name: string
  readonly body: AsyncIterable<Uint8Array>
  /** As its sender told; null when he did not. */
  readonly bytes: number | null
  readonly signal?: AbortSignal | undefined
}

/** Keeps a file from outside on this machine while it is used. Throws Failure file_*, write_failed, cancelled. */
export interface InboxPort {
  take<T>(file: InboxFile, use: (path: string) => Promise<T>): Promise<T>
}

/** A file to be given away. */
export interface OutboxFile {
  readonly bytes: number
  readonly read: (
    into: Uint8Array,
    offset: number,
    length: number | undefined,
    position: number,
  ) => Promise<{ readonly bytesRead: number; readonly buffer: Uint8Array }>
  /** Then it is gone; a second time changes nothing. */
  readonly close: () => Promise<void>
}

/** Makes a file at a place of its own, and holds it open until it is closed. */
export interface OutboxPort {
  make<T>(write: (path: string) => Promise<T>): Promise<{ readonly made: T; readonly file: OutboxFile }>
}

/** The store of imported data. */
export interface StorePort extends BarsPort {
  /** Everything that can be listed, and what is damaged. */
  overview(): Promise<Overview>
  /** Rows of the files that contradict stored ones or each other; nothing is written. */
  clashes(key: SeriesKey, files: readonly Incoming[]): Promise<readonly FaultyFile[]>
  /** What is stored of a series, told by its manifest alone. */
  coverage(key: SeriesKey): Promise<Coverage>
  /** Adds rows in one step, or throws Failure and leaves the series as it was. */
  commit(key: SeriesKey, files: readonly Incoming[], options: CommitOptions): Promise<Committed>
  /** Keeps a file of market facts. */
  keepFacts(file: FactsFile): Promise<void>
  /** Every series (of one instrument), every byte looked at. */
  inspect(instrument?: string): Promise<readonly Inspection[]>
  /** One series, every byte looked at. */
  inspectOne(key: SeriesKey): Promise<Inspection>
  /** Every series (of one instrument) with its files, told by manifests and sizes alone; damaged ones are among them. */
  details(instrument?: string): Promise<readonly SeriesDetail[]>
  /** Takes a series out, damaged or not; false: nothing was there. Throws Failure store_busy, write_failed. */
  remove(key: SeriesKey): Promise<boolean>
}

/** A stored series with everything that its manifest keeps of it. */
export interface SeriesDetail {
  readonly key: SeriesKey
  /** Null: its manifest cannot be read. */
  readonly info: SeriesInfo | null
  /** What can be seen without reading its rows; null: nothing. */
  readonly damage: Failure | null
  readonly bytes: number
  readonly gaps: readonly Gap[]
  /** Stretches that the venue itself lacks. */
  readonly holes: readonly Range[]
  /** The immutable files, in order of time. */
  readonly files: readonly {
    readonly period: string
    readonly name: string
    readonly rows: number
    readonly firstMs: number
    readonly lastMs: number
    readonly bytes: number
    readonly sha256: string
  }[]
  /** Where the rows come from: one entry a file, one a day and request of a venue. */
  readonly sources: readonly {
    readonly name: string
    readonly sha256: string
    readonly rows: number
    readonly duplicates: number
    readonly skipped: FaultCounts
    readonly fetchedMs?: number | undefined
  }[]
}

/** What a venue tells the public of its markets, as it answers: nothing judged. Obeys the venue's limits by itself. */
export interface VenuePort {
  /** Throws Failure market_unknown, venue_unreachable, venue_refused, venue_wrong, cancelled; so do the market's methods. */
  open(instrument: string, options: VenueOptions): Promise<VenueMarket>
}

export interface VenueOptions {
  readonly signal?: AbortSignal | undefined
  /** Called before every wait, with its reason in words. */
  readonly onWait?: ((why: string) => void) | undefined
}

/** One market at its venue. */
export interface VenueMarket {
  /** The filters of all its venue's markets of this kind, as of now. */
  facts(): FactsFile
  /** The venue's clock, Unix ms: which bars are closed is its decision, not this machine's. */
  timeMs(): Promise<number>
  /** Rows of one answer. */
  page(ask: VenueAsk): Promise<VenuePage>
  /** How it serves a kind. Throws Failure option_wrong for one that it does not serve. */
  serves(kind: SeriesKind): VenueService
}

export interface VenueService {
  /** Null: the kind has none. */
  readonly timeframes: readonly Timeframe[] | null
  /** Most rows of a page. */
  readonly rows: number
  /** Least time between two rows of a kind without timeframe, ms. */
  readonly stepMs: number
  /** It shows no more than its last so many ms; null: all there is. */
  readonly keepsMs: number | null
}

export interface VenueAsk {
  readonly kind: SeriesKind
  readonly tf: Timeframe | null
  /** [fromMs, toMs). */
  readonly fromMs: number
  readonly toMs: number
}

export interface VenuePage {
  readonly raw: RawTable
  /** Where the question ended: at ask.toMs, or before it where one answer could not hold all. */
  readonly toMs: number
  /** Which rows are in it where the venue cut its answer short: the first or the last ones. */
  readonly gives: 'first' | 'last'
  /** Names the request in words: `binance GET /fapi/v1/klines`. */
  readonly source: string
  readonly sha256: string
  readonly fetchedMs: number
}

export interface Overview {
  readonly series: readonly SeriesInfo[]
  readonly facts: readonly FactsInfo[]
  readonly damaged: readonly Failure[]
}

/** One imported file of market facts. */
export interface FactsInfo extends Pick<FactSheet, 'venue' | 'what' | 'asOfMs' | 'source'> {
  /** How many it names. */
  readonly markets: number
  readonly file: string
  readonly sha256: string
}

/** A column file on this machine. Whatever has this name under this hash has these bytes, for ever. */
export interface KeptColumn extends ColumnFile {
  readonly path: string
}

/** Whole columns of series as raw files, by the hash of the series: a cache. The store they come from stays the truth. */
export interface FramesPort {
  /** Null when they are not kept, or not as they were written: every byte is looked at. */
  read(hash: string): Promise<Columns | null>
  /** The files; null as for `read`. Bytes are looked at once, then again whenever a file does not look the same. */
  files(hash: string): Promise<readonly KeptColumn[] | null>
  /** Keeps all columns of a series in one step, in place of what is not whole. Throws Failure disk_full, write_failed. */
  keep(hash: string, columns: Columns): Promise<void>
  /** Removes what none of the live hashes names, and what dead writers left. */
  prune(live: ReadonlySet<string>): Promise<void>
  /** Bytes on disk. */
  heldBytes(): Promise<number>
}

/** Writes a table of numbers as a whole file or not at all. */
export interface TablePort {
  write(file: {
    readonly path: string
    readonly format: 'csv' | 'parquet'
    /** First column: Unix ms, whole numbers. NaN is written as an empty field. */
    readonly columns: readonly { readonly name: string; readonly values: Float64Array }[]
  }): Promise<void>
}

/** SHA-256 over the rows that open before `toMs` (semantics.md S48). */
export interface HashPort {
  readonly bars: (rows: BarRows, toMs: number) => string
  readonly funding: (rows: FundingRows, toMs: number) => string
}

/** A run that a page asks for: a tree as JSON, and everything that its own run was given. */
export interface PageRun {
  readonly tree: object
  readonly sets: Readonly<Record<string, Scalar>>
  readonly settings: Settings
  /** [from, to), Unix ms. */
  readonly fromMs: number
  readonly toMs: number
  /** Own Blocks that the tree stands on: put there by the server, from what it keeps. */
  readonly blocks?: readonly DocumentText[]
}

export interface DocumentText {
  /** Named in problems. */
  readonly file: string
  readonly text: string
}

/** A run of Plays as texts. */
export interface RunAsk {
  /** Wallet order. */
  readonly plays: readonly DocumentText[]
  /** Own Blocks that they stand on. */
  readonly blocks?: readonly DocumentText[]
  /** [from, to), Unix ms; absent: the first bar, and the lockbox line. */
  readonly from?: number
  readonly to?: number
  /** Instruments in place of the Play's own, by market name. */
  readonly markets: Readonly<Record<string, readonly string[]>>
  /** Instruments that lend their bars, by market name. */
  readonly proxies: Readonly<Record<string, string>>
  /** Other values of parameters. */
  readonly sets: Readonly<Record<string, Scalar>>
  readonly settings: Settings
}

/** A report with all that it takes to run it again. */
export interface StoredReport extends Report {
  /** Canonical documents, in wallet order. */
  readonly documents: readonly PlayTree[]
  /** Own Blocks that they stand on, canonical; absent: none. */
  readonly blocks?: readonly BlockTree[]
  /** Where a moment was asked for: what was decided then. */
  readonly trace?: readonly DecisionRecord[]
}

/** What is computed of texts of Plays: nothing is kept of them. */
export interface Computations {
  readonly backtest: { readonly ask: RunAsk & { readonly traceAt?: number }; readonly gives: StoredReport }
  readonly series: { readonly ask: RunAsk & { readonly node: string }; readonly gives: SeriesRows }
  readonly explain: { readonly ask: RunAsk & { readonly at: number }; readonly gives: Explanation }
}
export type Computation = keyof Computations
export type AskOf<K extends Computation> = Computations[K]['ask']
export type Computed<K extends Computation> = Computations[K]['gives'] | Failure | Problem[]

/** Computes beside the process that asks, as RunPort. */
export interface ComputePort {
  compute<K extends Computation>(kind: K, ask: AskOf<K>, signal: AbortSignal): Promise<Computed<K>>
}

/** Runs beside the process that asks, so that it serves others meanwhile. */
export interface RunPort {
  report(run: PageRun, signal: AbortSignal, progress?: Progress): Promise<Report | Failure | Problem[]>
}

/** Said while a long call works; `share` in [0, 1]. */
export type Progress = (step: { readonly label: string; readonly share: number }) => void

/** A version of an own Block: never changed, never deleted. */
export interface OwnBlock {
  /** `my/calm` */
  readonly name: string
  readonly version: number
  readonly role: BlockTree['role']
  /** Content hash (hex): what a pin of it holds behind `sha256:`. */
  readonly hash: string
  readonly yaml: string
  readonly note: string
  readonly createdMs: number
  /** Who published it. */
  readonly actor: string
}

export interface BlockStore {
  /** Every version of every own Block, by name, then newest first. */
  readonly list: () => Promise<readonly OwnBlock[]>
  /** Those of these names that there are. */
  readonly find: (refs: readonly { readonly name: string; readonly version: number }[]) => Promise<readonly OwnBlock[]>
  /** The same content once more is the version that is there; null: that number holds other content. */
  readonly publish: (block: Omit<OwnBlock, 'createdMs'>) => Promise<OwnBlock | null>
}
