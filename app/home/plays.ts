// Making documents out of examples, files and nothing; and the market that they can run on here.

import type { Problem } from '../../blocks/kit/problem'
import type { PlayTree, Sidecar } from '../../blocks/play/tree'
import { emptyPlay } from '../document/emptyPlay'
import { readFile } from '../document/file'
import { storage } from '../document/storage'
import { createDocumentStore } from '../document/store'
import { takeSyntheticMarket } from '../workbench/autorun'

interface Play {
  readonly tree: PlayTree
  readonly sidecar: Sidecar
}

/** Every market of the Play has bars here; of a perpetual those of its spot market will do. */
export const isStored = ({ markets }: PlayTree, stored: ReadonlySet<string>): boolean =>
  Object.values(markets)
    .flat()
    .every((id) => id.startsWith('synthetic:') || stored.has(id) || (id.endsWith('.P') && stored.has(id.slice(0, -2))))

/** The Play on the practice market where this machine has no bars of its own for it. */
export const runnable = (play: Play, stored: ReadonlySet<string>): Play => {
  if (isStored(play.tree, stored)) return play
  const store = createDocumentStore({ id: '', ...play }, () => 0)
  takeSyntheticMarket(store)
  const { tree, sidecar } = store.getState().document
  return { tree, sidecar }
}

export const newPlay = async (): Promise<string> => (await storage()).create({ tree: emptyPlay, sidecar: {} })

export const keepPlay = async (play: Play): Promise<string> => (await storage()).create(play)

/** A file as a new document; problems when it is no Play. */
export const openFile = async (file: File): Promise<string | { readonly problems: readonly Problem[] }> => {
  const read = readFile(await file.text(), file.name)
  return 'problems' in read ? read : keepPlay(read)
}
