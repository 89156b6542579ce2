// What can be done with the Block of a node.
import { parseTypeName } from '../../blocks/play/names'
import { typeOf } from '../../blocks/play/references'
import type { PlayTree } from '../../blocks/play/tree'
import { own } from '../../blocks/play/words'
import { allRefs, anyBlock } from './library'
import { newerThan } from './own'

export interface BlockChoices {
  /** It belongs to the Play and can go to the library. */
  readonly keep: boolean
  /** It comes from a library, so that the Play can have a copy of its own. */
  readonly detach: boolean
  /** Its newest version, where that is not the one that is used. */
  readonly newest: string | null
}

export const blockChoices = (tree: PlayTree, id: string): BlockChoices => {
  const node = own(tree.nodes, id)
  const type = node === undefined ? '' : typeOf(node)[0]
  const name = parseTypeName(type)
  return {
    keep: name?.kind === 'here' && own(tree.blocks, name.name) !== undefined,
    detach: name?.kind === 'block' && anyBlock(type) !== undefined,
    newest: newerThan(type, allRefs()),
  }
}
