// What a drawing knows of the picture it draws on: places of instants and prices in pixels, and what can be seen of it.
import { type Grid, placeOf } from './grid'
import type { Colours } from './theme'

export interface Space {
  readonly grid: Grid
  readonly width: number
  readonly height: number
  /** Pixels of one bar. */
  readonly step: number
  /** Middle of a bar, or of any place between two, px. */
  readonly x: (place: number) => number
  readonly y: (price: number) => number
  readonly colours: Colours
  /** Edges of what is seen, places. */
  readonly from: number
  readonly to: number
}

/** A space with the pen in hand. */
export interface Sheet extends Space {
  readonly context: CanvasRenderingContext2D
}

/** Of an instant, at the middle of the bar that holds it where bars are meant: `Math.round` its place. */
export const xOf = (space: Space, ms: number): number => space.x(placeOf(space.grid, ms))

/** Middle of the bar that holds an instant. */
export const barX = (space: Space, ms: number): number => space.x(Math.floor(placeOf(space.grid, ms) + 0.5))

/** Does a stretch of time touch what is seen. */
export const seen = (space: Space, fromMs: number, toMs: number): boolean =>
  placeOf(space.grid, toMs) >= space.from - 1 && placeOf(space.grid, fromMs) <= space.to + 1

/** Narrower than this a box is not drawn, px. */
export const leastBox = 2
