// Names in a document: ids, references, logic types and Blocks (dsl.md sections 5 and 8).

/** Ids of nodes, parameters, inputs, outputs, markets and Plays. */
export const idPattern = /^[a-z][a-z0-9_]{0,39}$/
/** Words that mean something else where an id could stand. */
export const refusedIds: readonly string[] = ['true', 'false', 'null', 'rest', 'long', 'short']
/** Keys that could reach a prototype: refused everywhere, as keys and as words. */
export const hostileNames: readonly string[] = ['__proto__', 'constructor', 'prototype']

/**
 * What stands at an operand that is not wired yet while a later one is: `below: [missing, ema_fast]`. Operands have no
 * names, so without it the later one would move up and the comparison would turn round.
 */
export const openOperand = 'missing'

export const isId = (text: string): boolean =>
  idPattern.test(text) && !refusedIds.includes(text) && !hostileNames.includes(text)

/** `swing` or `swing.low_level`. */
export const referencePattern = /^[a-z][a-z0-9_]{0,39}(?:\.[a-z][a-z0-9_]{0,39})?$/

export interface Reference {
  readonly node: string
  /** null: the node itself. */
  readonly output: string | null
}
export const parseReference = (text: string): Reference | null => {
  if (!referencePattern.test(text)) return null
  const [node = '', output = null] = text.split('.')
  return { node, output }
}
export const printReference = ({ node, output }: Reference): string => (output === null ? node : `${node}.${output}`)

/** The key of a node: a logic type (`ema`, `ema@2`) or a Block (`lib/name@2`, `my/name@3`, `here/name`). */
export type TypeName =
  | { readonly kind: 'logic'; readonly type: string; readonly major: number }
  | { readonly kind: 'block'; readonly shelf: 'lib' | 'my'; readonly name: string; readonly version: number }
  | { readonly kind: 'here'; readonly name: string }

export const typePattern =
  /^(?:[a-z][a-z0-9_]{0,39}(?:@[1-9]\d{0,5})?|(?:lib|my)\/[a-z][a-z0-9_]{0,39}@[1-9]\d{0,5}|here\/[a-z][a-z0-9_]{0,39})$/

export const parseTypeName = (text: string): TypeName | null => {
  if (!typePattern.test(text)) return null
  const [path = '', version] = text.split('@')
  const [shelf, name] = path.split('/')
  if (name === undefined) return { kind: 'logic', type: path, major: version === undefined ? 1 : Number(version) }
  if (shelf === 'here') return { kind: 'here', name }
  return { kind: 'block', shelf: shelf === 'my' ? 'my' : 'lib', name, version: Number(version) }
}
