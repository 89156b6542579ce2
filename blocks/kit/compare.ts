// The one place where doubles turn into conditions: a non-finite operand makes the row unknown.
import { setBit } from './bits'

// 32 differences and their words: the sign bit is the answer, and no branch depends on the data (2-3 ns a row).
const difference = new Float64Array(32)
const halves = new Uint32Array(difference.buffer)
/** Which half of a double holds its sign on this machine. */
const signHalf = new Uint8Array(new Uint32Array([1]).buffer)[0]

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

/** The word that begins at row i, when all 64 operands are finite; else false and nothing is written. */
const wholeWord = (a: Float64Array, b: Float64Array, yes: Uint32Array, no: Uint32Array, i: number): boolean => {
  let finite = 0
  for (let k = 0; k < 32; k++) {
    const d = b[i + k] - a[i + k]
    finite += d - d
    // -0 - 0 is -0, which has the sign of a negative number: + 0 makes it 0.
    difference[k] = d + 0
  }
  if (finite !== 0) return false
  let word = 0
  for (let k = 0; k < 32; k++) word |= (halves[2 * k + signHalf] >>> 31) << k
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
