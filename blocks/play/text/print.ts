// From tree to text: the one way in which a document is written (dsl.md sections 1 to 3 and 5).
import { canonical } from '../canonical'
import { printNumber, readNumber } from '../literal'
import { blockKeys, hereKeys, playKeys } from '../schema'
import type { DocumentTree, NodeTree, Sidecar } from '../tree'
import { noteKey } from './build'
import { nodeOrder } from './order'
import { isTextPath, type Path } from './report'

/** A node is one flow line when it fits. */
const width = 110

/** Canonical text: literals in shortest form, keys in their order, notes as comments. Ends with a line feed. */
export const printDocument = (tree: DocumentTree, sidecar: Sidecar = {}): string => {
  const keys = 'play' in tree ? playKeys : blockKeys
  const lines = printSections({ ...canonical(tree) }, keys, { sidecar, indent: '', path: [] })
  return `${[...lines, ...printNote(sidecar, 'end', '')].join('\n')}\n`
}

type Fields = Readonly<Record<string, unknown>>
interface Scene {
  readonly sidecar: Sidecar
  readonly indent: string
  readonly path: Path
}

/** Sections that are written one entry a line; the others stay on their line when they fit. */
const open = ['pins', 'params', 'constraints', 'inputs', 'nodes', 'long', 'short', 'risk']

const printSections = (fields: Fields, keys: readonly string[], scene: Scene): readonly string[] => {
  const { sidecar, indent, path } = scene
  const deeper = `${indent}  `
  return keys.flatMap((key): readonly string[] => {
    const value = fields[key]
    if (value === undefined) return []
    const note = path.length === 0 ? printNote(sidecar, key, indent) : []
    const at = [...path, key]
    if (!isRecord(value) || Object.keys(value).length === 0 || key === 'markets' || key === 'outputs') {
      const split = open.includes(key) && Array.isArray(value) && value.length > 0
      const body = split
        ? [`${indent}${key}:`, ...printBlock(value, deeper, at)]
        : printEntry(key, value, { indent, path: at })
      return [...note, ...body]
    }
    return [...note, `${indent}${key}:`, ...printEntries(key, value, { sidecar, indent: deeper, path: at })]
  })
}

const printEntries = (section: string, fields: Fields, { sidecar, indent, path }: Scene): readonly string[] => {
  const here = path[0] === 'blocks' && path.length > 1 ? `here/${path[1]}/` : ''
  const hasNotes = section === 'nodes' || section === 'params' || section === 'blocks'
  return idsOf(section, fields, { sidecar, here }).flatMap((id) => {
    const value = fields[id]
    const at = [...path, id]
    const key = here === '' ? noteKey(section, id) : `${here}${section === 'params' ? '$' : ''}${id}`
    const note = hasNotes ? printNote(sidecar, key, indent) : []
    if (section === 'blocks' && isRecord(value)) {
      const inner = printSections(value, hereKeys, { sidecar, indent: `${indent}  `, path: at })
      return [...note, `${indent}${id}:`, ...inner]
    }
    return [...note, ...printEntry(id, value, { indent, path: at })]
  })
}

const idsOf = (section: string, fields: Fields, scene: { sidecar: Sidecar; here: string }): readonly string[] => {
  if (section !== 'nodes') return Object.keys(fields)
  const { order } = scene.sidecar
  const mine = order?.filter((id) => id.startsWith(scene.here)).map((id) => id.slice(scene.here.length))
  // An order that does not speak of these nodes at all says nothing about them.
  const spoken = mine?.some((id) => Object.hasOwn(fields, id)) ? mine : undefined
  return nodeOrder(fields as Readonly<Record<string, NodeTree>>, spoken)
}

const printNote = ({ notes }: Sidecar, key: string, indent: string): readonly string[] => {
  const note = notes !== undefined && Object.hasOwn(notes, key) ? notes[key] : undefined
  if (note === undefined) return []
  const lines = note.split(/\r\n|[\n\r\u0085\u2028\u2029]/)
  return lines.map((line) => `${indent}# ${line.replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ')}`.trimEnd())
}

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

interface Spot {
  readonly indent: string
  readonly path: Path
}

/** `key: value` on one line, or the key and its parts below it. */
const printEntry = (key: string, value: unknown, { indent, path }: Spot): readonly string[] => {
  const line = `${indent}${key}: ${printFlow(value, path, false)}`
  if (line.length <= width || !hasParts(value)) return [line]
  return [`${indent}${key}:`, ...printBlock(value, `${indent}  `, path)]
}

const hasParts = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

const printBlock = (value: object, indent: string, path: Path): readonly string[] => {
  if (!Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]) => printEntry(key, inner, { indent, path: [...path, key] }))
  }
  return value.flatMap((item, i): readonly string[] => {
    const at = [...path, i]
    const line = `${indent}- ${printFlow(item, at, false)}`
    const single = isRecord(item) && Object.keys(item).length === 1
    if (!hasParts(item) || (line.length <= width && !single)) return [line]
    const [first = '', ...rest] = printBlock(item, `${indent}  `, at)
    return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest]
  })
}

const printFlow = (value: unknown, path: Path, inside: boolean): string => {
  if (Array.isArray(value)) return `[${value.map((item, i) => printFlow(item, [...path, i], true)).join(', ')}]`
  if (isRecord(value)) {
    const parts = Object.entries(value).map(([key, inner]) => `${key}: ${printFlow(inner, [...path, key], true)}`)
    return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
  }
  if (typeof value === 'number') return printNumber(value)
  if (typeof value !== 'string' || !isTextPath(path)) return String(value)
  return isPlain(value, inside) ? value : quote(value)
}

const hidden = /[\p{Cc}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]/u

/** Can text stand without quotes and be read by every YAML 1.2 reader as that text? */
const isPlain = (text: string, inFlow: boolean): boolean =>
  text !== '' &&
  text === text.trim() &&
  !hidden.test(text) &&
  !/^[-?:,[\]{}#&*!|>'"%@`=.+~]|: |:$| #/.test(text) &&
  !(inFlow && /[,[\]{}]/.test(text)) &&
  !/^(?:true|false|null|yes|no|on|off)$/i.test(text) &&
  readNumber(text) === null &&
  !/^\d[\d_.:eExXoObB+-]*$/.test(text)

const quote = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
