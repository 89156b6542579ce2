// Paths of the engine as people read them, and how a condition of the document is put into words. Pure.
import { shipped } from '../../blocks/play/check/types'
import { typeLabel } from '../../blocks/play/labels'
import { parseLiteral } from '../../blocks/play/literal'
import { parseTypeName } from '../../blocks/play/names'
import type { PlayTree, Scalar, Value } from '../../blocks/play/tree'
import { inSentence, nodeTitle, titleOf } from '../canvas/words'
import { plain } from './format'

/** The side that was made by mirroring carries its name in front: `short/uptrend`. */
const sidePrefix = /^(long|short)\//

export const isMirrored = (path: string): boolean => sidePrefix.test(path)

/** Without the side: the node of the document, or `block/node` for what is inside a Block. */
export const nodeOf = (path: string): string => path.replace(sidePrefix, '')

const typeOf = ({ nodes }: PlayTree, id: string): string | null => Object.keys(nodes[id] ?? {})[0] ?? null

/** `short/buy_pullback` is "Buy pullback"; what is inside a Block stands behind its name. */
export const pathTitle = (tree: PlayTree, path: string): string => {
  const [id = path, ...inner] = nodeOf(path).split('/')
  const type = typeOf(tree, id)
  const title = type === null ? nodeTitle(id, '') : nodeTitle(id, type)
  return [title, ...inner.map(inSentence)].join(' · ')
}

/** A name of the language as people see it: nodes, types and parameters by their titles, all else in quotes. */
const nameIn = (tree: PlayTree, word: string): string => {
  const [source = word, output] = nodeOf(word).split('.')
  const [id = source] = source.split('/')
  if (tree.nodes[id] !== undefined) {
    const title = pathTitle(tree, source)
    return output === undefined ? title : `${title} ${inSentence(output)}`
  }
  if (tree.params?.[word.replace(/^\$/, '')] !== undefined) return titleOf(word)
  const kind = parseTypeName(word)?.kind
  const isType = kind === 'logic' ? shipped.find(word) !== undefined : kind !== undefined
  return isType ? typeLabel(word) : `\u201c${word}\u201d`
}

/** A sentence of the checker with its names as people see them. */
export const titled = (text: string, tree: PlayTree): string =>
  text.replaceAll(/`([^`]*)`/g, (_, word: string) => nameIn(tree, word))

const needs: Readonly<Record<string, string>> = {
  above: 'be above',
  below: 'be below',
  at_least: 'be at least',
  at_most: 'be at most',
  crosses_above: 'cross above',
  crosses_below: 'cross below',
}

export interface Compared {
  /** Node of the document that compares; a filter stands for the condition that it asks. */
  readonly node: string
  readonly type: string
  readonly left: Scalar
  readonly right: Scalar
  readonly mirrored: boolean
}

/** The condition that a filter asks; any other node stands for itself. */
const askedBy = (tree: PlayTree, id: string): string => {
  const { filter } = tree.nodes[id] ?? {}
  const asked = filter === undefined || Array.isArray(filter) ? undefined : Object.values(filter)[0]
  return typeof asked === 'string' && tree.nodes[asked] !== undefined ? asked : id
}

/** The comparison that a path of the document's own nodes stands for; null for anything else. */
export const comparedAt = (tree: PlayTree, path: string): Compared | null => {
  const id = askedBy(tree, nodeOf(path))
  const node = tree.nodes[id]
  const type = typeOf(tree, id)
  if (node === undefined || type === null || needs[type] === undefined) return null
  const body = node[type]
  const operands: readonly Value[] = Array.isArray(body) ? body : Object.values(body ?? {})
  const [left, right] = operands
  if (left === undefined || right === undefined || typeof left === 'object' || typeof right === 'object') return null
  return { node: id, type, left, right, mirrored: isMirrored(path) }
}

/** "ADX", "close", "EMA fast"; a constant and a parameter have no name of their own. */
export const operandName = (operand: Scalar): string | null => {
  if (typeof operand !== 'string' || operand.startsWith('$') || parseLiteral(operand)?.kind === 'share') return null
  const [source = operand, output] = operand.split('.')
  if (output === undefined) return inSentence(source)
  const own = ['price', 'bars']
  if (own.includes(source)) return inSentence(output)
  const same = inSentence(source).toLowerCase() === inSentence(output).toLowerCase() || output === 'value'
  return same ? inSentence(source) : `${inSentence(source)} ${inSentence(output)}`
}

/** A value as its operand is written: shares in percent. */
export const operandValue = (value: number, ...beside: readonly Scalar[]): string => {
  const isShare = beside.some((one) => typeof one === 'string' && parseLiteral(one)?.kind === 'share')
  return isShare ? `${plain(100 * value)} %` : plain(value)
}

/** Operands with a parameter's own value in its place. */
export const resolved = (tree: PlayTree, operand: Scalar): Scalar =>
  typeof operand === 'string' && operand.startsWith('$') ? (tree.params?.[operand.slice(1)]?.value ?? operand) : operand

export interface Said {
  readonly tree: PlayTree
  readonly path: string
  readonly sides: readonly [left: number, right: number]
}

/**
 * "ADX was 17.5, it must be above 18.": of a condition that said no. Null where it compares no two operands. The mirror
 * may exchange operands (low for high) and turns most comparisons over: there only what the values say is said.
 */
export const neededWords = ({ tree, path, sides: [left, right] }: Said): string | null => {
  const compared = comparedAt(tree, path)
  if (compared === null) return null
  const { type, mirrored } = compared
  const beside = [resolved(tree, compared.left), resolved(tree, compared.right)]
  const [was, than] = [operandValue(left, ...beside), operandValue(right, ...beside)]
  if (mirrored) {
    if (type.startsWith('crosses') || left === right) return null
    return `It was ${was}, it must be ${left < right ? 'above' : 'below'} ${than}.`
  }
  const name = operandName(compared.left)
  const other = operandName(compared.right)
  const subject = name === null ? 'It' : `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
  return `${subject} was ${was}, it must ${needs[type] ?? ''} ${other === null ? '' : `${other} `}${than}.`
}

/** What stands between two values, whatever was asked of them. */
export const relation = (left: number, right: number): '>' | '<' | '=' =>
  left > right ? '>' : left < right ? '<' : '='
