// Where nodes stand when nobody has placed them: a band for each lane, its sources at the left, its roles at the right
// edge, columns between them as tight as words allow. Pure, same in, same out.
import { type Box, besideLast, type Column, columnsOf } from './columns'
import { loose, type Place } from './lanes'
import { stack, type Wish } from './stack'

/** A wire with the heights of its sockets inside their boxes. */
export interface Pull {
  readonly source: string
  readonly sourceY: number
  readonly target: string
  readonly targetY: number
}
export interface Scene {
  readonly boxes: readonly Box[]
  readonly pulls: readonly Pull[]
  readonly places: ReadonlyMap<string, Place>
  /** Lanes from top to bottom, each with the gate that ends it. */
  readonly lanes: readonly { readonly key: Place; readonly gate: string }[]
  readonly sources: ReadonlySet<string>
  /** Column of each box that is no source (columns.ts). */
  readonly ranks: ReadonlyMap<string, number>
  /** Widest title of a lane. */
  readonly titleWidth: number
}
export type Spot = readonly [x: number, y: number]

export const gaps = {
  /** Between columns: two sockets and a bit of wire. */
  column: 20,
  /** From the strip of sources to the first column: wires run down here, beside one another. */
  gutter: 23,
  /** From roles to the rail of their lane. */
  rail: 18,
  row: 10,
  lane: 6,
  pad: 9,
} as const
/** Title and meaning of a lane, in its top left corner: nodes keep below it there. */
export const titleHeight = 44
/** A lane is at least as high as its title, and as wide that nodes can be dropped on it. */
export const laneLeast = { width: 432, height: titleHeight + 10 } as const

/** Wires would be straight at 1, but inputs sit high and outputs low: each column would hang below the one before. */
const leaning = 0.4
/** In a lane with room to spare columns stand this far apart at most. */
const airy = 40

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length

const widthOf = ({ boxes }: Column): number => Math.max(...boxes.map(({ width }) => width))

class Placer {
  private readonly boxes: ReadonlyMap<string, Box>
  private readonly columns: ReadonlyMap<Place, readonly Column[]>
  private readonly pullsFrom = new Map<string, Pull[]>()
  private readonly tops = new Map<string, number>()

  constructor(private readonly scene: Scene) {
    const inner = scene.boxes.filter(({ id }) => !scene.sources.has(id))
    this.boxes = new Map(scene.boxes.map((box) => [box.id, box]))
    this.columns = columnsOf({ ...scene, boxes: inner }, scene.ranks)
    for (const pull of scene.pulls) this.pullsFrom.set(pull.source, [...(this.pullsFrom.get(pull.source) ?? []), pull])
  }

  private columnsIn(place: Place): readonly Column[] {
    return this.columns.get(place) ?? []
  }
  private sourcesIn(place: Place): readonly Box[] {
    return this.scene.boxes.filter(({ id }) => this.scene.sources.has(id) && this.scene.places.get(id) === place)
  }

  /** Left edges, the rails standing at 0: a column ends before the next of its lane and before all that it feeds. */
  private lefts(gapOf: (place: Place) => number): ReadonlyMap<string, number> {
    const lefts = new Map<string, number>()
    const next = new Map<Place, number>()
    const all = [...this.columns].flatMap(([place, list]) => list.map((column) => ({ place, column })))
    for (const { place, column } of all.sort((a, b) => b.column.rank - a.column.rank)) {
      const gap = gapOf(place)
      const before = next.get(place)
      const ends = column.boxes.flatMap(({ id }) =>
        (this.pullsFrom.get(id) ?? []).flatMap(({ target }) => lefts.get(target) ?? []),
      )
      const right = Math.min(before === undefined ? -gaps.rail : before - gap, ...ends.map((end) => end - gaps.column))
      const left = Math.round(right - widthOf(column))
      for (const { id } of column.boxes) lefts.set(id, left)
      next.set(place, left)
    }
    return lefts
  }

  /** The widest lane decides; the others use what room it leaves them. */
  private edges(): { readonly lefts: ReadonlyMap<string, number>; readonly first: number } {
    const tight = this.lefts(() => gaps.column)
    const needs = [...this.columns.keys()].map((place) => this.firstIn(place, tight) - this.before(place))
    const first = Math.min(-laneLeast.width, ...needs)
    const gapOf = (place: Place): number => {
      const room = this.firstIn(place, tight) - this.before(place) - first
      return Math.min(airy, gaps.column + Math.floor(room / Math.max(1, this.columnsIn(place).length - 1)))
    }
    const loosened = this.lefts(gapOf)
    const fits = [...this.columns.keys()].every((place) => this.firstIn(place, loosened) - this.before(place) >= first)
    return { lefts: fits ? loosened : tight, first }
  }

  private firstIn(place: Place, lefts: ReadonlyMap<string, number>): number {
    return Math.min(0, ...this.columnsIn(place).flatMap(({ boxes }) => boxes.map(({ id }) => lefts.get(id) ?? 0)))
  }

  /** From the left edge of a lane to its first column. What leads nowhere stands outside. */
  private before(place: Place): number {
    if (place === loose) return Number.NEGATIVE_INFINITY
    const { boxes, sources, places, titleWidth } = this.scene
    const feeds = ({ id }: Box): boolean =>
      places.get(id) === place ||
      (this.pullsFrom.get(id) ?? []).some(({ target }) => places.get(target) === place && !sources.has(target))
    const widths = boxes.flatMap((box) => (sources.has(box.id) && feeds(box) ? [box.width] : []))
    return gaps.pad + Math.max(titleWidth, ...widths) + gaps.gutter
  }

  /** Where a box wants to be: level with what it feeds inside its lane, roles in the order of their gate. */
  private wish(box: Box, gate: string): Wish | null {
    const ends = (this.pullsFrom.get(box.id) ?? []).flatMap(({ sourceY, target, targetY }) => {
      if (target === gate) return [{ y: targetY - sourceY, level: targetY }]
      const top = this.tops.get(target)
      return top === undefined || this.scene.places.get(target) !== this.scene.places.get(box.id)
        ? []
        : [{ y: top + (targetY - sourceY) * leaning, level: top + targetY }]
    })
    const y = mean(ends.map((end) => end.y))
    const level = mean(ends.map((end) => end.level))
    return y === null || level === null ? null : { box, y, level }
  }

  private wishes(boxes: readonly Box[], gate: string): readonly Wish[] {
    return boxes.map((box, i) => this.wish(box, gate) ?? { box, y: farBelow + i, level: farBelow + i })
  }

  /** Columns from the right leftwards. */
  private stackColumns(columns: readonly Column[], gate: string): void {
    for (const { boxes, rank } of [...columns].reverse()) {
      const wishes = this.wishes(boxes, gate)
      // Roles stand close together; what nobody waits for stands below the others.
      const near = wishes.filter(({ level }) => level < farBelow)
      const base = rank >= besideLast ? near.map((wish) => ({ ...wish, y: 0 })) : near
      const tops = stack(base, gaps.row)
      let bottom = Math.max(0, ...base.map(({ box }) => (tops.get(box.id) ?? 0) + box.height + gaps.row))
      for (const [id, y] of tops) this.tops.set(id, y)
      for (const { box } of wishes.filter(({ level }) => level >= farBelow)) {
        this.tops.set(box.id, bottom)
        bottom += box.height + gaps.row
      }
    }
  }

  /** Moves boxes so that the highest begins at `y`; gives where the lowest ends. */
  private shift(boxes: readonly Box[], y: number): number {
    const top = Math.min(...boxes.map(({ id }) => this.tops.get(id) ?? 0))
    let bottom = y
    for (const { id, height } of boxes) {
      const own = Math.round((this.tops.get(id) ?? 0) - top + y)
      this.tops.set(id, own)
      bottom = Math.max(bottom, own + height)
    }
    return bottom
  }

  /** Sources under each other, none above `least`. */
  private stackSources(boxes: readonly Box[], gate: string, least: number): number {
    const tops = stack(this.wishes(boxes, gate), gaps.row)
    let bottom = least
    for (const box of [...boxes].sort((a, b) => (tops.get(a.id) ?? 0) - (tops.get(b.id) ?? 0))) {
      const wish = tops.get(box.id) ?? 0
      const y = Math.round(Math.max(bottom, wish >= farBelow / 2 ? Math.max(bottom, 0) : wish))
      this.tops.set(box.id, y)
      bottom = y + box.height + gaps.row
    }
    return boxes.length === 0 ? least : bottom - gaps.row
  }

  /** One lane from `top` down; gives where the next may begin. */
  private lane(place: Place, gate: string, top: number): number {
    const columns = this.columnsIn(place)
    const boxes = columns.flatMap((column) => column.boxes)
    this.stackColumns(columns, gate)
    const first = top + gaps.pad
    let bottom = boxes.length === 0 ? first : this.shift(boxes, first)
    const low = this.stackSources(this.sourcesIn(place), gate, top + titleHeight)
    const room = Math.max(low, top + laneLeast.height - gaps.pad) - bottom
    if (room > 0 && boxes.length > 0) {
      this.shift(boxes, first + Math.floor(room / 2))
      this.stackSources(this.sourcesIn(place), gate, top + titleHeight)
      bottom += room
    }
    return Math.max(bottom, low, top + laneLeast.height - gaps.pad) + gaps.pad + gaps.lane
  }

  build(): ReadonlyMap<string, Spot> {
    const { scene } = this
    let y = 0
    let setup = 0
    for (const { key, gate } of scene.lanes) {
      if (key.endsWith('/entries') && setup === 0) setup = y
      y = this.lane(key, gate, y)
    }
    const { lefts, first } = this.edges()
    const spots = new Map<string, Spot>()
    for (const id of this.boxes.keys())
      spots.set(id, [(lefts.get(id) ?? first + gaps.pad) - first, this.tops.get(id) ?? 0])
    for (const [id, spot] of this.aside(lefts, setup)) spots.set(id, spot)
    return spots
  }

  /** What leads nowhere yet stands before the lanes, level with the setup that it may become a part of. */
  private aside(lefts: ReadonlyMap<string, number>, top: number): ReadonlyMap<string, Spot> {
    const columns = this.columnsIn(loose)
    const inner = columns.flatMap(({ boxes }) => boxes)
    const sources = this.sourcesIn(loose)
    if (inner.length + sources.length === 0) return new Map()
    this.stackColumns(columns, '')
    this.stackSources(sources, '', Number.NEGATIVE_INFINITY)
    this.shift([...inner, ...sources], top)
    const left = (id: string): number => (lefts.get(id) ?? 0) + gaps.rail - gaps.gutter
    const start = Math.min(-gaps.gutter, ...inner.map(({ id }) => left(id) - gaps.gutter))
    return new Map([
      ...inner.map(({ id }): [string, Spot] => [id, [left(id), this.tops.get(id) ?? 0]]),
      ...sources.map(({ id, width }): [string, Spot] => [id, [start - width, this.tops.get(id) ?? 0]]),
    ])
  }
}

/** A level below all others. */
const farBelow = 1e6
/** Positions of all boxes. Gates are rails: they follow from the lanes. */
export const layout = (scene: Scene): ReadonlyMap<string, Spot> => new Placer(scene).build()
