// Where a document names a node: ports of nodes, role lists, outputs of a Block. The type decides what a word is.
import { logicTypes } from '../catalogue'
import { parseLiteral } from './literal'
import { parseReference, parseTypeName, type Reference } from './names'
import type { Path } from './text/report'
import type { BlockTree, DocumentTree, NodeTree, PlayTree, Value } from './tree'

/** Ports and parameters of a type, in the order of their declaration. */
export interface Ports {
  readonly inputs: readonly string[]
  readonly params: readonly string[]
}
/** Ports of the type that a node names; undefined: not known here. */
export type PortsOf = (type: string) => Ports | undefined

/** Finds the document of a Block by `lib/name@2` or `my/name@3`. */
export type FindBlock = (name: string) => Pick<BlockTree, 'inputs' | 'params'> | undefined

/** A document without what is drawn. */
type Head = Omit<PlayTree, 'nodes' | 'long' | 'short' | 'risk'> | Omit<BlockTree, 'nodes' | 'outputs'>

/** Ports by the catalogue, by the Blocks of the document itself and by those that `find` knows. */
export const portsIn = (tree: Head, find?: FindBlock): PortsOf => {
  const blocks = 'play' in tree ? (tree.blocks ?? {}) : {}
  return (text) => {
    const name = parseTypeName(text)
    if (name === null) return undefined
    if (name.kind === 'logic') {
      const type = logicTypes.find((one) => one.type === name.type && one.major === name.major)
      return type && { inputs: Object.keys(type.inputs), params: Object.keys(type.params) }
    }
    const own = name.kind === 'here' && Object.hasOwn(blocks, name.name) ? blocks[name.name] : undefined
    const block = name.kind === 'here' ? own : find?.(text)
    return block && { inputs: Object.keys(block.inputs ?? {}), params: Object.keys(block.params ?? {}) }
  }
}

/** A wire of the document: which place names which node. */
export interface Wire {
  readonly path: Path
  readonly from: Reference
  /** Node id, or the sink `$long`, `$short`, `$outputs`. */
  readonly target: string
  /** `of`, list places `of[0]`, ordered operands `0`. */
  readonly handle: string
}

/** Type and body of a node. */
export const typeOf = (node: NodeTree): readonly [type: string, body: NodeTree[string]] => {
  const [entry] = Object.entries(node)
  if (entry === undefined) throw new Error('a node has a type: the form is checked before')
  return entry
}

/** All wires, also those to nodes that do not exist. Where a type is not known a word counts when it names a node. */
export const wiresOf = (tree: DocumentTree, ports: PortsOf): readonly Wire[] => {
  const names = new Set([...Object.keys(tree.nodes), ...('block' in tree ? Object.keys(tree.inputs ?? {}) : [])])
  const wires: Wire[] = []
  for (const [id, node] of Object.entries(tree.nodes)) {
    const [type, body] = typeOf(node)
    const known = ports(type)
    const isInput = (port: string): boolean => known === undefined || known.inputs.includes(port)
    const counts = (from: Reference): boolean => known !== undefined || names.has(from.node)
    const add = (value: Value, path: Path, handle: string): void => {
      const from = readReference(value)
      if (from !== null && counts(from)) wires.push({ path: ['nodes', id, type, ...path], from, target: id, handle })
    }
    if (isList(body)) for (const [i, value] of body.entries()) add(value, [i], String(i))
    else {
      for (const [port, value] of Object.entries(body)) {
        if (!isInput(port)) continue
        if (isList(value)) for (const [i, item] of value.entries()) add(item, [port, i], `${port}[${i}]`)
        else add(value, [port], port)
      }
    }
  }
  return [...wires, ...sinkWires(tree)]
}

export const isList = (value: unknown): value is readonly Value[] => Array.isArray(value)

const readReference = (value: Value): Reference | null =>
  typeof value === 'string' && parseLiteral(value) === null ? parseReference(value) : null

const sinkWires = (tree: DocumentTree): readonly Wire[] => {
  const wires: Wire[] = []
  const add = (value: string, path: Path, [target, handle]: readonly [string, string]): void => {
    const from = parseReference(value)
    if (from !== null) wires.push({ path, from, target, handle })
  }
  if ('block' in tree) {
    for (const [name, value] of Object.entries(tree.outputs)) add(value, ['outputs', name], ['$outputs', name])
    return wires
  }
  for (const side of ['long', 'short'] as const) {
    const lists = tree[side]
    if (typeof lists === 'string') continue
    for (const [slot, list] of Object.entries(lists) as [string, readonly string[]][]) {
      for (const [i, value] of list.entries()) add(value, [side, slot, i], [`$${side}`, `${slot}[${i}]`])
    }
  }
  return wires
}
