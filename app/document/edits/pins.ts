// Pins: the content hashes of the shipped and own Blocks that a Play stands on, written and taken away with their nodes.
import { playHash } from '../../../blocks/play/canonical'
import { typeOf } from '../../../blocks/play/references'
import type { PlayTree } from '../../../blocks/play/tree'
import { own } from '../../../blocks/play/words'
import { anyBlock } from '../../library/library'

/** Everything that the nodes name, and what stands inside it. */
const namedIn = (tree: PlayTree): ReadonlySet<string> => {
  const seen = new Set<string>()
  const visit = (nodes: PlayTree['nodes']): void => {
    for (const node of Object.values(nodes)) {
      const [key] = typeOf(node)
      if (!key.includes('/') || seen.has(key)) continue
      seen.add(key)
      const here = key.startsWith('here/') ? own(tree.blocks, key.slice('here/'.length)) : undefined
      visit((here ?? anyBlock(key))?.nodes ?? {})
    }
  }
  visit(tree.nodes)
  return seen
}

/** With a pin for each Block that is used, and none for those that nothing uses any more. */
export const pinned = (tree: PlayTree): PlayTree => {
  const used = [...namedIn(tree)].filter((key) => !key.startsWith('here/'))
  // What a Block that is not here stands on is not known: then no pin is taken away.
  const pins: Record<string, string> = used.every((key) => anyBlock(key) !== undefined) ? {} : { ...tree.pins }
  for (const key of used) {
    const block = anyBlock(key)
    const pin = tree.pins?.[key] ?? (block === undefined ? undefined : `sha256:${playHash(block)}`)
    if (pin !== undefined) pins[key] = pin
  }
  const { pins: _, ...rest } = tree
  return Object.keys(pins).length === 0 ? rest : { ...tree, pins }
}
