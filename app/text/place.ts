// Where the cursor stands in a text that is being typed: keys from the root, what is given beside it. Reads leniently:
// such a text is mostly no document. Pure.

export interface TextPlace {
  /** Keys from the root down to the map or list that the cursor is in, or to the key whose value is typed. */
  readonly path: readonly string[]
  readonly kind: 'key' | 'value'
  /** Inside of brackets `{ }` or `[ ]`; else in block style, one key a line. */
  readonly flow: '{' | '[' | null
  /** Keys that the same map has already, before the cursor and behind it. */
  readonly given: readonly string[]
  /** Place in a list, from 0. */
  readonly index: number
}

interface Frame {
  readonly open: '{' | '['
  readonly keys: string[]
  key: string
  place: number
  /** A value stands there already. */
  full: boolean
}

interface Level {
  readonly indent: number
  readonly keys: string[]
  key: string
}

const tokens = /#.*|"[^"\n]*"?|[{}[\],]|[^\s{}[\],:]+:(?=\s|$)|[^\s{}[\],]+/g
const keyOf = /^([^\s#:,{}[\]"]+):(?:\s|$)/

/** Brackets that are open after `text`, outermost first. */
const scan = (frames: Frame[], text: string): void => {
  for (const token of text.match(tokens) ?? []) {
    const top = frames.at(-1)
    if (token.startsWith('#')) return
    if (token === '{' || token === '[') {
      if (top !== undefined) top.full = true
      frames.push({ open: token, keys: [], key: '', place: 0, full: false })
    } else if (token === '}' || token === ']') frames.pop()
    else if (top === undefined) continue
    else if (token === ',') {
      top.key = ''
      top.place += 1
      top.full = false
    } else if (token.endsWith(':') && top.open === '{') {
      top.key = token.slice(0, -1)
      top.keys.push(top.key)
      top.full = false
    } else top.full = true
  }
}

/** Keys behind the cursor in its line, in the bracket that it stands in. */
const keysBehind = (text: string): readonly string[] => {
  const keys: string[] = []
  let depth = 0
  for (const token of text.split('\n', 1)[0]?.match(tokens) ?? []) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (depth === 0 && token.endsWith(':')) keys.push(token.slice(0, -1))
    if (depth < 0) break
  }
  return keys
}

/** A line without its indent; the dash of a list belongs to it. */
const opened = (line: string): { readonly indent: number; readonly rest: string } => {
  const indent = /^ *(?:- +)*/.exec(line)?.[0].length ?? 0
  return { indent, rest: line.slice(indent) }
}

/** Keys of the lines behind the cursor that belong to the same map in block style. */
const linesBehind = (text: string, indent: number): readonly string[] => {
  const keys: string[] = []
  for (const line of text.split('\n').slice(1)) {
    if (/^\s*(?:#|$)/.test(line)) continue
    const { indent: own, rest } = opened(line)
    if (own < indent || (own === indent && /^ *- /.test(line))) break
    const key = own === indent ? keyOf.exec(rest)?.[1] : undefined
    if (key !== undefined) keys.push(key)
  }
  return keys
}

class Reader {
  private readonly levels: Level[] = []
  private readonly frames: Frame[] = []

  /** A whole line above the cursor, or what of its own line stands before the word. */
  line(line: string): void {
    if (this.frames.length > 0) {
      scan(this.frames, line)
      return
    }
    if (/^\s*(?:#|$)/.test(line)) return
    const { indent, rest } = opened(line)
    const key = keyOf.exec(rest)
    // An item of a list: `- { at: 1R }`.
    if (key === null && /^[{[]/.test(rest)) {
      this.at(indent).key = ''
      scan(this.frames, rest)
    }
    if (key === null) return
    const level = this.at(indent)
    level.key = key[1] ?? ''
    level.keys.push(level.key)
    scan(this.frames, rest.slice(key[0].length))
  }

  private at(indent: number): Level {
    while ((this.levels.at(-1)?.indent ?? -1) > indent) this.levels.pop()
    const top = this.levels.at(-1)
    if (top?.indent === indent) return top
    const fresh: Level = { indent, keys: [], key: '' }
    this.levels.push(fresh)
    return fresh
  }

  /** `before` is the cursor's line up to the word, `behind` the text behind the word. */
  place(before: string, behind: string): TextPlace | null {
    const inFlow = this.frames.length > 0
    const { indent, rest } = opened(before)
    const key = keyOf.exec(rest)
    if (inFlow || key !== null || /^[{[]/.test(rest)) {
      this.line(before)
      const isFree = inFlow || this.frames.length > 0 || rest.trimEnd().length < (key?.[0].length ?? 0)
      return isFree ? this.inValue(behind) : null
    }
    if (rest !== '') return null
    const { keys } = this.at(indent)
    const path = this.levels.slice(0, -1).map(({ key }) => key)
    return { path, kind: 'key', flow: null, given: [...keys, ...linesBehind(behind, indent)], index: 0 }
  }

  private inValue(behind: string): TextPlace | null {
    const path = this.levels.map(({ key }) => key).filter((key) => key !== '')
    const top = this.frames.at(-1)
    if (top === undefined) return { path, kind: 'value', flow: null, given: [], index: 0 }
    if (top.full) return null
    const inner = this.frames.map(({ key }) => key).filter((key) => key !== '')
    return {
      path: [...path, ...inner],
      kind: top.open === '{' && top.key === '' ? 'key' : 'value',
      flow: top.open,
      given: [...top.keys, ...keysBehind(behind)],
      index: top.place,
    }
  }
}

/** Letters of a word that completion takes the place of. */
export const wordBefore = /[$a-z0-9_.:/@]*$/i

/** Null: a comment, or nothing that a key or a value could be. */
export const placeAt = (text: string, position: number): (TextPlace & { readonly from: number }) | null => {
  const start = text.lastIndexOf('\n', position - 1) + 1
  const line = text.slice(start, position)
  if (/(?:^|\s)#/.test(line)) return null
  const word = wordBefore.exec(line)?.[0] ?? ''
  const from = position - word.length
  const reader = new Reader()
  if (start > 0) for (const one of text.slice(0, start - 1).split('\n')) reader.line(one)
  const place = reader.place(text.slice(start, from), text.slice(position))
  return place && { ...place, from }
}
