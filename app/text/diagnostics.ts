// Problems at their place in the text: of the form while it is typed, of the checker once it is a Play. Pure.
import type { Fix, Problem } from '../../blocks/kit/problem'
import { type Path, type Place, type Places, pathKey, placeOf } from '../../blocks/play/text/report'

export interface Finding {
  readonly from: number
  readonly to: number
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly fixes: readonly Fix[]
}

/** What a reader of YAML says after its first word of complaint follows from that, and hides what is wrong. */
const telling = (problems: readonly Problem[]): readonly Problem[] => {
  const first = problems.find(({ code }) => code === 'bad_yaml')
  return problems.filter((problem) => problem.code !== 'bad_yaml' || problem === first)
}

/** Offsets of the lines of a text, for places that count from 1. */
const lineAt = (text: string, line: number): readonly [from: number, to: number] => {
  let from = 0
  for (let i = 1; i < line; i++) {
    const next = text.indexOf('\n', from)
    if (next < 0) return [text.length, text.length]
    from = next + 1
  }
  const end = text.indexOf('\n', from)
  return [from, end < 0 ? text.length : end]
}

/** The word that begins at a place, or the rest of its line. */
const rangeAt = (text: string, { line, column }: Place): readonly [from: number, to: number] => {
  const [start, end] = lineAt(text, line)
  const from = Math.min(start + column - 1, end)
  const word = /^[^\s,:{}[\]]+/.exec(text.slice(from, end))
  return [from, word === null ? end : from + word[0].length]
}

/** Codes that speak of what stands behind a key, not of the key. */
const ofValues: ReadonlySet<string> = new Set([
  'bad_value',
  'literal_form',
  'literal_refused',
  'needs_output',
  'not_whole',
  'number_form',
  'out_of_bounds',
  'param_value',
  'quoted_value',
  'risk_limits',
  'unknown_choice',
  'unknown_market',
  'unknown_node',
  'unknown_output',
  'unknown_param',
  'wrong_clock',
  'wrong_socket',
  'wrong_unit',
])

const scalar = /^(?:"[^"]*"|'[^']*'|(?:\{[^}]*\}|\[[^\]]*\]|(?! #)[^,{}[\]])*)/

/** The word or number behind the key at a place; null: a map or list, or nothing, stands there. */
const valueAt = (text: string, { line, column }: Place): readonly [from: number, to: number] | null => {
  const [start, end] = lineAt(text, line)
  const rest = text.slice(start + column - 1, end)
  const lead = /^[^\s:,{}[\]]+: +(?=[^\s#{[])/.exec(rest)?.[0].length
  if (lead === undefined) return null
  const from = start + column - 1 + lead
  const value = scalar.exec(rest.slice(lead))?.[0].trimEnd() ?? ''
  return [from, from + value.length]
}

interface Located {
  readonly code: string
  readonly path: Path
  readonly place: Place
}

/** What a problem speaks of: a value where there is one, else the word at its place. */
const spokenOf = (
  text: string,
  { code, path, place }: Located,
  places: Places,
): readonly [from: number, to: number] => {
  const isKey = typeof path.at(-1) === 'string' && places.has(pathKey(path))
  return (isKey && ofValues.has(code) ? valueAt(text, place) : null) ?? rangeAt(text, place)
}

export const findingsOf = (text: string, problems: readonly Problem[], places: Places): readonly Finding[] =>
  telling(problems)
    .map(({ code, where, severity, message, hint, fixes }): Finding => {
      const path =
        where.path ?? (where.node === undefined ? undefined : ['nodes', where.node.split('/')[0] ?? where.node])
      const place = path === undefined || path.length === 0 ? undefined : placeOf(places, path)
      // A parent's place is better than none, but a line that the problem names itself is better than a parent's.
      const [from, to] =
        path !== undefined && place !== undefined && (where.line === undefined || place.line === where.line)
          ? spokenOf(text, { code, path, place }, places)
          : trimLine(text, where.line ?? place?.line ?? 1)
      return { from, to, severity, message: quoted(sentence(message, hint)), fixes }
    })
    .sort((a, b) => a.from - b.from || a.to - b.to)

const trimLine = (text: string, line: number): readonly [from: number, to: number] => {
  const [from, to] = lineAt(text, line)
  const indent = /^\s*/.exec(text.slice(from, to))?.[0].length ?? 0
  return indent === to - from ? [from, to] : [from + indent, to]
}

/** Words of the language in the quotes of a sentence. */
const quoted = (text: string): string => text.replaceAll(/`([^`]*)`/g, '\u201c$1\u201d')

const sentence = (message: string, hint: string | undefined): string => {
  const first = message.slice(0, 1).toUpperCase() + message.slice(1)
  const closed = /[.!?]$/.test(first) ? first : `${first}.`
  return hint === undefined ? closed : `${closed} ${hint.slice(0, 1).toUpperCase()}${hint.slice(1)}`
}

/** The finding that a cursor is concerned with: the one it stands in, else in its line, else the next one, else the first. */
export const findingAt = (text: string, findings: readonly Finding[], offset: number): Finding | null => {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset) < 0 ? text.length : text.indexOf('\n', offset)
  return (
    findings.find(({ from, to }) => from <= offset && offset <= to) ??
    findings.find(({ from }) => from >= start && from <= end) ??
    findings.find(({ from }) => from > offset) ??
    findings[0] ??
    null
  )
}
