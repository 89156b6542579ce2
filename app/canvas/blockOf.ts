// The Block behind a node: of the document itself, or of the library. Pure.
import type { BlockLookup } from '../../blocks/play/check/blocks'
import type { BlockTree, PlayTree } from '../../blocks/play/tree'

export const blockOf = (tree: PlayTree, type: string, find: BlockLookup): BlockTree | null => {
  if (!type.includes('/')) return null
  const own = type.startsWith('here/') ? tree.blocks?.[type.slice(5)] : undefined
  if (own !== undefined) return { ...own, dsl: 1, block: type, version: 1 }
  return find(type) ?? null
}
