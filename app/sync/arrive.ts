// A Play that only the server has, opened here: it becomes a document of this browser too.
import { emptyHistory } from '../document/history'
import type { Storage } from '../document/storage'
import { contentOf, markOf, typedOf } from './content'
import type { SyncServer } from './server'

export type Arrived = 'here' | 'nowhere' | 'unread'

/** Rejects with Away when the server does not answer. */
export const arrive = async (
  id: string,
  { documents, server }: { readonly documents: Pick<Storage, 'adopt'>; readonly server: SyncServer },
): Promise<Arrived> => {
  if (!(await server.keeps())) return 'nowhere'
  const [head] = await server.heads([id])
  if (head === undefined || head.deleted || head.revision === 0) return 'nowhere'
  const draft = await server.draft(id)
  if (draft === null) return 'nowhere'
  const typed = typedOf(draft)
  if (typed === null) return 'unread'
  const { tree, sidecar, loose } = typed
  const base = { id, revision: draft.revision, mark: markOf(contentOf(typed)), sent: null, deleted: false }
  await documents.adopt({ document: { id, tree, sidecar }, history: emptyHistory, loose }, base)
  return 'here'
}
