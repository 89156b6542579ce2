// The one place where doubles turn into conditions: a non-finite operand makes the row unknown.
import { type Bits, setVerdict } from './bits'

/** Rows [i0, i1) of a > b. `orEqual` makes it a >= b. */
export const compareRows = (a: Float64Array, b: Float64Array, out: Bits, i0: number, i1: number): void => {
  for (let i = i0; i < i1; i++) {
    const x = a[i]
    const y = b[i]
    if (Number.isFinite(x) && Number.isFinite(y)) setVerdict(out, i, x > y ? 1 : -1)
    else setVerdict(out, i, 0)
  }
}
