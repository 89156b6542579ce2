// What can stand at a place of the text: types, ports, parameters, references that fit. Reads leniently: text that is
// being typed is mostly no document. Pure.
import { logicTypes } from '../../blocks/catalogue'
import type { LogicType } from '../../blocks/kit/logic'
import type { Param } from '../../blocks/kit/param'
import type { Letter } from '../../blocks/kit/socket'
import { timeframes } from '../../blocks/kit/timeframe'
import type { Wiring } from '../../blocks/play/connect'
import { canFit } from '../../blocks/play/connect/open'
import { printReference } from '../../blocks/play/names'
import type { PlayTree } from '../../blocks/play/tree'
import { own, slots } from '../../blocks/play/words'
import { outlineOf, partAt } from './outline'

export interface Choice {
  readonly label: string
  readonly detail: string
  /** What is put in, where it is more than the label. */
  readonly apply?: string
}
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

interface Frame {
  readonly open: '{' | '['
  /** The key that the bracket stands behind. */
  readonly behind: string
  readonly keys: string[]
  key: string
  place: number
}

/** Brackets that are open before the cursor, outermost first. */
const framesIn = (text: string): readonly Frame[] => {
  const stack: Frame[] = []
  for (const token of text.match(/#.*|"[^"\n]*"?|[{}[\],]|[^\s{}[\],:]+:(?=\s|$)|[^\s{}[\],]+/g) ?? []) {
    const top = stack.at(-1)
    if (token === '{' || token === '[') stack.push({ open: token, behind: top?.key ?? '', keys: [], key: '', place: 0 })
    else if (token === '}' || token === ']') stack.pop()
    else if (top === undefined) continue
    else if (token === ',') {
      top.key = ''
      top.place += 1
    } else if (token.endsWith(':') && top.open === '{') {
      top.key = token.slice(0, -1)
      top.keys.push(top.key)
    }
  }
  return stack
}

const bodyOf = ({ inputs, params, ordered }: LogicType): string => {
  if (ordered === true) return '[]'
  return Object.keys(inputs).length + Object.keys(params).length === 0 ? '{}' : '{  }'
}

const types = (wrapped: boolean): readonly Choice[] =>
  logicTypes.map((type) => {
    const node = `${type.type}: ${bodyOf(type)}`
    return { label: type.type, detail: type.summary, apply: wrapped ? node : `{ ${node} }` }
  })

const fitting = ({ tree, wiring }: Known, accept: readonly Letter[], self: string): readonly Choice[] =>
  Object.keys(tree.nodes)
    .filter((id) => id !== self)
    .flatMap((id) =>
      (wiring.node(id)?.outputs ?? [])
        .filter(({ letters }) => canFit(letters, accept))
        .map(({ handle, letters }) => ({
          label: printReference({ node: id, output: handle }),
          detail: letters.length === 1 ? (letters[0] ?? '') : '',
        })),
    )

const promoted = ({ tree }: Known): readonly Choice[] =>
  Object.entries(tree.params ?? {}).map(([name, { value }]) => ({ label: `$${name}`, detail: String(value) }))

const paramChoices = (param: Param, known: Known): readonly Choice[] => {
  const words = (list: readonly string[], detail: string): Choice[] => list.map((label) => ({ label, detail }))
  if (param.kind === 'choice') return words(param.choices, 'choice')
  if (param.kind === 'flag') return words(['true', 'false'], 'switch')
  if (param.kind === 'market') return words(Object.keys(known.tree.markets), 'market')
  if (param.kind === 'timeframe') return [...words(timeframes, 'timeframe'), ...promoted(known)]
  const preset = param.preset === undefined ? [] : [{ label: String(param.preset), detail: 'default' }]
  return [...preset, ...promoted(known)]
}

interface Spot {
  readonly type: LogicType
  readonly frames: readonly Frame[]
  readonly self: string
}

const inBody = ({ type, frames, self }: Spot, known: Known): readonly Choice[] => {
  const [, body, list] = frames
  const ports = Object.keys(type.inputs)
  if (body === undefined || frames.length > 3) return []
  const values = (port: string): readonly Choice[] => {
    const input = own(type.inputs, port)
    if (input !== undefined) return [...fitting(known, input.accept, self), ...promoted(known)]
    const param = own(type.params, port)
    return param === undefined ? [] : paramChoices(param, known)
  }
  if (body.open === '[') return list === undefined ? values(ports[Math.min(body.place, ports.length - 1)] ?? '') : []
  if (list !== undefined) return list.open === '[' ? values(list.behind) : []
  if (body.key !== '') return values(body.key)
  const free = (key: string): boolean => !body.keys.includes(key)
  return [
    ...ports.filter(free).map((key) => ({ label: key, detail: type.inputs[key]?.about ?? 'input', apply: `${key}: ` })),
    ...Object.entries(type.params)
      .filter(([key]) => free(key))
      .map(([key, { about }]) => ({ label: key, detail: about ?? 'parameter', apply: `${key}: ` })),
  ]
}

const inSide = (line: string, known: Known): readonly Choice[] => {
  const [, slot = ''] = /^\s+(\w+):\s*\[[^\]]*$/.exec(line) ?? []
  const letter = own(slots, slot)
  return letter === undefined ? [] : fitting(known, [letter], '')
}

export const completeAt = (text: string, position: number, known: Known): Completion | null => {
  const before = text.slice(0, position)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  if (/(?:^|\s)#/.test(line)) return null
  const word = /[$a-z0-9_.]*$/i.exec(line)?.[0] ?? ''
  const from = position - word.length
  const answer = (choices: readonly Choice[]): Completion | null => (choices.length === 0 ? null : { from, choices })
  if (/^tf:\s+\w*$/.test(line)) return answer(timeframes.map((label) => ({ label, detail: 'timeframe' })))
  const part = partAt(outlineOf(text), position)
  if (part === undefined) return null
  if (part.id.startsWith('$')) return answer(inSide(line, known))
  const inner = text.slice(part.from, from).replace(/^\s*[^\s:]+:/, '')
  const frames = framesIn(inner)
  const [node] = frames
  if (node === undefined) return inner.trim() === '' ? answer(types(false)) : null
  if (frames.length === 1) return node.key === '' ? answer(types(true)) : null
  const type = logicTypes.find((one) => one.type === frames[1]?.behind)
  return type === undefined ? null : answer(inBody({ type, frames, self: part.id }, known))
}

/** What is said of a word under the mouse: a type's meaning. */
export const meaningOf = (word: string): string | null => logicTypes.find(({ type }) => type === word)?.summary ?? null
