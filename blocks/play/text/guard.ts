// First look at a text: length, characters, nesting and the YAML that the language leaves out. Iterative throughout.
import type { CST } from 'yaml'
import { maxDepth } from '../structure'
import type { TextCode } from './codes'
import type { TextReport } from './report'

/** UTF-8 bytes (dsl.md section 8). */
export const maxBytes = 128 * 1024

const utf8Length = (text: string): number => {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    // Each half of a surrogate pair counts 2 of the pair's 4 bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3
  }
  return bytes
}

/** Refuses what must not reach the YAML parser; false: stop here. */
export const soundText = (text: string, report: TextReport): boolean => {
  if (text.length > maxBytes || utf8Length(text) > maxBytes) {
    report.add('too_long', { line: 1 }, { message: 'a document has at most 128 KiB of text' })
    return false
  }
  let line = 1
  let sound = true
  for (const part of text.split('\n')) {
    const bad = /[\p{Cc}\p{Cs}\ufffe\uffff]/u.exec(part.endsWith('\r') ? part.slice(0, -1) : part)?.[0]
    if (bad === '\t') {
      report.add('tab', { line }, { message: 'a tab stands here', hint: 'Indent and separate with spaces.' })
      sound = false
    } else if (bad !== undefined) {
      const code = (bad.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
      report.add('bad_character', { line }, { message: `the character U+${code} is not allowed in a document` })
      sound = false
    }
    line += 1
  }
  return sound
}

/** A comment of the text, with its `#`. */
export interface Comment {
  readonly offset: number
  readonly source: string
}

const refused: Readonly<Record<string, readonly [code: TextCode, message: string, hint: string]>> = {
  anchor: ['anchor', 'anchors (&name) are not part of the language', 'Write the value where it is used.'],
  alias: ['alias', 'aliases (*name) are not part of the language', 'Write the value, or wire the node by its name.'],
  tag: ['tag', 'tags (!name) are not part of the language', 'The type decides what a value is.'],
  directive: ['directive', 'YAML directives are not part of the language', 'Remove the line.'],
  'explicit-key-ind': ['explicit_key', 'keys with ? are not part of the language', 'Write `key: value`.'],
  'single-quoted-scalar': ['single_quotes', 'single quotes are not part of the language', 'Use double quotes.'],
  'block-scalar': [
    'block_text',
    'text behind | or > is not part of the language',
    'Write it on one line, in double quotes.',
  ],
}

/** A list of tokens on the way, or one token; `depth` counts the collections around it. */
type Step = readonly [token: CST.Token, depth: number]

const partsOf = (token: CST.Token): readonly CST.Token[] => {
  const parts: (CST.Token | null | undefined)[] = []
  if (token.type === 'document') parts.push(...token.start, token.value, ...(token.end ?? []))
  if (token.type === 'doc-end') parts.push(...(token.end ?? []))
  if ('items' in token) {
    for (const item of token.items) {
      for (const part of item.start) parts.push(part)
      parts.push(item.key)
      for (const part of item.sep ?? []) parts.push(part)
      parts.push(item.value)
    }
  }
  if (token.type === 'block-scalar') parts.push(...token.props)
  if ('end' in token && token.type !== 'document' && token.type !== 'doc-end')
    for (const part of token.end ?? []) parts.push(part)
  return parts.filter((part) => part !== null && part !== undefined)
}

/** The parser notices only at the end of the text; the author looks for the beginning. */
const unclosed = (token: CST.Token): string | null => {
  if (token.type === 'double-quoted-scalar') {
    // The lexer ends the token at the first quote that no odd run of backslashes stands before.
    let slashes = 0
    while (token.source.at(-2 - slashes) === '\\') slashes += 1
    return token.source.length > 1 && token.source.endsWith('"') && slashes % 2 === 0 ? null : 'the quote'
  }
  if (token.type !== 'flow-collection') return null
  const last = token.end[0]?.type
  return last === 'flow-map-end' || last === 'flow-seq-end' ? null : 'the bracket'
}

/** Reads the tokens of a document; null: they hold what the language leaves out, or nest too deep. */
export const soundTokens = (
  tokens: readonly CST.Token[],
  lineOf: (offset: number) => number,
  report: TextReport,
): readonly Comment[] | null => {
  const comments: Comment[] = []
  const stack: Step[] = tokens.map((token): Step => [token, 0]).reverse()
  const documents = tokens.filter((token) => token.type === 'document')
  let sound = true
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const [token, depth] = step
    const words = Object.hasOwn(refused, token.type) ? refused[token.type] : undefined
    if (words !== undefined) {
      report.add(words[0], { line: lineOf(token.offset) }, { message: words[1], hint: words[2] })
      sound = false
    }
    if (token.type === 'error') {
      report.add('bad_yaml', { line: lineOf(token.offset) }, { message: `this is not YAML: ${token.message}` })
      sound = false
    }
    const open = unclosed(token)
    if (open !== null) {
      report.add('bad_yaml', { line: lineOf(token.offset) }, { message: `${open} that opens here is not closed` })
      sound = false
    }
    if (token.type === 'comment') comments.push({ offset: token.offset, source: token.source })
    const inner = 'items' in token ? depth + 1 : depth
    if (inner > maxDepth) {
      const message = `maps and lists may be nested ${maxDepth} deep`
      report.add('too_deep', { line: lineOf(token.offset) }, { message })
      return null
    }
    const parts = partsOf(token)
    for (let i = parts.length - 1; i >= 0; i--) {
      const part = parts[i]
      if (part !== undefined) stack.push([part, inner])
    }
  }
  const second = documents[1]
  if (second !== undefined) {
    const message = 'a text holds one document; here a second one begins'
    report.add('many_documents', { line: lineOf(second.offset) }, { message })
    return null
  }
  return sound ? comments.sort((a, b) => a.offset - b.offset) : null
}
