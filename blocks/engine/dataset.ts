// The data of a run as it travels: each series by the hash of its content, its columns as raw files, all else inline.
// Server and browser make their rows here, from the same columns, so that both run on the same bits.
import type { Timeframe } from '../kit/timeframe'
import type { Flat } from '../play/flat'
import type { BarRows, FundingRows, MarketRows } from './rows'
import type { Settings } from './settings'

/** Columns of a series by kind, in the order in which they are kept. Times stand first. */
export const columnNames = {
  klines: ['openMs', 'open', 'high', 'low', 'close', 'volume'],
  mark: ['openMs', 'open', 'high', 'low', 'close'],
  funding: ['stampMs', 'rate', 'intervalMs'],
} as const
export type DatasetKind = keyof typeof columnNames
export type ColumnName = (typeof columnNames)[DatasetKind][number]

/** Columns of one series, all of the same length; times ascending. An interval that nobody told is NaN. */
export type Columns = Readonly<Partial<Record<ColumnName, Float64Array>>>

/** A series that a run reads. `tf` is null for funding, which has no bars. */
export interface DatasetSeries {
  readonly instrument: string
  readonly kind: DatasetKind
  readonly tf: Timeframe | null
}

/** A column as a file: little-endian Float64, from the first stored row to the last. */
export interface ColumnFile {
  readonly name: ColumnName
  readonly bytes: number
  /** Of these bytes, for whoever wants to know that they arrived whole. */
  readonly sha256: string
}

/** A stored series and the files that hold it. */
export interface SeriesFiles extends DatasetSeries {
  /** Names the content: the address of its columns. Other rows, other hash. */
  readonly hash: string
  readonly rows: number
  /** Open of the first bar and close of the last; for funding first and last stamp. */
  readonly fromMs: number
  readonly toMs: number
  readonly columns: readonly ColumnFile[]
  /** What made-up rows were drawn from. */
  readonly seed?: number
}

/** MarketRows with S in place of rows. */
export interface MarketOf<S> extends Pick<MarketRows, 'instrument' | 'barsOf' | 'synthetic' | 'notices'> {
  readonly bars: S
  readonly funding: S | null
  readonly mark: S | null
}

/** The ends of a run. */
export interface RunRange {
  /** [fromMs, toMs), Unix ms: no row at or after `toMs` belongs to the run. */
  readonly fromMs: number
  readonly toMs: number
  /** Results stop there by default. */
  readonly lockboxMs: number
  /** An explicit end lies beyond the lockbox line. */
  readonly pastLockbox: boolean
}

/** Everything that a Workspace needs, as JSON. */
export interface Dataset extends RunRange {
  /** What all traded series have: first open, last close. The lockbox line of another timeframe follows from it. */
  readonly span: { readonly firstMs: number; readonly endMs: number }
  /** Traded ones in wallet order, then those that are only read. */
  readonly markets: readonly MarketOf<SeriesFiles>[]
}

/** What Plays ask of the stored data. */
export interface DatasetAsk {
  /** Instruments in wallet order. */
  readonly traded: readonly string[]
  /** Instruments that are read but not traded. */
  readonly read: readonly string[]
  /** Decision timeframe of the first Play: the lockbox line is a close of it. */
  readonly tf: Timeframe
  /** [from, to), Unix ms; absent: the first bar, and the lockbox line. */
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  readonly settings: Pick<Settings, 'proxies' | 'instruments' | 'funding_gaps'>
}

/** Instruments that are traded, in wallet order, then those that are only read. */
export const instrumentsOf = (flats: readonly Pick<Flat, 'markets'>[]): Pick<DatasetAsk, 'traded' | 'read'> => {
  const traded = [...new Set(flats.flatMap((flat) => flat.markets.main ?? []))]
  const all = new Set(flats.flatMap((flat) => Object.values(flat.markets).flat()))
  return { traded, read: [...all].filter((id) => !traded.includes(id)) }
}

/** Proxies given by market name lend their bars to every instrument that the name stands for. */
export const proxiesOf = (
  flats: readonly Pick<Flat, 'markets'>[],
  byName: Readonly<Record<string, string>>,
  settings: Pick<Settings, 'proxies'>,
): Record<string, string> => {
  const proxies: Record<string, string> = { ...settings.proxies }
  for (const flat of flats)
    for (const [name, lender] of Object.entries(byName))
      for (const instrument of flat.markets[name] ?? []) proxies[instrument] = lender
  return proxies
}

/** Rows with a time before `toMs`; times ascending. */
const rowsBefore = (times: Float64Array, toMs: number): number => {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle] < toMs) low = middle + 1
    else high = middle
  }
  return low
}

/** A column cut to its first `rows`. Throws when it is not there: half a series is no series. */
const cutter =
  (columns: Columns, rows: number) =>
  (name: ColumnName): Float64Array => {
    const column = columns[name]
    if (column === undefined) throw new Error(`the column ${name} is missing`)
    if (column.length < rows) throw new Error(`the column ${name} has ${column.length} rows where ${rows} are needed`)
    return column.subarray(0, rows)
  }

const rowCount = (columns: Columns, times: ColumnName, toMs: number): number =>
  rowsBefore(columns[times] ?? new Float64Array(0), toMs)

/** Bars that open before `toMs`. Mark bars have no volume. */
export const barRows = ({ instrument, kind, tf }: DatasetSeries, columns: Columns, toMs: number): BarRows => {
  if (tf === null) throw new Error(`${kind} of ${instrument} without a timeframe`)
  const rows = rowCount(columns, 'openMs', toMs)
  const cut = cutter(columns, rows)
  return {
    tf,
    openMs: cut('openMs'),
    open: cut('open'),
    high: cut('high'),
    low: cut('low'),
    close: cut('close'),
    volume: kind === 'mark' ? new Float64Array(rows) : cut('volume'),
  }
}

/** Settlements stamped before `toMs`. Where none of them tells its interval there is no such column. */
export const fundingRows = (columns: Columns, toMs: number): FundingRows => {
  const cut = cutter(columns, rowCount(columns, 'stampMs', toMs))
  const interval = cut('intervalMs')
  const told = interval.some((ms) => Number.isFinite(ms))
  return { stampMs: cut('stampMs'), rate: cut('rate'), intervalMs: told ? interval : null }
}

/** The rows of a market before `toMs`, from whole columns or from any that reach to `toMs`. */
export const rowsOfMarket = <S extends DatasetSeries>(
  market: MarketOf<S>,
  columnsOf: (series: S) => Columns,
  toMs: number,
): MarketRows => {
  const barsOf = (series: S): BarRows => barRows(series, columnsOf(series), toMs)
  return {
    instrument: market.instrument,
    barsOf: market.barsOf,
    synthetic: market.synthetic,
    bars: barsOf(market.bars),
    funding: market.funding === null ? null : fundingRows(columnsOf(market.funding), toMs),
    mark: market.mark === null ? null : barsOf(market.mark),
    notices: market.notices,
  }
}

/** The markets of a dataset as the engine takes them. `toMs`: another end of the run, inside what is stored. */
export const rowsOfDataset = (
  dataset: Dataset,
  columnsOf: (series: SeriesFiles) => Columns,
  toMs: number = dataset.toMs,
): MarketRows[] => dataset.markets.map((market) => rowsOfMarket(market, columnsOf, toMs))

/** Every series of a dataset once, whatever number of markets read it. */
export const seriesOfDataset = (dataset: Dataset): SeriesFiles[] => {
  const all = dataset.markets.flatMap(({ bars, funding, mark }) => [bars, funding, mark])
  const byHash = new Map(all.flatMap((series) => (series === null ? [] : [[series.hash, series] as const])))
  return [...byHash.values()]
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** The bytes of a column file as numbers; without a copy where the machine is little-endian, as nearly all are. */
export const doublesOf = (bytes: ArrayBuffer, native: boolean = littleEndian): Float64Array => {
  if (bytes.byteLength % 8 !== 0) throw new Error(`${bytes.byteLength} bytes are no column of Float64`)
  if (native) return new Float64Array(bytes)
  const view = new DataView(bytes)
  return Float64Array.from({ length: bytes.byteLength / 8 }, (_, i) => view.getFloat64(8 * i, true))
}

/** A column as the bytes of its file. */
export const bytesOf = (column: Float64Array, native: boolean = littleEndian): Uint8Array => {
  if (native) return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
  const view = new DataView(new ArrayBuffer(column.byteLength))
  for (let i = 0; i < column.length; i++) view.setFloat64(8 * i, column[i], true)
  return new Uint8Array(view.buffer)
}
