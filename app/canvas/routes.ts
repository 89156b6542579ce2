// The way of a wire: a curve to the next column, round corners along the lane's left edge to one further on, never behind
// a node where there is a way around. Pure.
import type { Spot } from './layout'

export interface Obstacle {
  readonly id: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
export interface Ends {
  readonly source: string
  readonly target: string
  /** Wires of one output may lie upon each other, others not. */
  readonly output: string
  readonly from: Spot
  readonly to: Spot
}

/** A wire no longer than this that meets nothing is a plain curve. */
const nearWidth = 64
/** From a socket to the first bend, and what may be added so that wires run beside one another. */
const stub = 10
const shifts = [0, 4, 8, -4] as const
/** Between two wires, and between a wire and a node. */
const lineGap = 4
const clear = 5
/** Levels that are tried for the way around, nearest first. */
const tries = 6

/** A straight piece of a wire. */
interface Piece {
  readonly from: Spot
  readonly to: Spot
}
interface Laid extends Piece {
  readonly output: string
}
interface Way {
  readonly corners: readonly Spot[]
  readonly cost: number
}

const isOn = ({ from, to }: Piece, box: Obstacle, margin: number): boolean =>
  Math.max(from[0], to[0]) > box.left - margin &&
  Math.min(from[0], to[0]) < box.right + margin &&
  Math.max(from[1], to[1]) > box.top - margin &&
  Math.min(from[1], to[1]) < box.bottom + margin

/** Two pieces of one direction, closer than wires may be. */
const areClose = (a: Piece, b: Piece): boolean => {
  const along = a.from[1] === a.to[1] ? 0 : 1
  if ((b.from[1] === b.to[1] ? 0 : 1) !== along) return false
  const across = along === 0 ? 1 : 0
  if (Math.abs(a.from[across] - b.from[across]) >= lineGap) return false
  const low = Math.max(Math.min(a.from[along], a.to[along]), Math.min(b.from[along], b.to[along]))
  const high = Math.min(Math.max(a.from[along], a.to[along]), Math.max(b.from[along], b.to[along]))
  return low < high
}

const piecesOf = (points: readonly Spot[]): readonly Piece[] =>
  points.slice(1).map((to, i) => ({ from: points[i] ?? to, to }))

/** Runs wires one after the other; each keeps its distance to those before it. */
class Router {
  private readonly laid: Laid[] = []

  constructor(private readonly obstacles: readonly Obstacle[]) {}

  /** Corners of the way; null: a plain curve. */
  route(ends: Ends): readonly Spot[] | null {
    const [x1, y1] = ends.from
    const [x2, y2] = ends.to
    const boxes = this.obstacles.filter(
      ({ id, left, right }) => id !== ends.source && id !== ends.target && left < x2 && right > x1,
    )
    const isBehind = boxes.some((box) => crosses(ends, box))
    if (x2 - x1 < 2 * stub) return null
    if (!isBehind && (x2 - x1 <= nearWidth || Math.abs(y1 - y2) < 1)) return null
    const way = this.best(ends, boxes)
    if (way === null) return null
    const pieces = piecesOf([ends.from, ...way.corners, ends.to])
    this.laid.push(...pieces.map((piece) => ({ ...piece, output: ends.output })))
    return way.corners
  }

  /** The first way that meets nothing, in order of liking; else the one that meets least. */
  private best(ends: Ends, boxes: readonly Obstacle[]): Way | null {
    let best: Way | null = null
    for (const corners of waysOf(ends, boxes)) {
      const cost = this.cost(ends, boxes, corners)
      if (best === null || cost < best.cost) best = { corners, cost }
      if (cost === 0) break
    }
    return best
  }

  /** A node in the way weighs more than all wires. */
  private cost(ends: Ends, boxes: readonly Obstacle[], corners: readonly Spot[]): number {
    const pieces = piecesOf([ends.from, ...corners, ends.to])
    const hits = boxes.filter((box) => pieces.some((piece) => isOn(piece, box, clear - 1))).length
    const close = this.laid.filter(
      (one) => one.output !== ends.output && pieces.some((piece) => areClose(piece, one)),
    ).length
    return hits * 1000 + close
  }
}

/** Ways with one bend down the first gap; then with a level in between, and a second bend before the target. */
function* waysOf(ends: Ends, boxes: readonly Obstacle[]): Generator<readonly Spot[]> {
  const [x1, y1] = ends.from
  const [x2, y2] = ends.to
  for (const shift of shifts)
    yield [
      [x1 + stub + shift, y1],
      [x1 + stub + shift, y2],
    ]
  const isFree = (y: number): boolean =>
    !boxes.some(({ top, bottom, left, right }) => {
      const between = left < x2 - stub && right > x1 + stub
      return between && top - clear < y && y < bottom + clear
    })
  const around = boxes.flatMap(({ top, bottom }) => [top - clear, bottom + clear])
  const far = (y: number): number => Math.abs(y - y2) + Math.abs(y - y1) / 4
  const levels = [...new Set(around)]
    .filter(isFree)
    .sort((a, b) => far(a) - far(b))
    .slice(0, tries)
  for (const level of levels)
    for (const into of shifts)
      for (const out of shifts) {
        const a = x1 + stub + out
        const b = x2 - stub - into
        if (a < b)
          yield [
            [a, y1],
            [a, level],
            [b, level],
            [b, y2],
          ]
      }
}

/** Does the straight line between both ends pass through a box. */
const crosses = ({ from: [x1, y1], to: [x2, y2] }: Ends, { left, top, right, bottom }: Obstacle): boolean => {
  const from = Math.max(x1, left)
  const to = Math.min(x2, right)
  if (from >= to) return false
  const at = (x: number): number => y1 + ((y2 - y1) * (x - x1)) / (x2 - x1)
  return Math.min(at(from), at(to)) < bottom && Math.max(at(from), at(to)) > top
}

/** Ways of all wires, in their order. Long rises go first: they get the inner places of the gutter. */
export const routesOf = (
  wires: readonly Ends[],
  obstacles: readonly Obstacle[],
): readonly (readonly Spot[] | null)[] => {
  const router = new Router(obstacles)
  const routes = new Map<Ends, readonly Spot[] | null>()
  const height = ({ from, to }: Ends): number => Math.abs(from[1] - to[1])
  for (const ends of [...wires].sort((a, b) => height(b) - height(a))) routes.set(ends, router.route(ends))
  return wires.map((ends) => routes.get(ends) ?? null)
}

/** Half of the shorter neighbour, at most this. */
const radius = 7

/** An SVG path through corners, rounded. */
export const pathThrough = (from: Spot, corners: readonly Spot[], to: Spot): string => {
  const points = [from, ...corners, to]
  const parts = [`M${from[0]} ${from[1]}`]
  corners.forEach(([x, y], i) => {
    const [ax, ay] = points[i] ?? from
    const [bx, by] = points[i + 2] ?? to
    const before = Math.hypot(x - ax, y - ay)
    const after = Math.hypot(bx - x, by - y)
    const r = Math.min(radius, before / 2, after / 2)
    if (r < 0.5) {
      parts.push(`L${x} ${y}`)
      return
    }
    const sx = x - ((x - ax) / before) * r
    const sy = y - ((y - ay) / before) * r
    const ex = x + ((bx - x) / after) * r
    const ey = y + ((by - y) / after) * r
    parts.push(`L${sx} ${sy}Q${x} ${y} ${ex} ${ey}`)
  })
  parts.push(`L${to[0]} ${to[1]}`)
  return parts.join('')
}
