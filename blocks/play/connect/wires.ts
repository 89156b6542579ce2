// Puts a value at a handle of a node or a side, or takes it away: pure, shares what it does not touch.
import { logicTypes } from '../../catalogue'
import type { LogicType } from '../../kit/logic'
import { freeId } from '../check/wrongSocket'
import { openOperand, parseTypeName } from '../names'
import { isList, typeOf } from '../references'
import type { Body, NodeTree, PlayTree, Scalar, SideTree, Value } from '../tree'
import { type Slot, slotNames } from '../words'

/** `of`, `of[0]`, `0`, `entries[0]`: the handles of graph.ts. */
export interface Place {
  /** Null: an operand in order. */
  readonly port: string | null
  /** Null: a port with one value. */
  readonly index: number | null
}

export const parseHandle = (handle: string): Place | null => {
  if (/^\d{1,4}$/.test(handle)) return { port: null, index: Number(handle) }
  const [, port, index] = /^([a-z][a-z0-9_]*)(?:\[(\d{1,4})\])?$/.exec(handle) ?? []
  return port === undefined ? null : { port, index: index === undefined ? null : Number(index) }
}

/** A list with the value at `index`; beyond the end it is appended, undefined closes the gap. */
const placed = <T>(list: readonly T[], index: number, value: T | undefined): readonly T[] => {
  if (value === undefined) return list.filter((_, i) => i !== index)
  return index < list.length ? list.map((old, i) => (i === index ? value : old)) : [...list, value]
}

const logicType = (key: string): LogicType | undefined => {
  const name = parseTypeName(key)
  return logicTypes.find((one) => name?.kind === 'logic' && one.type === name.type && one.major === name.major)
}

/** Ports and parameters in the order of the type, then what it does not know. */
const inOrder = (type: string, body: Readonly<Record<string, Value>>): Body => {
  const known = logicType(type)
  const first = known === undefined ? [] : [...Object.keys(known.inputs), ...Object.keys(known.params)]
  const keys = [...new Set([...first.filter((key) => Object.hasOwn(body, key)), ...Object.keys(body)])]
  return Object.fromEntries(keys.map((key): [string, Value] => [key, body[key] ?? 0]))
}

/** What stands for an operand that is not there: a name that no node of the Play bears. */
export const openIn = (tree: { readonly nodes: Readonly<Record<string, unknown>> }): string =>
  freeId(openOperand, (id) => Object.hasOwn(tree.nodes, id))

/**
 * A body of operands in order; undefined is one that is not there. Those of a list close up; of a type with a first and
 * a second operand each keeps its place.
 */
export const operandsBody = (type: string, operands: readonly (Value | undefined)[], open: string): Body => {
  const list = Object.values(logicType(type)?.inputs ?? {}).some(({ least }) => least !== undefined)
  const isOpen = (one: Value | undefined): boolean => one === undefined || one === open
  const filled = operands.map((one) => (isOpen(one) ? undefined : one))
  const last = filled.findLastIndex((one) => one !== undefined)
  const kept = list ? filled.filter((one) => one !== undefined) : filled.slice(0, last + 1).map((one) => one ?? open)
  // Operands are scalars: what is no scalar was none before.
  return kept.length === 0 ? {} : (kept as readonly Scalar[])
}

/** The body with a value at a port, a list place, an operand or a parameter; undefined removes it. */
export const bodyWith = (
  node: NodeTree,
  { handle, value }: { readonly handle: string; readonly value: Value | undefined },
  open: string,
): NodeTree => {
  const [type, body] = typeOf(node)
  const place = parseHandle(handle)
  if (place === null) return node
  const { port, index } = place
  if (port === null) {
    const operands: (Value | undefined)[] = isList(body) ? [...body] : []
    operands[Math.min(index ?? 0, 999)] = value
    return { [type]: operandsBody(type, Array.from(operands), open) }
  }
  const { [port]: old, ...rest }: Readonly<Record<string, Value>> = isList(body) ? {} : { ...body }
  if (index === null) return { [type]: value === undefined ? rest : inOrder(type, { ...rest, [port]: value }) }
  const list = placed(isList(old) ? old : [], index, value)
  return { [type]: list.length === 0 ? rest : inOrder(type, { ...rest, [port]: list }) }
}

/** The side with a reference at `entries[0]` and the like. Entries and exits always stand there. */
export const sideWith = (side: SideTree, handle: string, value: string | undefined): SideTree => {
  const place = parseHandle(handle)
  const slot = slotNames.find((one) => one === place?.port)
  if (slot === undefined || place?.index === null || place === null) return side
  const list = placed(side[slot] ?? [], place.index, value)
  const of = (one: Slot): readonly string[] => (one === slot ? list : (side[one] ?? []))
  return {
    ...(of('filters').length > 0 ? { filters: of('filters') } : {}),
    entries: of('entries'),
    exits: of('exits'),
    ...(of('invalidations').length > 0 ? { invalidations: of('invalidations') } : {}),
  }
}

/** The Play with a value at a handle; as it was when there is no such node or side. */
export const playWith = (
  tree: PlayTree,
  { target, handle }: { readonly target: string; readonly handle: string },
  value: Value | undefined,
): PlayTree => {
  if (target === '$long' || target === '$short') {
    const name = target === '$long' ? 'long' : 'short'
    const side = tree[name]
    const text = value === undefined || typeof value === 'string' ? value : undefined
    return typeof side === 'string' ? tree : { ...tree, [name]: sideWith(side, handle, text) }
  }
  const node = Object.hasOwn(tree.nodes, target) ? tree.nodes[target] : undefined
  return node === undefined
    ? tree
    : { ...tree, nodes: { ...tree.nodes, [target]: bodyWith(node, { handle, value }, openIn(tree)) } }
}
