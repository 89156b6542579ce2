// What an earlier page could not bring to the database any more is brought there now, from its journal.
import type { Journal } from './journal'
import type { Opened, Storage } from './storage'

export interface Leftovers {
  readonly documents: Pick<Storage, 'load' | 'save'>
  readonly journal: Pick<Journal, 'ids' | 'read' | 'clear'>
}

/** The newest state of a document, stored by now; null: there is none. */
export const settled = async (id: string, { documents, journal }: Leftovers): Promise<Opened | null> => {
  const stored = await documents.load(id)
  if (stored === null) return null
  const left = journal.read(id)
  const newer = left !== null && left.atMs > stored.changedMs
  if (newer) await documents.save(left)
  journal.clear(id)
  return newer ? { ...left, changedMs: left.atMs } : stored
}

/** All documents that a journal speaks of: before they are listed or copied. */
export const settleAll = async (parts: Leftovers): Promise<void> => {
  for (const id of parts.journal.ids()) await settled(id, parts)
}
