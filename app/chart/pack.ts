// What is drawn: everything that stands on one window of bars, and what does not depend on the window.
import type { CandleWindow, NearMiss } from '../engine/protocol'
import type { Stretch } from './bars'
import type { SeriesToken } from './colours'
import type { Band } from './drawBand'
import type { QuestionMark } from './drawQuestion'
import type { Grid } from './grid'
import type { Line } from './lines'
import type { DrawnPivot } from './pivots'
import type { Mark, TradePath, WhatIf } from './trades'

export interface DrawnLine {
  readonly line: Line
  readonly colour: SeriesToken
  readonly values: Float64Array
}

/** Everything that stands on one window of bars, shown at once: nothing flickers from one window to the next. */
export interface Pack {
  readonly window: CandleWindow
  readonly grid: Grid
  /** Place in the window of each bar of the grid; -1: a hole. */
  readonly places: Int32Array
  readonly holes: readonly Stretch[]
  readonly decimals: number
  readonly overlays: readonly DrawnLine[]
  readonly panes: readonly DrawnLine[]
  readonly band: Band | null
  /** The most important first. */
  readonly pivots: readonly DrawnPivot[]
  /** By time; empty unless they are asked for. */
  readonly misses: readonly NearMiss[]
}

/** What does not depend on the window. */
export interface Scene {
  readonly marks: readonly Mark[]
  readonly path: TradePath | null
  readonly question: QuestionMark | null
  /** What the bar in question would have led to. */
  readonly whatIf: WhatIf | null
  readonly lockboxMs: number | null
  readonly structure: boolean
  readonly volume: boolean
}

export const emptyScene: Scene = {
  marks: [],
  path: null,
  question: null,
  whatIf: null,
  lockboxMs: null,
  structure: true,
  volume: true,
}
