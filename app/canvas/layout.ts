// Where nodes stand when nobody has placed them: layers from the gates leftwards, a band for each lane. Pure, same in, same out.
import { loose, type Place, shared } from './lanes'

export interface Box {
  readonly id: string
  readonly width: number
  readonly height: number
}
/** A wire with the heights of its sockets inside their boxes. */
export interface Pull {
  readonly source: string
  readonly sourceY: number
  readonly target: string
  readonly targetY: number
}
export interface LaneBox {
  readonly key: string
  readonly gate: Box
}
export interface Scene {
  readonly boxes: readonly Box[]
  readonly pulls: readonly Pull[]
  readonly places: ReadonlyMap<string, Place>
  readonly lanes: readonly LaneBox[]
}
export type Spot = readonly [x: number, y: number]

export const gaps = { column: 26, row: 14, lane: 8, pad: 12, head: 28 } as const

/** Longest way to a gate, in nodes: 1 is wired to the gate. */
export const layersOf = (boxes: readonly Box[], pulls: readonly Pull[]): ReadonlyMap<string, number> => {
  const ids = new Set(boxes.map(({ id }) => id))
  const targets = new Map<string, string[]>()
  for (const { source, target } of pulls) targets.set(source, [...(targets.get(source) ?? []), target])
  const layers = new Map<string, number>()
  const open = new Set<string>()
  const layer = (id: string): number => {
    const known = layers.get(id)
    if (known !== undefined) return known
    if (!ids.has(id) || open.has(id)) return 0
    open.add(id)
    const deepest = Math.max(0, ...(targets.get(id) ?? []).map(layer)) + 1
    open.delete(id)
    layers.set(id, deepest)
    return deepest
  }
  for (const { id } of boxes) layer(id)
  return layers
}

interface Wish {
  readonly box: Box
  /** Where its top wants to be. */
  readonly y: number
  /** Level of its wire at the far end: wires of a column do not cross without need. */
  readonly level: number
}

/** Boxes one below the other, as near to their wishes as that allows (least squares, by pooling neighbours). */
export const stack = (wishes: readonly Wish[], gap: number = gaps.row): ReadonlyMap<string, number> => {
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

/** Wires would be straight at 1, but inputs sit high and outputs low: each column would hang below the one before. */
const leaning = 0.4

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length

/** Groups by a key, in the order of first sight. */
const grouped = <T>(items: readonly T[], key: (item: T) => number): ReadonlyMap<number, readonly T[]> => {
  const groups = new Map<number, T[]>()
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item])
  return groups
}

class Placer {
  readonly tops = new Map<string, number>()

  constructor(
    private readonly scene: Scene,
    private readonly layers: ReadonlyMap<string, number>,
  ) {}

  layer(id: string): number {
    return this.layers.get(id) ?? 1
  }

  /** Columns from the gate leftwards; each box wishes to stand level with what it feeds. */
  columns(boxes: readonly Box[]): void {
    const byLayer = grouped(boxes, ({ id }) => this.layer(id))
    for (const layer of [...byLayer.keys()].sort((a, b) => a - b)) {
      const column = byLayer.get(layer) ?? []
      const wishes = column.map((box, i) => this.wish(box) ?? { box, y: i, level: i })
      for (const [id, y] of stack(wishes)) this.tops.set(id, y)
    }
  }

  private wish(box: Box): Wish | null {
    const ends = this.scene.pulls.flatMap(({ source, sourceY, target, targetY }) => {
      const top = source === box.id ? this.tops.get(target) : undefined
      return top === undefined ? [] : [{ y: top + (targetY - sourceY) * leaning, level: top + targetY }]
    })
    const y = mean(ends.map((end) => end.y))
    const level = mean(ends.map((end) => end.level))
    return y === null || level === null ? null : { box, y, level }
  }

  /** Puts a set of boxes so that the highest begins at `y`; gives where the lowest ends. */
  shift(boxes: readonly Box[], y: number): number {
    const top = Math.min(...boxes.map(({ id }) => this.tops.get(id) ?? 0))
    let bottom = y
    for (const { id, height } of boxes) {
      const own = (this.tops.get(id) ?? 0) - top + y
      this.tops.set(id, Math.round(own))
      bottom = Math.max(bottom, own + height)
    }
    return Math.round(bottom)
  }
}

/** Left edges of columns by layer, the last one ending at 0: deeper layers stand further left. */
const edgesOf = (boxes: readonly Box[], layer: (id: string) => number) => {
  const widths = new Map<number, number>()
  for (const { id, width } of boxes) widths.set(layer(id), Math.max(widths.get(layer(id)) ?? 0, width))
  const edges = new Map<number, number>()
  let x = 0
  for (const one of [...widths.keys()].sort((a, b) => a - b)) {
    x -= (widths.get(one) ?? 0) + gaps.column
    edges.set(one, x)
  }
  return { edges, width: -x }
}

/** Positions of all boxes, gates too. */
export const layout = (scene: Scene): ReadonlyMap<string, Spot> => {
  const layers = layersOf(scene.boxes, scene.pulls)
  const placer = new Placer(scene, layers)
  const placeOf = ({ id }: Box): Place => scene.places.get(id) ?? loose
  const before = scene.boxes.filter((box) => placeOf(box) === shared)
  const inLanes = scene.boxes.filter((box) => placeOf(box) !== shared && placeOf(box) !== loose)
  const rest = scene.boxes.filter((box) => placeOf(box) === loose)
  let y = 0
  for (const { key, gate } of scene.lanes) {
    const boxes = inLanes.filter((box) => placeOf(box) === key)
    placer.tops.set(gate.id, 0)
    placer.columns(boxes)
    y = placer.shift([gate, ...boxes], y + gaps.head) + gaps.pad + gaps.lane
  }
  placer.columns(before)
  for (const { id } of before) placer.tops.set(id, Math.round(Math.max(0, placer.tops.get(id) ?? 0)))
  const layer = (id: string): number => placer.layer(id)
  const columns = scene.lanes.map(({ key }) => {
    const boxes = inLanes.filter((box) => placeOf(box) === key)
    return { boxes, ...edgesOf(boxes, layer) }
  })
  const first = edgesOf(before, layer)
  // Every lane ends at its gate; the widest begins behind what is shared.
  const gateX = first.width + gaps.pad + Math.max(laneLeast, ...columns.map(({ width }) => width))
  const spots = new Map<string, Spot>()
  const put = (boxes: readonly Box[], edges: ReadonlyMap<number, number>, end: number): void => {
    for (const { id } of boxes) spots.set(id, [end + (edges.get(layer(id)) ?? 0), placer.tops.get(id) ?? 0])
  }
  put(before, first.edges, first.width)
  for (const { boxes, edges } of columns) put(boxes, edges, gateX)
  for (const { gate } of scene.lanes) spots.set(gate.id, [gateX, placer.tops.get(gate.id) ?? 0])
  // What leads nowhere stands below, out of the way.
  placer.columns(rest)
  if (rest.length > 0) placer.shift(rest, y + gaps.head + belowLanes)
  const last = edgesOf(rest, layer)
  put(rest, last.edges, first.width + gaps.pad + last.width)
  return spots
}

/** Sides and risk stand there. */
const belowLanes = 140
/** Room for nodes in a lane that has none yet. */
const laneLeast = 420

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

/** Spots for nodes without one beside nodes that have one: after what feeds them, below what is there already. */
export const placeMissing = (scene: Scene, known: ReadonlyMap<string, Spot>): ReadonlyMap<string, Spot> => {
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
