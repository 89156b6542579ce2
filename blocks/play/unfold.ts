// "Unfold": writes the mirrored side into the document as nodes `<id>_short`. The logic stays the same, bit for bit.
import { turns } from '../kit/socket'
import { type CheckOptions, modelOf } from './check'
import type { Space } from './check/expand'
import { type Node, type Operand, operandsOf, socketOfOperand } from './check/node'
import { Report } from './check/report'
import type { SideName } from './check/sides'
import { keyOf } from './check/types'
import { freeId } from './check/wrongSocket'
import { parseLiteral } from './literal'
import type { Body, NodeTree, ParamTree, PlayTree, Scalar, SideTree, Value } from './tree'
import type { Slot } from './words'

/** The Play with its mirrored side written out; the tree itself when nothing is mirrored or it cannot be. */
export const unfold = (tree: PlayTree, options: CheckOptions = {}): PlayTree => {
  const name: SideName | null = tree.short === 'mirror' ? 'short' : tree.long === 'mirror' ? 'long' : null
  if (name === null) return tree
  const report = new Report()
  const model = modelOf(tree, options, report)
  const side = model?.sides?.[name]
  if (report.failed || model === null || side === null || side === undefined) return tree
  const writer = new Writer(tree, name)
  const words = (slot: Slot): readonly string[] => side[slot].map((node) => writer.reference(node, ''))
  const written: SideTree = {
    filters: words('filters'),
    entries: words('entries'),
    exits: words('exits'),
    invalidations: words('invalidations'),
  }
  const params = { ...tree.params, ...writer.params }
  return {
    ...tree,
    ...(Object.keys(params).length > 0 ? { params } : {}),
    nodes: { ...tree.nodes, ...writer.nodes },
    [name]: written,
  }
}

/** Where a node of a written-out Play comes from. */
export interface Origin {
  /** Of the document: the node itself, the Block that it is part of, or what it mirrors. */
  readonly node: string
  /** Names from the document inwards: the Block, then its part. */
  readonly path: readonly string[]
  readonly mirrored: boolean
}

export interface WrittenOut {
  readonly tree: PlayTree
  readonly origins: ReadonlyMap<string, Origin>
}

/** The Play as logic alone, for who speaks it: Blocks opened, the mirrored side written. Null: the checker has errors. */
export const writtenOut = (tree: PlayTree, options: CheckOptions = {}): WrittenOut | null => {
  const report = new Report()
  const sides = modelOf(tree, options, report)?.sides
  if (report.failed || sides === null || sides === undefined) return null
  const mirrored: SideName = tree.long === 'mirror' ? 'long' : 'short'
  const writer = new Writer(tree, mirrored, true)
  const sideOf = (name: SideName): PlayTree['long'] => {
    const side = sides[name]
    if (side === null) return 'none'
    const words = (slot: Slot): readonly string[] => side[slot].map((node) => writer.reference(node, ''))
    return {
      filters: words('filters'),
      entries: words('entries'),
      exits: words('exits'),
      invalidations: words('invalidations'),
    }
  }
  const [long, short] = [sideOf('long'), sideOf('short')]
  const { pins: _, blocks: __, ...rest } = tree
  const whole = { ...rest, params: { ...tree.params, ...writer.params }, nodes: writer.nodes, long, short }
  return { tree: whole, origins: writer.origins }
}

class Writer {
  readonly nodes: Record<string, NodeTree> = {}
  readonly params: Record<string, ParamTree> = {}
  readonly origins = new Map<string, Origin>()
  private readonly ids = new Map<string, string>()

  constructor(
    private readonly tree: PlayTree,
    private readonly side: SideName,
    /** Nodes of the document are written too, not only what it lacks. */
    private readonly all = false,
  ) {}

  /** How the document refers to an output; writes the node first when the document does not have it. */
  reference(node: Node, output: string): string {
    const own = isOwn(node)
    const id = own && !this.all ? node.path : (this.ids.get(node.path) ?? this.write(node, own))
    const outputs = Object.keys(node.type.outputs)
    return output === '' || outputs.length === 1 ? id : `${id}.${output}`
  }

  private write(node: Node, own: boolean): string {
    const inner = node.twin === null ? node.path : node.path.slice(this.side.length + 1)
    const taken = (id: string): boolean => Object.hasOwn(this.tree.nodes, id) || Object.hasOwn(this.nodes, id)
    const wish = inner.replaceAll('/', '_')
    const id = own ? wish : freeId(`${wish.slice(0, 39 - this.side.length)}_${this.side}`, taken)
    this.ids.set(node.path, id)
    const path = inner.split('/')
    this.origins.set(id, { node: path[0] ?? inner, path, mirrored: node.twin !== null })
    // Reserves the place: operands may ask for ids while this body is written.
    this.nodes[id] = {}
    this.nodes[id] = { [keyOf(node.type)]: this.body(node) }
    return id
  }

  private body(node: Node): Body {
    const { type, inputs } = node
    const words = Object.entries(inputs).map(
      ([port, operands]) => [port, operands.map((one) => this.operand(one, node))] as const,
    )
    if (type.ordered) return words.flatMap(([, list]) => list)
    const body: Record<string, Value> = {}
    for (const [port, list] of words) body[port] = type.inputs[port]?.least === undefined ? (list[0] ?? 0) : list
    return { ...body, ...this.settings(node) }
  }

  private operand(operand: Operand, node: Node): Scalar {
    if (operand.kind === 'wire') return this.reference(operand.node, operand.output)
    const { socket, written, param, share } = operand
    const space = (node.twin ?? node).draft?.space
    const own = param === null || space === undefined ? null : rootWord(param, space)
    const turned = node.twin !== null && !share && turns(socket) && socket.centre !== null
    if (!turned || socket.centre === null) return own ?? written
    return own === null ? reflect(written, socket.centre) : this.reflectParam(own.slice(1), socket.centre)
  }

  /** A reflected parameter of the document: its range reflects with it, so that evolution keeps searching it. */
  private reflectParam(name: string, centre: number): Scalar {
    const param = this.tree.params?.[name]
    if (param === undefined) throw new Error(`no parameter ${name}: the checker must refuse it`)
    const known = (id: string): boolean => Object.hasOwn(this.tree.params ?? {}, id)
    const id = freeId(`${name.slice(0, 39 - this.side.length)}_${this.side}`, known)
    const turn = (value: Scalar): Scalar => reflect(value, centre)
    this.params[id] = {
      value: turn(param.value),
      ...(param.max === undefined ? {} : { min: turn(param.max) }),
      ...(param.min === undefined ? {} : { max: turn(param.min) }),
      ...(param.step === undefined ? {} : { step: param.step }),
      ...(param.choices === undefined ? {} : { choices: param.choices.map(turn) }),
      ...(param.about === undefined ? {} : { about: param.about }),
    }
    return `$${id}`
  }

  /** Parameters as written; one that the mirror changed is written anew. */
  private settings(node: Node): Record<string, Value> {
    const original = node.twin ?? node
    const settings: Record<string, Value> = {}
    for (const [name, setting] of Object.entries(original.draft?.params ?? {})) {
      const changed = node.params[name] !== original.params[name] && typeof node.params[name] !== 'object'
      settings[name] = changed ? this.changed(node, name) : outside(setting.value, setting.space)
    }
    return settings
  }

  private changed(node: Node, name: string): Scalar {
    const param = node.type.params[name]
    const value = node.params[name]
    if (param?.kind === 'kind') {
      const of = node.inputs[param.of]?.[0] ?? operandsOf(node)[0]
      const kinds = of === undefined ? [] : (socketOfOperand(of).kinds ?? [])
      return kinds[Number(value)] ?? ''
    }
    if (param?.kind === 'number' || param?.kind === 'choice' || param?.kind === 'flag') return value as Scalar
    throw new Error(`the mirror of ${node.type.type} changes \`${name}\`, which has no way back into a document`)
  }
}

/** Written in the document itself: neither part of a Block nor made by the mirror. */
const isOwn = ({ twin, path }: Node): boolean => twin === null && !path.includes('/')

/** `$name` of the document behind a parameter as this space knows it; null when the document has none for it. */
const rootWord = (word: string, space: Space): string | null => {
  const address = space.params.get(word.slice(1))?.address ?? null
  return address === null || address.includes('.') ? null : `$${address}`
}

/** A value without the parameters of a Block, which the document does not know. */
const outside = (value: Value, space: Space): Value => {
  if (typeof value === 'string' && value.startsWith('$'))
    return rootWord(value, space) ?? space.params.get(value.slice(1))?.written ?? value
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return (value as readonly Value[]).map((one) => outside(one, space))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, outside(one, space)]))
}

/** The literal reflected about a centre; units other than plain numbers turn about 0 only. */
const reflect = (written: Scalar, centre: number): Scalar => {
  const literal = parseLiteral(written)
  if (literal?.kind === 'number') return 2 * centre - literal.value + 0
  const text = String(written)
  if (literal?.kind === 'share' && literal.value === 0) return text
  return text.startsWith('-') ? text.slice(1) : `-${text}`
}
