// Values of n rows ago: a ring of the last n.
import { type Bits, setVerdict, type Verdict, verdictAt } from '../bits'

export interface ShiftMemory {
  /** The last n values, the oldest at `at`; NaN before the first row. Verdicts are 1, 0, -1. */
  readonly ring: Float64Array
  at: number
}
export const shiftMemory = (n: number, unknown: number): ShiftMemory => ({
  ring: new Float64Array(n).fill(unknown),
  at: 0,
})

/** Rows [i0, i1): the number of n rows before. */
export const shiftNumbers = (
  memory: ShiftMemory,
  of: Float64Array,
  out: Float64Array,
  i0: number,
  i1: number,
): void => {
  const { ring } = memory
  let { at } = memory
  for (let i = i0; i < i1; i++) {
    const x = of[i]
    out[i] = ring[at]
    ring[at] = x
    at = at + 1 === ring.length ? 0 : at + 1
  }
  memory.at = at
}

/** Rows [i0, i1): the verdict of n rows before. */
export const shiftVerdicts = (memory: ShiftMemory, of: Bits, out: Bits, i0: number, i1: number): void => {
  const { ring } = memory
  let { at } = memory
  for (let i = i0; i < i1; i++) {
    const verdict = verdictAt(of, i)
    setVerdict(out, i, ring[at] as Verdict)
    ring[at] = verdict
    at = at + 1 === ring.length ? 0 : at + 1
  }
  memory.at = at
}
