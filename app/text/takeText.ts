// The edit that makes a typed text the document: its nodes, notes and order; the layout stays where it was.
import { rename } from '../../blocks/play/rename'
import { nodeOrder } from '../../blocks/play/text/order'
import type { PlayTree, Sidecar } from '../../blocks/play/tree'
import { type DocumentDraft, portsOf, putSidecar, putTree, sidecarOf, treeOf } from '../document/edits/draft'

export interface TypedPlay {
  readonly tree: PlayTree
  /** Notes and order, as the text gives them. */
  readonly sidecar: Sidecar
}

/**
 * Places of nodes that the text no longer names are kept: cut and paste, or a name that is half typed, must not lose
 * them. An edit on the canvas that takes such a name begins without a place.
 */
export const takeText = (draft: DocumentDraft, { tree, sidecar: typed }: TypedPlay): void => {
  const before = { tree: treeOf(draft), sidecar: sidecarOf(draft) }
  const { order: _, notes: __, ...layout } = renamedLayout(before, { tree, sidecar: typed })
  putTree(draft, tree)
  putSidecar(draft, {
    ...layout,
    ...(typed.order === undefined ? {} : { order: typed.order }),
    ...(typed.notes === undefined ? {} : { notes: typed.notes }),
  })
}

/** The layout, with the place of a node under its new name when nothing but one name was changed. */
const renamedLayout = (before: TypedPlay, after: TypedPlay): Sidecar => {
  const names = renamedPair(before, after)
  if (names === null) return before.sidecar
  const [from, to] = names
  const free = withoutLayout(before.sidecar, to)
  const renamed = rename({ tree: before.tree, sidecar: free }, { from, to }, portsOf(before.tree))
  return renamed.problems.length > 0 ? before.sidecar : renamed.sidecar
}

/** One name went and one came, in the same place and with the same content; references may follow later. */
const renamedPair = (before: TypedPlay, after: TypedPlay): readonly [from: string, to: string] | null => {
  const gone = Object.keys(before.tree.nodes).filter((id) => !Object.hasOwn(after.tree.nodes, id))
  const come = Object.keys(after.tree.nodes).filter((id) => !Object.hasOwn(before.tree.nodes, id))
  const [from, to] = [gone[0], come[0]]
  if (gone.length !== 1 || come.length !== 1 || from === undefined || to === undefined) return null
  const same = JSON.stringify(before.tree.nodes[from]) === JSON.stringify(after.tree.nodes[to])
  const place = ({ tree, sidecar }: TypedPlay, id: string): number => nodeOrder(tree.nodes, sidecar.order).indexOf(id)
  return same && place(before, from) === place(after, to) ? [from, to] : null
}

/** What a node of this name left behind when it was last there must not stand in the way of the one that takes it. */
const withoutLayout = (sidecar: Sidecar, id: string): Sidecar => {
  const { positions = {}, colours = {}, collapsed = [], frames = [], ...rest } = sidecar
  const { [id]: _, ...places } = positions
  const { [id]: __, ...tints } = colours
  return {
    ...rest,
    ...(sidecar.positions && { positions: places }),
    ...(sidecar.colours && { colours: tints }),
    ...(sidecar.collapsed && { collapsed: collapsed.filter((one) => one !== id) }),
    ...(sidecar.frames && {
      frames: frames.map((frame) => ({ ...frame, nodes: frame.nodes.filter((one) => one !== id) })),
    }),
  }
}
