// Edits of nodes: add, remove, duplicate, rename, move, annotate. Each changes a draft in place.
import { castDraft } from 'immer'
import { logicTypes } from '../../../blocks/catalogue'
import type { Problem } from '../../../blocks/kit/problem'
import { freeId } from '../../../blocks/play/check/wrongSocket'
import { openIn, operandsBody, parseHandle, playWith } from '../../../blocks/play/connect/wires'
import { isId, openOperand, parseTypeName } from '../../../blocks/play/names'
import { isList, type Ports, typeOf, wiresOf } from '../../../blocks/play/references'
import { rename } from '../../../blocks/play/rename'
import { noteKey } from '../../../blocks/play/text/build'
import type { Body, NodeTree, PlayTree, Sidecar, Value } from '../../../blocks/play/tree'
import { type DocumentDraft, orderIn, portsOf, putSidecar, putTree, sidecarOf, treeOf } from './draft'
import { pinned } from './pins'

export type Point = readonly [x: number, y: number]

const sinks = ['$long', '$short', '$risk']
const rounded = ([x, y]: Point): [number, number] => [Math.round(x) + 0, Math.round(y) + 0]

/** A name for a new node that nothing bears yet: `ema`, `ema_2`. */
export const freshId = (tree: PlayTree, wish: string): string =>
  freeId(isId(wish) ? wish : `${wish}_1`, (id) => id === openOperand || Object.hasOwn(tree.nodes, id))

const nameOf = (type: string): string => (type.split('/').at(-1) ?? type).split('@')[0] ?? type

/**
 * What a new node holds: open ports, and only those parameters that the language cannot fill in itself. Sources name
 * their market, as every document does.
 */
export const firstBody = (key: string): Body => {
  const name = parseTypeName(key)
  const type =
    name?.kind === 'logic' ? logicTypes.find((one) => one.type === name.type && one.major === name.major) : undefined
  const body: Record<string, Value> = {}
  for (const [param, { kind, preset }] of Object.entries(type?.params ?? {})) {
    if (kind === 'market' && preset !== undefined) body[param] = preset
    if (kind === 'steps') body[param] = firstSteps
  }
  // Break-even needs one of two: a gain is what most mean.
  if (type?.part === 'break_even') body.after = '1R'
  return body
}
const firstSteps: Value = [
  { at: '1R', close: '50%' },
  { at: '2R', close: 'rest' },
]

/** Adds a node of the type and gives its name. A name that is taken or not allowed becomes a free one. */
export const addNode = (
  draft: DocumentDraft,
  { type, at, id: wish }: { readonly type: string; readonly at: Point | null; readonly id?: string },
): string => {
  const order = orderIn(draft)
  const id = freshId(treeOf(draft), wish ?? nameOf(type))
  draft.tree.nodes[id] = castDraft({ [type]: firstBody(type) })
  putTree(draft, pinned(treeOf(draft)))
  putSidecar(draft, {
    ...forget(sidecarOf(draft), new Set([id])),
    order: [...order, id],
  })
  if (at !== null) setPositions(draft, { [id]: at })
  return id
}

/** The sidecar without some nodes. */
export const forget = (sidecar: Sidecar, gone: ReadonlySet<string>): Sidecar => {
  const root = (id: string): string => id.split('/')[0] ?? id
  const keep = (id: string): boolean => !gone.has(root(id))
  const notes = new Set([...gone].map((id) => noteKey('nodes', id)))
  const kept = <T>(record: Readonly<Record<string, T>>, stays: (key: string) => boolean): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([key]) => stays(key)))
  const { positions, order, notes: texts, collapsed, frames, colours } = sidecar
  return {
    ...(positions && { positions: kept(positions, keep) }),
    ...(order && { order: order.filter(keep) }),
    ...(texts && { notes: kept(texts, (key) => !notes.has(key)) }),
    ...(collapsed && { collapsed: collapsed.filter(keep) }),
    ...(frames && {
      frames: frames
        .map((frame) => ({ ...frame, nodes: frame.nodes.filter(keep) }))
        .filter(({ nodes }, i) => nodes.length > 0 || frames[i]?.nodes.length === 0),
    }),
    ...(colours && { colours: kept(colours, keep) }),
  }
}

/** Removes nodes; what was wired to them is open then, and operands of lists close up. Sinks stay. */
export const removeNodes = (draft: DocumentDraft, ids: readonly string[]): void => {
  const tree = treeOf(draft)
  const gone = new Set(ids.filter((id) => Object.hasOwn(tree.nodes, id)))
  if (gone.size === 0) return
  const order = orderIn(draft)
  const wires = wiresOf(tree, portsOf(tree)).filter(({ from, target }) => gone.has(from.node) && !gone.has(target))
  // From the end: taking a place out moves those behind it.
  const last = [...wires].sort((a, b) => (parseHandle(b.handle)?.index ?? 0) - (parseHandle(a.handle)?.index ?? 0))
  const open = last.reduce((one, wire) => playWith(one, wire, undefined), tree)
  const nodes = Object.fromEntries(Object.entries(open.nodes).filter(([id]) => !gone.has(id)))
  putTree(draft, pinned({ ...open, nodes }))
  putSidecar(draft, forget({ ...sidecarOf(draft), order }, gone))
}

/** Words of a body that name a node, by what `names` makes of them; undefined leaves the place open. */
export const renamedIn = (
  node: NodeTree,
  ports: Ports | undefined,
  { names, open }: { readonly names: (reference: string) => string | undefined; readonly open: string },
): NodeTree => {
  const [type, body] = typeOf(node)
  const swap = (value: Value): Value | undefined => (typeof value === 'string' ? names(value) : value)
  const list = (values: readonly Value[]): readonly Value[] => values.map(swap).filter((one) => one !== undefined)
  if (isList(body)) return { [type]: operandsBody(type, body.map(swap), open) }
  const entries = Object.entries(body).flatMap(([port, value]): readonly [string, Value][] => {
    if (ports !== undefined && !ports.inputs.includes(port)) return [[port, value]]
    const next = isList(value) ? list(value) : swap(value)
    return next === undefined || (isList(next) && next.length === 0) ? [] : [[port, next]]
  })
  return { [type]: Object.fromEntries(entries) }
}

/** A reference with the name of its node exchanged. */
const pointed =
  (names: ReadonlyMap<string, string>) =>
  (word: string): string => {
    const [node = '', ...output] = word.split('.')
    const other = names.get(node)
    return other === undefined ? word : [other, ...output].join('.')
  }

const aside = 32

/** Copies beside their originals: wires among them run among the copies, wires from elsewhere are shared. */
export const duplicateNodes = (draft: DocumentDraft, ids: readonly string[]): readonly string[] => {
  const tree = treeOf(draft)
  const sidecar = sidecarOf(draft)
  const order = orderIn(draft)
  const chosen = order.filter((id) => ids.includes(id))
  const names = new Map<string, string>()
  for (const id of chosen) {
    const taken = (one: string): boolean => Object.hasOwn(tree.nodes, one) || [...names.values()].includes(one)
    names.set(id, freeId(id.replace(/_\d+$/, ''), taken))
  }
  const ports = portsOf(tree)
  for (const [id, name] of names) {
    const node = tree.nodes[id]
    if (node !== undefined)
      draft.tree.nodes[name] = castDraft(
        renamedIn(node, ports(typeOf(node)[0]), { names: pointed(names), open: openIn(tree) }),
      )
  }
  const copies = [...names.values()]
  const notes = [...names].flatMap(([id, name]) => {
    const note = sidecar.notes?.[noteKey('nodes', id)]
    return note === undefined ? [] : [[noteKey('nodes', name), note] as const]
  })
  const positions = [...names].flatMap(([id, name]) => {
    const [x, y] = sidecar.positions?.[id] ?? []
    return x === undefined || y === undefined ? [] : [[name, [x + aside, y + aside] as const] as const]
  })
  putSidecar(draft, {
    ...forget(sidecar, new Set(copies)),
    order: [...order, ...copies],
    ...(notes.length > 0 ? { notes: { ...sidecar.notes, ...Object.fromEntries(notes) } } : {}),
    ...(positions.length > 0 ? { positions: { ...sidecar.positions, ...Object.fromEntries(positions) } } : {}),
  })
  return copies
}

/** Renames a node, or a parameter (`$fast`), with every reference, its place and its note. Problems: nothing was done. */
export const renameNode = (
  draft: DocumentDraft,
  { from, to }: { readonly from: string; readonly to: string },
): readonly Problem[] => {
  const tree = treeOf(draft)
  if (to === openOperand) {
    const message = `\`${to}\` is no name for a node: it stands for an operand that is not wired yet`
    return [{ code: 'bad_name', severity: 'error', where: { path: ['nodes', from] }, message, fixes: [] }]
  }
  const before = { tree, sidecar: { ...sidecarOf(draft), order: orderIn(draft) } }
  const renamed = rename(before, { from, to }, portsOf(tree))
  if (renamed.problems.length > 0 || !('play' in renamed.tree)) return renamed.problems
  putTree(draft, renamed.tree)
  putSidecar(draft, renamed.sidecar)
  return []
}

/** Moves nodes and sinks; what does not exist is passed over. Pixels are whole. */
export const setPositions = (draft: DocumentDraft, positions: Readonly<Record<string, Point>>): void => {
  const known = Object.entries(positions).filter(
    ([id]) => sinks.includes(id) || Object.hasOwn(draft.tree.nodes, id.split('/')[0] ?? id),
  )
  if (known.length === 0) return
  draft.sidecar.positions ??= {}
  for (const [id, point] of known) {
    const [x, y] = rounded(point)
    const old = draft.sidecar.positions[id]
    if (old === undefined || old[0] !== x || old[1] !== y) draft.sidecar.positions[id] = [x, y]
  }
}

/** Forgets where nodes stand: they are laid out anew. */
export const clearPositions = (draft: DocumentDraft, ids: readonly string[] | 'all'): void => {
  if (draft.sidecar.positions === undefined) return
  if (ids === 'all') Reflect.deleteProperty(draft.sidecar, 'positions')
  else for (const id of ids) Reflect.deleteProperty(draft.sidecar.positions, id)
}

/** The note above a node or a parameter (`$fast`); an empty one goes. */
export const setNote = (draft: DocumentDraft, { id, text }: { readonly id: string; readonly text: string }): void => {
  const key = id.startsWith('$') ? id : noteKey('nodes', id)
  const clean = text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => line.replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ').trimEnd())
    .join('\n')
    .trim()
  if (clean === '') {
    if (draft.sidecar.notes !== undefined) Reflect.deleteProperty(draft.sidecar.notes, key)
    return
  }
  draft.sidecar.notes ??= {}
  draft.sidecar.notes[key] = clean
}

/** Folds a node to its header, or opens it. */
export const setCollapsed = (draft: DocumentDraft, ids: readonly string[], folded: boolean): void => {
  const list = (sidecarOf(draft).collapsed ?? []).filter((id) => !ids.includes(id))
  putSidecar(draft, { ...sidecarOf(draft), collapsed: folded ? [...list, ...ids] : list })
}
