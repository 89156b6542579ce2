// Dense bars: one row a grid place, holes marked (semantics.md S5). All frames of a run share one grid per timeframe.
import { clearRows, countBits, getBit, nextBit, setBit, wordsFor } from '../kit/bits'
import type { BarColumns } from '../kit/logic'
import { openMsOf, rowOf, type Timeframe, tfMs } from '../kit/timeframe'
import type { BarRows } from './rows'

export interface Frame extends BarColumns {
  readonly tf: Timeframe
  /** Absolute row (S5) of index 0. */
  readonly row0: number
  readonly rows: number
  /** Bit set: no bar there (last close repeated, volume 0; NaN before the first bar of all). */
  readonly hole: Uint32Array
  /** Bit set: built from fewer fill bars than belong to it. */
  readonly partial: Uint32Array
}

/** Instants that a grid covers: [fromMs, toMs). */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

const columnNames = ['open', 'high', 'low', 'close', 'volume'] as const

/** Rows of `tf` that touch the span. */
const gridOf = (tf: Timeframe, span: Span): { row0: number; rows: number } => {
  const row0 = rowOf(tf, span.fromMs)
  return { row0, rows: rowOf(tf, span.toMs - 1) - row0 + 1 }
}

/** Repeats the last close over holes; rows before the first bar stay NaN. Words without a hole cost one look. */
const fillHoles = (frame: Frame): Frame => {
  const { hole, rows } = frame
  for (let w = 0; w < hole.length; w++) {
    if (hole[w] === 0) continue
    for (let i = w << 5; i < Math.min(rows, (w + 1) << 5); i++) {
      if (!getBit(hole, i)) continue
      const last = i === 0 ? Number.NaN : frame.close[i - 1]
      frame.open[i] = last
      frame.high[i] = last
      frame.low[i] = last
      frame.close[i] = last
      frame.volume[i] = 0
    }
  }
  return frame
}

const blankFrame = (tf: Timeframe, span: Span): Frame => {
  const { row0, rows } = gridOf(tf, span)
  const column = (): Float64Array => new Float64Array(rows)
  return {
    tf,
    row0,
    rows,
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    hole: new Uint32Array(wordsFor(rows)),
    partial: new Uint32Array(wordsFor(rows)),
  }
}

/** Stored bars on their own timeframe's grid. Rows must be ascending, on the grid and inside the span. */
export const densify = (bars: BarRows, span: Span): Frame => {
  const { tf, openMs } = bars
  const { row0, rows } = gridOf(tf, span)
  const count = openMs.length
  if (count === rows && openMs[0] === openMsOf(tf, row0)) {
    const none = new Uint32Array(wordsFor(rows))
    const { open, high, low, close, volume } = bars
    return { tf, row0, rows, open, high, low, close, volume, hole: none, partial: none }
  }
  const frame = blankFrame(tf, span)
  frame.hole.fill(0xffffffff)
  for (let j = 0, end = 0; j < count; j = end) {
    end = j + 1
    while (end < count && openMs[end] - openMs[end - 1] === tfMs[tf]) end += 1
    const i = rowOf(tf, openMs[j]) - row0
    for (const name of columnNames) frame[name].set(bars[name].subarray(j, end), i)
    clearRows(frame.hole, i, i + end - j)
  }
  return fillHoles(frame)
}

/** First and last existing row of a frame. */
const ends = (frame: Frame): [number, number] => {
  let first = 0
  let last = frame.rows - 1
  while (first <= last && getBit(frame.hole, first)) first += 1
  while (last >= first && getBit(frame.hole, last)) last -= 1
  return [first, last]
}

/** Row of the slower frame, and the rows of the faster one that it is made of. */
type Fold = readonly [i: number, k0: number, k1: number]

/** Rows [k0, k1) of `from`, all present, folded into row i of `into`; the volume is summed from left to right (S5). */
const foldWhole = (from: Frame, into: Frame, [i, k0, k1]: Fold): void => {
  const { high, low, volume } = from
  let most = high[k0]
  let least = low[k0]
  let sum = 0
  for (let k = k0; k < k1; k++) {
    most = Math.max(most, high[k])
    least = Math.min(least, low[k])
    sum += volume[k]
  }
  into.open[i] = from.open[k0]
  into.high[i] = most
  into.low[i] = least
  into.close[i] = from.close[k1 - 1]
  into.volume[i] = sum
}

/** Present rows among [k0, k1) of `from`, one at least, folded into row i of `into`. */
const foldPresent = (from: Frame, into: Frame, [i, k0, k1]: Fold): void => {
  let first = k0
  while (getBit(from.hole, first)) first += 1
  foldWhole(from, into, [i, first, first + 1])
  for (let k = first + 1; k < k1; k++) {
    if (getBit(from.hole, k)) continue
    into.high[i] = Math.max(into.high[i], from.high[k])
    into.low[i] = Math.min(into.low[i], from.low[k])
    into.close[i] = from.close[k]
    into.volume[i] += from.volume[k]
  }
}

/** A slower timeframe from present rows of a faster one; incomplete bars at either end of the series are dropped. */
export const aggregate = (from: Frame, tf: Timeframe, span: Span): Frame => {
  const ratio = tfMs[tf] / tfMs[from.tf]
  const into = blankFrame(tf, span)
  const [first, last] = ends(from)
  // Index in `from` of the first row of row 0.
  const origin = (openMsOf(tf, into.row0) - openMsOf(from.tf, from.row0)) / tfMs[from.tf]
  // Next hole at or after the row that comes next: most bars are seen to be whole by one comparison.
  let gap = -1
  for (let i = 0; i < into.rows; i++) {
    const k0 = origin + i * ratio
    const k1 = k0 + ratio
    if (k0 < first || k1 > last + 1) {
      setBit(into.hole, i)
      continue
    }
    if (gap < k0) gap = nextBit(from.hole, k0, last + 1)
    if (gap >= k1) foldWhole(from, into, [i, k0, k1])
    else if (countBits(from.hole, k0, k1) === ratio) setBit(into.hole, i)
    else {
      setBit(into.partial, i)
      foldPresent(from, into, [i, k0, k1])
    }
  }
  return fillHoles(into)
}
