// The last edits of a page that is going: written at once, for the database has no time left. Read at the next opening.
import type { Saved } from './storage'

/** What of the browser's local storage is used. */
export type Shelf = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export interface Entry extends Saved {
  readonly atMs: number
}

export interface Journal {
  /** False: there is no room for it. */
  readonly write: (entry: Entry) => boolean
  readonly read: (id: string) => Entry | null
  readonly clear: (id: string) => void
  /** Documents that it has something of. */
  readonly ids: () => readonly string[]
}

const prefix = 'playloom unsaved '
const keyOf = (id: string): string => `${prefix}${id}`

export const journalOn = (shelf: Shelf): Journal => ({
  write: (entry) => {
    try {
      shelf.setItem(keyOf(entry.document.id), JSON.stringify(entry))
      return true
    } catch {
      // Without room the history is let go before the Play is.
      return writeShort(shelf, entry)
    }
  },
  read: (id) => {
    try {
      const text = shelf.getItem(keyOf(id))
      const entry = text === null ? null : (JSON.parse(text) as Entry)
      return entry?.document.id === id && typeof entry.atMs === 'number' ? entry : null
    } catch {
      return null
    }
  },
  clear: (id) => shelf.removeItem(keyOf(id)),
  ids: () =>
    Array.from({ length: shelf.length }, (_, i) => shelf.key(i) ?? '').flatMap((key) =>
      key.startsWith(prefix) ? [key.slice(prefix.length)] : [],
    ),
})

const writeShort = (shelf: Shelf, entry: Entry): boolean => {
  try {
    shelf.setItem(keyOf(entry.document.id), JSON.stringify({ ...entry, history: { steps: [], at: 0 } }))
    return true
  } catch {
    return false
  }
}
