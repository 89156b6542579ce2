// Stretches of time as sorted lists: which ones are still to be asked for, and in what portions.
import type { Range } from './incoming'

/** The same stretches in order, those that touch as one, empty ones left out. */
export const union = (ranges: readonly Range[]): readonly Range[] => {
  const sorted = ranges.filter(({ fromMs, toMs }) => toMs > fromMs).sort((a, b) => a.fromMs - b.fromMs)
  const out: Range[] = []
  for (const range of sorted) {
    const last = out[out.length - 1]
    if (last === undefined || range.fromMs > last.toMs) out.push(range)
    else if (range.toMs > last.toMs) out[out.length - 1] = { fromMs: last.fromMs, toMs: range.toMs }
  }
  return out
}

/** What of `ranges` lies in none of `others`. */
export const subtract = (ranges: readonly Range[], others: readonly Range[]): readonly Range[] => {
  const cuts = union(others)
  return union(ranges).flatMap((range) => {
    const left: Range[] = []
    let fromMs = range.fromMs
    for (const cut of cuts) {
      if (cut.toMs <= fromMs) continue
      if (cut.fromMs >= range.toMs) break
      if (cut.fromMs > fromMs) left.push({ fromMs, toMs: cut.fromMs })
      fromMs = cut.toMs
    }
    if (fromMs < range.toMs) left.push({ fromMs, toMs: range.toMs })
    return left
  })
}

export const intersect = (ranges: readonly Range[], others: readonly Range[]): readonly Range[] =>
  subtract(ranges, subtract(ranges, others))

export const lengthMs = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)

/** What a download knows of the stretch it wants. */
export interface Known {
  /** Rows are there. */
  readonly stored: readonly Range[]
  /** One answer had no rows there: it is asked for once more, in case that the answer was short. */
  readonly doubtful: readonly Range[]
  /** Two answers had none: the venue has none. */
  readonly holes: readonly Range[]
}

/**
 * The next stretch to ask for, null when nothing is missing. What was never asked for comes first. Missing stretches
 * that fit together into one page of `pageMs` are asked for at once: a thousand small gaps are not a thousand requests.
 */
export const nextAsk = (wanted: Range, known: Known, pageMs: number): Range | null => {
  const missing = subtract([wanted], [...known.stored, ...known.holes])
  const fresh = subtract(missing, known.doubtful)
  const list = fresh.length > 0 ? fresh : missing
  const [first] = list
  if (first === undefined) return null
  const within = list.filter(({ toMs }) => toMs <= first.fromMs + pageMs)
  return { fromMs: first.fromMs, toMs: Math.max(first.toMs, ...within.map(({ toMs }) => toMs)) }
}
