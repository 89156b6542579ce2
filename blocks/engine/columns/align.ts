// A slower column on a faster clock: the value of the last closed bar that is not a hole (semantics.md S2, S10).
import { type Bits, bitsOf, getBit, setBit, setRows } from '../../kit/bits'
import { closeMsOf, openMsOf, rowOf } from '../../kit/timeframe'
import type { Frame } from '../frame'
import type { AnyColumn } from './store'

interface Frames {
  readonly from: Pick<Frame, 'tf' | 'row0' | 'rows' | 'hole'>
  readonly to: Pick<Frame, 'tf' | 'row0' | 'rows'>
}

/** The first row of `to` that knows row r of `from`: outside [0, to.rows) when it lies before or behind them. */
const firstRowOf = ({ from, to }: Frames, r: number): number =>
  rowOf(to.tf, closeMsOf(from.tf, from.row0 + r) - 1) - to.row0

/**
 * Rows of `to` at which the row of `from` that stands changes: `at[k]`, ascending, and `row[k]` that stands from there to
 * the next (for no row at all, where several have closed before the grid begins). Holes never stand; before the first
 * row that does, nothing stands.
 */
const standing = (frames: Frames): { at: Int32Array; row: Int32Array; count: number } => {
  const { from, to } = frames
  const at = new Int32Array(from.rows + 1)
  const row = new Int32Array(from.rows)
  let count = 0
  for (let r = 0; r < from.rows; r++) {
    if (getBit(from.hole, r)) continue
    const i = Math.max(0, firstRowOf(frames, r))
    if (i >= to.rows) break
    at[count] = i
    row[count] = r
    count += 1
  }
  at[count] = to.rows
  return { at, row, count }
}

const alignNumbers = (column: Float64Array, frames: Frames): Float64Array => {
  const out = new Float64Array(frames.to.rows)
  const { at, row, count } = standing(frames)
  out.fill(Number.NaN, 0, at[0])
  for (let k = 0; k < count; k++) out.fill(column[row[k]], at[k], at[k + 1])
  return out
}

/** A condition is held; an event is true only on the first row that knows it, and known false while it is held. */
const alignBits = (column: Bits, frames: Frames, event: boolean): Bits => {
  const { from, to } = frames
  const out = bitsOf(to.rows)
  const { at, row, count } = standing(frames)
  for (let k = 0; k < count; k++) {
    const i = at[k]
    const r = row[k]
    if (getBit(column.f, r)) setRows(out.f, i, at[k + 1])
    else if (!getBit(column.t, r)) continue
    else if (!event) setRows(out.t, i, at[k + 1])
    else {
      // A bar that closed before the grid begins is no news on its first row.
      const news = closeMsOf(from.tf, from.row0 + r) > openMsOf(to.tf, to.row0 + i)
      if (news) setBit(out.t, i)
      setRows(out.f, news ? i + 1 : i, at[k + 1])
    }
  }
  return out
}

/** `event`: the column is true at an instant, not held. */
export const align = (column: AnyColumn, frames: Frames, event: boolean): AnyColumn => {
  if (column instanceof Float64Array) return alignNumbers(column, frames)
  if ('t' in column) return alignBits(column, frames, event)
  return {
    open: alignNumbers(column.open, frames),
    high: alignNumbers(column.high, frames),
    low: alignNumbers(column.low, frames),
    close: alignNumbers(column.close, frames),
    volume: alignNumbers(column.volume, frames),
  }
}
