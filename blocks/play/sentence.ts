// What a Play does, in plain words: a leading sentence, then one sentence for each thing wired to a side, risk, and the
// names that were used on the way. Speaks half-built Plays too.
import { logicTypes } from '../catalogue'
import { parseReference } from './names'
import type { PlayTree, SideTree } from './tree'
import { own } from './words'
import { clauses } from './words/clauses'
import { instrumentText, nameText, timeframeText } from './words/literals'
import { nouns } from './words/nouns'
import { riskTexts } from './words/riskWords'
import { roles } from './words/roles'
import { begun, joined, type Span, saidBy, textOf, type Words } from './words/span'
import { Speaker } from './words/speaker'

export type { Span } from './words/span'

export type PartRole = 'entry' | 'filter' | 'exit' | 'invalidation' | 'mirror' | 'risk' | 'where'

export interface Sentence {
  readonly role: PartRole
  /** Of the side that wired it; null: of both. */
  readonly side: 'long' | 'short' | null
  readonly text: string
  /** The text in pieces, each with the node that says it. */
  readonly spans: readonly Span[]
  /** Nodes that the sentence speaks of, in order. */
  readonly nodes: readonly string[]
}

export interface Description {
  readonly lead: string
  readonly parts: readonly Sentence[]
}

/** Types that no sentence can be made of: none, which a test holds. */
export const unspoken: readonly string[] = logicTypes
  .map(({ type }) => type)
  .filter((type) => ![nouns, clauses, roles].some((phrases) => Object.hasOwn(phrases, type)))

type Place = Pick<Sentence, 'role' | 'side'>

const sentence = ({ role, side }: Place, words: Words): Sentence => {
  const spans = joined(begun([...words, { text: '.' }]))
  const nodes = [...new Set(spans.flatMap(({ node }) => node ?? []))]
  return { role, side, text: textOf(spans), spans, nodes }
}

const written = (side: PlayTree['long']): SideTree | null => (typeof side === 'string' ? null : side)

const leadOf = (tree: PlayTree): string => {
  const { main = [], ...others } = tree.markets
  const names = (market: string | readonly string[]): string => [market].flat().map(instrumentText).join(', ')
  const sides = [
    written(tree.long) === null ? null : 'buys',
    written(tree.short) === null ? null : 'sells short',
    tree.long === 'mirror' ? 'does the mirror image long' : null,
    tree.short === 'mirror' ? 'does the mirror image short' : null,
  ].filter((side) => side !== null)
  const does = sides.length === 0 ? 'does nothing yet' : sides.join(' and ')
  const read = Object.entries(others).map(([name, market]) => `${nameText(name)} is ${names(market)}`)
  const also = read.length === 0 ? '' : ` It also reads other markets: ${read.join('; ')}.`
  return `On ${timeframeText(tree.tf)} bars of ${names(main)} it ${does}.${also}`
}

const slots = [
  ['entries', 'entry'],
  ['filters', 'filter'],
  ['exits', 'exit'],
  ['invalidations', 'invalidation'],
] as const

/** Words of a Block in a role slot: its title, what it is about, and what it was set to. */
const blockWords = (speaker: Speaker, id: string): Words | null => {
  const block = speaker.blockOf(id)
  if (block === null) return null
  const settings = speaker.settings(id)
  const name = block?.title ?? nameText(id)
  const about = (block?.about ?? '').replace(/\.$/, '')
  return saidBy(
    id,
  )`${name}${about === '' ? '' : `: ${about}`}${settings.length === 0 ? '' : ' (with '}${settings}${settings.length === 0 ? '' : ')'}`
}

const verbs = { long: 'buys', short: 'sells short' } as const

const roleWords = (speaker: Speaker, reference: string, side: 'long' | 'short'): Words => {
  const id = parseReference(reference)?.node ?? reference
  const type = speaker.typeOf(id)
  if (type === undefined) return blockWords(speaker, id) ?? [{ text: `${nameText(id)} is not there` }]
  const phrase = own(roles, type.type)
  const telling = speaker.telling(id, '', 0)
  if (phrase === undefined) return telling.say`${nameText(id)} is wired where it does not fit`
  return type.type === 'entry' ? telling.say`${verbs[side]} ${phrase(telling)}` : phrase(telling)
}

const sideParts = (speaker: Speaker, tree: PlayTree, side: 'long' | 'short'): readonly Sentence[] => {
  const lists = written(tree[side])
  if (lists === null) return []
  const parts = slots.flatMap(([slot, role]) =>
    (lists[slot] ?? []).map((reference) => {
      speaker.begin()
      return sentence({ role, side }, roleWords(speaker, reference, side))
    }),
  )
  const lacks = (role: PartRole): boolean => parts.every((part) => part.role !== role)
  return [
    ...(lacks('entry') ? [sentence({ role: 'entry', side }, [{ text: 'no entry is wired yet' }])] : []),
    ...parts,
    ...(lacks('exit') ? [sentence({ role: 'exit', side }, [{ text: 'no stop is wired yet' }])] : []),
  ]
}

const mirrorPart = (tree: PlayTree): readonly Sentence[] => {
  const other = tree.short === 'mirror' ? 'short' : tree.long === 'mirror' ? 'long' : null
  if (other === null) return []
  const text = `${other} trades are the mirror image: above becomes below, highs become lows, and signs turn`
  return [sentence({ role: 'mirror', side: other }, [{ text }])]
}

/** What was called by its name alone: explained once, also what its explanation calls by name. */
const whereParts = (speaker: Speaker): readonly Sentence[] => {
  const parts: Sentence[] = []
  for (let i = 0; i < speaker.named.length; i++) {
    const id = speaker.named[i] ?? ''
    const type = speaker.typeOf(id)
    if (type === undefined) continue
    speaker.begin()
    const telling = speaker.telling(id, '', 0)
    const phrase = own(nouns, type.type)
    const clause = own(clauses, type.type)
    const name = telling.say`\u201c${nameText(id)}\u201d`
    const words =
      clause !== undefined
        ? telling.say`${name} means that ${clause(telling)}`
        : phrase === undefined
          ? []
          : telling.say`${name} is ${phrase(telling)}`
    if (words.length > 0) parts.push(sentence({ role: 'where', side: null }, words))
  }
  return parts
}

export const describePlay = (tree: PlayTree): Description => {
  const speaker = new Speaker(tree)
  const sides = [...sideParts(speaker, tree, 'long'), ...sideParts(speaker, tree, 'short')]
  const risk = riskTexts(tree).map((text) => sentence({ role: 'risk', side: null }, [{ text }]))
  return { lead: leadOf(tree), parts: [...sides, ...mirrorPart(tree), ...whereParts(speaker), ...risk] }
}

/** All of it as plain text, one sentence a line. */
export const sayPlay = (tree: PlayTree): string => {
  const { lead, parts } = describePlay(tree)
  return [lead, ...parts.map(({ text }) => text)].join('\n')
}
