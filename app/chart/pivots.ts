// Swing pivots: higher or lower than the one of the same kind before, and how long each of them held.
import type { PivotMark } from '../engine/protocol'

export interface DrawnPivot extends PivotMark {
  /** Null for the first of its kind, and for one exactly as high as the last. */
  readonly label: 'HH' | 'LH' | 'HL' | 'LL' | null
  /** The next of its kind is known then; null: it still holds. */
  readonly untilMs: number | null
  /** Of the longer of the two legs that it ends or begins, in price: what counts when there is no room for all. */
  readonly size: number
}

const labelOf = (pivot: PivotMark, before: PivotMark | undefined): DrawnPivot['label'] => {
  if (before === undefined || before.price === pivot.price) return null
  const higher = pivot.price > before.price
  if (pivot.kind === 'high') return higher ? 'HH' : 'LH'
  return higher ? 'HL' : 'LL'
}

/** Length of the leg from each pivot back to the last one of the other kind. */
const legsOf = (pivots: readonly PivotMark[]): number[] => {
  const last = new Map<string, { readonly price: number; readonly at: number }>()
  const sizes = pivots.map(() => 0)
  pivots.forEach(({ node, kind, price }, i) => {
    const other = last.get(`${node} ${kind === 'high' ? 'low' : 'high'}`)
    if (other !== undefined) {
      const leg = Math.abs(price - other.price)
      sizes[i] = leg
      sizes[other.at] = Math.max(sizes[other.at] ?? 0, leg)
    }
    last.set(`${node} ${kind}`, { price, at: i })
  })
  return sizes
}

/** Of pivots in the order in which they became known: what is drawn of each, the most important first. */
export const drawnPivots = (pivots: readonly PivotMark[]): DrawnPivot[] => {
  const last = new Map<string, PivotMark>()
  const before = pivots.map((pivot) => {
    const key = `${pivot.node} ${pivot.kind}`
    const found = last.get(key)
    last.set(key, pivot)
    return found
  })
  const until = new Map<PivotMark, number>()
  pivots.forEach((pivot, i) => {
    const held = before[i]
    if (held !== undefined) until.set(held, pivot.knownMs)
  })
  const sizes = legsOf(pivots)
  return pivots
    .map((pivot, i) => ({
      ...pivot,
      label: labelOf(pivot, before[i]),
      untilMs: until.get(pivot) ?? null,
      size: sizes[i] ?? 0,
    }))
    .sort((a, b) => b.size - a.size || a.knownMs - b.knownMs)
}
