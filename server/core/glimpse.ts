// What a file of market data shows before its rows are read, and how they are then found in it.
import type { Hints } from './incoming'
import type { SeriesKind } from './series'

/** What is known of a file before its rows are read. */
export interface Glimpse {
  readonly path: string
  /** Name inside an archive; the file's own name otherwise. */
  readonly member: string
  /** Column names, or null when the first line holds data. */
  readonly header: readonly string[] | null
  /** Fields of the first data line. */
  readonly first: readonly string[]
}

/** Where each thing stands, counted from 0. */
export interface Layout {
  readonly hints: Hints
  readonly kind: SeriesKind
  readonly headerLines: 0 | 1
  readonly width: number
  readonly time: number
  /** One entry a value column of the kind; null where the file has none. */
  readonly values: readonly (number | null)[]
  /** The interval column holds hours. */
  readonly intervalHours: boolean
  readonly symbol: number | null
  /** Added to every time: midnight of a file that counts from there. */
  readonly baseMs: number
  /** Empty fields are told from those that are no numbers: nothing was published there. */
  readonly empties?: boolean
  /** Of `values` the one that holds a side in words. */
  readonly side?: number
  /** The series that the file holds; absent: one, of all values. */
  readonly parts?: readonly Part[]
}

/** One series of a file. */
export interface Part {
  readonly kind: SeriesKind
  readonly hints: Hints
  /** Places in Layout.values, one a value column of the kind; null where the file has none. */
  readonly pick: readonly (number | null)[]
}

export const normal = (name: string): string =>
  name
    .trim()
    .replace(/^"|"$/g, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')

export const isNumber = (text: string | undefined): boolean =>
  /^\s*"?-?\d+(\.\d+)?([eE][+-]?\d+)?"?\s*$/.test(text ?? '')

/** Symbol, timeframe and market where a name follows `SYMBOL-1m-2024-02`, `SYMBOL-PERP-1m-..`, `SYMBOL-fundingRate-..`. */
export const hintsOfName = (name: string, path: string): Partial<Hints> => {
  const match =
    /^([A-Z0-9]{2,30})(-PERP)?-(funding(?:Rate)?|mark-(\d+[a-z]+)|metrics|liquidationSnapshot|\d+[a-z]+)(?:-|\.)/.exec(
      name,
    )
  const tree = /(?:^|[\\/])(spot|futures[\\/]um|futures[\\/]cm)[\\/](?:daily|monthly)[\\/]/.exec(path)?.[1]
  const kindOfTree = /markPriceKlines/.test(path) ? 'mark' : undefined
  const market = tree === 'spot' ? 'spot' : tree?.startsWith('futures') ? 'perp' : undefined
  if (match === null) return { ...(market ? { market } : {}), ...(kindOfTree ? { kind: kindOfTree } : {}) }
  const [, symbol = '', perp, what = '', markTf] = match
  if (what === 'metrics' || what === 'liquidationSnapshot') return { symbol, market: 'perp' }
  const funding = what.startsWith('funding')
  const kind = funding ? 'funding' : markTf !== undefined ? 'mark' : kindOfTree
  const perpetual = perp !== undefined || funding || markTf !== undefined
  const told = market ?? (perpetual ? 'perp' : undefined)
  const tf = funding ? undefined : (markTf ?? what)
  return { symbol, ...(told ? { market: told } : {}), ...(kind ? { kind } : {}), ...(tf ? { tf } : {}) }
}

export const at = (names: readonly string[], wanted: readonly string[]): number | null => {
  for (const name of wanted) if (names.includes(name)) return names.indexOf(name)
  return null
}

export const common = { intervalHours: false, symbol: null, baseMs: 0 } as const

/** Unix ms of a UTC day, by the civil-from-days formula (proleptic Gregorian). */
export const midnightMs = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const ofEra = y - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const days = era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
  return days * 86_400_000
}
