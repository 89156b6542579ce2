// What stands behind a word of the text, in words: types with their ports and parameters, units and ranges, `$names`. Pure.
import { logicTypes } from '../../blocks/catalogue'
import type { Param } from '../../blocks/kit/param'
import type { Letter } from '../../blocks/kit/socket'
import { typeLabel } from '../../blocks/play/labels'
import { parseReference, parseTypeName } from '../../blocks/play/names'
import { typeOf } from '../../blocks/play/references'
import type { ParamTree, PlayTree } from '../../blocks/play/tree'
import { inputTypes, orList, own, socketWords } from '../../blocks/play/words'
import { anyBlock, offeredRefs } from '../library/library'

export interface PortEntry {
  readonly name: string
  readonly accept: readonly Letter[]
  readonly list: boolean
  readonly optional: boolean
  readonly about: string | null
}

/** A parameter of a logic type, or one that a Block promotes. */
export type ParamEntry = { readonly name: string; readonly about: string | null } & (
  | { readonly spec: Param; readonly tree: null }
  | { readonly spec: null; readonly tree: ParamTree }
)

/** What can stand behind the name of a node: a logic type, a shipped or own Block, a Block of this document. */
export interface TypeEntry {
  readonly key: string
  readonly summary: string
  readonly ordered: boolean
  readonly ports: readonly PortEntry[]
  readonly params: readonly ParamEntry[]
  readonly outputs: readonly string[]
}

const logicEntries: ReadonlyMap<string, TypeEntry> = new Map(
  logicTypes.map((type) => [
    type.type,
    {
      key: type.type,
      summary: type.summary,
      ordered: type.ordered === true,
      ports: Object.entries(type.inputs).map(([name, { accept, least, optional, about }]) => ({
        name,
        accept,
        list: least !== undefined,
        optional: optional === true,
        about: about ?? null,
      })),
      params: Object.entries(type.params).map(([name, spec]) => ({
        name,
        about: spec.about ?? null,
        spec,
        tree: null,
      })),
      outputs: Object.keys(type.outputs).filter((name) => name !== ''),
    },
  ]),
)

const blockEntry = (key: string, tree: PlayTree | null): TypeEntry | null => {
  const name = parseTypeName(key)
  if (name === null || name.kind === 'logic') return null
  const block = name.kind === 'here' ? own(tree?.blocks, name.name) : anyBlock(key)
  if (block === undefined) return null
  const { title = typeLabel(key), about = '', inputs = {}, params = {}, outputs } = block
  return {
    key,
    summary: about === '' ? `${title}.` : `${title}. ${about}`,
    ordered: false,
    ports: Object.entries(inputs).map(([port, input]) => {
      const letter = own(inputTypes, input.type)
      return {
        name: port,
        accept: letter === undefined ? [] : [letter],
        list: false,
        optional: false,
        about: input.about ?? null,
      }
    }),
    params: Object.entries(params).map(([param, one]) => ({
      name: param,
      about: one.about ?? null,
      spec: null,
      tree: one,
    })),
    outputs: Object.keys(outputs).filter((output) => output !== block.role),
  }
}

export const entryOf = (key: string, tree: PlayTree | null): TypeEntry | null =>
  logicEntries.get(key.replace(/@1$/, '')) ?? blockEntry(key, tree)

/** Everything that a node can be in this Play. */
export const entriesFor = (tree: PlayTree): readonly TypeEntry[] => [
  ...logicEntries.values(),
  ...[...offeredRefs(), ...Object.keys(tree.blocks ?? {}).map((name) => `here/${name}`)].flatMap(
    (key) => blockEntry(key, tree) ?? [],
  ),
]

const minutes = { w: 10_080, d: 1440, h: 60, m: 1 }
/** `3600000` is "1h", as documents write it. */
const spanText = (ms: number): string => {
  const count = ms / 60_000
  const [unit, size] = Object.entries(minutes).find(([, one]) => count >= one && count % one === 0) ?? ['m', 1]
  return `${count / size}${unit}`
}
const percent = (fraction: number): string => `${Number((fraction * 100).toPrecision(12))}%`
const minus = (text: string): string => text.replace(/^-/, '\u2212')

/** How a value is written and how far it may go; without the default. */
const unitWords = (spec: Param): string => {
  switch (spec.kind) {
    case 'bars':
      return `bars (20) or a time (4h), ${spec.min} to ${spec.max} bars`
    case 'number':
      return `${spec.whole ? 'a whole number' : 'a number'}, ${minus(String(spec.min))} to ${spec.max}`
    case 'share':
      return `a percentage, ${minus(percent(spec.min))} to ${percent(spec.max)}`
    case 'span':
      return `a time, ${spanText(spec.minMs)} to ${spanText(spec.maxMs)}`
    case 'choice':
      return orList(spec.choices)
    case 'timeframe':
      return 'a timeframe; without it that of the Play'
    case 'market':
      return 'a market of this Play'
    case 'flag':
      return 'true or false'
    case 'kind':
      return `a kind of \`${spec.of}\``
    case 'rshare':
      return 'multiples of the first risk (2R) or a percentage (1%)'
    case 'steps':
      return 'a list of { at: 1R, close: 50% }'
    case 'lifetime':
      return 'bars (12b) or a time (3h)'
  }
}

/** `21, 8 to 55 by 1`. */
export const rangeText = ({ value, min, max, step, choices }: ParamTree): string => {
  const shown = minus(String(value))
  if (choices !== undefined) return `${shown}; ${orList(choices.map(String))}`
  if (min === undefined || max === undefined) return shown
  return `${shown}, ${minus(String(min))} to ${max}${step === undefined ? '' : ` by ${step}`}`
}

export const paramText = ({ spec, tree, about }: ParamEntry): string => {
  const unit = spec === null ? rangeText(tree) : unitWords(spec)
  const preset = spec?.preset === undefined ? '' : `; default ${minus(String(spec.preset))}`
  const said = about === null ? '' : `${about.replace(/\.?$/, '.')} `
  return `${said}${unit.slice(0, 1).toUpperCase()}${unit.slice(1)}${preset}.`
}

/** Sockets that hold numbers: most types take them all. */
const numeric: readonly Letter[] = ['P', 'D', 'A', 'R', 'O', 'N', 'T']

const takesText = (accept: readonly Letter[]): string => {
  const rest = accept.filter((letter) => !numeric.includes(letter))
  const words = rest.map((letter) => socketWords[letter])
  if (accept.length - rest.length < 5) return orList(accept.map((letter) => socketWords[letter]))
  return orList(['a value of any unit', ...words])
}

export const portText = ({ accept, list, optional, about }: PortEntry): string => {
  const takes = takesText(accept)
  const said = about === null ? '' : `${about.replace(/\.?$/, '.')} `
  return `${said}Takes ${takes}${list ? ', as many as you like' : ''}${optional ? '; may be left out' : ''}.`
}

export interface Meaning {
  readonly title: string
  readonly lines: readonly string[]
}

export const typeMeaning = ({ key, summary, ports, params, outputs }: TypeEntry): Meaning => ({
  title: key,
  lines: [
    summary,
    ...ports.map((port) => `${port.name}: ${portText(port)}`),
    ...params.map((param) => `${param.name}: ${paramText(param)}`),
    ...(outputs.length > 1 ? [`Gives ${outputs.join(', ')}.`] : []),
  ],
})

/** Of a parameter of the document, `$fast`. */
export const paramMeaning = (word: string, tree: PlayTree): Meaning | null => {
  const param = own(tree.params, word.slice(1))
  if (param === undefined) return null
  return { title: word, lines: [`${rangeText(param)}.`, ...(param.about === undefined ? [] : [param.about])] }
}

/** Of a node or one of its outputs, `swing.low_level`. */
export const nodeMeaning = (word: string, tree: PlayTree): Meaning | null => {
  const reference = parseReference(word)
  const node = reference === null ? undefined : own(tree.nodes, reference.node)
  if (node === undefined) return null
  const [key] = typeOf(node)
  return {
    title: word,
    lines: [`${typeLabel(key)}: ${entryOf(key, tree)?.summary ?? 'a type that is not known here.'}`],
  }
}
