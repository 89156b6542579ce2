// Two texts line by line beside each other: what is equal is shortened, what differs stands in one row. Pure.

export interface Row {
  readonly kind: 'same' | 'changed' | 'gone' | 'come' | 'skipped'
  /** Null: there is no such line on that side. Of skipped lines: how many. */
  readonly left: string | null
  readonly right: string | null
}

/** Lines compared with each other at most; beyond it the differing middle stands as a whole. */
const most = 1_000_000
/** Equal lines that are shown around what differs. */
const around = 2

/** Length of the longest common subsequence of the rests, row by row. */
const commons = (a: readonly string[], b: readonly string[]): Uint32Array[] => {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const [here, below] = [table[i], table[i + 1]]
      if (here === undefined || below === undefined) continue
      here[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, here[j + 1] ?? 0)
    }
  return table
}

/** A stretch of lines that give way to others: side by side as far as both go. */
const exchanged = (gone: readonly string[], come: readonly string[]): readonly Row[] =>
  Array.from({ length: Math.max(gone.length, come.length) }, (_, i) => {
    const [left = null, right = null] = [gone[i], come[i]]
    return { kind: left === null ? 'come' : right === null ? 'gone' : 'changed', left, right }
  })

const aligned = (a: readonly string[], b: readonly string[]): readonly Row[] => {
  if (a.length * b.length > most) return exchanged(a, b)
  const table = commons(a, b)
  const rows: Row[] = []
  let [gone, come]: [string[], string[]] = [[], []]
  const close = (): void => {
    rows.push(...exchanged(gone, come))
    ;[gone, come] = [[], []]
  }
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]]
    if (left !== undefined && left === right) {
      close()
      rows.push({ kind: 'same', left, right })
      i += 1
      j += 1
    } else if (right === undefined || (left !== undefined && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) {
      gone.push(left ?? '')
      i += 1
    } else {
      come.push(right)
      j += 1
    }
  }
  close()
  return rows
}

const shortened = (rows: readonly Row[]): readonly Row[] => {
  const near = rows.map((_, k) =>
    rows.slice(Math.max(0, k - around), k + around + 1).some(({ kind }) => kind !== 'same'),
  )
  const out: Row[] = []
  let skipped = 0
  const close = (): void => {
    if (skipped > 0) out.push({ kind: 'skipped', left: String(skipped), right: String(skipped) })
    skipped = 0
  }
  rows.forEach((row, k) => {
    if (near[k] !== true) {
      skipped += 1
      return
    }
    close()
    out.push(row)
  })
  close()
  return out
}

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n')

/** Empty: the texts are equal. */
export const lineRows = (left: string, right: string): readonly Row[] =>
  left === right ? [] : shortened(aligned(linesOf(left), linesOf(right)))
