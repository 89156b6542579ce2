// Names near to a wrong one, for messages.

/** Edit distance of two short texts. */
const distance = (a: string, b: string): number => {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, swap))
    }
    above = row
  }
  return above[b.length] ?? 0
}

/** At most three of `names`, nearest first; none that differs in more than half of its letters. */
export const closest = (wrong: string, names: readonly string[]): readonly string[] =>
  names
    .map((name) => ({ name, far: distance(wrong.slice(0, 80).toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, far }) => far <= name.length / 2)
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
