// What can be put at the end of a wire that was dropped on empty ground, or added from the palette. Pure.
import { logicTypes } from '../../blocks/catalogue'
import { fits, type Letter } from '../../blocks/kit/socket'
import { libraryRefs } from '../../blocks/play/check/blocks'
import { keyOf } from '../../blocks/play/check/types'
import { typesThatGive, typesThatTake, type Wiring } from '../../blocks/play/connect'
import { typeLabel } from '../../blocks/play/labels'
import type { BlockTree, PlayTree } from '../../blocks/play/tree'
import { inputTypes, own, roleLetters } from '../../blocks/play/words'
import { anyBlock, ownNow } from '../library/library'
import { newestOf, type Own } from '../library/own'
import { logicTypeOf } from './nodeView'
import type { PullEnd } from './pull'

export interface Offer {
  /** As the document writes it. */
  readonly type: string
  readonly label: string
  readonly about: string
  readonly icon: string
  readonly letter: Letter | null
}

/** Letter of a type's first output, where the type alone knows it. */
const letterOf = (key: string): Letter | null => {
  const type = logicTypeOf(key)
  if (type === null) {
    const block = anyBlock(key)
    return block === undefined ? null : roleLetters[block.role]
  }
  const [output] = Object.values(type.outputs)
  if (typeof output?.socket === 'object') return output.socket.letter
  if (type.family === 'logic' || type.family === 'time') return 'C'
  return Object.values(type.inputs)[0]?.accept[0] ?? null
}

export const offerOf = (key: string): Offer => {
  const type = logicTypeOf(key)
  const block = type === null ? anyBlock(key) : undefined
  return {
    type: key,
    label: typeLabel(key),
    about: type?.summary ?? block?.about ?? '',
    icon: type?.type ?? block?.role ?? 'block',
    letter: letterOf(key),
  }
}

export interface Shelf {
  readonly title: string
  readonly offers: readonly Offer[]
}

const shelves: readonly (readonly [title: string, families: readonly string[]])[] = [
  ['Sources', ['sources']],
  ['Indicators', ['averages']],
  ['Extremes and change', ['extremes']],
  ['Structure', ['structure']],
  ['Comparison', ['comparison']],
  ['Logic', ['logic']],
  ['Time', ['time']],
  ['Arithmetic', ['arithmetic']],
  ['Trade', ['trade']],
  ['Roles', ['roles']],
]

/** Blocks that this Play defines itself. */
const ownOffers = (blocks: PlayTree['blocks'] = {}): readonly Offer[] =>
  Object.entries(blocks).map(([name, { role, title, about }]) => ({
    type: `here/${name}`,
    label: title ?? typeLabel(name),
    about: about ?? '',
    icon: role,
    letter: roleLetters[role],
  }))

/** Own Blocks of the library, the newest version of each. */
const libraryOffers = (own: Own): readonly Offer[] =>
  newestOf(own).map(({ name, version, tree: { role, title, about } }) => ({
    type: `${name}@${version}`,
    label: title ?? typeLabel(name),
    about: about ?? '',
    icon: role,
    letter: roleLetters[role],
  }))

/** All that can be added, by family; Blocks last: those of the Play, the trader's own, the shipped ones. */
export const shelvesOf = (blocks: PlayTree['blocks'], own: Own): readonly Shelf[] => [
  ...shelves.map(([title, families]) => ({
    title,
    offers: logicTypes.filter(({ family }) => families.includes(family)).map((type) => offerOf(keyOf(type))),
  })),
  { title: 'Blocks of this Play', offers: ownOffers(blocks) },
  { title: 'My blocks', offers: libraryOffers(own) },
  { title: 'Library blocks', offers: libraryRefs.map(offerOf) },
]

/** Words anywhere in name or meaning, names first. */
export const found = (offers: readonly Offer[], query: string): readonly Offer[] => {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return offers
  const rank = ({ label, type, about }: Offer): number => {
    const name = `${label} ${type.replaceAll('_', ' ')}`.toLowerCase()
    const all = `${name} ${about.toLowerCase()}`
    if (words.some((word) => !all.includes(word))) return -1
    if (name.startsWith(words[0] ?? '')) return 0
    return words.every((word) => name.includes(word)) ? 1 : 2
  }
  return offers
    .map((offer) => ({ offer, place: rank(offer) }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.place - b.place)
    .map(({ offer }) => offer)
}

export interface WiredOffer extends Offer {
  /** Socket of the new node that the wire runs into or comes from. */
  readonly socket: string | null
}

type Blocks = PlayTree['blocks']

/** Blocks that can stand at the end of a wire, those of the Play first; `socketOf` undefined: this one cannot. */
const blockOffers = (
  blocks: Blocks,
  socketOf: (block: Pick<BlockTree, 'role' | 'inputs'>) => string | null | undefined,
): readonly WiredOffer[] =>
  [...ownOffers(blocks), ...libraryOffers(ownNow()), ...libraryRefs.map(offerOf)].flatMap((offer) => {
    const block = blocks?.[offer.type.replace(/^here\//, '')] ?? anyBlock(offer.type)
    const socket = block === undefined ? undefined : socketOf(block)
    return socket === undefined ? [] : [{ ...offer, socket }]
  })

/** Types and Blocks with a socket for the end of this wire, types first and best first. */
export const offersFor = (wiring: Wiring, from: PullEnd, blocks?: Blocks): readonly WiredOffer[] => {
  const places = wiring.node(from.node)
  if (from.socket.side === 'out') {
    const output = places?.outputs.find(({ handle }) => handle === from.socket.name)
    const letter = output?.socket?.letter ?? output?.letters[0]
    if (letter === undefined) return []
    const types = typesThatTake(letter).map(({ type, handle }) => ({ ...offerOf(type), socket: handle }))
    const takes = ({ inputs = {} }: Pick<BlockTree, 'inputs'>): string | undefined =>
      Object.keys(inputs).find((name) => {
        const taken = own(inputTypes, inputs[name]?.type ?? '')
        return taken !== undefined && fits(letter, [taken])
      })
    return [...types, ...blockOffers(blocks, takes)]
  }
  const accept = places?.inputs.find(({ handle }) => handle === from.socket.name)?.accept ?? []
  const types = typesThatGive(accept).map(({ type, output }) => ({ ...offerOf(type), socket: output }))
  return [...types, ...blockOffers(blocks, ({ role }) => (fits(roleLetters[role], accept) ? null : undefined))]
}
