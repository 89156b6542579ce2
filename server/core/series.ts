// What a stored series is: its key, what the store says of it, and the names of everything a row can be refused for.
import type { Bracket } from '../../blocks/engine/rows'
import { isTimeframe, type Timeframe, tfMs } from '../../blocks/kit/timeframe'

/** Figures that somebody publishes about a moment or a stretch: known some time after their stamp, and not for ever. */
export const publishedKinds = ['open-interest', 'long-short', 'liquidations', 'series'] as const
export type PublishedKind = (typeof publishedKinds)[number]
export const seriesKinds = ['klines', 'mark', 'funding', ...publishedKinds] as const
export type SeriesKind = (typeof seriesKinds)[number]

export const isPublished = (kind: SeriesKind): kind is PublishedKind =>
  publishedKinds.some((published) => published === kind)

/** `tf` is the timeframe of bars, the interval of published figures; null for what has no grid (funding, some series). */
export interface SeriesKey {
  readonly instrument: string
  readonly kind: SeriesKind
  readonly tf: Timeframe | null
}

/** Closed list of the faults of a row. */
export const faultNames = {
  columns: 'wrong number of columns',
  text: 'no number (or no time) where one belongs',
  price: 'price not above zero',
  volume: 'negative volume',
  high_low: 'high below low, or open or close outside them',
  off_grid: 'open time off the grid of its timeframe',
  conflict: 'same time with other values',
  stamp: 'funding stamp more than 5 s off its minute',
  twice: 'two settlements in one minute',
  amount: 'an amount below zero, or an open interest or a ratio that is not above it',
  order: 'a time that goes against the order of the rows before it',
  future: 'a time that has not come yet',
  day: 'a time outside of the day that the name of the file tells',
  revised: 'another value than the one stored for its time (its past was changed)',
} as const
export type FaultKind = keyof typeof faultNames
export const faultKinds = Object.keys(faultNames) as readonly FaultKind[]

/** Rows left out on request, by kind; kinds with none are absent. */
export type FaultCounts = Partial<Readonly<Record<FaultKind, number>>>

/** Funding has no grid, bars have one; of series somebody may publish now and then. */
export const mayHaveTf = (kind: SeriesKind, tf: Timeframe | null): boolean =>
  kind === 'series' || (tf === null) === (kind === 'funding')

/** What is known of published figures beside their values; part of the series: other words, other series. */
export interface Published {
  /** As the publisher calls it: `CapMVRVCur`. */
  readonly name: string
  readonly source: string
  readonly unit: string
  /** A value stamped t is known at t + delayMs (semantics.md S11), */
  readonly delayMs: number
  /** and says nothing any more from t + maxAgeMs on. */
  readonly maxAgeMs: number
}

export interface SeriesInfo extends SeriesKey {
  /** Open of the first bar; for funding the first stamp. */
  readonly fromMs: number
  /** Close of the last bar (exclusive end); for funding the last stamp. */
  readonly toMs: number
  readonly rows: number
  /** Stretches without rows, and the bars missing in them. */
  readonly gaps: number
  readonly missing: number
  /** Of the missing bars those that the venue itself was found to lack; absent when there are none. */
  readonly missingAtVenue?: number
  readonly duplicates: number
  readonly skipped: FaultCounts
  /** Names the stored content: SHA-256 over the hashes of its files. */
  readonly sha256: string
  readonly source: readonly string[]
  readonly synthetic: boolean
  /** What a synthetic series was drawn from. */
  readonly seed?: number
  /** Of published kinds only. */
  readonly published?: Published
}

/** A series that runs read today. */
export type RunSeries = SeriesInfo & { readonly kind: Exclude<SeriesKind, PublishedKind> }
export const isRunSeries = (series: SeriesInfo): series is RunSeries => !isPublished(series.kind)

/** What an import or a shipped table says of a market; absent fields are not known. */
export interface MarketFacts {
  readonly tick?: string
  readonly step?: string
  readonly minQty?: number
  readonly minNotional?: number
  readonly brackets?: readonly Bracket[]
  /** Where each of these comes from and as of when. */
  readonly sources: readonly string[]
}

const idPattern = /^[a-z][a-z0-9]{0,19}:[A-Z0-9][A-Z0-9_-]{0,39}(\.P)?$/

/** `venue:SYMBOL` or `venue:SYMBOL.P`. */
export const isInstrumentId = (text: string): boolean => idPattern.test(text)
export const isPerp = (instrument: string): boolean => instrument.endsWith('.P')

/** One line for people: `binance:BTCUSDT klines 1m`. */
export const seriesName = ({ instrument, kind, tf }: SeriesKey): string =>
  [instrument, kind, ...(tf === null ? [] : [tf])].join(' ')

/** Folder-safe and reversible: the colon of the id becomes the first underscore, which no venue name holds. */
export const folderOf = (instrument: string): string => instrument.replace(':', '_')
export const instrumentOf = (folder: string): string | null => {
  const id = folder.replace('_', ':')
  return isInstrumentId(id) ? id : null
}
export const tfOfFolder = (folder: string): Timeframe | null | undefined =>
  folder === 'all' ? null : isTimeframe(folder) ? folder : undefined

/** `rows left out` in words, largest first: `1,201 off the grid`. Empty when there are none. */
export const faultWords = (counts: FaultCounts): string =>
  faultKinds.flatMap((kind) => (counts[kind] ? [`${thousands(counts[kind])} with ${faultNames[kind]}`] : [])).join(', ')

/** 1234567 as 1,234,567. */
export const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** Bars missing between two neighbours: the whole bars that fit between them. */
export const missingBetween = (tf: Timeframe, aMs: number, bMs: number): number =>
  Math.max(0, Math.floor((bMs - aMs) / tfMs[tf]) - 1)
