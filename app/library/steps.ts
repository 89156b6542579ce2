// The steps of the open Play that have to do with Blocks, each labelled, said aloud and undone as one.
import { playHash } from '../../blocks/play/canonical'
import type { BlockTree } from '../../blocks/play/tree'
import { attendNode } from '../canvas/attend'
import { say } from '../canvas/said'
import { applyUpgrade, detach, takeKept } from '../document/edits/blocks'
import { type Folding, foldNodes } from '../document/edits/fold'
import { stepLabel } from '../document/labels'
import type { DocumentStore } from '../document/store'
import { notify } from '../ui/notify'
import { useView } from '../workbench/view'

/** A sentence why not, else null. */
export const foldStep = (store: DocumentStore, folding: Folding): string | null => {
  let fault: string | null = null
  let id = ''
  const label = stepLabel.fold(folding.name)
  store.getState().edit(label, (draft) => {
    fault = foldNodes(draft, folding, (made) => {
      id = made
    })
  })
  if (fault !== null) return fault
  say(label)
  useView.setState({ selected: [id], reveal: { node: id } })
  attendNode(id)
  return null
}

/** Uses of a Block of the Play become those of the version that is in the library now. */
export const keepStep = (store: DocumentStore, here: string, kept: BlockTree): void => {
  const label = stepLabel.keep(here)
  let done = false
  store.getState().edit(label, (draft) => {
    done = takeKept(draft, { here, kept, hash: playHash(kept) })
  })
  const version = `Version ${kept.version} is in your library.`
  say(version)
  if (done) notify({ tone: 'done', text: version, action: { label: 'Undo', run: () => store.getState().undo() } })
  else
    notify({
      tone: 'error',
      text: version,
      detail: 'The Block of the Play was changed meanwhile, so the Play goes on with its own.',
    })
}

export const detachStep = (store: DocumentStore, id: string): void => {
  const label = stepLabel.detach(id)
  let name: string | null = null
  store.getState().edit(label, (draft) => {
    name = detach(draft, id)
  })
  if (name === null) notify({ tone: 'error', text: 'This Block is not here, so there is nothing to copy.' })
  else say(label)
}

export const upgradeStep = (store: DocumentStore, to: string): void => {
  const label = stepLabel.upgrade(to)
  store.getState().edit(label, (draft) => void applyUpgrade(draft, to))
  say(label)
}
