// A Block that is looked into, as a Play that can be drawn: its inputs become nodes, nothing is traded. Pure.
import { typeOf } from '../../blocks/play/references'
import type { BlockTree, NodeTree, PlayTree } from '../../blocks/play/tree'
import { blockOf } from './model'

const sourceOf = (type: string): NodeTree | null => (type === 'bars' ? { bars: { market: 'main' } } : null)

const asPlay = (block: BlockTree, play: PlayTree): PlayTree => {
  const inputs = Object.entries(block.inputs ?? {}).flatMap(([name, { type }]): [string, NodeTree][] => {
    const node = sourceOf(type)
    return node === null ? [] : [[name, node]]
  })
  const slot = { filter: 'filters', entry: 'entries', exit: 'exits', invalidation: 'invalidations' }[block.role]
  const role = block.outputs[block.role]
  const { params: _params, blocks, ...head } = play
  return {
    ...head,
    ...(block.params === undefined ? {} : { params: block.params }),
    ...(blocks === undefined ? {} : { blocks }),
    nodes: { ...Object.fromEntries(inputs), ...block.nodes },
    long: { entries: [], exits: [], ...(role === undefined ? {} : { [slot]: [role] }) },
    short: 'none',
  }
}

/** Null: the Play itself is looked at, or the way leads nowhere any more. */
export const insideOf = (tree: PlayTree, path: readonly string[]): PlayTree | null => {
  let play: PlayTree | null = null
  for (const id of path) {
    const from: PlayTree = play ?? tree
    const node = Object.hasOwn(from.nodes, id) ? from.nodes[id] : undefined
    const block = node === undefined ? null : blockOf(from, typeOf(node)[0])
    if (block === null) return play
    play = asPlay(block, from)
  }
  return play
}
