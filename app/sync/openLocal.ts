// The open Play as syncing sees it: its content now, and a way to put another one in as a step of its history.
import { putSidecar, putTree } from '../document/edits/draft'
import type { DocumentStore } from '../document/store'
import { contentOf, type Typed } from './content'
import type { OpenLocal } from './playSync'

/** `flush`: saves what is not saved yet. */
export const openLocal = (store: DocumentStore, flush: () => Promise<boolean>): OpenLocal => {
  const typed = (): Typed => {
    const { document, loose } = store.getState()
    return { tree: document.tree, sidecar: document.sidecar, loose: loose?.text ?? null }
  }
  return {
    id: store.getState().document.id,
    typed,
    content: () => contentOf(typed()),
    flush,
    put: ({ tree, sidecar, loose }, label) => {
      const { readOnly, edit, setLoose } = store.getState()
      if (readOnly) return false
      edit(label, (draft) => {
        putTree(draft, tree)
        putSidecar(draft, sidecar)
      })
      setLoose(loose === null ? null : { text: loose })
      return true
    },
  }
}
