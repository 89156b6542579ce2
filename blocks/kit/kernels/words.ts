// Word operations over lists of conditions, 32 rows at a time, masked at the edges of the chunk.
import { type Bits, maskOf, type Verdict, wordsFor } from '../bits'

/** Which of the two bitsets of a condition: t known true, f known false. */
export type Half = 't' | 'f'

/** Replaces the bits of `mask` in word w and leaves the others. */
export const put = (words: Uint32Array, w: number, mask: number, bits: number): void => {
  words[w] = (words[w] & ~mask) | (bits & mask)
}

/** Rows [i0, i1) at which `half` is set in every one of `of`. */
export const everyRow = (of: readonly Bits[], half: Half, out: Uint32Array, i0: number, i1: number): void => {
  for (let w = i0 >>> 5; w < wordsFor(i1); w++) {
    let word = -1
    for (let k = 0; k < of.length; k++) word &= of[k][half][w]
    put(out, w, maskOf(w, i0, i1), word)
  }
}

/** Rows [i0, i1) at which `half` is set in one of `of` at least. */
export const someRow = (of: readonly Bits[], half: Half, out: Uint32Array, i0: number, i1: number): void => {
  for (let w = i0 >>> 5; w < wordsFor(i1); w++) {
    let word = 0
    for (let k = 0; k < of.length; k++) word |= of[k][half][w]
    put(out, w, maskOf(w, i0, i1), word)
  }
}

/** Rows [i0, i1) at which `half` is set in `least` of `of` at least. */
export const countRow = (
  of: readonly Bits[],
  half: Half,
  least: number,
  out: Uint32Array,
  i0: number,
  i1: number,
): void => {
  // reached[j]: rows at which j operands so far have the bit; going down keeps each operand counted once.
  const reached = new Int32Array(least + 1)
  for (let w = i0 >>> 5; w < wordsFor(i1); w++) {
    reached.fill(0)
    reached[0] = -1
    for (let k = 0; k < of.length; k++) {
      const word = of[k][half][w]
      for (let j = least; j > 0; j--) reached[j] |= reached[j - 1] & word
    }
    put(out, w, maskOf(w, i0, i1), reached[least])
  }
}

/** Gives all rows [i0, i1) one verdict. */
export const fillVerdict = (out: Bits, verdict: Verdict, i0: number, i1: number): void => {
  for (let w = i0 >>> 5; w < wordsFor(i1); w++) {
    const mask = maskOf(w, i0, i1)
    put(out.t, w, mask, verdict === 1 ? -1 : 0)
    put(out.f, w, mask, verdict === -1 ? -1 : 0)
  }
}
