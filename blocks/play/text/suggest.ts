// Nearest-name suggestions: "did you mean".

/** Edits between two words, neighbours that changed places counted as one; stops counting above `limit`. */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1)
      }
      row.push(best)
    }
    if (Math.min(...row) > limit) return limit + 1
    beforeLast = last
    last = row
  }
  return last[b.length] ?? limit + 1
}

/** Longest word that is compared: ids end at 40, `lib/…@n` a little later. */
const longest = 64

/**
 * The name that was probably meant, or undefined. At most a third of the letters may differ; of two equally near names the
 * first in the list wins.
 */
export const suggest = (word: string, names: Iterable<string>): string | undefined => {
  if (word.length > longest) return undefined
  const small = word.toLowerCase()
  let best: string | undefined
  let bound = Math.max(1, Math.floor(word.length / 3))
  for (const name of names) {
    if (name === word || name.length > longest) continue
    const edits = distance(small, name.toLowerCase(), bound)
    if (edits <= bound) {
      best = name
      bound = edits - 1
      if (bound < 0) break
    }
  }
  return best
}

/** ` Did you mean \`name\`?` with a leading space, or nothing. */
export const didYouMean = (name: string | undefined): string => (name === undefined ? '' : ` Did you mean \`${name}\`?`)
