// Three-valued columns: two bitsets, known true and known false, 32 rows a word (semantics.md S1).

/** Row i is true when bit i of `t` is set, false when bit i of `f` is set, unknown when neither is. Never both. */
export interface Bits {
  readonly t: Uint32Array
  readonly f: Uint32Array
}

export const wordsFor = (rows: number): number => (rows + 31) >>> 5
export const bitsOf = (rows: number): Bits => ({
  t: new Uint32Array(wordsFor(rows)),
  f: new Uint32Array(wordsFor(rows)),
})

export const getBit = (words: Uint32Array, i: number): boolean => ((words[i >>> 5] >>> (i & 31)) & 1) === 1
export const setBit = (words: Uint32Array, i: number): void => {
  words[i >>> 5] |= 1 << (i & 31)
}
export const clearBit = (words: Uint32Array, i: number): void => {
  words[i >>> 5] &= ~(1 << (i & 31))
}

/** 1 true, -1 false, 0 unknown. */
export type Verdict = 1 | 0 | -1
export const verdictAt = (bits: Bits, i: number): Verdict => (getBit(bits.t, i) ? 1 : getBit(bits.f, i) ? -1 : 0)
export const setVerdict = (bits: Bits, i: number, verdict: Verdict): void => {
  if (verdict === 1) {
    setBit(bits.t, i)
    clearBit(bits.f, i)
  } else if (verdict === -1) {
    setBit(bits.f, i)
    clearBit(bits.t, i)
  } else {
    clearBit(bits.t, i)
    clearBit(bits.f, i)
  }
}

/** Mask of the bits of word `w` that lie in rows [i0, i1). */
export const maskOf = (w: number, i0: number, i1: number): number => {
  const low = w << 5 < i0 ? i0 & 31 : 0
  const high = (w + 1) << 5 > i1 ? i1 - (w << 5) : 32
  const upto = high >= 32 ? 0xffffffff : (1 << high) - 1
  return upto & ~((1 << low) - 1) & 0xffffffff
}

/** Sets every row of [i0, i1) that is set in `holes` to unknown. */
export const blank = (bits: Bits, holes: Uint32Array, [i0, i1]: readonly [number, number]): void => {
  for (let w = i0 >>> 5; w < wordsFor(i1); w++) {
    const keep = ~(holes[w] & maskOf(w, i0, i1))
    bits.t[w] &= keep
    bits.f[w] &= keep
  }
}
