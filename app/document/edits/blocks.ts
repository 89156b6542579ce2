// Edits of whole Blocks: one of the document goes to the library, a copy of a library one comes into the document, a
// newer version takes the place of an older one. Each is one step.
import { canonicalJson } from '../../../blocks/kit/hash'
import { canonical } from '../../../blocks/play/canonical'
import { freeId } from '../../../blocks/play/check/wrongSocket'
import { checkBlock } from '../../../blocks/play/checkBlock'
import { isId, parseTypeName } from '../../../blocks/play/names'
import { typeOf } from '../../../blocks/play/references'
import { noteKey } from '../../../blocks/play/text/build'
import type { BlockTree, NodeTree, PlayTree, Sidecar } from '../../../blocks/play/tree'
import { type Upgrade, upgrade } from '../../../blocks/play/upgrade'
import { own } from '../../../blocks/play/words'
import { anyBlock, blockDocument, withBlocks } from '../../library/library'
import type { PlayDocument } from '../store'
import { type DocumentDraft, putSidecar, putTree, sidecarOf, treeOf } from './draft'
import { pinned } from './pins'

export type BlockBody = Omit<BlockTree, 'dsl' | 'block' | 'version'>

type Notes = Readonly<Record<string, string>>

/** A Block document as one of a Play, with its notes under the name that it has there. */
export const hereOf = (
  { tree, sidecar }: { readonly tree: BlockTree; readonly sidecar: Sidecar },
  name: string,
): { readonly body: BlockBody; readonly notes: Notes } => {
  const { dsl: _, block: __, version: ___, ...body } = tree
  const notes: Record<string, string> = {}
  const said: string[] = []
  for (const [key, note] of Object.entries(sidecar.notes ?? {})) {
    const place = key.startsWith('$') ? key : key.replace(/^nodes\./, '')
    if (place.startsWith('$') || Object.hasOwn(body.nodes, place)) notes[`here/${name}/${place}`] = note
    // What stood above and below its sections is said of the Block.
    else said.push(note)
  }
  if (said.length > 0) notes[`here/${name}`] = said.join('\n')
  return { body, notes }
}

/** A Block of the document as one of the library, with its notes. Null: there is none of this name. */
export const asOwn = (
  { tree, sidecar }: Pick<PlayDocument, 'tree' | 'sidecar'>,
  { here, name, version }: { readonly here: string; readonly name: string; readonly version: number },
): { readonly tree: BlockTree; readonly sidecar: Sidecar } | null => {
  const body = own(tree.blocks, here)
  if (body === undefined) return null
  const inside = `here/${here}/`
  const notes: Record<string, string> = {}
  for (const [key, note] of Object.entries(sidecar.notes ?? {})) {
    if (key === `here/${here}`) notes.block = note
    if (!key.startsWith(inside)) continue
    const place = key.slice(inside.length)
    notes[place.startsWith('$') ? place : noteKey('nodes', place)] = note
  }
  const order = (sidecar.order ?? []).flatMap((id) => (id.startsWith(inside) ? [id.slice(inside.length)] : []))
  return {
    tree: { dsl: 1, block: `my/${name}`, version, ...body },
    sidecar: { notes, ...(order.length > 0 ? { order } : {}) },
  }
}

const sameBody = (a: BlockBody, b: BlockTree): boolean => {
  const whole = { dsl: b.dsl, block: b.block, version: b.version, ...a }
  return canonicalJson(canonical(whole)) === canonicalJson(canonical(b))
}

/** Why a Block of the document cannot go to the library under this name, in a sentence; null: it can. */
export const keepFault = (tree: PlayTree, here: string, name: string): string | null => {
  const body = own(tree.blocks, here)
  if (body === undefined) return 'The Play does not have this Block any more.'
  if (!isId(name))
    return name === '' ? 'Write a name.' : `${name} is no name: small letters, digits and _, a letter first.`
  const inner = Object.values(body.nodes)
    .map((node) => typeOf(node)[0])
    .find((key) => key.startsWith('here/'))
  if (inner !== undefined)
    return `It stands on ${inner.slice('here/'.length)}, a Block of this Play: keep that one first.`
  const whole: BlockTree = { dsl: 1, block: `my/${name}`, version: 1, ...body }
  const [wrong] = checkBlock(whole, withBlocks).filter(({ severity }) => severity === 'error')
  return wrong === undefined ? null : `By itself it does not stand: ${wrong.message}.`
}

type Nodes = PlayTree['nodes']
const retyped = (nodes: Nodes, from: string, to: string): Nodes =>
  Object.fromEntries(
    Object.entries(nodes).map(([id, node]): [string, NodeTree] => {
      const [type, body] = typeOf(node)
      return [id, type === from ? { [to]: body } : node]
    }),
  )

const withoutBlock = (sidecar: Sidecar, here: string): Sidecar => {
  const mine = (key: string): boolean => key === `here/${here}` || key.startsWith(`here/${here}/`)
  const { notes, order, ...rest } = sidecar
  return {
    ...rest,
    ...(notes && { notes: Object.fromEntries(Object.entries(notes).filter(([key]) => !mine(key))) }),
    ...(order && { order: order.filter((id) => !mine(id)) }),
  }
}

/** Every use of a Block of the document becomes one of the library's that is the same; its definition goes. */
export const takeKept = (
  draft: DocumentDraft,
  { here, kept, hash }: { readonly here: string; readonly kept: BlockTree; readonly hash: string },
): boolean => {
  const tree = treeOf(draft)
  const body = own(tree.blocks, here)
  // It may have been changed while the server kept it.
  if (body === undefined || !sameBody(body, kept)) return false
  const ref = `${kept.block}@${kept.version}`
  const { blocks: { [here]: _, ...blocks } = {}, ...rest } = tree
  const left = Object.entries(blocks).map(([name, one]): [string, BlockBody] => [
    name,
    { ...one, nodes: retyped(one.nodes, `here/${here}`, ref) },
  ])
  const next: PlayTree = {
    ...rest,
    ...(left.length > 0 ? { blocks: Object.fromEntries(left) } : {}),
    nodes: retyped(tree.nodes, `here/${here}`, ref),
    pins: { ...tree.pins, [ref]: `sha256:${hash}` },
  }
  putTree(draft, pinned(next))
  putSidecar(draft, withoutBlock(sidecarOf(draft), here))
  return true
}

/** The node gets a copy of its library Block that belongs to the document. The name of the copy; null: it has none. */
export const detach = (draft: DocumentDraft, id: string): string | null => {
  const tree = treeOf(draft)
  const node = own(tree.nodes, id)
  const [type, settings] = node === undefined ? ['', {}] : typeOf(node)
  const found = blockDocument(type)
  const used = parseTypeName(type)
  if (node === undefined || found === null || used?.kind !== 'block') return null
  const name = freeId(used.name, (one) => Object.hasOwn(tree.blocks ?? {}, one))
  const { body, notes } = hereOf(found, name)
  const nodes = { ...tree.nodes, [id]: { [`here/${name}`]: settings } }
  putTree(draft, pinned({ ...tree, blocks: { ...tree.blocks, [name]: body }, nodes }))
  const sidecar = sidecarOf(draft)
  if (Object.keys(notes).length > 0) putSidecar(draft, { ...sidecar, notes: { ...sidecar.notes, ...notes } })
  return name
}

/** What a newer version of a Block would do to all its uses: shown, then applied. `to`: `my/calm@3`. */
export const upgradeTo = (tree: PlayTree, to: string): Upgrade =>
  upgrade(tree, { types: [], refs: [to], block: anyBlock })

/** False: nothing can be upgraded. */
export const applyUpgrade = (draft: DocumentDraft, to: string): boolean => {
  const tree = treeOf(draft)
  const { tree: next } = upgradeTo(tree, to)
  if (next === tree || !('play' in next)) return false
  putTree(draft, pinned(next))
  return true
}
