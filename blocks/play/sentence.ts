// What a Play does, in plain words: a leading sentence, then one sentence for each thing wired to a side, risk, and the
// names that were used on the way. Speaks half-built Plays too.
import { logicTypes } from '../catalogue'
import type { CheckOptions } from './check'
import { parseReference } from './names'
import type { PlayTree, SideTree } from './tree'
import { type WrittenOut, writtenOut } from './unfold'
import { own } from './words'
import { clauses } from './words/clauses'
import { instrumentText, lengthWord, nameText } from './words/literals'
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
  /** Nobody wrote it: it is what the mirror makes of the other side. */
  readonly mirrored: boolean
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

type Place = Pick<Sentence, 'role' | 'side'> & { readonly mirrored?: boolean }

const sentence = ({ role, side, mirrored = false }: Place, words: Words): Sentence => {
  const spans = joined(begun([...words, { text: '.' }]))
  const nodes = [...new Set(spans.flatMap(({ node }) => node ?? []))]
  return { role, side, mirrored, text: textOf(spans), spans, nodes }
}

const written = (side: PlayTree['long']): SideTree | null => (typeof side === 'string' ? null : side)

const leadOf = (tree: PlayTree): string => {
  const { main = [], ...others } = tree.markets
  const names = (market: string | readonly string[]): string => [market].flat().map(instrumentText).join(', ')
  const [buys, sells] = [written(tree.long) !== null, written(tree.short) !== null]
  const does = buys && sells ? 'buys and sells short' : buys ? 'buys' : sells ? 'sells short' : 'does nothing yet'
  const other = tree.short === 'mirror' ? 'sells short' : tree.long === 'mirror' ? 'buys' : null
  const mirror = other === null || !(buys || sells) ? '' : `, and ${other} by the same rules mirrored`
  const read = Object.entries(others).map(([name, market]) => `${nameText(name)} is ${names(market)}`)
  const also = read.length === 0 ? '' : ` It also reads other markets: ${read.join('; ')}.`
  return `On ${lengthWord(tree.tf)} bars of ${names(main)} it ${does}${mirror}.${also}`
}

const slots = [
  ['entries', 'entry'],
  ['filters', 'filter'],
  ['exits', 'exit'],
  ['invalidations', 'invalidation'],
] as const

/** A Play that is spoken: as it was written, and, while it is sound, with Blocks opened and the mirror written out. */
interface Spoken {
  readonly tree: PlayTree
  readonly out: WrittenOut | null
  /** Of what is written out, else of what was written. */
  readonly speaker: Speaker
  readonly asWritten: Speaker
}

/** Words that a Block's own parts may take at most; longer ones are left to its author's. */
const blockLength = 320

/** A Block by its author's words, which are those of the side that it was written for. */
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

const makerWords = (speaker: Speaker, id: string, side: 'long' | 'short'): Words => {
  const phrase = own(roles, speaker.typeOf(id)?.type ?? '')
  const telling = speaker.telling(id, '', 0)
  if (phrase === undefined) return telling.say`${speaker.name(id)} is wired where it does not fit`
  return phrase === roles.entry ? telling.say`${verbs[side]} ${phrase(telling)}` : phrase(telling)
}

interface Wired {
  readonly side: 'long' | 'short'
  /** As the side names it, and what stands there once Blocks are opened. */
  readonly reference: string
  readonly maker: string | undefined
  readonly mirrored: boolean
}

const roleWords = ({ speaker, asWritten }: Spoken, { side, reference, maker, mirrored }: Wired): Words => {
  const id = parseReference(reference)?.node ?? reference
  const block = asWritten.blockOf(id)
  const isKnown = block !== null || asWritten.typeOf(id) !== undefined
  if (!isKnown) return [{ text: `${nameText(id)} is not there` }]
  if (maker === undefined) return blockWords(asWritten, id) ?? makerWords(asWritten, id, side)
  if (block === null || block === undefined) return makerWords(speaker, maker, side)
  const called = speaker.named.length
  const words = saidBy(id)`${block.title ?? nameText(id)}: ${makerWords(speaker, maker, side)}`
  if (textOf(words).length <= blockLength) return words
  // What only the long words called by name is not explained.
  speaker.named.splice(called)
  // The author's words are those of the side that the Block was written for.
  if (mirrored) return saidBy(id)`${block.title ?? nameText(id)}: the mirror image of what it does on the other side`
  return blockWords(asWritten, id) ?? words
}

type Side = 'long' | 'short'

/** One sentence for each thing wired to a side; `from` is the side that was written for it. */
const roleParts = (spoken: Spoken, side: Side, from: Side): readonly Sentence[] => {
  const lists = written(spoken.tree[from])
  if (lists === null) return []
  const makers = spoken.out === null ? null : written(spoken.out.tree[side])
  const mirrored = side !== from
  return slots.flatMap(([slot, role]) =>
    (lists[slot] ?? []).map((reference, i) => {
      spoken.speaker.begin()
      return sentence(
        { role, side, mirrored },
        roleWords(spoken, { side, reference, maker: makers?.[slot]?.[i], mirrored }),
      )
    }),
  )
}

const sideParts = (spoken: Spoken, side: Side): readonly Sentence[] => {
  if (written(spoken.tree[side]) === null) return []
  const parts = roleParts(spoken, side, side)
  const lacks = (role: PartRole): boolean => parts.every((part) => part.role !== role)
  return [
    ...(lacks('entry') ? [sentence({ role: 'entry', side }, [{ text: 'no entry is wired yet' }])] : []),
    ...parts,
    ...(lacks('exit') ? [sentence({ role: 'exit', side }, [{ text: 'no stop is wired yet' }])] : []),
  ]
}

/** What the mirror makes of a side: only what reads otherwise there. */
const mirrorParts = (spoken: Spoken): readonly Sentence[] => {
  const { tree, out } = spoken
  const other = tree.short === 'mirror' ? 'short' : tree.long === 'mirror' ? 'long' : null
  if (other === null) return []
  const from = other === 'short' ? 'long' : 'short'
  const say = (text: string): Sentence => sentence({ role: 'mirror', side: other, mirrored: true }, [{ text }])
  const general = `${other} trades are the mirror image: above becomes below, highs become lows, and signs turn`
  if (out === null) return [say(general)]
  const originals = new Set(roleParts(spoken, from, from).map(({ text }) => text))
  const parts = roleParts(spoken, other, from)
  const turned = parts.filter(({ text }) => !originals.has(text))
  if (turned.length === parts.length) return turned
  return [
    ...turned,
    say(
      `all else is the same for ${other} trades, where a gain is a ${other === 'short' ? 'falling' : 'rising'} price`,
    ),
  ]
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
    const name = telling.say`\u201c${speaker.name(id)}\u201d`
    const words =
      clause !== undefined
        ? telling.say`${name} is true when ${clause(telling)}`
        : phrase === undefined
          ? []
          : telling.say`${name} is ${phrase(telling)}`
    if (words.length > 0) parts.push(sentence({ role: 'where', side: null }, words))
  }
  return parts
}

/** Links lead to the document's own nodes: from a part of a Block to the Block, from a mirrored node to its original. */
const linked = (part: Sentence, { origins }: WrittenOut): Sentence => {
  const home = (node: string): string => origins.get(node)?.node ?? node
  const spans = joined(part.spans.map(({ text, node }) => (node === undefined ? { text } : { text, node: home(node) })))
  return { ...part, spans, nodes: [...new Set(part.nodes.map(home))] }
}

/** `options.blocks`: own Blocks that it is spoken with. */
export const describePlay = (tree: PlayTree, options: Pick<CheckOptions, 'blocks'> = {}): Description => {
  const out = writtenOut(tree, options)
  const asWritten = new Speaker(tree, options.blocks)
  const speaker = out === null ? asWritten : new Speaker(out.tree, options.blocks, out.origins)
  const spoken: Spoken = { tree, out, speaker, asWritten }
  const sides = [...sideParts(spoken, 'long'), ...sideParts(spoken, 'short'), ...mirrorParts(spoken)]
  const said = [...sides, ...whereParts(speaker)]
  const risk = riskTexts(tree).map((text) => sentence({ role: 'risk', side: null }, [{ text }]))
  return { lead: leadOf(tree), parts: [...(out === null ? said : said.map((part) => linked(part, out))), ...risk] }
}

/** All of it as plain text, one sentence a line. */
export const sayPlay = (tree: PlayTree): string => {
  const { lead, parts } = describePlay(tree)
  return [lead, ...parts.map(({ text }) => text)].join('\n')
}
