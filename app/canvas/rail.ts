// The rail at the right end of a lane: each socket level with the role that it takes, the empty one where there is room. Pure.
import { stack } from './stack'

/** Between two sockets, and from the rail's ends. */
const apart = 20
const inset = 14

export const railWidth = 10

interface Span {
  readonly top: number
  readonly bottom: number
}

/** A level for one socket more: below the others, else above, else between two, else beyond the lane's end. */
const freeLevel = (taken: readonly number[], { top, bottom }: Span): number => {
  if (taken.length === 0) return Math.round((top + bottom) / 2)
  const sorted = [...taken].sort((a, b) => a - b)
  const [first = top] = sorted
  const last = sorted.at(-1) ?? top
  if (last + apart <= bottom - inset) return last + apart
  if (first - apart >= top + inset) return first - apart
  const gap = sorted.findIndex((one, i) => (sorted[i + 1] ?? one) - one >= 2 * apart)
  return gap >= 0 ? (sorted[gap] ?? last) + apart : last + apart
}

/** Heights of the sockets, in the order of the wishes; null: nothing is wired there yet. */
export const railLevels = (wishes: readonly (number | null)[], span: Span): readonly number[] => {
  const wired = wishes.flatMap((y, i) =>
    y === null ? [] : [{ box: { id: String(i), width: 0, height: 0 }, y, level: y }],
  )
  const found = stack(wired, apart)
  const least = span.top + inset
  const taken: number[] = []
  for (const { box } of [...wired].sort((a, b) => a.level - b.level)) {
    const y = Math.max(Math.round(found.get(box.id) ?? 0), least, (taken.at(-1) ?? Number.NEGATIVE_INFINITY) + apart)
    taken.push(y)
  }
  const byIndex = new Map([...wired].sort((a, b) => a.level - b.level).map(({ box }, i) => [box.id, taken[i]]))
  return wishes.map((_, i) => {
    const known = byIndex.get(String(i))
    if (known !== undefined) return known
    const y = freeLevel(taken, span)
    taken.push(y)
    return y
  })
}

/** Where a lane must end so that all its sockets are on it. */
export const railEnd = (levels: readonly number[]): number => Math.max(Number.NEGATIVE_INFINITY, ...levels) + inset
