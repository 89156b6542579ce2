// From text to tree: YAML subset, typed scalars, form, notes and reading order. Never throws, never fills anything in.
import { Composer, type CST, LineCounter, Parser } from 'yaml'
import type { Problem } from '../../kit/problem'
import { structureOf } from '../structure'
import type { DocumentTree, Sidecar } from '../tree'
import { type Build, buildValue } from './build'
import { soundText, soundTokens } from './guard'
import { type Anchor, notesOf } from './notes'
import { type Place, type Places, pathKey, TextReport } from './report'

export interface Parsed {
  /** Only without problems: every number in it is as its author wrote it. */
  readonly tree?: DocumentTree
  /** The plain value even when its form is wrong: what the fixes edit. Absent when the text is no YAML at all. */
  readonly draft?: unknown
  /** Notes and reading order; the rest of a sidecar is not in the text. */
  readonly sidecar: Sidecar
  readonly places: Places
  readonly problems: readonly Problem[]
}

/** Reads a Play or a Block. `file` only names the place in problems. */
export const parseDocument = (text: string, file?: string): Parsed => {
  const report = new TextReport()
  const failed = (): Parsed => ({ sidecar: {}, places: new Map(), problems: report.list(new Map(), file) })
  if (!soundText(text, report)) return failed()

  const lines = new LineCounter()
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const comments = soundTokens(tokens, (offset) => lines.linePos(offset).line, report)
  if (comments === null) return failed()
  const contents = compose(tokens, lines, report)
  if (report.failed) return failed()

  const anchors: Anchor[] = []
  const places = new Map<string, Place>([[pathKey([]), { line: 1, column: 1 }]])
  const build: Build = { lines, report, places, anchors }
  const draft = contents === null ? null : buildValue(contents, [], build).value
  if (draft === null) {
    report.add('empty', { line: 1 }, { message: 'there is no document in this text', hint: 'It begins with `dsl: 1`.' })
    return failed()
  }
  const tree = structureOf(draft, report)
  const spotOf = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, behind: text.slice(offset - col + 1, offset).trim() !== '' }
  }
  const notes = notesOf(comments, anchors, spotOf)
  const order = orderOf(anchors)
  return {
    ...(tree === null ? {} : { tree }),
    draft,
    sidecar: { ...(order.length > 0 ? { order } : {}), ...(Object.keys(notes).length > 0 ? { notes } : {}) },
    places,
    problems: report.list(places, file),
  }
}

/** The YAML nodes of the one document; null when it is empty. Errors of the YAML go into the report. */
const compose = (tokens: readonly CST.Token[], lines: LineCounter, report: TextReport): unknown => {
  // Keys are compared by the builder: the library's own test is quadratic.
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, lineCounter: lines, logLevel: 'silent' })
  const [document] = [...composer.compose(tokens, true)]
  for (const error of document?.errors ?? []) {
    const line = lines.linePos(error.pos[0]).line
    report.add('bad_yaml', { line }, { message: `this is not YAML: ${error.message.split('\n')[0] ?? ''}` })
  }
  return document?.contents ?? null
}

/** Ids of nodes as they were read; those of Blocks of the document carry their path. */
const orderOf = (anchors: readonly Anchor[]): readonly string[] =>
  anchors
    .filter(({ path }) => (path[0] === 'nodes' && path.length === 2) || (path[2] === 'nodes' && path.length === 4))
    .map(({ key, path }) => (path[0] === 'nodes' ? String(path[1]) : key))
