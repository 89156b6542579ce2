// Edits of wires: connect, disconnect, and a node put on a wire. Whether a wire is legal is asked before (blocks/play/connect).
import { logicTypes } from '../../../blocks/catalogue'
import { type Insert, type WireEnd, type WireTarget, wiringOf } from '../../../blocks/play/connect'
import { playWith } from '../../../blocks/play/connect/wires'
import { parseTypeName, printReference } from '../../../blocks/play/names'
import { typeOf, wiresOf } from '../../../blocks/play/references'
import type { PlayTree } from '../../../blocks/play/tree'
import { withBlocks } from '../../library/library'
import { type DocumentDraft, portsOf, putTree, treeOf } from './draft'
import { addNode, type Point } from './nodes'

/** How the document writes an output: a node with one output by its name alone. */
export const referenceOf = (tree: PlayTree, { source, output }: WireEnd): string => {
  const node = tree.nodes[source]
  const name = node === undefined ? null : parseTypeName(typeOf(node)[0])
  const type =
    name?.kind === 'logic' ? logicTypes.find((one) => one.type === name.type && one.major === name.major) : undefined
  const alone = type !== undefined && Object.keys(type.outputs).length === 1
  return printReference({ node: source, output: alone || output === '' ? null : output })
}

/** Runs a wire; what stood at the place goes. Beyond the end of a list or of the operands it is appended. */
export const connect = (draft: DocumentDraft, wire: WireEnd & WireTarget): void => {
  const tree = treeOf(draft)
  if (!Object.hasOwn(tree.nodes, wire.source)) return
  putTree(draft, playWith(tree, wire, referenceOf(tree, wire)))
}

/** Takes away what stands at a place, wire or constant; lists and operands close up. */
export const disconnect = (draft: DocumentDraft, { target, handle }: WireTarget): void => {
  const tree = treeOf(draft)
  putTree(draft, playWith(tree, { target, handle }, undefined))
}

/** Takes several wires away in one go, whatever their order. */
export const disconnectAll = (draft: DocumentDraft, places: readonly WireTarget[]): void => {
  const last = [...places].sort((a, b) => placeNumber(b) - placeNumber(a))
  for (const place of last) disconnect(draft, place)
}
const placeNumber = ({ handle }: WireTarget): number => Number(/\d+/.exec(handle)?.[0] ?? 0)

/** A new node between an output and a place, wired as `insert` says (the answer to a refused wire). */
export const connectThrough = (
  draft: DocumentDraft,
  wire: WireEnd & WireTarget & { readonly insert: Insert; readonly at: Point | null },
): string => {
  const { insert, at, source, output, target, handle } = wire
  const id = addNode(draft, { type: insert.type, at })
  connect(draft, { source, output, target: id, handle: insert.handle })
  connect(draft, { source: id, output: insert.output, target, handle })
  return id
}

/** Where a node of the type would sit on the wire that runs into a place; null: it does not fit there. */
export const wayThrough = (tree: PlayTree, place: WireTarget, type: string): Insert | null => {
  const id = 'on_the_wire'
  const through = wayOver({ ...tree, nodes: { ...tree.nodes, [id]: { [type]: {} } } }, place, id)
  return through === null ? null : { type, label: type, ...through }
}

/** The port and the output by which a node sits on the wire that runs into a place; null: it does not fit there. */
const wayOver = (
  tree: PlayTree,
  { target, handle }: WireTarget,
  id: string,
): { readonly handle: string; readonly output: string | null } | null => {
  const wire = wiresOf(tree, portsOf(tree)).find((one) => one.target === target && one.handle === handle)
  if (wire === undefined || target === id || wire.from.node === id) return null
  const wiring = wiringOf(tree, withBlocks)
  const end = { source: wire.from.node, output: wire.from.output }
  const ports = (wiring.node(id)?.inputs ?? []).filter(({ wired }) => !wired)
  const port = ports.find((one) => wiring.can({ ...end, target: id, handle: one.handle }).ok)
  if (port === undefined) return null
  const after = wiringOf(playWith(tree, { target: id, handle: port.handle }, printReference(wire.from)), withBlocks)
  const out = after.node(id)?.outputs.find((one) => after.can({ source: id, output: one.handle, target, handle }).ok)
  return out === undefined ? null : { handle: port.handle, output: out.handle }
}

/** Puts a node that is there already on a wire. False, and nothing is changed: it does not fit there. */
export const threadNode = (draft: DocumentDraft, { id, ...place }: WireTarget & { readonly id: string }): boolean => {
  const tree = treeOf(draft)
  const way = wayOver(tree, place, id)
  const wire = wiresOf(tree, portsOf(tree)).find((one) => one.target === place.target && one.handle === place.handle)
  if (way === null || wire === undefined) return false
  connect(draft, { source: wire.from.node, output: wire.from.output, target: id, handle: way.handle })
  connect(draft, { source: id, output: way.output, ...place })
  return true
}

/** Puts a new node on a wire. Null, and nothing is changed: it does not fit there. */
export const insertOnWire = (
  draft: DocumentDraft,
  on: WireTarget & { readonly type: string; readonly at: Point | null },
): string | null => {
  const tree = treeOf(draft)
  const insert = wayThrough(tree, on, on.type)
  const wire = wiresOf(tree, portsOf(tree)).find((one) => one.target === on.target && one.handle === on.handle)
  if (insert === null || wire === undefined) return null
  const { node, output } = wire.from
  return connectThrough(draft, { source: node, output, target: on.target, handle: on.handle, insert, at: on.at })
}
