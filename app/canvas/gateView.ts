// What ends a lane: one socket for each place of its role, and an empty one; how many there are, in words. Pure.
import type { InputPlace } from '../../blocks/play/connect'
import type { Slot } from '../../blocks/play/words'
import { gateId } from './handles'
import type { Lane, Side } from './lanes'
import type { InputView } from './nodeParts'
import { titleOf } from './words'

export interface GateView {
  readonly id: string
  readonly side: Side
  readonly slot: Slot
  readonly title: string
  readonly foot: string
  /** How several go together: the words below the lane's title. Null: there are not several. */
  readonly together: string | null
  /** What the empty socket of an empty lane asks for. */
  readonly ask: string
  readonly places: readonly (InputView & { readonly source: string | null })[]
}

const titles: Readonly<Record<Slot, (count: number) => string>> = {
  filters: (count) => (count === 0 ? 'No filter' : count === 1 ? 'Filter' : `All of ${count}`),
  entries: (count) => (count > 1 ? `First of ${count}` : 'Entry'),
  exits: (count) => (count > 1 ? `First of ${count}` : 'Exit'),
  invalidations: (count) => (count === 0 ? 'None' : count === 1 ? 'Invalidation' : `Any of ${count}`),
}
const together: Readonly<Record<Slot, (count: number) => string>> = {
  filters: (count) => `all ${count} must agree`,
  entries: (count) => `first of ${count} opens`,
  exits: (count) => `first of ${count} closes`,
  invalidations: (count) => `any of ${count} ends it`,
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
  return {
    id: gateId(side, slot),
    side,
    slot,
    title: titles[slot](count),
    foot: foots[slot],
    together: count > 1 ? together[slot](count) : null,
    ask: one[slot],
    places: views,
  }
}
