// A Block that is looked into, as a Play that can be drawn: its inputs become sources, nothing is traded. Pure.
import type { Letter } from '../../blocks/kit/socket'
import { typeOf } from '../../blocks/play/references'
import type { BlockTree, NodeTree, PlayTree } from '../../blocks/play/tree'
import { inputTypes, own } from '../../blocks/play/words'
import type { WithBlocks } from '../library/library'
import { blockOf } from './blockOf'

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

/** What comes into a Block from outside and is no node there. */
export interface BlockInput {
  readonly name: string
  readonly letter: Letter
  /** Its type in a word: `rate`. */
  readonly word: string
}
export interface Inside {
  readonly tree: PlayTree
  readonly inputs: readonly BlockInput[]
}

const inputsOf = (block: BlockTree): readonly BlockInput[] =>
  Object.entries(block.inputs ?? {}).flatMap(([name, { type }]) => {
    const letter = own(inputTypes, type)
    return letter === undefined || sourceOf(type) !== null ? [] : [{ name, letter, word: type }]
  })

/** Null: the Play itself is looked at, or the way leads nowhere any more. */
export const insideOf = (tree: PlayTree, path: readonly string[], { blocks }: WithBlocks): Inside | null => {
  let play: PlayTree | null = null
  let inputs: readonly BlockInput[] = []
  for (const id of path) {
    const from: PlayTree = play ?? tree
    const node = Object.hasOwn(from.nodes, id) ? from.nodes[id] : undefined
    const block = node === undefined ? null : blockOf(from, typeOf(node)[0], blocks)
    if (block === null) break
    play = asPlay(block, from)
    inputs = inputsOf(block)
  }
  return play === null ? null : { tree: play, inputs }
}
