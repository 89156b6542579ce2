// Did it happen within the last n rows, three-valued: yes if any row is yes, no if all n are no (semantics.md S1, S3).

/** Rows since the last yes, and how many rows in a row have been no, both counted up to n. */
export interface WithinMemory {
  since: number
  quiet: number
}
export const withinMemory = (n: number): WithinMemory => ({ since: n, quiet: 0 })

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
    if ((i & 31) === 0 && i + 32 <= i1 && quiet >= n && no[w] === 0xffffffff) {
      // A whole word of no after n rows of no: by far the most common word of a rare event.
      anyYes[w] = 0
      allNo[w] = 0xffffffff
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
