// What changed between two documents, as data and in words: nodes by port, parameters, roles, risk, pins.
import { canonicalJson, hashOf } from '../kit/hash'
import { canonical } from './canonical'
import { printReference } from './names'
import { isList, type PortsOf, portsIn, typeOf, wiresOf } from './references'
import { blockKeys, playKeys } from './schema'
import { nodeOrder } from './text/order'
import type { Path } from './text/report'
import type { DocumentTree, NodeTree, Scalar, Value } from './tree'

export interface Change {
  readonly kind: 'added' | 'removed' | 'changed' | 'renamed' | 'moved'
  /** `node` is a whole node, `port` a value or wire of one; the others are named by their section. */
  readonly what: 'node' | 'port' | 'param' | 'constraint' | 'role' | 'risk' | 'pin' | 'market' | 'block' | 'head'
  /** Path in the new document; in the old one where something was removed. */
  readonly path: Path
  readonly before?: unknown
  readonly after?: unknown
  /** One plain line. */
  readonly words: string
}

/** Changes from `a` to `b`, in the order of the document. Literals are compared in shortest form. */
export const diff = (a: DocumentTree, b: DocumentTree): readonly Change[] => {
  const [before, after] = [canonical(a), canonical(b)]
  const names = renames(before, after)
  const from = followNames(before, names)
  const ids = new Map([...names].map(([old, id]) => [id, old]))
  const sections = [...new Set([...playKeys, ...blockKeys])]
  return sections.flatMap((key): readonly Change[] => {
    if (key === 'nodes') return diffNodes(from.nodes, after.nodes, ids)
    return diffSection(key, sectionOf(from, key), sectionOf(after, key))
  })
}

const sectionOf = (tree: DocumentTree, key: string): unknown => new Map<string, unknown>(Object.entries(tree)).get(key)

const same = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b))

/** A value as a sentence shows it. */
const show = (value: unknown): string => {
  if (isList(value)) return `[${value.map(show).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${show(inner)}`)
    .join(', ')} }`
}

interface Named {
  readonly what: Change['what']
  readonly path: Path
  readonly name: string
}

/** One value before and after; undefined: not there. */
const compare = (before: unknown, after: unknown, { what, path, name }: Named): readonly Change[] => {
  if (same(before, after)) return []
  if (before === undefined) return [{ kind: 'added', what, path, after, words: `${name} added: ${show(after)}` }]
  if (after === undefined)
    return [{ kind: 'removed', what, path, before, words: `${name} removed (was ${show(before)})` }]
  return [{ kind: 'changed', what, path, before, after, words: `${name}: ${show(before)} became ${show(after)}` }]
}

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !isList(value) ? (value as Fields) : {}
const keysOf = (a: Fields, b: Fields): readonly string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])]
const field = (fields: Fields, key: string): unknown => (Object.hasOwn(fields, key) ? fields[key] : undefined)

const diffSection = (key: string, before: unknown, after: unknown): readonly Change[] => {
  switch (key) {
    case 'params':
      return each(before, after, (name, a, b) => diffParam(name, a, b))
    case 'pins':
      return each(before, after, (name, a, b) =>
        compare(a, b, { what: 'pin', path: [key, name], name: `pin of ${name}` }),
      )
    case 'markets':
      return each(before, after, (name, a, b) =>
        compare(a, b, { what: 'market', path: [key, name], name: `market ${name}` }),
      )
    case 'blocks':
      return each(before, after, (name, a, b) => diffBlock(name, a, b))
    case 'constraints':
      return diffConstraints(before, after)
    case 'long':
    case 'short':
      return diffSide(key, before, after)
    case 'risk':
      return each(before, after, (name, a, b) =>
        compare(a, b, { what: 'risk', path: [key, name], name: `risk ${name}` }),
      )
    default:
      return compare(before, after, { what: 'head', path: [key], name: key })
  }
}

const each = (
  before: unknown,
  after: unknown,
  one: (name: string, a: unknown, b: unknown) => readonly Change[],
): readonly Change[] => {
  const [a, b] = [fieldsOf(before), fieldsOf(after)]
  return keysOf(a, b).flatMap((name) => one(name, field(a, name), field(b, name)))
}

const diffParam = (name: string, before: unknown, after: unknown): readonly Change[] => {
  const path = ['params', name]
  if (before === undefined || after === undefined) {
    return compare(before, after, { what: 'param', path, name: `parameter ${name}` })
  }
  return each(before, after, (key, a, b) =>
    compare(a, b, {
      what: 'param',
      path: [...path, key],
      name: key === 'value' ? `parameter ${name}` : `${key} of parameter ${name}`,
    }),
  )
}

const diffBlock = (name: string, before: unknown, after: unknown): readonly Change[] => {
  if (same(before, after)) return []
  const words = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed inside'
  const kind = words === 'changed inside' ? 'changed' : words
  return [{ kind, what: 'block', path: ['blocks', name], before, after, words: `Block here/${name} ${words}` }]
}

const diffConstraints = (before: unknown, after: unknown): readonly Change[] => {
  const [a, b] = [isList(before) ? before : [], isList(after) ? after : []]
  const gone = a.filter((one) => !b.some((other) => same(one, other)))
  const come = b.filter((one) => !a.some((other) => same(one, other)))
  const at = { what: 'constraint', path: ['constraints'], name: 'constraint' } as const
  return [...gone.flatMap((one) => compare(one, undefined, at)), ...come.flatMap((one) => compare(undefined, one, at))]
}

const diffSide = (side: string, before: unknown, after: unknown): readonly Change[] => {
  if (before === undefined && after === undefined) return []
  if (typeof before !== 'object' || typeof after !== 'object') {
    return compare(before, after, { what: 'role', path: [side], name: side })
  }
  return each(before, after, (slot, a, b) => {
    const [old, now] = [isList(a) ? a : [], isList(b) ? b : []]
    const path = [side, slot]
    const at = { what: 'role', path, name: `${side} ${slot}` } as const
    const changes = [
      ...old.filter((one) => !now.includes(one)).flatMap((one) => compare(one, undefined, at)),
      ...now.filter((one) => !old.includes(one)).flatMap((one) => compare(undefined, one, at)),
    ]
    if (changes.length > 0 || same(old, now)) return changes
    // The first entry of a bar wins: their order matters.
    const words = `${side} ${slot}: the order ${show(old)} became ${show(now)}`
    return [{ kind: 'moved', what: 'role', path, before: old, after: now, words }]
  })
}

/** Old id to new id of nodes that changed nothing but their name. */
const renames = (a: DocumentTree, b: DocumentTree): ReadonlyMap<string, string> => {
  const stays = (id: string): boolean => Object.hasOwn(a.nodes, id) && Object.hasOwn(b.nodes, id)
  const [old, now] = [contents(a, stays), contents(b, stays)]
  const free = new Map<string, string[]>()
  for (const [id, hash] of now) if (!stays(id)) free.set(hash, [...(free.get(hash) ?? []), id])
  const names = new Map<string, string>()
  for (const [id, hash] of old) {
    const to = stays(id) ? undefined : free.get(hash)?.shift()
    if (to !== undefined) names.set(id, to)
  }
  return names
}

type Placed = readonly [place: string, node: string, output: string | null]

/** Hash of each node's content, where a node that keeps its name stands for itself and the others for their content. */
const contents = (tree: DocumentTree, stays: (id: string) => boolean): ReadonlyMap<string, string> => {
  const ports = portsIn(tree)
  const byNode = new Map<string, Placed[]>()
  for (const { path, from } of wiresOf(tree, ports)) {
    if (path[0] !== 'nodes') continue
    const id = String(path[1])
    const wire: Placed = [JSON.stringify(path.slice(2)), from.node, from.output]
    const list = byNode.get(id)
    if (list === undefined) byNode.set(id, [wire])
    else list.push(wire)
  }
  const hashes = new Map<string, string>()
  // Inputs come first in this order, but for cycles: they are refused elsewhere, here they only must not hang.
  for (const id of nodeOrder(tree.nodes, [])) {
    const wires = new Map((byNode.get(id) ?? []).map(([place, node, output]) => [place, { node, output }]))
    const name = (node: string): string => (stays(node) ? node : (hashes.get(node) ?? '$cycle'))
    const body = mapLeaves(tree.nodes[id] as NodeTree, [], (value, path) => {
      const wire = wires.get(JSON.stringify(path))
      return wire === undefined ? value : `${name(wire.node)}.${wire.output ?? ''}`
    })
    hashes.set(id, hashOf(body))
  }
  return hashes
}

const mapLeaves = (value: unknown, path: Path, one: (value: Scalar, path: Path) => unknown): unknown => {
  if (isList(value)) return value.map((item, i) => mapLeaves(item, [...path, i], one))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapLeaves(inner, [...path, key], one)]))
  }
  return one(value as Scalar, path)
}

/** The old document under the new names. */
const followNames = (tree: DocumentTree, names: ReadonlyMap<string, string>): DocumentTree => {
  if (names.size === 0) return tree
  const ports: PortsOf = portsIn(tree)
  const wires = new Map(wiresOf(tree, ports).map((wire) => [JSON.stringify(wire.path), wire.from]))
  const followed = mapLeaves(tree, [], (value, path) => {
    const from = wires.get(JSON.stringify(path))
    const to = from && names.get(from.node)
    return from === undefined || to === undefined ? value : printReference({ ...from, node: to })
  }) as DocumentTree
  const nodes = Object.fromEntries(Object.entries(followed.nodes).map(([id, node]) => [names.get(id) ?? id, node]))
  return { ...followed, nodes }
}

type Nodes = Readonly<Record<string, NodeTree>>

const diffNodes = (a: Nodes, b: Nodes, oldIds: ReadonlyMap<string, string>): readonly Change[] =>
  keysOf(a, b).flatMap((id): readonly Change[] => {
    const path = ['nodes', id]
    const before = Object.hasOwn(a, id) ? a[id] : undefined
    const after = Object.hasOwn(b, id) ? b[id] : undefined
    const old = oldIds.get(id)
    const renamed: Change[] =
      old === undefined
        ? []
        : [{ kind: 'renamed', what: 'node', path, before: old, after: id, words: `${old} is now called ${id}` }]
    if (before === undefined || after === undefined) return compare(before, after, { what: 'node', path, name: id })
    const [type, body] = typeOf(before)
    const [newType, newBody] = typeOf(after)
    if (type !== newType) {
      const words = `${id}: ${show(before)} became ${show(after)}`
      return [...renamed, { kind: 'changed', what: 'node', path, before, after, words }]
    }
    const ports = each(byPort(body), byPort(newBody), (port, x, y) =>
      compare(x, y, {
        what: 'port',
        path: [...path, type, isList(newBody) ? Number(port) : port],
        name: `${id}.${port}`,
      }),
    )
    return [...renamed, ...ports]
  })

/** Ports by name, operands by place. */
const byPort = (body: Value): Fields => ({ ...(body as object) })
