// Where words may stand on the chart: beside their mark, inside the picture, never over one another.

export interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

const inside = ({ x, y, w, h }: Box, width: number, height: number): boolean =>
  x >= 0 && y >= 0 && x + w <= width && y + h <= height

export interface LabelAsk {
  /** The mark it belongs to. */
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  /** `left` unless there is a line at that side. */
  readonly prefer?: 'left' | 'right'
}

const gap = 5

/** Left above, right above, left below, right below, in this order; from the other end where right is preferred. */
const places = ({ x, y, w, h, prefer = 'left' }: LabelAsk): readonly Box[] => {
  const four: readonly (readonly [number, number])[] = [
    [x - gap - w, y - gap - h / 2],
    [x + gap, y - gap - h / 2],
    [x - gap - w, y + gap],
    [x + gap, y + gap],
  ]
  const order = prefer === 'left' ? four : [...four].reverse()
  return order.map(([left, top]) => ({ x: left, y: top, w, h }))
}

/** Boxes on one picture: who comes first has the better place; null where there is no room. */
export class Places {
  private readonly taken: Box[] = []

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  take(ask: LabelAsk): Box | null {
    const free = places(ask).find(
      (box) => inside(box, this.width, this.height) && !this.taken.some((other) => overlaps(box, other)),
    )
    if (free === undefined) return null
    this.taken.push(free)
    return free
  }

  block(box: Box): void {
    this.taken.push(box)
  }
}
