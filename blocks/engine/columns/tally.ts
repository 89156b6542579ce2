// How often a condition was true, false and unknown, counted by words.
import { type Bits, countBeside, countBits } from '../../kit/bits'

export interface Tally {
  /** Rows that are no holes. */
  readonly bars: number
  readonly trues: number
  readonly falses: number
  /** Unknown ones from the row `from` on. */
  readonly unknown: number
}

/** Rows [i0, i1), `from` among them. */
export interface TallyRows {
  readonly i0: number
  readonly i1: number
  readonly from: number
}

/** Holes are left out. */
export const tally = (hole: Uint32Array, when: Bits, { i0, i1, from }: TallyRows): Tally => {
  const whole = [i0, i1] as const
  const late = [from, i1] as const
  return {
    bars: i1 - i0 - countBits(hole, i0, i1),
    trues: countBeside(when.t, hole, whole),
    falses: countBeside(when.f, hole, whole),
    unknown: i1 - from - countBits(hole, from, i1) - countBeside(when.t, hole, late) - countBeside(when.f, hole, late),
  }
}
