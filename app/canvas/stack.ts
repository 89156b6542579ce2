// Boxes one below the other, each as near to where it wants to be as the others allow. Pure.
import type { Box } from './columns'

export interface Wish {
  readonly box: Box
  /** Where its top wants to be. */
  readonly y: number
  /** Level of its wire at the far end: wires of a column do not cross without need. */
  readonly level: number
}

/** Boxes one below the other, as near to their wishes as that allows (least squares, by pooling neighbours). */
export const stack = (wishes: readonly Wish[], gap: number): ReadonlyMap<string, number> => {
  const sorted = [...wishes].sort((a, b) => a.level - b.level)
  interface Pool {
    readonly sum: number
    readonly count: number
    readonly height: number
    readonly boxes: readonly Box[]
  }
  const topOf = ({ sum, count }: Pool): number => sum / count
  let pools: readonly Pool[] = []
  for (const { box, y } of sorted) {
    let last: Pool = { sum: y, count: 1, height: box.height + gap, boxes: [box] }
    for (let before = pools.at(-1); before !== undefined; before = pools.at(-1)) {
      if (topOf(before) + before.height <= topOf(last)) break
      pools = pools.slice(0, -1)
      // Each wish of the lower pool as a wish for the top of the joined one.
      const sum: number = before.sum + last.sum - before.height * last.count
      last = {
        sum,
        count: before.count + last.count,
        height: before.height + last.height,
        boxes: [...before.boxes, ...last.boxes],
      }
    }
    pools = [...pools, last]
  }
  const tops = new Map<string, number>()
  for (const pool of pools) {
    let y = topOf(pool)
    for (const box of pool.boxes) {
      tops.set(box.id, y)
      y += box.height + gap
    }
  }
  return tops
}
