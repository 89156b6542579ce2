// Rows of a JSON answer as publishers give them: a list of records, or of [time, value] pairs, at its top or in a field.
import { Failure } from '../../core/failure'
import type { Glimpse, Layout } from '../../core/glimpse'
import type { RawTable } from '../../core/table'
import { emptyField } from './rowsSql'

type Entry = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where the known publishers put their rows. */
const places = ['data', 'values', 'result', 'list', 'rows']

const listIn = (json: unknown, depth = 0): readonly unknown[] | null => {
  if (Array.isArray(json)) return json
  if (!isRecord(json) || depth > 2) return null
  for (const place of places) {
    const found = listIn(json[place], depth + 1)
    if (found !== null) return found
  }
  return null
}

const entryOf = (entry: unknown): Entry | null => {
  if (isRecord(entry)) return entry
  return Array.isArray(entry) && entry.length === 2 ? { time: entry[0], value: entry[1] } : null
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value).trim()
    : value === null || value === undefined
      ? ''
      : '{}'

const numberOf = (text: string): number =>
  /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN

/** Seconds, milliseconds or microseconds since 1970, or ISO text, UTC where it names no zone: as in tables. */
const timeOf = (text: string): number => {
  const number = numberOf(text)
  if (Number.isFinite(number)) {
    if (number >= 1e8 && number < 1e11) return number * 1000
    if (number >= 1e11 && number < 1e14) return number
    return number >= 1e14 && number < 1e17 ? number / 1000 : Number.NaN
  }
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text)
  if (match === null) return Number.NaN
  const [, day = '', clock = '00:00', fraction = '', zone = 'Z'] = match
  return Date.parse(`${day}T${clock}${clock.length === 5 ? ':00' : ''}${fraction.slice(0, 4)}${zone}`)
}

const fieldOf = (text: string): number => (text === '' ? emptyField : numberOf(text))

const unreadable = (path: string, why: string): Failure =>
  new Failure('layout_unknown', `${path}: ${why}`, {
    file: path,
    hint: 'read are lists of records such as {"time": .., "value": ..}, and of [time, value] pairs',
  })

/** Lines are the places of the entries, from 1. Throws Failure. */
export const readJsonRows = (
  { path, text }: { readonly path: string; readonly text: string },
  layoutOf: (glimpse: Glimpse) => Layout,
): { readonly layout: Layout; readonly raw: RawTable } => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Failure('file_truncated', `${path} is not a whole JSON document`, { file: path, cause: error })
  }
  const list = listIn(json)
  if (list === null) throw unreadable(path, 'no list of rows is in it')
  const entries = list.map(entryOf)
  const first = entries[0]
  if (first === undefined) throw new Failure('file_empty', `${path} holds no row`, { file: path })
  if (first === null) throw unreadable(path, 'its first row is neither a record nor a pair')
  // Fields of text alone are names; what is nested is none of a table's.
  const header = Object.keys(first).filter((name) => typeof first[name] !== 'object' || first[name] === null)
  const fields = header.map((name) => textOf(first[name]))
  const layout = layoutOf({ path, member: path.split(/[\\/]/).at(-1) ?? path, header, first: fields })
  const column = (index: number, of: (text: string) => number): Float64Array => {
    const name = header[index] ?? ''
    return Float64Array.from(entries, (entry) => (entry === null ? Number.NaN : of(textOf(entry[name]))))
  }
  return {
    layout,
    raw: {
      timeMs: column(layout.time, timeOf),
      values: layout.values.map((index, k) => {
        if (layout.side === k) throw unreadable(path, 'liquidations one by one are read from tables')
        return column(index ?? -1, fieldOf)
      }),
      line: Float64Array.from(entries, (_, i) => i + 1),
      columns: null,
      columnsWanted: 0,
    },
  }
}
