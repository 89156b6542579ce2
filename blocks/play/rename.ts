// Rename as one edit: every reference, the layout, the order and the notes follow.
import type { Problem } from '../kit/problem'
import { renameKey } from './edit'
import { isId, printReference } from './names'
import { type PortsOf, portsIn, wiresOf } from './references'
import { sentences } from './schema'
import { noteKey } from './text/build'
import type { TextCode } from './text/codes'
import { type Path, TextReport } from './text/report'
import type { DocumentTree, Sidecar } from './tree'

export interface Renamed {
  /** As they came in when there are problems. */
  readonly tree: DocumentTree
  readonly sidecar: Sidecar
  readonly problems: readonly Problem[]
}

export interface Renaming {
  /** A node's id, or `$name` of a parameter; both in the same form. */
  readonly from: string
  readonly to: string
}

/** Renames a node or a parameter of the document. Hashes of the Play change, what the engine does never. */
export const rename = (
  { tree, sidecar }: { readonly tree: DocumentTree; readonly sidecar: Sidecar },
  { from, to }: Renaming,
  ports: PortsOf = portsIn(tree),
): Renamed => {
  const refused = refusal(tree, { from, to })
  if (refused !== null) {
    const report = new TextReport()
    report.add(refused.code, { path: refused.path }, { message: refused.message })
    return { tree, sidecar, problems: report.problems }
  }
  if (from === to) return { tree, sidecar, problems: [] }
  const renamed = from.startsWith('$') ? renameParam(tree, { from, to }) : renameNode(tree, { from, to }, ports)
  return { tree: renamed, sidecar: renameInSidecar(sidecar, { from, to }), problems: [] }
}

interface Refused {
  readonly code: TextCode
  readonly path: Path
  readonly message: string
}

const refusal = (tree: DocumentTree, { from, to }: Renaming): Refused | null => {
  const isParam = from.startsWith('$')
  const [old, name] = isParam ? [from.slice(1), to.slice(1)] : [from, to]
  const section = isParam ? 'params' : 'nodes'
  const path = [section, old]
  const records: Readonly<Record<string, unknown>> = (isParam ? tree.params : tree.nodes) ?? {}
  if (!Object.hasOwn(records, old))
    return { code: 'not_there', path, message: `there is no \`${from}\` in this document` }
  if (to.startsWith('$') !== isParam || !isId(name)) {
    return {
      code: 'bad_name',
      path,
      message: `\`${to}\` is no allowed name: ${isParam ? sentences.param : sentences.id}`,
    }
  }
  const inputs = 'block' in tree && !isParam ? (tree.inputs ?? {}) : {}
  const taken = from !== to && (Object.hasOwn(records, name) || Object.hasOwn(inputs, name))
  return taken ? { code: 'name_taken', path, message: `\`${to}\` is taken in this document` } : null
}

/** Values by their path, replaced; everything else is kept as it is. */
const replaceAt = (value: unknown, path: Path, changes: ReadonlyMap<string, string>): unknown => {
  if (Array.isArray(value)) return value.map((item, i) => replaceAt(item, [...path, i], changes))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, replaceAt(inner, [...path, key], changes)]),
    )
  }
  return changes.get(JSON.stringify(path)) ?? value
}

const renameNode = (tree: DocumentTree, { from, to }: Renaming, ports: PortsOf): DocumentTree => {
  const wires = wiresOf(tree, ports).filter((wire) => wire.from.node === from)
  const changes = new Map(wires.map((wire) => [JSON.stringify(wire.path), printReference({ ...wire.from, node: to })]))
  const rewired = replaceAt(tree, [], changes) as DocumentTree
  return { ...rewired, nodes: renameKey(rewired.nodes, from, to) }
}

const renameParam = (tree: DocumentTree, { from, to }: Renaming): DocumentTree => {
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace)
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner)]))
    }
    return value === from ? to : value
  }
  const { params = {}, constraints } = tree
  return {
    ...tree,
    params: renameKey(params, from.slice(1), to.slice(1)),
    ...(constraints === undefined ? {} : { constraints: replace(constraints) as typeof constraints }),
    nodes: replace(tree.nodes) as typeof tree.nodes,
  }
}

const renameInSidecar = (sidecar: Sidecar, { from, to }: Renaming): Sidecar => {
  // Parts inside a Block's instance carry its path: grab/poked.
  const id = (old: string): string =>
    old === from ? to : old.startsWith(`${from}/`) ? to + old.slice(from.length) : old
  const section = (name: string) => (name.startsWith('$') ? name : noteKey('nodes', name))
  const keyed = <T>(record: Readonly<Record<string, T>>): Record<string, T> => {
    const entries = Object.entries(record).filter(([key]) => key !== to)
    return Object.fromEntries(entries.map(([key, value]) => [id(key), value]))
  }
  const { positions, order, notes, collapsed, frames, colours } = sidecar
  return {
    ...(positions && { positions: keyed(positions) }),
    ...(order && { order: order.filter((key) => key !== to).map(id) }),
    ...(notes && { notes: renameKey(without(notes, section(to)), section(from), section(to)) }),
    ...(collapsed && { collapsed: collapsed.map(id) }),
    ...(frames && { frames: frames.map((frame) => ({ ...frame, nodes: frame.nodes.map(id) })) }),
    ...(colours && { colours: keyed(colours) }),
  }
}

/** What an id that no longer exists left behind must not fall to the new bearer of the name. */
const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
