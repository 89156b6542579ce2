// What every edit stands on: reading a draft as plain data, the full reading order, and putting a changed document back.
import { castDraft, current, type Draft, isDraft } from 'immer'
import { parseLiteral, shortest } from '../../../blocks/play/literal'
import { isId, parseReference } from '../../../blocks/play/names'
import { isList, type PortsOf, portsIn } from '../../../blocks/play/references'
import { nodeOrder } from '../../../blocks/play/text/order'
import type { PlayTree, Scalar, Sidecar, Value } from '../../../blocks/play/tree'
import { anyBlock } from '../../library/library'
import type { PlayDocument } from '../store'

export type DocumentDraft = Draft<PlayDocument>

/** The tree as it stands in the draft, as plain data. */
export const treeOf = (draft: DocumentDraft): PlayTree => plain(draft.tree)
export const sidecarOf = (draft: DocumentDraft): Sidecar => plain(draft.sidecar)
const plain = <T>(value: Draft<T>): T => (isDraft(value) ? current(value) : value) as T

/** Ports of every type, Blocks too. */
export const portsOf = (tree: PlayTree): PortsOf => portsIn(tree, anyBlock)

/**
 * All ids in reading order. Edits that add or take nodes write it out: keys of a map come back in another order when
 * an edit is undone, the list does not.
 */
export const orderIn = (draft: DocumentDraft): readonly string[] =>
  nodeOrder(treeOf(draft).nodes, sidecarOf(draft).order)

const equal = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** Writes only what differs, so that a step holds what it changed and no more. */
export const putTree = (draft: DocumentDraft, next: PlayTree): void => {
  const before = treeOf(draft)
  const { nodes, ...rest } = next
  for (const key of new Set([...Object.keys(before), ...Object.keys(next)])) {
    if (key === 'nodes' || equal(before[key as keyof PlayTree], next[key as keyof PlayTree])) continue
    if (Object.hasOwn(next, key)) Object.assign(draft.tree, { [key]: rest[key as keyof typeof rest] })
    else Reflect.deleteProperty(draft.tree, key)
  }
  for (const id of Object.keys(before.nodes))
    if (!Object.hasOwn(nodes, id)) Reflect.deleteProperty(draft.tree.nodes, id)
  for (const [id, node] of Object.entries(nodes))
    if (!equal(before.nodes[id], node)) draft.tree.nodes[id] = castDraft(node)
}

export const putSidecar = (draft: DocumentDraft, next: Sidecar): void => {
  const before = sidecarOf(draft)
  for (const key of new Set([...Object.keys(before), ...Object.keys(next)])) {
    if (equal(before[key as keyof Sidecar], next[key as keyof Sidecar])) continue
    if (Object.hasOwn(next, key)) Object.assign(draft.sidecar, { [key]: next[key as keyof Sidecar] })
    else Reflect.deleteProperty(draft.sidecar, key)
  }
}

/** A value as documents write it: literals in shortest form; undefined: no document can hold it. */
export const written = (value: Value): Value | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : undefined
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return scalarOf(value)
  if (isList(value)) {
    const list = value.map(written)
    return list.includes(undefined) ? undefined : (list as readonly Value[])
  }
  const entries = Object.entries(value).map(([key, one]) => [key, written(one)] as const)
  return entries.some(([, one]) => one === undefined) ? undefined : (Object.fromEntries(entries) as Value)
}

const scalarOf = (text: string): Scalar | undefined => {
  if (text.startsWith('$')) return isId(text.slice(1)) ? text : undefined
  if (parseLiteral(text) !== null) return shortest(text)
  const unquotable = text === 'true' || text === 'false' || text === 'null'
  return parseReference(text) === null || unquotable ? undefined : text
}
