// Liquidations one by one into sums per interval and side, each as the notional that was closed by force.
import { openMsOf, rowOf, type Timeframe, tfMs } from '../../blocks/kit/timeframe'
import { Failure } from './failure'
import type { Fault, Judged } from './gate'
import type { LiquidationEvents, Range, RowsFile } from './incoming'
import type { RawTable } from './table'

/**
 * What a venue's buy closed. Binance tells the side of the closing order (a buy closes a short), Bybit that of the
 * position (bybit-exchange.github.io, v5 "All Liquidation": Buy, a long was liquidated).
 */
const buySides: Readonly<Record<string, 1 | -1>> = { binance: -1, bybit: 1 }

/**
 * Sides as the positions that were closed: 1 a long, -1 a short. Files say them as 2 and -2 where they name the
 * position, as 1 for a buy and -1 for a sell where they do not: that means one thing here and its opposite there.
 */
export const byPosition = ({ path, raw, hints }: RowsFile, instrument: string): RawTable => {
  const [sides = new Float64Array(0), ...amounts] = raw.values
  const venue = hints.venue ?? instrument.slice(0, instrument.indexOf(':'))
  const buy = buySides[venue]
  if (buy === undefined && sides.some((side) => Math.abs(side) === 1))
    throw new Failure(
      'option_wrong',
      `${path} says buy and sell, which ${venue} may mean of the order or the position`,
      {
        file: path,
        hint: 'write long or short, the position that was closed, into its side column',
      },
    )
  return { ...raw, values: [sides.map((side) => (Math.abs(side) === 2 ? side / 2 : side * (buy ?? 1))), ...amounts] }
}

const isSound = (raw: RawTable, i: number): boolean => {
  const [side = Number.NaN, price = Number.NaN, quantity = Number.NaN] = raw.values.map((column) => column[i])
  return Math.abs(side) === 1 && Number.isFinite(price * quantity) && Number.isInteger(raw.timeMs[i] ?? Number.NaN)
}

interface Time {
  readonly covers: Range | null
  readonly nowMs: number
}

const faultOf = (raw: RawTable, i: number, { covers, nowMs }: Time): Fault['kind'] | null => {
  if (raw.columns !== null && raw.columns[i] !== raw.columnsWanted) return 'columns'
  if (!isSound(raw, i)) return 'text'
  const time = raw.timeMs[i] ?? 0
  if (time > nowMs) return 'future'
  if (covers !== null && (time < covers.fromMs || time >= covers.toMs)) return 'day'
  return (raw.values[1]?.[i] ?? 0) > 0 && (raw.values[2]?.[i] ?? 0) > 0 ? null : 'amount'
}

/** Events of one file; one that stands there twice, to the millisecond and the unit, is one. */
const soundRows = (raw: RawTable, when: Time) => {
  const faults = new Map<Fault['kind'], { count: number; line: number }>()
  const rows: number[] = []
  const seen = new Set<string>()
  for (let i = 0; i < raw.timeMs.length; i++) {
    const kind = faultOf(raw, i, when)
    if (kind !== null) {
      const entry = faults.get(kind)
      faults.set(kind, { count: (entry?.count ?? 0) + 1, line: entry?.line ?? raw.line[i] ?? 0 })
      continue
    }
    const name = [raw.timeMs[i], ...raw.values.map((column) => column[i])].join(' ')
    if (!seen.has(name)) rows.push(i)
    seen.add(name)
  }
  const bad = [...faults.values()].reduce((sum, { count }) => sum + count, 0)
  return {
    rows: rows.sort((a, b) => (raw.timeMs[a] ?? 0) - (raw.timeMs[b] ?? 0) || a - b),
    faults: [...faults].map(([kind, entry]): Fault => ({ kind, ...entry })),
    duplicates: raw.timeMs.length - rows.length - bad,
  }
}

/**
 * The intervals that a file speaks for as a whole, as rows of the grid [from, to). One that does not tell its day may
 * begin or end in the middle of an interval: the first and the last of it are left out. One of a day that is not over
 * speaks for what lies before the interval of its last event; one with no event of its day for nothing.
 */
const wholeRows = (tf: Timeframe, times: readonly number[], { covers, nowMs }: Time): readonly [number, number] => {
  const [first] = times
  if (first === undefined) return [0, 0]
  const last = rowOf(tf, times[times.length - 1] ?? first)
  if (covers === null) return [rowOf(tf, first) + 1, last]
  return [rowOf(tf, covers.fromMs + tfMs[tf] - 1), covers.toMs > nowMs ? last : rowOf(tf, covers.toMs)]
}

/** Sums by interval, in the order of the events' times; intervals without an event hold 0. */
export const sumLiquidations = (
  raw: RawTable,
  { covers }: LiquidationEvents,
  { tf, nowMs }: { readonly tf: Timeframe; readonly nowMs: number },
): Judged => {
  const when = { covers, nowMs }
  const { rows, faults, duplicates } = soundRows(raw, when)
  const [from, to] = wholeRows(
    tf,
    rows.map((i) => raw.timeMs[i] ?? 0),
    when,
  )
  const count = Math.max(0, to - from)
  const long = new Float64Array(count)
  const short = new Float64Array(count)
  const line = new Float64Array(count)
  for (const i of rows) {
    const at = rowOf(tf, raw.timeMs[i] ?? 0) - from
    if (at < 0 || at >= count) continue
    const [side = 0, price = 0, quantity = 0] = raw.values.map((column) => column[i])
    const sums = side === 1 ? long : short
    sums[at] = (sums[at] ?? 0) + price * quantity
    line[at] ||= raw.line[i] ?? 0
  }
  const timeMs = Float64Array.from({ length: count }, (_, k) => openMsOf(tf, from + k))
  return { table: { timeMs, values: [long, short] }, line, faults, duplicates, gaps: [] }
}
