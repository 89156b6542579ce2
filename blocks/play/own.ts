// Own Blocks that a document stands on: which ones it names, and the lookup that finds them.
import type { BlockLookup } from './check/blocks'
import type { BlockTree, DocumentTree, NodeTree } from './tree'
import { own } from './words'

/** `my/calm@2`: the name that nodes and pins have of a Block document. */
export const refOf = ({ block, version }: Pick<BlockTree, 'block' | 'version'>): string => `${block}@${version}`

/** Own Blocks that its nodes name, in the order of their names; what those name themselves is not among them. */
export const blockRefs = (tree: DocumentTree): readonly string[] => {
  const bodies: readonly { readonly nodes: Readonly<Record<string, NodeTree>> }[] =
    'play' in tree ? [tree, ...Object.values(tree.blocks ?? {})] : [tree]
  const keys = bodies.flatMap(({ nodes }) => Object.values(nodes).flatMap((node) => Object.keys(node)))
  return [...new Set(keys.filter((key) => key.startsWith('my/')))].sort()
}

/** Own Blocks by `my/name@version`. */
export type OwnBlocks = Readonly<Record<string, BlockTree>>

export const lookupIn =
  (blocks: OwnBlocks): BlockLookup =>
  (ref) =>
    own(blocks, ref)

/** All own Blocks that it takes to run a document, those inside Blocks too; what cannot be found is left out. */
export const usedBlocks = (tree: DocumentTree, find: BlockLookup): OwnBlocks => {
  const found = new Map<string, BlockTree>()
  const asked = new Set<string>()
  const open = [...blockRefs(tree)]
  for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
    if (asked.has(ref)) continue
    asked.add(ref)
    const block = find(ref)
    if (block === undefined) continue
    found.set(ref, block)
    open.push(...blockRefs(block))
  }
  return Object.fromEntries(found)
}
