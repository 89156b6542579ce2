// Liquidations one by one into sums per interval and side, each as the notional that was closed by force.
import { openMsOf, rowOf, type Timeframe, tfMs } from '../../blocks/kit/timeframe'
import type { Fault, Judged } from './gate'
import type { LiquidationEvents, Range } from './incoming'
import type { RawTable } from './table'

const isSound = (raw: RawTable, i: number): boolean => {
  const [side = Number.NaN, price = Number.NaN, quantity = Number.NaN] = raw.values.map((column) => column[i])
  return Math.abs(side) === 1 && Number.isFinite(price * quantity) && Number.isInteger(raw.timeMs[i] ?? Number.NaN)
}

const faultOf = (raw: RawTable, i: number, nowMs: number): Fault['kind'] | null => {
  if (raw.columns !== null && raw.columns[i] !== raw.columnsWanted) return 'columns'
  if (!isSound(raw, i)) return 'text'
  if ((raw.timeMs[i] ?? 0) > nowMs) return 'future'
  return (raw.values[1]?.[i] ?? 0) > 0 && (raw.values[2]?.[i] ?? 0) > 0 ? null : 'amount'
}

/** Events of one file; one that stands there twice, to the millisecond and the unit, is one. */
const soundRows = (raw: RawTable, nowMs: number) => {
  const faults = new Map<Fault['kind'], { count: number; line: number }>()
  const rows: number[] = []
  const seen = new Set<string>()
  for (let i = 0; i < raw.timeMs.length; i++) {
    const kind = faultOf(raw, i, nowMs)
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
 * begin or end in the middle of an interval: the first and the last of it are left out.
 */
const wholeRows = (tf: Timeframe, times: readonly number[], covers: Range | null): readonly [number, number] => {
  if (covers !== null) return [rowOf(tf, covers.fromMs + tfMs[tf] - 1), rowOf(tf, covers.toMs)]
  const [first = 0] = times
  return [rowOf(tf, first) + 1, rowOf(tf, times[times.length - 1] ?? 0)]
}

/** Sums by interval, in the order of the events' times; intervals without an event hold 0. */
export const sumLiquidations = (
  raw: RawTable,
  { covers }: LiquidationEvents,
  { tf, nowMs }: { readonly tf: Timeframe; readonly nowMs: number },
): Judged => {
  const { rows, faults, duplicates } = soundRows(raw, nowMs)
  const [from, to] = wholeRows(
    tf,
    rows.map((i) => raw.timeMs[i] ?? 0),
    covers,
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
