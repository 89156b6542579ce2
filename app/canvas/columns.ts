// Which column of its lane a node stands in, by the wires alone: what feeds it stands further left, roles stand last. Pure.
import { loose, type Place } from './lanes'

export interface Box {
  readonly id: string
  readonly width: number
  readonly height: number
}
export interface Link {
  readonly source: string
  readonly target: string
}
export interface ColumnScene {
  readonly boxes: readonly Box[]
  readonly pulls: readonly Link[]
  readonly places: ReadonlyMap<string, Place>
  /** They stand in the strip at the left of their lane, below its title. */
  readonly sources: ReadonlySet<string>
}
/** Boxes of one column, from left to right within the lane. */
export interface Column {
  readonly rank: number
  readonly boxes: readonly Box[]
}
/** The rank of what ends a lane: behind all others. */
export const lastRank = Number.MAX_SAFE_INTEGER

const widthOf = (boxes: readonly Box[]): number => Math.max(0, ...boxes.map(({ width }) => width))
const heightOf = (boxes: readonly Box[]): number => boxes.reduce((sum, { height }) => sum + height, 0)

const linksBy = (pulls: readonly Link[], key: 'source' | 'target'): ReadonlyMap<string, readonly string[]> => {
  const other = key === 'source' ? 'target' : 'source'
  const links = new Map<string, string[]>()
  for (const pull of pulls) {
    const list = links.get(pull[key])
    if (list === undefined) links.set(pull[key], [pull[other]])
    else list.push(pull[other])
  }
  return links
}

/** Longest way from the sources, in nodes; what only leads to its gate comes last. */
const firstRanks = (
  { boxes, sources }: ColumnScene,
  feeders: ReadonlyMap<string, readonly string[]>,
  takers: ReadonlyMap<string, readonly string[]>,
): Map<string, number> => {
  const inner = new Set(boxes.map(({ id }) => id).filter((id) => !sources.has(id)))
  const ranks = new Map<string, number>()
  const open = new Set<string>()
  const rank = (id: string): number => {
    const known = ranks.get(id)
    if (known !== undefined) return known
    if (!inner.has(id) || open.has(id)) return 0
    open.add(id)
    const own = Math.max(0, ...(feeders.get(id) ?? []).map(rank)) + 1
    open.delete(id)
    ranks.set(id, own)
    return own
  }
  for (const id of inner) rank(id)
  for (const id of inner) {
    const ends = takers.get(id) ?? []
    if (ends.length > 0 && ends.every((end) => !inner.has(end))) ranks.set(id, lastRank)
  }
  return ranks
}

/** Ranks of all boxes but the sources. A box goes right, to what it feeds, where that makes its lane no wider. */
export const ranksOf = (scene: ColumnScene): ReadonlyMap<string, number> => {
  const takers = linksBy(scene.pulls, 'source')
  const ranks = firstRanks(scene, linksBy(scene.pulls, 'target'), takers)
  const inner = scene.boxes.filter(({ id }) => (ranks.get(id) ?? lastRank) !== lastRank)
  const byKey = new Map<string, Box[]>()
  const column = (id: string, rank: number): Box[] => {
    const key = `${scene.places.get(id) ?? loose} ${rank}`
    const boxes = byKey.get(key) ?? []
    byKey.set(key, boxes)
    return boxes
  }
  for (const box of inner) column(box.id, ranks.get(box.id) ?? 0).push(box)
  const deepest = new Map<Place, number>()
  for (const { id } of inner) {
    const place = scene.places.get(id) ?? loose
    deepest.set(place, Math.max(deepest.get(place) ?? 0, ranks.get(id) ?? 0))
  }
  for (const box of [...inner].sort((a, b) => (ranks.get(b.id) ?? 0) - (ranks.get(a.id) ?? 0))) {
    const { id } = box
    const own = ranks.get(id) ?? 0
    const ends = (takers.get(id) ?? []).map((end) => ranks.get(end) ?? lastRank)
    const bound = Math.min(deepest.get(scene.places.get(id) ?? loose) ?? own, Math.min(lastRank, ...ends) - 1)
    const from = column(id, own)
    const left = widthOf(from.filter((one) => one !== box))
    const saved = widthOf(from) - left
    for (let rank = bound; rank > own; rank--) {
      const to = column(id, rank)
      if (Math.max(0, box.width - widthOf(to)) > saved) continue
      from.splice(from.indexOf(box), 1)
      to.push(box)
      ranks.set(id, rank)
      break
    }
  }
  return ranks
}

/** Columns of each lane, left to right. */
export const columnsOf = (
  scene: Pick<ColumnScene, 'boxes' | 'places'>,
  ranks: ReadonlyMap<string, number>,
): ReadonlyMap<Place, readonly Column[]> => {
  const lanes = new Map<Place, Map<number, Box[]>>()
  for (const box of scene.boxes) {
    const rank = ranks.get(box.id)
    if (rank === undefined) continue
    const place = scene.places.get(box.id) ?? loose
    const columns = lanes.get(place) ?? new Map<number, Box[]>()
    lanes.set(place, columns)
    columns.set(rank, [...(columns.get(rank) ?? []), box])
  }
  return new Map(
    [...lanes].map(([place, columns]) => [
      place,
      [...columns].sort(([a], [b]) => a - b).map(([rank, boxes]) => ({ rank, boxes })),
    ]),
  )
}

/** A stack of roles higher than this becomes two columns where its lane has the room. */
const tall = 260
/** Beside the roles at the end of a lane. */
export const besideLast = lastRank - 1

/** Ranks with high stacks of roles made two columns: those that no node feeds stand beside the others. */
export const folded = (scene: ColumnScene, ranks: ReadonlyMap<string, number>): ReadonlyMap<string, number> => {
  const inner = scene.boxes.filter(({ id }) => !scene.sources.has(id))
  const columns = columnsOf({ ...scene, boxes: inner }, ranks)
  const fed = new Set(scene.pulls.map(({ target }) => target))
  const widthIn = (list: readonly Column[]): number => list.reduce((sum, { boxes }) => sum + widthOf(boxes), 0)
  const widest = Math.max(0, ...[...columns].map(([place, list]) => (place === loose ? 0 : widthIn(list))))
  const next = new Map(ranks)
  for (const [place, list] of columns) {
    const last = list.find(({ rank }) => rank === lastRank)?.boxes ?? []
    if (place === loose || heightOf(last) <= tall) continue
    const moved: Box[] = []
    // From the end of the list, until both are about as high.
    for (const box of [...last].reverse()) {
      const left = heightOf(last) - heightOf(moved)
      if (fed.has(box.id) || heightOf(moved) + box.height > left - box.height + foldSlack) continue
      moved.push(box)
    }
    // A gap for each column that is added, and one more.
    if (moved.length === 0 || widthIn(list) + widthOf(moved) + 2 * foldSlack > widest) continue
    for (const { id } of moved) next.set(id, besideLast)
  }
  return next
}
const foldSlack = 20

/** All boxes of a column are as wide as the widest; the sources of a lane are one. */
export const evened = (scene: ColumnScene, ranks: ReadonlyMap<string, number>): ReadonlyMap<string, number> => {
  const all = new Map([...[...scene.sources].map((id): [string, number] => [id, 0]), ...ranks])
  const widths = new Map<string, number>()
  for (const list of columnsOf(scene, all).values())
    for (const { boxes } of list) {
      const width = widthOf(boxes)
      for (const { id } of boxes) widths.set(id, width)
    }
  return widths
}
