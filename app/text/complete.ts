// What can stand at a place of the text: types, ports, parameters, references that fit, keys of every section. Pure.
import type { Param } from '../../blocks/kit/param'
import type { Letter } from '../../blocks/kit/socket'
import { timeframes } from '../../blocks/kit/timeframe'
import type { Wiring } from '../../blocks/play/connect'
import { canFit } from '../../blocks/play/connect/open'
import { parseLiteral } from '../../blocks/play/literal'
import { printReference } from '../../blocks/play/names'
import type { PlayTree, Scalar } from '../../blocks/play/tree'
import { own, slots, socketWords } from '../../blocks/play/words'
import { syntheticMarkets } from '../workbench/markets'
import type { Choice } from './choice'
import { entriesFor, entryOf, type ParamEntry, type PortEntry, paramText, portText, rangeText } from './meaning'
import { placeAt, type TextPlace } from './place'
import { sectionKeys, sectionValues } from './sections'

export interface Completion {
  /** Offset at which the word under the cursor begins. */
  readonly from: number
  readonly choices: readonly Choice[]
}

/** The last good Play, which the names and their sockets are taken from. */
export interface Known {
  readonly tree: PlayTree
  readonly wiring: Wiring
}

const words = (list: readonly string[], detail: string): readonly Choice[] => list.map((label) => ({ label, detail }))

const types = ({ tree }: Known, wrapped: boolean): readonly Choice[] =>
  entriesFor(tree).map(({ key, summary, ordered, ports, params }) => {
    const body = ordered ? '[#{}]' : ports.length + params.length === 0 ? '{}' : '{ #{} }'
    const node = `${key}: ${body}`
    return { label: key, detail: '', info: summary, apply: wrapped ? node : `{ ${node} }` }
  })

const fitting = ({ tree, wiring }: Known, accept: readonly Letter[], self: string): readonly Choice[] =>
  Object.keys(tree.nodes)
    .filter((id) => id !== self)
    .flatMap((id) =>
      (wiring.node(id)?.outputs ?? [])
        .filter(({ letters }) => canFit(letters, accept))
        .map(({ handle, letters: [letter, ...more] }) => ({
          label: printReference({ node: id, output: handle }),
          detail: letter === undefined || more.length > 0 ? '' : socketWords[letter].replace(/^an? /, ''),
        })),
    )

/** Kinds of literals that a parameter takes; null: it is asked with other words. */
const literals = (spec: Param): readonly string[] | null => {
  if (spec.kind === 'bars') return ['number', 'bars', 'span']
  if (spec.kind === 'rshare') return ['r', 'share']
  if (spec.kind === 'lifetime') return ['bars', 'span']
  return ['number', 'share', 'span'].includes(spec.kind) ? [spec.kind] : null
}

/** `$names` whose value has a unit that may stand here. */
const promoted = ({ tree }: Known, kinds: readonly string[]): readonly Choice[] =>
  Object.entries(tree.params ?? {})
    .filter(([, { value }]) => kinds.includes(parseLiteral(value)?.kind ?? ''))
    .map(([name, param]) => ({
      label: `$${name}`,
      detail: String(param.value),
      info: `${rangeText(param)}.${param.about === undefined ? '' : ` ${param.about}`}`,
    }))

const numbers = ['number', 'share', 'r', 'bars', 'span']

const valuesOf = (param: ParamEntry, known: Known): readonly Choice[] => {
  const { spec, tree } = param
  const info = paramText(param)
  const preset = (value: Scalar | undefined): readonly Choice[] =>
    value === undefined ? [] : [{ label: String(value), detail: 'default', info }]
  if (spec === null) {
    const kind = parseLiteral(tree.value)?.kind ?? 'word'
    const others = (tree.choices ?? []).filter((one) => one !== tree.value).map(String)
    return [...preset(tree.value), ...words(others, 'choice'), ...promoted(known, [kind])]
  }
  if (spec.kind === 'choice') return words(spec.choices, 'choice')
  if (spec.kind === 'flag') return words(['true', 'false'], 'switch')
  if (spec.kind === 'market') return words(Object.keys(known.tree.markets), 'market')
  if (spec.kind === 'timeframe') {
    const frames = Object.entries(known.tree.params ?? {}).filter(([, { choices }]) => choices !== undefined)
    return [
      ...words(timeframes, 'timeframe'),
      ...words(
        frames.map(([name]) => `$${name}`),
        'parameter',
      ),
    ]
  }
  return [...preset(spec.preset), ...promoted(known, literals(spec) ?? [])]
}

/** Names that a Block's own text gives: its nodes and inputs. Their sockets are not known while it is written. */
const inBlock = ({ tree }: Known, name: string): readonly Choice[] => {
  const block = own(tree.blocks, name)
  return [
    ...words(Object.keys(block?.nodes ?? {}), 'node'),
    ...words(Object.keys(block?.inputs ?? {}), 'input'),
    ...words(
      Object.keys(block?.params ?? {}).map((one) => `$${one}`),
      'parameter',
    ),
  ]
}

const steps: readonly Choice[] = [
  { label: 'at', detail: '', info: 'Gain at which it is taken: 2R or 1%.', apply: 'at: #{}' },
  { label: 'close', detail: '', info: 'Share of the first size: 50%, or rest.', apply: 'close: #{}' },
]
const stepValues: Readonly<Record<string, readonly Choice[]>> = {
  at: [...words(['1R', '2R', '3R'], 'gain')],
  close: [...words(['25%', '50%'], 'share'), ...words(['rest'], 'what is left')],
}

interface Spot {
  /** Names that a port may take. */
  readonly references: (port: PortEntry) => readonly Choice[]
  readonly place: TextPlace
  /** Keys from the node's type on. */
  readonly inner: readonly string[]
}

/** Ports and parameters that the type has and the body has not. */
const bodyKeys = (type: NonNullable<ReturnType<typeof entryOf>>, given: readonly string[]): readonly Choice[] => [
  ...type.ports
    .filter(({ name }) => !given.includes(name))
    .map((port) => ({
      label: port.name,
      detail: 'input',
      info: portText(port),
      apply: `${port.name}: ${port.list ? '[#{}]' : '#{}'}`,
    })),
  ...type.params
    .filter(({ name }) => !given.includes(name))
    .map((param) => ({
      label: param.name,
      detail: 'setting',
      info: paramText(param),
      apply: `${param.name}: ${param.spec?.kind === 'steps' ? '[{ #{} }]' : '#{}'}`,
    })),
]

const inNode = ({ references, place, inner }: Spot, known: Known): readonly Choice[] => {
  const [key, port, step] = inner
  // A node is of one type.
  if (key === undefined) return place.given.length > 0 ? [] : types(known, place.kind === 'key')
  const type = entryOf(key, known.tree)
  if (type === null) return []
  if (type.ordered) {
    const at = type.ports[Math.min(place.index, type.ports.length - 1)]
    return at === undefined || place.flow !== '[' || port !== undefined ? [] : references(at)
  }
  if (port === undefined) return place.kind === 'key' ? bodyKeys(type, place.given) : []
  if (port === 'steps') {
    if (place.kind === 'key') return steps.filter(({ label }) => !place.given.includes(label))
    return own(stepValues, step ?? '') ?? []
  }
  if (place.kind === 'key') return []
  const input = type.ports.find(({ name }) => name === port)
  if (input !== undefined) return references(input)
  const param = type.params.find(({ name }) => name === port)
  return param === undefined ? [] : valuesOf(param, known)
}

const ids = new Set(['less', 'at_most'])

const choicesAt = (place: TextPlace, known: Known): readonly Choice[] => {
  const { path, kind, given } = place
  const [section = '', name = '', inside = ''] = path
  if (section === 'nodes' && path.length > 1) {
    const references = (port: PortEntry): readonly Choice[] => [
      ...fitting(known, port.accept, name),
      ...promoted(known, numbers),
    ]
    return inNode({ references, place, inner: path.slice(2) }, known)
  }
  if (section === 'blocks' && inside === 'nodes' && path.length > 3)
    return inNode({ references: () => inBlock(known, name), place, inner: path.slice(4) }, known)
  if (kind === 'key') return sectionKeys(path, given)
  const letter = path.length === 2 && (section === 'long' || section === 'short') ? own(slots, name) : undefined
  if (letter !== undefined) return place.flow === '[' ? fitting(known, [letter], '') : []
  if (section === 'constraints' && ids.has(name)) return promoted(known, numbers)
  if (section === 'markets' && path.length === 2)
    return words([...new Set([...Object.values(known.tree.markets).flat(), ...syntheticMarkets])], 'market')
  return sectionValues(path)
}

export const completeAt = (text: string, position: number, known: Known): Completion | null => {
  const place = placeAt(text, position)
  const choices = place === null ? [] : choicesAt(place, known)
  return place === null || choices.length === 0 ? null : { from: place.from, choices }
}
