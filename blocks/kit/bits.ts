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

/** Bits set in a word. */
export const popcount = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Rows of [i0, i1) that are set. */
export const countBits = (words: Uint32Array, i0: number, i1: number): number => {
  if (i1 <= i0) return 0
  const first = i0 >>> 5
  const last = (i1 - 1) >>> 5
  let count = popcount(words[first] & maskOf(first, i0, i1))
  for (let w = first + 1; w < last; w++) count += popcount(words[w])
  if (last > first) count += popcount(words[last] & maskOf(last, i0, i1))
  return count
}

/** Rows of [i0, i1) that are set in `words` and not in `without`. */
export const countBeside = (words: Uint32Array, without: Uint32Array, [i0, i1]: readonly [number, number]): number => {
  if (i1 <= i0) return 0
  const first = i0 >>> 5
  const last = (i1 - 1) >>> 5
  let count = popcount(words[first] & ~without[first] & maskOf(first, i0, i1))
  for (let w = first + 1; w < last; w++) count += popcount(words[w] & ~without[w])
  if (last > first) count += popcount(words[last] & ~without[last] & maskOf(last, i0, i1))
  return count
}

/** Sets the rows [i0, i1). */
export const setRows = (words: Uint32Array, i0: number, i1: number): void => {
  if (i1 <= i0) return
  const first = i0 >>> 5
  const last = (i1 - 1) >>> 5
  words[first] |= maskOf(first, i0, i1)
  words[last] |= maskOf(last, i0, i1)
  if (last > first + 1) words.fill(0xffffffff, first + 1, last)
}

/** Clears the rows [i0, i1). */
export const clearRows = (words: Uint32Array, i0: number, i1: number): void => {
  if (i1 <= i0) return
  const first = i0 >>> 5
  const last = (i1 - 1) >>> 5
  words[first] &= ~maskOf(first, i0, i1)
  words[last] &= ~maskOf(last, i0, i1)
  if (last > first + 1) words.fill(0, first + 1, last)
}

/** First row of [i, end) that is set; `end` when none is. */
export const nextBit = (words: Uint32Array, i: number, end: number): number => {
  if (i >= end) return end
  const last = (end - 1) >>> 5
  let w = i >>> 5
  let word = words[w] & (-1 << (i & 31))
  while (word === 0) {
    w += 1
    if (w > last) return end
    word = words[w]
  }
  // The lowest set bit of a word stands alone in word & -word.
  return Math.min(end, (w << 5) + 31 - Math.clz32(word & -word))
}

/** Sets every row of [i0, i1) that is set in `holes` to unknown. */
export const blank = (bits: Bits, holes: Uint32Array, [i0, i1]: readonly [number, number]): void => {
  for (let w = i0 >>> 5; w < wordsFor(i1); w++) {
    const keep = ~(holes[w] & maskOf(w, i0, i1))
    bits.t[w] &= keep
    bits.f[w] &= keep
  }
}
