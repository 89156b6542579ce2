// A gate ends a lane: one socket for each place of its role, and an empty one. Pure.
import type { InputPlace } from '../../blocks/play/connect'
import type { Slot } from '../../blocks/play/words'
import { gateId } from './handles'
import type { Lane, Side } from './lanes'
import { heights, type InputView } from './nodeView'
import { titleOf } from './words'

export interface GateView {
  readonly id: string
  readonly side: Side
  readonly slot: Slot
  readonly title: string
  readonly foot: string
  readonly places: readonly (InputView & { readonly source: string | null })[]
  readonly width: number
  readonly height: number
}

const titles: Readonly<Record<Slot, (count: number) => string>> = {
  filters: (count) => (count === 0 ? 'No filter' : count === 1 ? 'Filter' : `All of ${count}`),
  entries: (count) => (count > 1 ? `First of ${count}` : 'Entry'),
  exits: (count) => (count > 1 ? `First of ${count}` : 'Exit'),
  invalidations: (count) => (count === 0 ? 'None' : count === 1 ? 'Invalidation' : `Any of ${count}`),
}
const foots: Readonly<Record<Slot, string>> = {
  filters: 'may trade',
  entries: 'opens a trade',
  exits: 'closes it',
  invalidations: 'gives it up',
}
const one: Readonly<Record<Slot, string>> = {
  filters: 'add a filter',
  entries: 'add an entry',
  exits: 'add an exit',
  invalidations: 'add an invalidation',
}

export const gateView = (
  { side, slot }: Lane,
  places: readonly InputPlace[],
  sources: ReadonlyMap<string, string>,
): GateView => {
  const own = places.filter(({ port }) => port === slot)
  const count = own.filter(({ wired }) => wired).length
  const views = own.map(({ handle, accept, wired }) => {
    const source = sources.get(handle) ?? null
    return {
      handle,
      label: source === null ? one[slot] : titleOf(source),
      letter: accept[0] ?? 'F',
      wired,
      accept,
      source,
    }
  })
  const title = titles[slot](count)
  return {
    id: gateId(side, slot),
    side,
    slot,
    title,
    foot: foots[slot],
    places: views,
    width: 120,
    height: heights.head + heights.row * views.length + heights.line + 2,
  }
}

/** Height of a place's socket from the top of the gate. */
export const gateY = (index: number): number => heights.head + heights.row * (index + 0.5)
