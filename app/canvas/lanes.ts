// Which lane a node belongs to: the role that it leads to. What feeds several roles stands with the one that takes most of it. Pure.
import type { PlayTree } from '../../blocks/play/tree'
import { type Slot, slotNames } from '../../blocks/play/words'

export type Side = 'long' | 'short'
export interface Lane {
  readonly side: Side
  readonly slot: Slot
  readonly title: string
  readonly about: string
}
export interface Link {
  readonly source: string
  readonly target: string
}

/** Where a node stands: in a lane (`long/entries`), or on no way to a role at all. */
export type Place = string

export const loose = 'loose'
export const laneKey = ({ side, slot }: Pick<Lane, 'side' | 'slot'>): string => `${side}/${slot}`

const titles: Readonly<Record<Slot, readonly [title: string, about: string]>> = {
  filters: ['Filter', 'when not to trade'],
  entries: ['Entry', 'the setup'],
  exits: ['Exit', 'how a trade ends'],
  invalidations: ['Invalidation', 'the idea is wrong'],
}

/** Four lanes for each side that is written out. */
export const lanesOf = (tree: Pick<PlayTree, Side>): readonly Lane[] => {
  const written = (['long', 'short'] as const).filter((side) => typeof tree[side] !== 'string')
  return written.flatMap((side) =>
    slotNames.map((slot): Lane => {
      const [title, about] = titles[slot]
      // Two sides need a name; of one side only the entry says which it is.
      const named = written.length > 1 || slot === 'entries'
      return { side, slot, title: named ? `${title} ${side}` : title, about }
    }),
  )
}

/** Listed in a role: that lane. Else the lane of most that it leads to, the first in reading order where several have as many. */
export const placesOf = (
  ids: readonly string[],
  links: readonly Link[],
  roots: ReadonlyMap<string, string>,
): ReadonlyMap<string, Place> => {
  const targets = new Map<string, string[]>()
  for (const { source, target } of links) targets.set(source, [...(targets.get(source) ?? []), target])
  const found = new Map<string, Place>()
  const open = new Set<string>()
  const place = (id: string): Place => {
    const known = found.get(id) ?? roots.get(id)
    if (known !== undefined) return known
    // A ring of wires is an error of the Play, not of its picture.
    if (open.has(id)) return loose
    open.add(id)
    const places = (targets.get(id) ?? []).map(place).filter((one) => one !== loose)
    open.delete(id)
    const most = mostOf(places)
    if (open.size === 0) found.set(id, most)
    return most
  }
  for (const id of ids) found.set(id, place(id))
  return found
}

const order = (['long', 'short'] as const).flatMap((side) => slotNames.map((slot) => laneKey({ side, slot })))
const mostOf = (places: readonly Place[]): Place => {
  const count = (one: Place): number => places.filter((other) => other === one).length
  const [first = loose] = [...new Set(places)].sort(
    (a, b) => count(b) - count(a) || order.indexOf(a) - order.indexOf(b),
  )
  return first
}
