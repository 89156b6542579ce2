// The time axis of the chart: a whole grid of bars of one timeframe, so that any instant has a place by arithmetic alone.
import { openMsOf, rowOf, type Timeframe, tfMs } from '../../blocks/kit/timeframe'

/** Bars `row0` to `row0 + rows - 1` (absolute rows, S5). Index 0 is the first; holes have an index too. */
export interface Grid {
  readonly tf: Timeframe
  readonly row0: number
  readonly rows: number
}

export const noGrid: Grid = { tf: '1m', row0: 0, rows: 0 }

/** Index of the bar that holds an instant; may lie outside of the grid. */
export const barAt = ({ tf, row0 }: Grid, ms: number): number => rowOf(tf, ms) - row0

/** Index of the bar that was the last to be closed at an instant: what a decision then knew. */
export const closedAt = (grid: Grid, ms: number): number => barAt(grid, ms) - 1

/** Index of the bar, however coarse, that ends a stretch closing at `ms`: the bar under a time cursor. */
export const cursorBar = (grid: Grid, ms: number): number => barAt(grid, ms - 1)

export const openOf = ({ tf, row0 }: Grid, index: number): number => openMsOf(tf, row0 + index)

export const closeOf = ({ tf, row0 }: Grid, index: number): number => openMsOf(tf, row0 + index + 1)

/** Place of an instant between bars: the middle of a bar is a whole number, its edges are half of one away. */
export const placeOf = (grid: Grid, ms: number): number => {
  const index = barAt(grid, ms)
  return index - 0.5 + (ms - openOf(grid, index)) / tfMs[grid.tf]
}

/** The instant at a place: the other way of `placeOf`. */
export const msAt = (grid: Grid, place: number): number => {
  const index = Math.floor(place + 0.5)
  return openOf(grid, index) + (place + 0.5 - index) * tfMs[grid.tf]
}

export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export const endOf = (grid: Grid): Span => ({ fromMs: openOf(grid, 0), toMs: openOf(grid, grid.rows) })
