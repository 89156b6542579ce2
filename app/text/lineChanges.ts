// The smallest changes by whole lines that lead from one text to another, so that cursor and scroll stay. Pure.

export interface Change {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** Lines compared with each other at most; beyond it the differing middle is exchanged as a whole. */
const most = 1_000_000

/** Changes in ascending order; offsets are those of `before`. */
export const lineChanges = (before: string, after: string): readonly Change[] => {
  if (before === after) return []
  const old = linesOf(before)
  const next = linesOf(after)
  let head = 0
  while (head < old.length && head < next.length && old[head] === next[head]) head++
  let tail = 0
  while (
    tail < old.length - head &&
    tail < next.length - head &&
    old[old.length - 1 - tail] === next[next.length - 1 - tail]
  )
    tail++
  const a = old.slice(head, old.length - tail)
  const b = next.slice(head, next.length - tail)
  const start = lengthOf(old.slice(0, head))
  return hunks(a, b).flatMap(({ at, gone, fresh }) => {
    const from = start + lengthOf(a.slice(0, at))
    return pieces(from, a.slice(at, at + gone), fresh).map(trimmed)
  })
}

interface Piece {
  readonly from: number
  readonly gone: string
  readonly insert: string
}

/** As many lines as before are taken one by one: a rename changes the name in each and no more. */
const pieces = (from: number, gone: readonly string[], fresh: readonly string[]): readonly Piece[] => {
  if (gone.length !== fresh.length) return [{ from, gone: gone.join(''), insert: fresh.join('') }]
  let at = from
  return gone.map((line, i) => {
    const piece = { from: at, gone: line, insert: fresh[i] ?? '' }
    at += line.length
    return piece
  })
}

/** With their line feeds: joined they are the text again. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []
const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0)

interface Hunk {
  readonly at: number
  readonly gone: number
  readonly fresh: readonly string[]
}

const hunks = (a: readonly string[], b: readonly string[]): readonly Hunk[] => {
  if (a.length * b.length > most) return [{ at: 0, gone: a.length, fresh: b }]
  const common = commonFrom(a, b)
  const found: Hunk[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [at, from] = [i, j]
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      if (i < a.length && (j >= b.length || common(i + 1, j) >= common(i, j + 1))) i++
      else j++
    }
    if (i > at || j > from) found.push({ at, gone: i - at, fresh: b.slice(from, j) })
    while (i < a.length && j < b.length && a[i] === b[j]) {
      i++
      j++
    }
  }
  return found
}

/** Length of the longest common run of lines of a from i and b from j. */
const commonFrom = (a: readonly string[], b: readonly string[]): ((i: number, j: number) => number) => {
  const width = b.length + 1
  const table = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number): number => table[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  return at
}

/** Without what both ends share, so that a cursor in the same line stays. */
const trimmed = ({ from, gone, insert }: Piece): Change => {
  const shared = Math.min(gone.length, insert.length)
  let head = 0
  while (head < shared && gone[head] === insert[head]) head++
  let tail = 0
  while (tail < shared - head && gone[gone.length - 1 - tail] === insert[insert.length - 1 - tail]) tail++
  return { from: from + head, to: from + gone.length - tail, insert: insert.slice(head, insert.length - tail) }
}
