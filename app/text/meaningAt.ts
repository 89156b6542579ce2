// What is said of the word at a place of the text, and where it is written first. Reads leniently. Pure.
import { parseReference } from '../../blocks/play/names'
import type { PlayTree } from '../../blocks/play/tree'
import { entryOf, type Meaning, nodeMeaning, paramMeaning, paramText, portText, typeMeaning } from './meaning'
import { outlineOf } from './outline'
import { placeAt, type TextPlace } from './place'
import { sectionKeys } from './sections'

export interface Word {
  readonly text: string
  readonly from: number
  readonly to: number
}

const letter = /[$a-z0-9_./@]/i

/** The word that an offset is in or at the end of. */
export const wordAt = (text: string, offset: number): Word | null => {
  let [from, to] = [offset, offset]
  while (from > 0 && letter.test(text.charAt(from - 1))) from--
  while (to < text.length && letter.test(text.charAt(to))) to++
  return from === to ? null : { text: text.slice(from, to), from, to }
}

const keyMeaning = (word: string, { path }: TextPlace, tree: PlayTree): Meaning | null => {
  const [section, ...inner] = path
  // Nodes of a Block stand two keys deeper.
  const within = section === 'blocks' && inner[1] === 'nodes' ? inner.slice(2) : section === 'nodes' ? inner : null
  if (within === null) {
    const info = sectionKeys(path, []).find(({ label }) => label === word)?.info
    return info === undefined ? null : { title: word, lines: [info] }
  }
  const [, key] = within
  if (within.length === 0) return nodeMeaning(word, tree)
  if (key === undefined) {
    const entry = entryOf(word, tree)
    return entry === null ? null : typeMeaning(entry)
  }
  const entry = within.length === 2 ? entryOf(key, tree) : null
  const port = entry?.ports.find(({ name }) => name === word)
  const param = entry?.params.find(({ name }) => name === word)
  const said = port !== undefined ? portText(port) : param !== undefined ? paramText(param) : null
  return said === null ? null : { title: word, lines: [said] }
}

export const meaningAt = (text: string, { text: word, from }: Word, tree: PlayTree): Meaning | null => {
  const place = placeAt(text, from)
  if (place === null) return null
  if (word.startsWith('$')) return paramMeaning(word, tree)
  return place.kind === 'key' ? keyMeaning(word, place, tree) : nodeMeaning(word, tree)
}

/** Offset of the line that makes what a word names: a node, or a parameter. Null: it names neither. */
export const definitionOf = (text: string, word: string): number | null => {
  if (word.startsWith('$')) {
    const params = /^params:\s*$/m.exec(text)
    const line = new RegExp(`^( +)${word.slice(1).replaceAll(/\W/g, '')}:`, 'm')
    const found = params === null ? null : line.exec(text.slice(params.index))
    return params === null || found === null ? null : params.index + found.index + (found[1]?.length ?? 0)
  }
  const node = parseReference(word)?.node
  const part = outlineOf(text).find(({ id }) => id === node)
  return part === undefined ? null : part.from + (/^ */.exec(text.slice(part.from))?.[0].length ?? 0)
}
