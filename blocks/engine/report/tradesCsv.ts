// Closed trades as CSV (RFC 4180): the columns of the trades hash first and with its text, then the rest.
import { timeText } from '../metrics/calendar'
import { hashedColumns } from './compare'
import type { Report, TradeRow } from './document'

type Value = string | number | boolean | null
type Column = readonly [name: string, of: (row: TradeRow) => Value]

/** Quotes where a comma, a quote or an end of line asks for it. */
const field = (value: Value): string => {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const line = (values: readonly Value[]): string => `${values.map(field).join(',')}\r\n`

const restOf = (report: Report, hashed: readonly string[]): readonly Column[] => [
  ['no', (row) => row.no],
  ...(report.plays === undefined ? [] : [['play', (row) => row.play ?? null] satisfies Column]),
  ...(hashed.includes('instrument') ? [] : [['instrument', (row) => row.instrument] satisfies Column]),
  ['setup', (row) => row.setup],
  ['entryTime', (row) => timeText(row.entryMs)],
  ['exitTime', (row) => (row.exitMs === null ? null : timeText(row.exitMs))],
  ['feesUsdt', (row) => row.feesUsdt],
  ['fundingUsdt', (row) => row.fundingUsdt],
  ['r', (row) => row.r],
  ['maeR', (row) => row.maeR],
  ['mfeR', (row) => row.mfeR],
  ['ambiguous', (row) => row.ambiguous],
  ['fills', (row) => row.legs.length],
]

/** With a header; every line ends with CR LF. Times are UTC. `keeps`: which trades; all where nothing is said. */
export const tradesCsv = (report: Report, keeps: (row: TradeRow) => boolean = () => true): string => {
  const { names, rows } = hashedColumns(report)
  const rest = restOf(report, names)
  const lines = rows
    .filter(({ row }) => keeps(row))
    .map(({ row, texts }) => line([...texts, ...rest.map(([, of]) => of(row))]))
  return [line([...names, ...rest.map(([name]) => name)]), ...lines].join('')
}
