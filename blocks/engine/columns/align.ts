// A slower column on a faster clock: the value of the last closed bar that is not a hole (semantics.md S2, S10).
import { type Bits, bitsOf, getBit, setBit } from '../../kit/bits'
import { closeMsOf, openMsOf, rowOf } from '../../kit/timeframe'
import type { Frame } from '../frame'
import type { AnyColumn } from './store'

/** For each row of `to` the last row of `from` closed by then that is no hole, -1 before the first. */
const sourceRows = (from: Frame, to: Frame): Int32Array => {
  const rows = new Int32Array(to.rows).fill(-1)
  let i = 0
  let current = -1
  for (let r = 0; r <= from.rows; r++) {
    const until = r === from.rows ? to.rows : rowOf(to.tf, closeMsOf(from.tf, from.row0 + r) - 1) - to.row0
    for (; i < Math.min(until, to.rows); i++) rows[i] = current
    if (r < from.rows && !getBit(from.hole, r)) current = r
  }
  return rows
}

/** Is row i of `to` the first that knows row r of `from`? */
const isFirst = (from: Frame, to: Frame, [r, i]: readonly [number, number]): boolean =>
  closeMsOf(from.tf, from.row0 + r) > openMsOf(to.tf, to.row0 + i)

const alignNumbers = (column: Float64Array, rows: Int32Array): Float64Array => {
  const out = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) out[i] = rows[i] < 0 ? Number.NaN : column[rows[i]]
  return out
}

/** A condition is held; an event is true only on the first row that knows it, and known false while it is held. */
const alignBits = (column: Bits, rows: Int32Array, first: ((r: number, i: number) => boolean) | null): Bits => {
  const out = bitsOf(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const r = rows[i]
    if (r < 0) continue
    const isTrue = getBit(column.t, r)
    if (!isTrue && !getBit(column.f, r)) continue
    if (isTrue && (first === null || first(r, i))) setBit(out.t, i)
    else setBit(out.f, i)
  }
  return out
}

/** `event`: the column is true at an instant, not held. */
export const align = (column: AnyColumn, frames: { from: Frame; to: Frame }, event: boolean): AnyColumn => {
  const { from, to } = frames
  const rows = sourceRows(from, to)
  if (column instanceof Float64Array) return alignNumbers(column, rows)
  if ('t' in column) return alignBits(column, rows, event ? (r, i) => isFirst(from, to, [r, i]) : null)
  return {
    open: alignNumbers(column.open, rows),
    high: alignNumbers(column.high, rows),
    low: alignNumbers(column.low, rows),
    close: alignNumbers(column.close, rows),
    volume: alignNumbers(column.volume, rows),
  }
}
