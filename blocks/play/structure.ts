// Is a plain value a document? Turns zod's issues into Problems with suggestions and fixes.
import type { z } from 'zod'
import type { Fix, Problem } from '../kit/problem'
import { tfMs, timeframes } from '../kit/timeframe'
import { meantLiteral, parseLiteral } from './literal'
import { hostileNames } from './names'
import { blockKeys, blockSchema, hereKeys, playKeys, playSchema, sentences } from './schema'
import { type Path, TextReport } from './text/report'
import { suggest } from './text/suggest'
import type { DocumentTree } from './tree'

/** Maps and lists inside each other, the document itself counted (dsl.md section 8). */
export const maxDepth = 32

export interface Structure {
  /** Only without problems. The same object that came in: nothing is filled in or changed. */
  readonly tree?: DocumentTree
  readonly problems: readonly Problem[]
}

/** Checks the form of a document that came as data (JSON, canvas). Never throws. */
export const checkStructure = (draft: unknown): Structure => {
  const report = new TextReport()
  const tree = structureOf(draft, report)
  return { ...(tree === null ? {} : { tree }), problems: report.list(new Map()) }
}

/** The same for a draft whose text has perhaps been complained of: what is already said is not said again. */
export const structureOf = (draft: unknown, report: TextReport): DocumentTree | null => {
  if (!isRecord(draft)) {
    report.add('not_a_document', { path: [] }, { message: 'a document is a map of keys, beginning with `dsl: 1`' })
    return null
  }
  if (!soundKeys(draft, [], report)) return null
  const kind = kindOf(draft)
  if (kind === null) {
    report.add(
      'not_a_document',
      { path: [] },
      { message: 'a document is a Play (`play: name`) or a Block (`block: lib/name`)' },
    )
    return null
  }
  const schema = kind === 'play' ? playSchema : blockSchema
  const result = schema.safeParse(draft)
  if (!result.success) for (const issue of result.error.issues) say(issue, { draft, base: [], report })
  else sayClashes(draft, [], report)
  // The schemas hold what the types say; nothing is filled in, so it is the same object.
  return report.failed ? null : (draft as unknown as DocumentTree)
}

/** Inside a Block a word names an input or a node: never both. */
const sayClashes = (block: Readonly<Record<string, unknown>>, path: Path, report: TextReport): void => {
  const { inputs, nodes, blocks } = block
  for (const id of isRecord(inputs) && isRecord(nodes) ? Object.keys(nodes) : []) {
    if (!isRecord(inputs) || !Object.hasOwn(inputs, id)) continue
    report.add(
      'name_taken',
      { path: [...path, 'nodes', id] },
      { message: `\`${id}\` is the name of an input and of a node` },
    )
  }
  for (const [name, inner] of isRecord(blocks) ? Object.entries(blocks) : []) {
    if (isRecord(inner)) sayClashes(inner, ['blocks', name], report)
  }
}

const isRecord = (x: unknown): x is Readonly<Record<string, unknown>> =>
  typeof x === 'object' && x !== null && !Array.isArray(x)

const kindOf = (draft: Readonly<Record<string, unknown>>): 'play' | 'block' | null => {
  if (Object.hasOwn(draft, 'play')) return 'play'
  if (Object.hasOwn(draft, 'block')) return 'block'
  if (['risk', 'long', 'short', 'tf', 'markets'].some((key) => Object.hasOwn(draft, key))) return 'play'
  return ['role', 'outputs'].some((key) => Object.hasOwn(draft, key)) ? 'block' : null
}

/** No key that could reach a prototype, and no nesting that could exhaust the stack. */
const soundKeys = (value: unknown, path: Path, report: TextReport): boolean => {
  if (typeof value !== 'object' || value === null) return true
  if (path.length >= maxDepth) {
    report.add('too_deep', { path }, { message: `maps and lists may be nested ${maxDepth} deep` })
    return false
  }
  let sound = true
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key]
    if (hostileNames.includes(key)) {
      report.add('hostile_name', { path: at }, { message: `\`${key}\` is not allowed as a key` })
      sound = false
    } else if (!soundKeys(inner, at, report)) sound = false
  }
  return sound
}

type Issue = z.core.$ZodIssue
interface Scene {
  readonly draft: unknown
  /** Path that the issue's own path starts from. */
  readonly base: Path
  readonly report: TextReport
}

const say = (issue: Issue, scene: Scene): void => {
  const path = [...scene.base, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))]
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) sayUnknown(key, path, scene)
    return
  }
  if (at(scene.draft, path) === undefined) {
    sayMissing(path, scene)
    return
  }
  if (issue.code === 'invalid_union') {
    const branch = nearestBranch(issue.errors)
    if (branch === null) sayWrong(issue.message, path, scene)
    else for (const inner of branch) say(inner, { ...scene, base: path })
    return
  }
  if (issue.code === 'invalid_key') sayName(issue.issues[0]?.message ?? sentences.id, path, scene)
  else sayWrong(issue.message, path, scene)
}

/** The one alternative that the author began to write: its outer form fits. */
const nearestBranch = (branches: readonly (readonly Issue[])[]): readonly Issue[] | null => {
  const begun = branches.filter((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'),
  )
  const named = begun.filter((issues) => !issues.some((issue) => issue.code === 'unrecognized_keys'))
  const fitting = named.length > 0 ? named : begun
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

const sayUnknown = (key: string, path: Path, { draft, report }: Scene): void => {
  const known = keysAt(path, draft)
  const near = suggest(key, known)
  const inner = at(draft, [...path, key])
  const place = path.length === 0 ? 'a document' : `\`${path.join('.')}\``
  const taken = near !== undefined && at(draft, [...path, near]) !== undefined
  const remove: Fix = { label: `Remove \`${key}\``, edits: [{ path: [...path, key] }] }
  const rename: Fix[] =
    near === undefined || taken
      ? []
      : [{ label: `Rename to \`${near}\``, edits: [{ path: [...path, key] }, { path: [...path, near], value: inner }] }]
  report.add(
    'unknown_key',
    { path: [...path, key] },
    {
      message: `${place} has no key \`${key}\``,
      hint: near === undefined ? `It has ${known.join(', ')}.` : `Did you mean \`${near}\`?`,
      fixes: [...rename, remove],
    },
  )
}

const sayMissing = (path: Path, { report }: Scene): void => {
  const key = String(path.at(-1) ?? '')
  const place = path.length < 2 ? 'the document' : `\`${path.slice(0, -1).join('.')}\``
  const set = (value: unknown): Fix => ({ label: `Add \`${key}: ${String(value)}\``, edits: [{ path, value }] })
  const cures: Readonly<Record<string, readonly unknown[]>> = { dsl: [1], short: ['mirror', 'none'], long: ['none'] }
  const fixes = path.length === 1 && Object.hasOwn(cures, key) ? (cures[key] ?? []).map(set) : []
  report.add('missing_key', { path }, { message: `${place} needs the key \`${key}\``, fixes })
}

const sayName = (message: string, path: Path, { report }: Scene): void => {
  report.add('bad_name', { path }, { message: `\`${String(path.at(-1))}\` is no allowed name: ${message}` })
}

const sayWrong = (message: string, path: Path, { draft, report }: Scene): void => {
  const found = at(draft, path)
  const nested = isRecord(found) && path[path.length - 1] !== undefined && typeof path.at(-1) === 'number'
  if (nested && path.includes('nodes') && message === sentences.word) {
    const hint = 'Give it a line and a name of its own, and write that name here.'
    report.add('nested_node', { path }, { message: 'a node cannot stand inside another one', hint })
    return
  }
  if (report.covers(path)) return
  const meant =
    typeof found !== 'string' ? null : message === sentences.tf ? meantTimeframe(found) : meantLiteral(found)
  if (meant !== null && meant !== found) {
    const fixes: Fix[] = [{ label: `Write \`${String(meant)}\``, edits: [{ path, value: meant }] }]
    report.add('literal_form', { path }, { message: `\`${String(found)}\` is not allowed: ${message}`, fixes })
    return
  }
  const options = wordsAt(message)
  const near = typeof found === 'string' ? suggest(found, options) : undefined
  report.add(
    'bad_value',
    { path },
    {
      message: `${shown(found)} is not allowed: ${message}`,
      ...(near === undefined
        ? {}
        : {
            hint: `Did you mean \`${near}\`?`,
            fixes: [{ label: `Change to \`${near}\``, edits: [{ path, value: near }] }],
          }),
    },
  )
}

/** The timeframe of the same length: 60m is 1h, 15min is 15m. */
const meantTimeframe = (text: string): string | null => {
  const meant = meantLiteral(text.replace(/^(\d+)([HDW])$/, (all) => all.toLowerCase()))
  const literal = typeof meant === 'string' ? parseLiteral(meant) : null
  return literal?.kind === 'span' ? (timeframes.find((tf) => tfMs[tf] === literal.ms) ?? null) : null
}

/** Closed sets of words, by the sentence that lists them. */
const wordsAt = (message: string): readonly string[] => {
  if (message === sentences.side) return ['mirror', 'none']
  // The timeframe that is spelt nearest is a different timeframe.
  if (message === sentences.tf) return []
  const list = / is one of (.*)$/.exec(message)?.[1]
  return list === undefined || message === sentences.size ? [] : list.split(' ')
}

const shown = (found: unknown): string => {
  if (Array.isArray(found)) return 'a list'
  if (typeof found === 'object' && found !== null) return 'a map'
  const text = String(found)
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``
}

const at = (draft: unknown, path: Path): unknown => {
  let value = draft
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Readonly<Record<string | number, unknown>>)[step]
  }
  return value
}

/** Keys that the place knows: the schema is small and closed, so the list stands beside it. */
const keysAt = (path: Path, draft: unknown): readonly string[] => {
  const [first, , third] = path
  if (path.length === 0) return isRecord(draft) && kindOf(draft) === 'block' ? blockKeys : playKeys
  if (first === 'blocks') return path.length === 2 ? hereKeys : keysAt(third === undefined ? [] : path.slice(2), draft)
  const places: Readonly<Record<string, readonly string[]>> = {
    params: ['value', 'min', 'max', 'step', 'scale', 'choices', 'about'],
    inputs: ['type', 'about'],
    constraints: ['less', 'at_most'],
    long: ['filters', 'entries', 'exits', 'invalidations'],
    short: ['filters', 'entries', 'exits', 'invalidations'],
    risk: Object.keys(playSchema.shape.risk.shape),
    'risk.size': ['risk', 'notional', 'quote'],
    'risk.leverage': ['max'],
    'risk.cooldown': ['after', 'for'],
    'risk.limits': ['trades_per_day', 'daily_loss', 'losses_in_row', 'open_positions'],
    'risk.scale_in': ['adds', 'from'],
  }
  const key = first === 'risk' ? path.join('.') : String(first)
  return Object.hasOwn(places, key) ? (places[key] ?? []) : []
}
