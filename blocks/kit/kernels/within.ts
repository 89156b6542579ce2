// Did it happen within the last n rows, three-valued: yes if any row is yes, no if all n are no (semantics.md S1, S3).

/** Rows since the last yes, and how many rows in a row have been no, both counted up to n. */
export interface WithinMemory {
  since: number
  quiet: number
}
export const withinMemory = (n: number): WithinMemory => ({ since: n, quiet: 0 })

/** The lowest `count` bits of a word: none below 1, all from 32 on. */
const lowBits = (count: number): number => (count >= 32 ? -1 : count <= 0 ? 0 : (1 << count) - 1)

/** Every bit of the word and the n - 1 bits above each. */
const smear = (word: number, n: number): number => {
  if (n >= 32) return -(word & -word)
  let out = word
  let reach = 1
  for (; 2 * reach <= n; reach *= 2) out |= out << reach
  return out | (out << (n - reach))
}

/** Rows since the highest bit of the word as of its last row, counted up to n. */
const sinceWord = (word: number, before: number, n: number): number =>
  Math.min(n, word === 0 ? before + 32 : Math.clz32(word))

/** Rows [i0, i1): `anyYes` where one of the last n rows is in `yes`, `allNo` where all n are in `no`. */
export const withinRows = (
  memory: WithinMemory,
  yes: Uint32Array,
  no: Uint32Array,
  anyYes: Uint32Array,
  allNo: Uint32Array,
  n: number,
  i0: number,
  i1: number,
): void => {
  let { since, quiet } = memory
  let i = i0
  while (i < i1) {
    const w = i >>> 5
    if ((i & 31) === 0 && i + 32 <= i1) {
      // A whole word: what came before reaches into its lowest rows, what is in it reaches upwards.
      const is = yes[w] | 0
      const isNot = ~no[w]
      anyYes[w] = smear(is, n) | lowBits(n - 1 - since)
      allNo[w] = ~(smear(isNot, n) | lowBits(n - 1 - quiet))
      since = sinceWord(is, since, n)
      quiet = sinceWord(isNot, quiet, n)
      i += 32
      continue
    }
    const bit = 1 << (i & 31)
    const isYes = yes[w] & bit
    since = isYes !== 0 ? 0 : since < n ? since + 1 : n
    quiet = (no[w] & bit) === 0 ? 0 : quiet < n ? quiet + 1 : n
    anyYes[w] = since < n ? anyYes[w] | bit : anyYes[w] & ~bit
    allNo[w] = quiet >= n ? allNo[w] | bit : allNo[w] & ~bit
    i += 1
  }
  memory.since = since
  memory.quiet = quiet
}
