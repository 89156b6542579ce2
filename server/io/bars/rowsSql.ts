// The queries that turn a file into DOUBLE columns: line, width, time in ms, values. What is no number becomes NaN.
import type { Layout } from '../../core/glimpse'
import { sqlText } from './duck'

export interface CsvSource {
  readonly path: string
  readonly delimiter: string
  readonly layout: Layout
}
export interface ParquetSource {
  readonly path: string
  readonly names: readonly string[]
  readonly types: readonly string[]
  readonly layout: Layout
}

const orNan = (sql: string): string => `coalesce(${sql}, 'nan'::DOUBLE)`

/** Text to a number; NULL when it is none. DuckDB would read 1_000, which no exchange writes. */
const numberOf = (text: string): string =>
  `(CASE WHEN contains(${text}, '_') THEN NULL ELSE try_cast(trim(${text}, ' "') AS DOUBLE) END)`

/** Seconds, milliseconds or microseconds since 1970: the years 1973 to 5138 of the three do not overlap. */
const stampMs = (number: string): string =>
  `(CASE WHEN ${number} >= 1e8 AND ${number} < 1e11 THEN ${number} * 1000
         WHEN ${number} >= 1e11 AND ${number} < 1e14 THEN ${number}
         WHEN ${number} >= 1e14 AND ${number} < 1e17 THEN ${number} / 1000 END)`

/** A number since 1970, or ISO text, taken as UTC when it names no zone. */
const timeOfText = (text: string, baseMs: number): string => {
  if (baseMs !== 0) return `${numberOf(text)} + ${baseMs}`
  const iso = `epoch_us(try_cast(trim(${text}, ' "') AS TIMESTAMPTZ)) / 1000.0`
  return `(CASE WHEN ${numberOf(text)} IS NULL THEN ${iso} ELSE ${stampMs(numberOf(text))} END)`
}

/** Stands for an empty field, which says nothing, where one that is no number says something wrong. */
export const emptyField = Infinity

/** A number, or NaN, or `emptyField`; a text that reads as infinite is no number. */
const orEmpty = (number: string, isEmpty: string): string =>
  `(CASE WHEN ${isEmpty} THEN 'infinity'::DOUBLE WHEN isinf(${number}) THEN 'nan'::DOUBLE ELSE ${orNan(number)} END)`

/** The position that was closed: 2 a long, -2 a short; of a buy (1) and a sell (-1) the venue decides which it was. */
const sideOf = (text: string): string =>
  `(CASE lower(trim(${text}, ' "'))
         WHEN 'long' THEN 2::DOUBLE WHEN 'short' THEN -2::DOUBLE
         WHEN 'buy' THEN 1::DOUBLE WHEN 'sell' THEN -1::DOUBLE ELSE 'nan'::DOUBLE END)`

const scaled = (sql: string, { kind, intervalHours }: Layout, k: number): string =>
  kind === 'funding' && k === 1 && intervalHours ? `${sql} * 3600000` : sql

/** Each line as one text column: a line with too many or too few columns is a row like any other, with its number. */
const csvLines = ({ path, delimiter, layout }: CsvSource): string => {
  const read = `read_csv(${sqlText(path)}, delim = chr(1), header = false, quote = '', escape = '',
    columns = {'line': 'VARCHAR'}, auto_detect = false, strict_mode = false)`
  return `(SELECT n, string_split(line, ${sqlText(delimiter)}) AS f
    FROM (SELECT row_number() OVER () AS n, rtrim(line, chr(13)) AS line FROM ${read})
    WHERE n > ${layout.headerLines} AND line IS NOT NULL AND trim(line) <> '')`
}

const field = (index: number): string => `f[${index + 1}]`

export const csvQuery = (source: CsvSource, symbol: string | null): string => {
  const { layout } = source
  const values = layout.values.map((index, k) => {
    if (index === null) return `'nan'::DOUBLE`
    if (layout.side === k) return sideOf(field(index))
    const number = scaled(numberOf(field(index)), layout, k)
    return layout.empties === true ? orEmpty(number, `trim(coalesce(${field(index)}, ''), ' "') = ''`) : orNan(number)
  })
  const mine =
    symbol === null || layout.symbol === null
      ? ''
      : `WHERE len(f) <> ${layout.width} OR trim(${field(layout.symbol)}, ' "') = ${sqlText(symbol)}`
  const columns = ['n::DOUBLE', 'len(f)::DOUBLE', orNan(timeOfText(field(layout.time), layout.baseMs)), ...values]
  return `SELECT ${columns.map((sql) => `(${sql})::DOUBLE`).join(', ')} FROM ${csvLines(source)} ${mine}`
}

export const csvSymbols = (source: CsvSource): string =>
  `SELECT DISTINCT trim(${field(source.layout.symbol ?? 0)}, ' "') AS s FROM ${csvLines(source)}
   WHERE len(f) = ${source.layout.width} ORDER BY s LIMIT 1000`

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const parquetTime = ({ names, types, layout }: ParquetSource): string => {
  const column = quoted(names[layout.time] ?? '')
  const type = types[layout.time] ?? ''
  if (/^(TIMESTAMP|DATE)/.test(type)) return `epoch_us(${column}::TIMESTAMPTZ) / 1000.0`
  return type === 'VARCHAR' ? timeOfText(column, layout.baseMs) : stampMs(`try_cast(${column} AS DOUBLE)`)
}

export const parquetQuery = (source: ParquetSource, symbol: string | null): string => {
  const { path, names, types, layout } = source
  const values = layout.values.map((index, k) => {
    if (index === null) return `'nan'::DOUBLE`
    const column = quoted(names[index] ?? '')
    if (layout.side === k) return sideOf(`${column}::VARCHAR`)
    const number = scaled(types[index] === 'VARCHAR' ? numberOf(column) : `try_cast(${column} AS DOUBLE)`, layout, k)
    const isEmpty = types[index] === 'VARCHAR' ? `coalesce(trim(${column}), '') = ''` : `${column} IS NULL`
    return layout.empties === true ? orEmpty(number, isEmpty) : orNan(number)
  })
  const mine =
    symbol === null || layout.symbol === null ? '' : `WHERE ${quoted(names[layout.symbol] ?? '')} = ${sqlText(symbol)}`
  const columns = ['n', String(layout.width), orNan(parquetTime(source)), ...values]
  const read = `(SELECT row_number() OVER () AS n, * FROM read_parquet(${sqlText(path)}))`
  return `SELECT ${columns.map((sql) => `(${sql})::DOUBLE`).join(', ')} FROM ${read} ${mine}`
}

export const parquetSymbols = ({ path, names, layout }: ParquetSource): string =>
  `SELECT DISTINCT ${quoted(names[layout.symbol ?? 0] ?? '')}::VARCHAR AS s FROM read_parquet(${sqlText(path)}) ORDER BY s LIMIT 1000`
