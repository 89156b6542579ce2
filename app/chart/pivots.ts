// Swing pivots: higher or lower than the one of the same kind before, and how long each of them held.
import type { PivotMark } from '../engine/protocol'

export interface DrawnPivot extends PivotMark {
  /** Null for the first of its kind, and for one exactly as high as the last. */
  readonly label: 'HH' | 'LH' | 'HL' | 'LL' | null
  /** The next of its kind is known then; null: it still holds. */
  readonly untilMs: number | null
}

const labelOf = (pivot: PivotMark, before: PivotMark | undefined): DrawnPivot['label'] => {
  if (before === undefined || before.price === pivot.price) return null
  const higher = pivot.price > before.price
  if (pivot.kind === 'high') return higher ? 'HH' : 'LH'
  return higher ? 'HL' : 'LL'
}

/** Pivots in the order in which they became known. */
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
  return pivots.map((pivot, i) => ({
    ...pivot,
    label: labelOf(pivot, before[i]),
    untilMs: until.get(pivot) ?? null,
  }))
}
