// Dense bars: one row a grid place, holes marked (semantics.md S5). All frames of a run share one grid per timeframe.
import type { BarColumns } from '../kit/logic'
import type { Timeframe } from '../kit/timeframe'

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
