// Windows of the engine laid on the grid of the chart: bars, holes, values as they were known at each close, runs of verdicts.
import { rowOf } from '../../blocks/kit/timeframe'
import type { CandleWindow, SeriesWindow } from '../engine/protocol'
import { barAt, closeOf, type Grid, noGrid } from './grid'

/** A stretch of indexes, both ends inside. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** From the first bar of a window to its last: a hole inside keeps its room. */
export const gridOf = ({ tf, openMs }: CandleWindow): Grid => {
  const first = openMs[0]
  const last = openMs.at(-1)
  if (first === undefined || last === undefined) return { ...noGrid, tf }
  const row0 = rowOf(tf, first)
  return { tf, row0, rows: rowOf(tf, last) - row0 + 1 }
}

/** Place in the window of each bar of the grid; -1: a hole. */
export const placesOf = (window: CandleWindow, grid: Grid): Int32Array => {
  const places = new Int32Array(grid.rows).fill(-1)
  window.openMs.forEach((ms, i) => {
    const at = barAt(grid, ms)
    if (at >= 0 && at < grid.rows) places[at] = i
  })
  return places
}

export const holesOf = (places: Int32Array): Stretch[] => {
  const holes: Stretch[] = []
  let from = -1
  for (let i = 0; i <= places.length; i++) {
    const hole = places[i] === -1
    if (hole && from < 0) from = i
    if (!hole && from >= 0) {
      holes.push({ from, to: i - 1 })
      from = -1
    }
  }
  return holes
}

/** Value of a series at the close of each bar: the last that was known then. NaN before the first and where unknown. */
export const valuesOn = ({ knownMs, values }: SeriesWindow, grid: Grid): Float64Array => {
  const on = new Float64Array(grid.rows).fill(Number.NaN)
  let at = -1
  for (let i = 0; i < grid.rows; i++) {
    const close = closeOf(grid, i)
    while (at + 1 < knownMs.length && (knownMs[at + 1] ?? Number.POSITIVE_INFINITY) <= close) at += 1
    if (at >= 0) on[i] = values[at] ?? Number.NaN
  }
  return on
}

/** Events are never held: true on the bar in which one became known, else false, unknown where it could not be said. */
export const eventsOn = ({ knownMs, values }: SeriesWindow, grid: Grid): Float64Array => {
  const on = new Float64Array(grid.rows).fill(Number.NaN)
  const first = knownMs[0]
  if (first === undefined) return on
  let last = Number.NaN
  for (let i = 0, at = 0; i < grid.rows; i++) {
    const close = closeOf(grid, i)
    let here = false
    let fired = false
    while (at < knownMs.length && (knownMs[at] ?? Number.POSITIVE_INFINITY) <= close) {
      last = values[at] ?? Number.NaN
      here = barAt(grid, (knownMs[at] ?? 0) - 1) === i
      fired = fired || (here && last === 1)
      at += 1
    }
    if (fired) on[i] = 1
    else if (!Number.isNaN(last)) on[i] = 0
  }
  return on
}

export interface Stint extends Stretch {
  /** NaN: unknown. */
  readonly value: number
}

/** Runs of equal values between two indexes. */
export const stintsOf = (values: Float64Array, { from, to }: Stretch): Stint[] => {
  const stints: { from: number; to: number; value: number }[] = []
  for (let i = Math.max(0, from); i <= Math.min(values.length - 1, to); i++) {
    const value = values[i] ?? Number.NaN
    const last = stints.at(-1)
    if (last !== undefined && Object.is(last.value, value)) last.to = i
    else stints.push({ from: i, to: i, value })
  }
  return stints
}
