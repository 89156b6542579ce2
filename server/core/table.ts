// Rows in columns, as files give them and as the store keeps them: pure helpers for judging and merging.
import type { SeriesKind } from './series'

/** Value columns of each kind, in stored order. `interval_ms` is NaN where the source does not tell it. */
export const valueColumns = {
  klines: ['open', 'high', 'low', 'close', 'volume'],
  mark: ['open', 'high', 'low', 'close'],
  funding: ['rate', 'interval_ms'],
  // Open interest in base units and as notional; not every source tells both.
  'open-interest': ['base', 'quote'],
  'long-short': ['ratio'],
  // Notional of the positions liquidated in the interval that begins at the stamp.
  liquidations: ['long', 'short'],
  series: ['value'],
} as const satisfies Record<SeriesKind, readonly string[]>

/** The stored name of the time column. */
export const timeColumn = (kind: SeriesKind): string =>
  kind === 'klines' || kind === 'mark' ? 'open_time' : 'stamp_ms'

/** Values that a source may leave out: NaN in memory, NULL in files. */
export const nullableColumns: ReadonlySet<string> = new Set(['interval_ms', 'base', 'quote'])

/** All arrays have the same length; `timeMs` ascending and unique once judged. */
export interface Table {
  readonly timeMs: Float64Array
  readonly values: readonly Float64Array[]
}

/** A file as read: nothing judged. NaN stands for what is no number. */
export interface RawTable extends Table {
  /** Line of a text file, row of a Parquet file; both from 1. */
  readonly line: Float64Array
  /** Columns of each row in the file; null where the format fixes them. */
  readonly columns: Float64Array | null
  readonly columnsWanted: number
}

export const emptyTable = (kind: SeriesKind): Table => ({
  timeMs: new Float64Array(0),
  values: valueColumns[kind].map(() => new Float64Array(0)),
})

export const takeRows = (table: Table, order: Uint32Array): Table => ({
  timeMs: pick(table.timeMs, order),
  values: table.values.map((column) => pick(column, order)),
})

export const pick = (column: Float64Array, order: Uint32Array): Float64Array => {
  const out = new Float64Array(order.length)
  for (let i = 0; i < order.length; i++) out[i] = column[order[i] ?? 0] ?? Number.NaN
  return out
}

export const takeRaw = (raw: RawTable, order: Uint32Array): RawTable => ({
  ...raw,
  ...takeRows(raw, order),
  line: pick(raw.line, order),
  columns: raw.columns === null ? null : pick(raw.columns, order),
})

export const sliceRows = (table: Table, from: number, to: number): Table => ({
  timeMs: table.timeMs.subarray(from, to),
  values: table.values.map((column) => column.subarray(from, to)),
})

export const joinTables = (tables: readonly Table[], width: number): Table => ({
  timeMs: join(tables.map((table) => table.timeMs)),
  values: Array.from({ length: width }, (_, k) => join(tables.map((table) => table.values[k] ?? new Float64Array(0)))),
})

export const join = (parts: readonly Float64Array[]): Float64Array => {
  const out = new Float64Array(parts.reduce((n, part) => n + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/**
 * One venue tells a figure in its archives with more decimals than in its answers: what differs by that rounding alone
 * is the same. Binance: long/short ratios with 8 decimals and 4, open interest with 16 and 8.
 */
const isSame: Partial<Record<SeriesKind, (a: number, b: number) => boolean>> = {
  'long-short': (a, b) => Math.abs(a - b) <= 0.000051,
  'open-interest': (a, b) => Math.abs(a - b) <= 1e-9 * Math.abs(a) + 1e-8,
}

/** Rows i and j hold the same values; NaN equals NaN. */
export const sameValues = (table: Table, [i, j]: readonly [number, number], kind: SeriesKind): boolean =>
  table.values.every((column) => {
    const a = column[i] ?? Number.NaN
    const b = column[j] ?? Number.NaN
    return Object.is(a, b) || a === b || isSame[kind]?.(a, b) === true
  })

/** Indices in order of time; rows of one time keep their order. */
export const orderByTime = (timeMs: Float64Array, rows: Uint32Array): Uint32Array => {
  for (let i = 1; i < rows.length; i++) {
    if ((timeMs[rows[i] ?? 0] ?? 0) < (timeMs[rows[i - 1] ?? 0] ?? 0)) {
      return rows.slice().sort((a, b) => (timeMs[a] ?? 0) - (timeMs[b] ?? 0) || a - b)
    }
  }
  return rows
}
