// Reading order of nodes: what the author gave; a new node goes below its last input (dsl.md section 5).
import { parseReference } from '../names'
import type { Body, NodeTree, Value } from '../tree'

/** Ids of nodes that a body names. Without a catalogue every word that is a node's name counts. */
const named = (body: Body | Value, ids: ReadonlySet<string>, found: Set<string>): void => {
  if (typeof body === 'string') {
    const node = parseReference(body)?.node
    if (node !== undefined && ids.has(node)) found.add(node)
  } else if (typeof body === 'object') for (const inner of Object.values(body)) named(inner, ids, found)
}

/** All node ids in the order in which they are written. Ids of `wanted` that do not exist are passed over. */
export const nodeOrder = (
  nodes: Readonly<Record<string, NodeTree>>,
  wanted: readonly string[] | undefined,
): readonly string[] => {
  const ids = new Set(Object.keys(nodes))
  if (wanted === undefined) return [...ids]
  const placed = [...new Set(wanted)].filter((id) => ids.has(id))
  const waiting = new Set([...ids].filter((id) => !placed.includes(id)))
  const place = (id: string): void => {
    waiting.delete(id)
    const inputs = new Set<string>()
    for (const body of Object.values(nodes[id] ?? {})) named(body, ids, inputs)
    for (const input of inputs) if (waiting.has(input)) place(input)
    const last = Math.max(...[...inputs].map((input) => placed.indexOf(input)), -1)
    placed.splice(last < 0 ? placed.length : last + 1, 0, id)
  }
  for (const id of waiting) place(id)
  return placed
}
