// The canvas mapping (dsl.md section 8): document to nodes and edges and back, with nothing lost on the way.
import { parseReference, printReference } from './names'
import { isList, type PortsOf, portsIn, typeOf, type Wire, wiresOf } from './references'
import { nodeOrder } from './text/order'
import type { BlockTree, Body, DocumentTree, NodeTree, PlayTree, RiskTree, Sidecar, SideTree, Value } from './tree'

type Values = { readonly [handle: string]: Value }

/** A node as React Flow holds it. */
export interface GraphNode {
  readonly id: string
  /** Which component draws it. `$long`, `$short`, `$risk`, `$outputs` are sinks; `$inputs` of a Block is a source. */
  readonly type: 'logic' | 'block' | 'sink' | 'source'
  readonly position?: { readonly x: number; readonly y: number }
  readonly data: {
    /** Logic type or Block as written; of a sink or source its id. */
    readonly type: string
    /** Parameters, constants, and what names no node of this document; of `$risk` the risk section. */
    readonly set: Values
  }
}
export interface GraphEdge {
  /** `target:targetHandle`: a port holds one wire. */
  readonly id: string
  readonly source: string
  /** Output of the source; null: the node itself. Of `$inputs`: `bars` or `bars.low`. */
  readonly sourceHandle: string | null
  readonly target: string
  /** `of`, list places `of[0]`, ordered operands `0`, role places `entries[0]`. */
  readonly targetHandle: string
}
type PlayHead = Omit<PlayTree, 'nodes' | 'long' | 'short' | 'risk'>
type BlockHead = Omit<BlockTree, 'nodes' | 'outputs'>
export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** What is not drawn: name, markets, timeframe, parameters, pins. */
  readonly document: PlayHead | BlockHead
  /** Notes, frames and the like; positions and order are in the nodes. */
  readonly sidecar: Omit<Sidecar, 'positions' | 'order'>
}

/** The graph of a document. Wires to nodes that do not exist stay in `set`, as written. */
export const toGraph = (tree: DocumentTree, sidecar: Sidecar = {}, ports: PortsOf = portsIn(tree)): Graph => {
  const { positions, order, ...rest } = sidecar
  const inputs = 'block' in tree ? Object.keys(tree.inputs ?? {}) : []
  const drawn = wiresOf(tree, ports).filter(
    ({ from }) => Object.hasOwn(tree.nodes, from.node) || inputs.includes(from.node),
  )
  const wired = new Set(drawn.map(({ target, handle }) => edgeId(target, handle)))
  const free = (id: string, handle: string): boolean => !wired.has(edgeId(id, handle))
  const { nodes: _, ...head } = tree
  const nodes = nodeOrder(tree.nodes, order).map((id): GraphNode => {
    const [type, body] = typeOf(tree.nodes[id] as NodeTree)
    return { id, type: type.includes('/') ? 'block' : 'logic', data: { type, set: setOf(id, body, free) } }
  })
  const all = [...nodes, ...sinksOf(tree, free)].map((node): GraphNode => {
    const [x, y] = (positions !== undefined && Object.hasOwn(positions, node.id) ? positions[node.id] : undefined) ?? []
    return x === undefined || y === undefined ? node : { ...node, position: { x, y } }
  })
  return { nodes: all, edges: drawn.map((wire) => edgeOf(wire, tree)), document: headOf(head), sidecar: rest }
}

const edgeId = (target: string, handle: string): string => `${target}:${handle}`

const edgeOf = ({ from, target, handle }: Wire, tree: DocumentTree): GraphEdge => {
  const inside = Object.hasOwn(tree.nodes, from.node)
  return {
    id: edgeId(target, handle),
    source: inside ? from.node : '$inputs',
    sourceHandle: inside ? from.output : printReference(from),
    target,
    targetHandle: handle,
  }
}

const headOf = (head: Omit<PlayTree, 'nodes'> | Omit<BlockTree, 'nodes'>): PlayHead | BlockHead => {
  if ('play' in head) {
    const { long: _long, short: _short, risk: _risk, ...rest } = head
    return rest
  }
  const { outputs: _outputs, ...rest } = head
  return rest
}

/** What stays of a body when its wires are drawn. A list that lost a place keeps the others by their place. */
const setOf = (id: string, body: Body, free: (id: string, handle: string) => boolean): Values => {
  const set: Record<string, Value> = {}
  if (isList(body)) {
    body.forEach((value, i) => {
      if (free(id, String(i))) set[i] = value
    })
    return set
  }
  for (const [port, value] of Object.entries(body)) {
    if (!isList(value) || value.every((_, i) => free(id, `${port}[${i}]`))) {
      if (free(id, port)) set[port] = value
      continue
    }
    value.forEach((item, i) => {
      if (free(id, `${port}[${i}]`)) set[`${port}[${i}]`] = item
    })
  }
  return set
}

const sinksOf = (tree: DocumentTree, free: (id: string, handle: string) => boolean): readonly GraphNode[] => {
  const fixed = (id: string, type: 'sink' | 'source', set: Values): GraphNode => ({ id, type, data: { type: id, set } })
  if ('block' in tree) {
    return [fixed('$inputs', 'source', {}), fixed('$outputs', 'sink', setOf('$outputs', tree.outputs, free))]
  }
  const side = (name: 'long' | 'short'): GraphNode => {
    const lists = tree[name]
    const set = typeof lists === 'string' ? { side: lists } : setOf(`$${name}`, { ...lists }, free)
    return fixed(`$${name}`, 'sink', set)
  }
  return [side('long'), side('short'), fixed('$risk', 'sink', { ...tree.risk })]
}

/** The document of a graph, and the parts of the sidecar that the graph holds. */
export const fromGraph = (
  graph: Graph,
  ports?: PortsOf,
): { readonly tree: DocumentTree; readonly sidecar: Sidecar } => {
  const find = ports ?? portsIn(graph.document)
  const edges = new Map<string, GraphEdge[]>()
  for (const edge of graph.edges) {
    const list = edges.get(edge.target)
    if (list === undefined) edges.set(edge.target, [edge])
    else list.push(edge)
  }
  const filled = (node: GraphNode | undefined): Values =>
    node === undefined ? {} : fill(node, edges.get(node.id) ?? [])
  const sink = (id: string): GraphNode | undefined => graph.nodes.find((node) => node.id === id)
  const own = graph.nodes.filter(({ type }) => type === 'logic' || type === 'block')
  const nodes = Object.fromEntries(
    own.map((node): [string, NodeTree] => [node.id, { [node.data.type]: bodyOf(filled(node), find(node.data.type)) }]),
  )
  const side = (id: string): SideTree | 'mirror' | 'none' => {
    const { side: word, ...lists } = gather(filled(sink(id)))
    return word === 'mirror' || word === 'none' ? word : sideOf(lists)
  }
  const positions = Object.fromEntries(
    graph.nodes.flatMap(({ id, position }) =>
      position === undefined ? [] : [[id, [position.x, position.y] as const]],
    ),
  )
  const sidecar: Sidecar = {
    ...graph.sidecar,
    ...(Object.keys(positions).length > 0 ? { positions } : {}),
    ...(own.length > 0 ? { order: own.map(({ id }) => id) } : {}),
  }
  const tree =
    'play' in graph.document
      ? {
          ...graph.document,
          nodes,
          long: side('$long'),
          short: side('$short'),
          // The sink holds the section as it stood in a document.
          risk: filled(sink('$risk')) as unknown as RiskTree,
        }
      : { ...graph.document, nodes, outputs: filled(sink('$outputs')) as Readonly<Record<string, string>> }
  return { tree, sidecar }
}

/** The lists of a side in the order in which they are written; entries and exits always stand there. */
const sideOf = (lists: Values): SideTree => {
  const whole: Values = { entries: [], exits: [], ...lists }
  const keys = ['filters', 'entries', 'exits', 'invalidations'].filter((key) => Object.hasOwn(whole, key))
  // Of a side only these lists are wired or set; their items are checked like those of any document.
  return Object.fromEntries(keys.map((key) => [key, whole[key]])) as unknown as SideTree
}

/** Constants and wires of a node by handle; the first wire of a handle counts. */
const fill = (node: GraphNode, edges: readonly GraphEdge[]): Values => {
  const values: Record<string, Value> = {}
  for (const { source, sourceHandle, targetHandle } of edges) {
    if (Object.hasOwn(values, targetHandle)) continue
    const fromInputs = source === '$inputs' && sourceHandle !== null && parseReference(sourceHandle) !== null
    values[targetHandle] = fromInputs ? sourceHandle : printReference({ node: source, output: sourceHandle })
  }
  for (const [handle, value] of Object.entries(node.data.set))
    if (!Object.hasOwn(values, handle)) values[handle] = value
  return values
}

/** List places joined to lists: `of[0]`, `of[1]` become `of`. Gaps close: a list has no empty places. */
const gather = (values: Values): Values => {
  const places = new Map<string, [place: number, value: Value][]>()
  const joined: Record<string, Value> = {}
  for (const [handle, value] of Object.entries(values)) {
    const [, port, place] = /^([a-z][a-z0-9_]*)\[(\d+)\]$/.exec(handle) ?? []
    const list = port === undefined ? undefined : places.get(port)
    if (port === undefined || place === undefined) joined[handle] = value
    else if (list === undefined) places.set(port, [[Number(place), value]])
    else list.push([Number(place), value])
  }
  for (const [port, list] of places) joined[port] = list.sort(([a], [b]) => a - b).map(([, value]) => value)
  return joined
}

/** Numbered handles make a list of operands; ports come first, then parameters, each in the order of the type. */
const bodyOf = (values: Values, known: { inputs: readonly string[]; params: readonly string[] } | undefined): Body => {
  const handles = Object.keys(values)
  if (handles.length > 0 && handles.every((handle) => /^\d+$/.test(handle))) {
    return handles.sort((a, b) => Number(a) - Number(b)).map((handle) => values[handle] as string)
  }
  const joined = gather(values)
  const first = known === undefined ? [] : [...known.inputs, ...known.params]
  const keys = [...new Set([...first.filter((key) => Object.hasOwn(joined, key)), ...Object.keys(joined)])]
  return Object.fromEntries(keys.map((key) => [key, joined[key] as Value]))
}
