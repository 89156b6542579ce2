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
  const done = new Set(placed)
  for (const id of ids) placeBelow(id, { nodes, ids, placed, done })
  return placed
}

interface Scene {
  readonly nodes: Readonly<Record<string, NodeTree>>
  readonly ids: ReadonlySet<string>
  readonly placed: string[]
  readonly done: Set<string>
}

/** Places a node after the inputs that have no place yet. Iterative: a chain can be as long as a document. */
const placeBelow = (first: string, { nodes, ids, placed, done }: Scene): void => {
  const stack: { readonly id: string; readonly inputs: readonly string[] }[] = []
  const enter = (id: string): void => {
    if (done.has(id)) return
    done.add(id)
    const inputs = new Set<string>()
    for (const body of Object.values(nodes[id] ?? {})) named(body, ids, inputs)
    stack.push({ id, inputs: [...inputs] })
  }
  enter(first)
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.inputs.find((input) => !done.has(input))
    if (next !== undefined) {
      enter(next)
      continue
    }
    const last = Math.max(-1, ...top.inputs.map((input) => placed.indexOf(input)))
    placed.splice(last < 0 ? placed.length : last + 1, 0, top.id)
    stack.pop()
  }
}
