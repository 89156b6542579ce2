// Every Block that this page knows, the shipped ones and the trader's own: whoever needs a Block asks here.
import { create } from 'zustand'
import { library } from '../../blocks/catalogue'
import { type BlockLookup, libraryBlock, libraryRefs } from '../../blocks/play/check/blocks'
import { type OwnBlocks, usedBlocks } from '../../blocks/play/own'
import { parseDocument } from '../../blocks/play/text/parse'
import type { BlockTree, PlayTree, Sidecar } from '../../blocks/play/tree'
import { newestOf, type Own, type OwnBlock, ownOf } from './own'

/** Blocks as check, wiring and sentences take them. */
export interface WithBlocks {
  readonly blocks: BlockLookup
}

const withOwn = (own: Own): { readonly own: Own; readonly finding: WithBlocks } => ({
  own,
  finding: { blocks: (ref) => own.get(ref)?.tree ?? libraryBlock(ref) },
})

/** Versions never change: what was found once stays found, and only what was missing can come. */
export const useLibrary = create<ReturnType<typeof withOwn>>()(() => withOwn(new Map()))

/** Another one when an own Block has come: what was drawn or worked out with it is so anew. */
export const useBlocks = (): WithBlocks => useLibrary(({ finding }) => finding)

/** Draws anew when an own Block has come. */
export const useOwn = (): Own => useLibrary(({ own }) => own)

export const ownNow = (): Own => useLibrary.getState().own

/** Own Blocks that have come: from the server, from this browser, from another tab. */
export const learn = (lines: readonly OwnBlock[]): void => {
  const before = ownNow()
  const own = ownOf(lines, before)
  if (own !== before) useLibrary.setState(withOwn(own))
}

/** A Block by `lib/name@2` or `my/name@3`. */
export const anyBlock: BlockLookup = (ref) => useLibrary.getState().finding.blocks(ref)

/** For edits, which are made with the Blocks of their moment. */
export const withBlocks: WithBlocks = { blocks: anyBlock }

/** Own Blocks that a document stands on, as far as they are here. */
export const ownUnder = (tree: PlayTree): OwnBlocks => usedBlocks(tree, (ref) => ownNow().get(ref)?.tree)

/** Names of all Blocks with all their versions. */
export const allRefs = (): readonly string[] => [...ownNow().keys(), ...libraryRefs]

/** Names to offer: the newest version of each own Block, then the shipped ones. */
export const offeredRefs = (own: Own = ownNow()): readonly string[] => [
  ...newestOf(own).map(({ name, version }) => `${name}@${version}`),
  ...libraryRefs,
]

/** A Block with its notes, as its text has them. */
export const blockDocument = (ref: string): { readonly tree: BlockTree; readonly sidecar: Sidecar } | null => {
  const own = ownNow().get(ref)
  if (own !== undefined) return own
  const text = ref.startsWith('lib/') && Object.hasOwn(library, ref.slice(4)) ? library[ref.slice(4)] : undefined
  const read = text === undefined ? undefined : parseDocument(text)
  return read?.tree !== undefined && 'block' in read.tree ? { tree: read.tree, sidecar: read.sidecar } : null
}
