// Lines nodes up by an edge, or spaces them evenly. Pure.
import type { Spot } from './layout'

export type Edge = 'left' | 'right' | 'top' | 'bottom' | 'spread'
export interface Placed {
  readonly id: string
  readonly at: Spot
  readonly width: number
  readonly height: number
}

/** Down the page with equal gaps; the first and the last stay. */
const spread = (boxes: readonly Placed[]): Record<string, Spot> => {
  const sorted = [...boxes].sort((a, b) => a.at[1] - b.at[1])
  const first = sorted[0]
  const last = sorted.at(-1)
  if (first === undefined || last === undefined || sorted.length < 3) return {}
  const inner = sorted.slice(0, -1).reduce((sum, { height }) => sum + height, 0)
  const gap = (last.at[1] - first.at[1] - inner) / (sorted.length - 1)
  let y = first.at[1]
  return Object.fromEntries(
    sorted.map((box): [string, Spot] => {
      const spot: Spot = [box.at[0], Math.round(y)]
      y += box.height + gap
      return [box.id, spot]
    }),
  )
}

export const align = (boxes: readonly Placed[], edge: Edge): Readonly<Record<string, Spot>> => {
  if (boxes.length < 2) return {}
  if (edge === 'spread') return spread(boxes)
  const lefts = boxes.map(({ at }) => at[0])
  const tops = boxes.map(({ at }) => at[1])
  const right = Math.max(...boxes.map(({ at, width }) => at[0] + width))
  const bottom = Math.max(...boxes.map(({ at, height }) => at[1] + height))
  const moved = ({ at: [x, y], width, height }: Placed): Spot => {
    if (edge === 'left') return [Math.min(...lefts), y]
    if (edge === 'right') return [right - width, y]
    if (edge === 'top') return [x, Math.min(...tops)]
    return [x, bottom - height]
  }
  return Object.fromEntries(boxes.map((box): [string, Spot] => [box.id, moved(box)]))
}
