// Where words may stand on the chart: beside their mark, inside the picture, below the legend, never over one another.

export interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

export type Side = 'left' | 'right' | 'above' | 'below'

export interface LabelAsk {
  /** The mark it belongs to. */
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  /** Where it would rather stand; `left` unless there is a line at that side. */
  readonly prefer?: Side
  /** Only there, and not at all where that is taken. */
  readonly only?: boolean
}

/** Where labels may stand, px. */
export interface Room {
  readonly width: number
  readonly height: number
}

/** Between a mark and its word, px. */
const gap = 6

const clamped = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))

/** Places around a mark, the preferred side first; then the same, further up and down. */
const around = ({ x, y, w, h, prefer = 'left', only = false }: LabelAsk): readonly Box[] => {
  const middle = x - w / 2
  const sides: Readonly<Record<Side, readonly (readonly [number, number])[]>> = {
    left: [
      [x - gap - w, y - gap - h / 2],
      [x - gap - w, y + gap - h / 2],
    ],
    right: [
      [x + gap, y - gap - h / 2],
      [x + gap, y + gap - h / 2],
    ],
    above: [[middle, y - gap - h]],
    below: [[middle, y + gap]],
  }
  const order: readonly Side[] = {
    left: ['left', 'right', 'above', 'below'] as const,
    right: ['right', 'left', 'above', 'below'] as const,
    above: ['above', 'right', 'left', 'below'] as const,
    below: ['below', 'right', 'left', 'above'] as const,
  }[prefer]
  const near = (only ? [prefer] : order).flatMap((side) => sides[side])
  const shifts = only ? [0] : [0, -h, h, -2 * h, 2 * h]
  return shifts.flatMap((shift) => near.map(([left, top]) => ({ x: left, y: top + shift, w, h })))
}

/** Side of a cell of the ground, px: a box is compared with those of its own cells alone. */
const cell = 64

const cellsOf = ({ x, y, w, h }: Box): string[] => {
  const cells: string[] = []
  for (let i = Math.floor(x / cell); i <= Math.floor((x + w) / cell); i++)
    for (let j = Math.floor(y / cell); j <= Math.floor((y + h) / cell); j++) cells.push(`${i} ${j}`)
  return cells
}

/** Boxes on one picture: who comes first has the better place; null where there is no room. */
export class Places {
  private readonly taken = new Map<string, Box[]>()

  constructor(
    private readonly room: Room,
    /** How many bars lie under a box: of places that are free the emptiest is taken. */
    private readonly crowd: (box: Box) => number = () => 0,
  ) {}

  private fitted({ x, y, w, h }: Box): Box {
    const { width, height } = this.room
    return { x: clamped(x, 0, Math.max(0, width - w)), y: clamped(y, 0, Math.max(0, height - h)), w, h }
  }

  take(ask: LabelAsk): Box | null {
    if (ask.w > this.room.width || ask.h > this.room.height) return null
    let best: Box | null = null
    let least = Number.POSITIVE_INFINITY
    around(ask).forEach((wish, rank) => {
      const box = this.fitted(wish)
      if (!this.free(box)) return
      const cost = rank + 2 * this.crowd(box)
      if (cost >= least) return
      least = cost
      best = box
    })
    if (best !== null) this.block(best)
    return best
  }

  private free(box: Box): boolean {
    return !cellsOf(box).some((key) => this.taken.get(key)?.some((other) => overlaps(box, other)) === true)
  }

  block(box: Box): void {
    for (const key of cellsOf(box)) {
      const boxes = this.taken.get(key)
      if (boxes === undefined) this.taken.set(key, [box])
      else boxes.push(box)
    }
  }

  /** Blocks a box unless something stands there already. */
  claim(box: Box): boolean {
    if (!this.free(box)) return false
    this.block(box)
    return true
  }
}
