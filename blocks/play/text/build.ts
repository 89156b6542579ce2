// From YAML nodes to the plain value of a document: typed scalars, safe keys, and the place of each part.
import { isMap, isPair, isScalar, isSeq, type LineCounter, type Node, type Scalar } from 'yaml'
import type { Fix } from '../../kit/problem'
import { meantLiteral, printNumber, readNumber } from '../literal'
import { hostileNames } from '../names'
import type { Anchor } from './notes'
import { isTextPath, type Path, type Place, pathKey, type TextReport } from './report'

export interface Build {
  readonly lines: LineCounter
  readonly report: TextReport
  readonly places: Map<string, Place>
  readonly anchors: Anchor[]
}

/** The value of a node and the offset behind its last character. */
interface Built {
  readonly value: unknown
  readonly end: number
}

/** Builds the value at `path`; `null` stands where nothing was written. Depth is bounded by the guard. */
export const buildValue = (node: unknown, path: Path, build: Build): Built => {
  if (isMap(node)) return buildMap(node, path, build)
  if (isSeq(node)) {
    const values: unknown[] = []
    let end = startOf(node)
    for (const [i, item] of node.items.entries()) {
      const at = [...path, i]
      if (isPlace(item)) note(build, at, startOf(item))
      const built = buildValue(isPair(item) ? item.value : item, at, build)
      values.push(built.value)
      end = Math.max(end, built.end)
    }
    return { value: values, end: Math.max(end, flowEnd(node)) }
  }
  if (isScalar(node)) return { value: buildScalar(node, path, build), end: node.range?.[1] ?? 0 }
  return { value: null, end: 0 }
}

const isPlace = (x: unknown): x is Node => isScalar(x) || isMap(x) || isSeq(x)
const startOf = (node: Node): number => node.range?.[0] ?? 0
/** A flow collection ends at its bracket; a block collection at its last part. */
const flowEnd = (node: Node & { flow?: boolean | undefined }): number => (node.flow ? (node.range?.[1] ?? 0) : 0)

const note = (build: Build, path: Path, offset: number): void => {
  const { line, col } = build.lines.linePos(offset)
  build.places.set(pathKey(path), { line, column: col })
}

const buildMap = (
  node: Node & { items: readonly unknown[]; flow?: boolean | undefined },
  path: Path,
  build: Build,
): Built => {
  const record: Record<string, unknown> = {}
  let end = startOf(node)
  for (const pair of node.items) {
    if (!isPair(pair)) continue
    const key = readKey(pair.key, { path, record, build })
    if (key === null) continue
    const at = [...path, key.name]
    note(build, at, key.offset)
    const built = pair.value === null ? { value: null, end: key.end } : buildValue(pair.value, at, build)
    record[key.name] = built.value
    if (built.value === null) sayNothing(at, build.report)
    const last = Math.max(built.end, key.end)
    anchor(at, [key.offset, last], build)
    end = Math.max(end, last)
  }
  return { value: record, end: Math.max(end, flowEnd(node)) }
}

const sayNothing = (path: Path, report: TextReport): void => {
  const nodeType = path[0] === 'nodes' && path.length === 3
  const fixes: Fix[] = nodeType ? [{ label: 'Write `{}`', edits: [{ path, value: {} }] }] : []
  const message = `nothing stands behind \`${String(path.at(-1))}\``
  report.add(
    'no_value',
    { path },
    { message, ...(nodeType ? { hint: 'A type without ports and parameters is written {}.' } : {}), fixes },
  )
}

interface KeyScene {
  readonly path: Path
  readonly record: Readonly<Record<string, unknown>>
  readonly build: Build
}

const readKey = (key: unknown, { path, record, build }: KeyScene) => {
  const { report, lines } = build
  if (!isScalar(key) || typeof key.value !== 'string' || key.value === '') {
    const line = isPlace(key) ? { line: lines.linePos(startOf(key)).line } : {}
    report.add('key_form', { path, ...line }, { message: 'a key is a word; here stands none, or a map or list' })
    return null
  }
  const name = key.value
  const offset = startOf(key)
  const { line } = lines.linePos(offset)
  const at = [...path, name]
  if (hostileNames.includes(name)) {
    report.add('hostile_name', { path: at, line }, { message: `\`${name}\` is not allowed as a key` })
  } else if (name === '<<') {
    report.add('merge_key', { path: at, line }, { message: 'merge keys (<<) are not part of the language' })
  } else if (Object.hasOwn(record, name)) {
    const message = `the key \`${shorten(name)}\` stands twice`
    report.add('duplicate_key', { path: at, line }, { message, hint: 'Names are unique in their document.' })
  } else return { name, offset, end: key.range?.[1] ?? offset }
  return null
}

/** Places that a comment can belong to: sections, parameters, nodes, and the same inside Blocks of the document. */
const anchor = (path: Path, [start, end]: readonly [number, number], { anchors, lines }: Build): void => {
  const key = anchorKey(path)
  if (key === null) return
  anchors.push({
    key,
    path,
    startLine: lines.linePos(start).line,
    endLine: lines.linePos(Math.max(start, end - 1)).line,
  })
}

const sections = ['params', 'nodes', 'blocks']

const anchorKey = ([first, second, third, fourth, ...rest]: Path): string | null => {
  if (first === undefined || rest.length > 0) return null
  if (second === undefined) return String(first)
  if (!sections.includes(String(first))) return null
  if (third === undefined) return noteKey(String(first), String(second))
  if (first !== 'blocks' || fourth === undefined || (third !== 'nodes' && third !== 'params')) return null
  return `here/${second}/${third === 'params' ? '$' : ''}${fourth}`
}

/** Keys of sections, in Plays and Blocks; a node of such a name keeps its note under `nodes.<id>`. */
const sectionNames =
  'dsl play block version role title about markets tf pins inputs params constraints blocks nodes outputs risk end'.split(
    ' ',
  )

/** Sidecar key of the note of a parameter (`$fast`), a Block of the document (`here/grab`) or a node. */
export const noteKey = (section: string, name: string): string => {
  if (section === 'params') return `$${name}`
  if (section === 'blocks') return `here/${name}`
  return sectionNames.includes(name) ? `nodes.${name}` : name
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

const buildScalar = (node: Scalar, path: Path, { report, lines }: Build): unknown => {
  const text = String(node.value)
  if (isTextPath(path)) return text
  const value = plainScalar(text)
  if (node.type === 'QUOTE_DOUBLE') {
    const fixes: Fix[] = value === undefined ? [] : [{ label: 'Remove the quotes', edits: [{ path, value }] }]
    const message = `text in quotes stands where a number, a literal or a word belongs: "${shorten(text)}"`
    report.add('quoted_value', { path, line: lines.linePos(startOf(node)).line }, { message, fixes })
    return value ?? text
  }
  if (value === null) return null
  if (value !== undefined) return value
  const meant = meantNumber(text)
  const fixes: Fix[] = meant === null ? [] : [{ label: `Write \`${String(meant)}\``, edits: [{ path, value: meant }] }]
  report.add(
    'number_form',
    { path },
    {
      message: `\`${shorten(text)}\` is not a number of the language`,
      hint: 'Plain decimals: no exponent, hex, underscore, leading or trailing point, or sign +.',
      fixes,
    },
  )
  return meant ?? 0
}

/** Value of plain text; null: nothing; undefined: it looks like a number or a switch and is none. */
const plainScalar = (text: string): string | number | boolean | null | undefined => {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^(?:~|null|Null|NULL)?$/.test(text)) return null
  const number = readNumber(text)
  if (number !== null) return number
  const likeNumber =
    /^[+-]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?$|^[+-]?0[xob][\da-fA-F_]+$|^[+-]?\.(?:inf|nan)$/i
  if (likeNumber.test(text) || /^(?:true|false)$/i.test(text)) return undefined
  return text
}

const meantNumber = (text: string): number | boolean | null => {
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  const meant = meantLiteral(text)
  if (typeof meant === 'number') return meant
  // An exponent is moved out only where the decimal stays readable.
  const power = /^[+-]?\d{1,15}(?:\.\d{1,15})?[eE]([+-]?\d{1,2})$/.exec(text)
  const value = power === null ? Number.NaN : Number(text)
  return Number.isFinite(value) ? Number(printNumber(value)) : null
}
