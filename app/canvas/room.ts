// Room for nodes without a place among nodes that have one. Pure.
import type { Box } from './columns'
import { gaps, type Pull, type Spot } from './layout'

export interface Standing {
  readonly at: Spot
  readonly width: number
  readonly height: number
}

/** The first spot from `at` downwards where a box covers nothing that stands. */
export const freeSpot = (
  at: Spot,
  { width, height }: Pick<Box, 'width' | 'height'>,
  standing: readonly Standing[],
): Spot => {
  const covers = (y: number): boolean =>
    standing.some(
      (one) =>
        at[0] < one.at[0] + one.width &&
        one.at[0] < at[0] + width &&
        y < one.at[1] + one.height &&
        one.at[1] < y + height,
    )
  let y = at[1]
  while (covers(y)) y += gaps.row
  return [at[0], y]
}

interface RoomScene {
  readonly boxes: readonly Box[]
  readonly pulls: readonly Pull[]
}

/** Spots for nodes without one beside nodes that have one: after what feeds them, below what is there already. */
export const placeMissing = (scene: RoomScene, known: ReadonlyMap<string, Spot>): ReadonlyMap<string, Spot> => {
  const spots = new Map(known)
  const boxes = new Map(scene.boxes.map((box) => [box.id, box]))
  const standing = (): readonly Standing[] =>
    [...spots].map(([id, at]) => ({ at, width: boxes.get(id)?.width ?? 0, height: boxes.get(id)?.height ?? 0 }))
  for (const box of scene.boxes) {
    if (spots.has(box.id)) continue
    const feeder = scene.pulls.find(({ source, target }) => target === box.id && spots.has(source))
    const taker = scene.pulls.find(({ source, target }) => source === box.id && spots.has(target))
    const from = feeder === undefined ? undefined : spots.get(feeder.source)
    const to = taker === undefined ? undefined : spots.get(taker.target)
    const bottom = Math.max(0, ...[...spots].map(([id, [, top]]) => top + (boxes.get(id)?.height ?? 0)))
    const width = feeder === undefined ? 0 : (boxes.get(feeder.source)?.width ?? 0)
    const spot: Spot =
      from !== undefined
        ? [from[0] + width + gaps.column, from[1]]
        : to !== undefined
          ? [to[0] - box.width - gaps.column, to[1]]
          : [0, bottom + gaps.row]
    spots.set(box.id, freeSpot(spot, box, standing()))
  }
  return spots
}
