// Copy and paste as text of the language: the nodes, the parameters that they use, and their notes.
import { castDraft } from 'immer'
import type { Problem } from '../../../blocks/kit/problem'
import { freeId } from '../../../blocks/play/check/wrongSocket'
import { openIn } from '../../../blocks/play/connect/wires'
import { parseReference } from '../../../blocks/play/names'
import { typeOf, wiresOf } from '../../../blocks/play/references'
import { noteKey } from '../../../blocks/play/text/build'
import { parseDocument } from '../../../blocks/play/text/parse'
import { printDocument } from '../../../blocks/play/text/print'
import type { BlockTree, NodeTree, ParamTree, PlayTree, Sidecar, Value } from '../../../blocks/play/tree'
import type { PlayDocument } from '../store'
import { hereOf } from './blocks'
import { type DocumentDraft, orderIn, portsOf, putSidecar, putTree, sidecarOf, treeOf } from './draft'
import { type Point, renamedIn, setPositions } from './nodes'
import { pinned } from './pins'

/** Around a piece of text, so that it is a document. */
const head = 'dsl: 1\nplay: piece\nmarkets: { main: binance:BTCUSDT.P }\ntf: 1h\n'
const foot = '\nlong: none\nshort: none\nrisk: { size: { risk: 1% } }\n'

/** Every `$name` in a value. */
const paramsIn = (value: Value): readonly string[] => {
  if (typeof value === 'string') return value.startsWith('$') ? [value.slice(1)] : []
  return typeof value === 'object' ? Object.values(value).flatMap(paramsIn) : []
}

/** The nodes as text; empty when there are none of these names. */
export const copyText = ({ tree, sidecar }: PlayDocument, ids: readonly string[]): string => {
  const nodes = Object.fromEntries(Object.entries(tree.nodes).filter(([id]) => ids.includes(id)))
  if (Object.keys(nodes).length === 0) return ''
  const names = new Set(Object.values(nodes).flatMap((node) => paramsIn(typeOf(node)[1] as Value)))
  const params = Object.fromEntries(Object.entries(tree.params ?? {}).filter(([name]) => names.has(name)))
  const blocks = Object.fromEntries(Object.entries(tree.blocks ?? {}).filter(([name]) => uses(nodes, name)))
  const kept = [...Object.keys(nodes).map((id) => noteKey('nodes', id)), ...[...names].map((name) => `$${name}`)]
  const isKept = (key: string): boolean => kept.includes(key) || Object.hasOwn(blocks, blockOfNote(key) ?? '')
  const notes = Object.fromEntries(Object.entries(sidecar.notes ?? {}).filter(([key]) => isKept(key)))
  const order = sidecar.order === undefined ? {} : { order: sidecar.order.filter((id) => ids.includes(id)) }
  const piece: PlayTree = {
    dsl: 1,
    play: 'piece',
    markets: { main: 'binance:BTCUSDT.P' },
    tf: '1h',
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(Object.keys(blocks).length > 0 ? { blocks } : {}),
    nodes,
    long: 'none',
    short: 'none',
    risk: { size: { risk: '1%' } },
  }
  const text = printDocument(piece, { ...order, notes })
  // A note above the first section belongs to the document, not to the piece.
  const from = /^(?:params|blocks|nodes):/m.exec(text)?.index ?? 0
  return text.slice(from, text.indexOf('\nlong: none') + 1)
}

/** Does a node hold this Block of the document. */
const uses = (nodes: PlayTree['nodes'], name: string): boolean =>
  Object.values(nodes).some((node) => typeOf(node)[0] === `here/${name}`)

/** Name of the Block that a note belongs to: `here/calm`, `here/calm/rate`. */
const blockOfNote = (key: string): string | null => /^here\/([^/]+)/.exec(key)?.[1] ?? null

type Piece = { readonly tree: PlayTree; readonly sidecar: Sidecar }

/** A Block by itself as a piece: it is defined in the document, and one node holds it. */
const instanceOf = (whole: BlockTree, sidecar: Sidecar): Piece => {
  const name = whole.block.split('/').at(-1) ?? whole.block
  const { body, notes } = hereOf({ tree: whole, sidecar }, name)
  const tree: PlayTree = {
    dsl: 1,
    play: 'piece',
    markets: { main: 'binance:BTCUSDT.P' },
    tf: '1h',
    blocks: { [name]: body },
    nodes: { [name]: { [`here/${name}`]: {} } },
    long: 'none',
    short: 'none',
    risk: { size: { risk: '1%' } },
  }
  return { tree, sidecar: { notes } }
}

/** A whole document, a Block, sections of a document, or bare lines of nodes. */
const readPiece = (text: string): Piece | { readonly problems: readonly Problem[] } => {
  const lines = text.replaceAll(/\r\n?/g, '\n').replace(/^\n+/, '').trimEnd()
  const indent = /^ */.exec(lines)?.[0].length ?? 0
  const bare = lines
    .split('\n')
    .map((line) => `  ${line.slice(Math.min(indent, /^ */.exec(line)?.[0].length ?? 0))}`)
    .join('\n')
  const sections = /^(?:params|blocks|nodes):/m.test(lines)
  const tries = [lines, ...(sections ? [`${head}${lines}${foot}`] : [`${head}nodes:\n${bare}${foot}`])]
  let problems: readonly Problem[] = []
  for (const one of tries) {
    const parsed = parseDocument(one)
    if (parsed.tree !== undefined)
      return 'play' in parsed.tree
        ? { tree: parsed.tree, sidecar: parsed.sidecar }
        : instanceOf(parsed.tree, parsed.sidecar)
    problems = parsed.problems
  }
  return { problems }
}

export type Pasted = { readonly ids: readonly string[]; readonly problems: readonly Problem[] }

/**
 * Puts the nodes of a text into the Play: names made unique, wires among them kept, wires to nodes that this Play does
 * not have left open. Problems: the text is no piece of a Play, and nothing is changed.
 */
export const pasteText = (draft: DocumentDraft, text: string, at: Point): Pasted => {
  const piece = readPiece(text)
  if ('problems' in piece) return { ids: [], problems: piece.problems }
  const tree = treeOf(draft)
  const order = orderIn(draft)
  const sources = (piece.sidecar.order ?? Object.keys(piece.tree.nodes)).filter((id) =>
    Object.hasOwn(piece.tree.nodes, id),
  )
  const ids = freeNames(sources, tree.nodes)
  const params = paramsFor(piece.tree, tree)
  const blocks = blocksFor(piece.tree, tree)
  const ports = portsOf(piece.tree)
  const name = (word: string): string | undefined => {
    const { node, output = null } = parseReference(word) ?? { node: '' }
    if (node === '' || word === 'rest') return word
    const own = ids.get(node)
    if (own === undefined) return Object.hasOwn(tree.nodes, node) ? word : undefined
    return output === null ? own : `${own}.${output}`
  }
  for (const [from, to] of ids) {
    const node = piece.tree.nodes[from]
    if (node === undefined) continue
    const wired = renamedIn(node, ports(typeOf(node)[0]), { names: name, open: openIn(tree) })
    const [type, body] = typeOf(withParams(wired, params.names))
    draft.tree.nodes[to] = castDraft({ [blocks.names.get(type) ?? type]: body })
  }
  const grown = treeOf(draft)
  const all = { ...grown.params, ...params.fresh }
  const own = { ...grown.blocks, ...blocks.fresh }
  putTree(
    draft,
    pinned({
      ...grown,
      ...(Object.keys(all).length > 0 ? { params: all } : {}),
      ...(Object.keys(own).length > 0 ? { blocks: own } : {}),
    }),
  )
  const nodeNotes = [...ids].flatMap(([from, to]) => {
    const note = piece.sidecar.notes?.[noteKey('nodes', from)]
    return note === undefined ? [] : [[noteKey('nodes', to), note] as const]
  })
  const notes = [...nodeNotes, ...blockNotes(piece.sidecar, blocks)]
  const sidecar = sidecarOf(draft)
  putSidecar(draft, {
    ...sidecar,
    order: [...order, ...ids.values()],
    ...(notes.length > 0 ? { notes: { ...sidecar.notes, ...Object.fromEntries(notes) } } : {}),
  })
  place(draft, [...ids.values()], at)
  return { ids: [...ids.values()], problems: [] }
}

const freeNames = (wishes: readonly string[], taken: Readonly<Record<string, unknown>>): Map<string, string> => {
  const names = new Map<string, string>()
  const used = new Set(Object.keys(taken))
  for (const wish of wishes) {
    const id = freeId(wish, (one) => used.has(one))
    used.add(id)
    names.set(wish, id)
  }
  return names
}

/** Parameters that come along: one that says the same is shared, another of its name gets a free one. */
const paramsFor = (piece: PlayTree, tree: PlayTree) => {
  const used = new Set(Object.values(piece.nodes).flatMap((node) => paramsIn(typeOf(node)[1] as Value)))
  const names = new Map<string, string>()
  const fresh: Record<string, ParamTree> = {}
  for (const [name, param] of Object.entries(piece.params ?? {})) {
    if (!used.has(name)) continue
    const same = JSON.stringify(tree.params?.[name]) === JSON.stringify(param)
    const id = same ? name : freeId(name, (one) => Object.hasOwn(tree.params ?? {}, one) || Object.hasOwn(fresh, one))
    names.set(`$${name}`, `$${id}`)
    if (!same) fresh[id] = param
  }
  return { names, fresh }
}

interface Blocks {
  /** `here/calm` by what it is called in this Play. */
  readonly names: ReadonlyMap<string, string>
  readonly fresh: NonNullable<PlayTree['blocks']>
}

/** Blocks of the document that come along: one that says the same is shared, another of its name gets a free one. */
const blocksFor = (piece: PlayTree, tree: PlayTree): Blocks => {
  const names = new Map<string, string>()
  const fresh: Record<string, NonNullable<PlayTree['blocks']>[string]> = {}
  for (const [name, block] of Object.entries(piece.blocks ?? {})) {
    if (!uses(piece.nodes, name)) continue
    const same = JSON.stringify(tree.blocks?.[name]) === JSON.stringify(block)
    const id = same ? name : freeId(name, (one) => Object.hasOwn(tree.blocks ?? {}, one) || Object.hasOwn(fresh, one))
    names.set(`here/${name}`, `here/${id}`)
    if (!same) fresh[id] = block
  }
  return { names, fresh }
}

/** Notes on and in Blocks that are new here. */
const blockNotes = ({ notes = {} }: Sidecar, { names, fresh }: Blocks): readonly (readonly [string, string])[] =>
  Object.entries(notes).flatMap(([key, note]) => {
    const name = blockOfNote(key)
    const to = name === null ? undefined : names.get(`here/${name}`)
    if (name === null || to === undefined || !Object.hasOwn(fresh, to.slice('here/'.length))) return []
    return [[`${to}${key.slice(`here/${name}`.length)}`, note] as const]
  })

const withParams = (node: NodeTree, names: ReadonlyMap<string, string>): NodeTree => {
  const swap = (value: Value): Value => {
    if (typeof value === 'string') return names.get(value) ?? value
    if (typeof value !== 'object') return value
    if (Array.isArray(value)) return (value as readonly Value[]).map(swap)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, swap(one)]))
  }
  return swap(node as Value) as NodeTree
}

/** Column and row of a node that comes without a place, in pixels. */
const [columnWidth, rowHeight] = [220, 110]

/** Sets pasted nodes from left to right as their wires run. */
const place = (draft: DocumentDraft, ids: readonly string[], [x, y]: Point): void => {
  const tree = treeOf(draft)
  const depth = new Map(ids.map((id) => [id, 0]))
  const wires = wiresOf(tree, portsOf(tree)).filter(({ from, target }) => depth.has(from.node) && depth.has(target))
  // A chain of n nodes is settled after n rounds; a circle ends there too.
  for (let round = 0; round < ids.length; round++) {
    let moved = false
    for (const { from, target } of wires) {
      const next = (depth.get(from.node) ?? 0) + 1
      if (next > (depth.get(target) ?? 0) && next < ids.length) {
        depth.set(target, next)
        moved = true
      }
    }
    if (!moved) break
  }
  const rows = new Map<number, number>()
  const points = ids.map((id) => {
    const column = depth.get(id) ?? 0
    const row = rows.get(column) ?? 0
    rows.set(column, row + 1)
    return [id, [x + column * columnWidth, y + row * rowHeight]] as const
  })
  setPositions(draft, Object.fromEntries(points))
}
