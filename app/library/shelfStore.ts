// Own Blocks in this browser: IndexedDB, one record a version, so that the page works while the server is away.
import { type DBSchema, openDB } from 'idb'
import type { OwnBlock } from './own'

interface Tables extends DBSchema {
  blocks: { key: [name: string, version: number]; value: OwnBlock }
}

export interface ShelfStore {
  readonly all: () => Promise<readonly OwnBlock[]>
  readonly put: (blocks: readonly OwnBlock[]) => Promise<void>
  readonly close: () => void
}

/** Apart from the Plays: what goes wrong here costs a Play nothing. */
export const openShelf = async (name = 'playloom blocks'): Promise<ShelfStore> => {
  const db = await openDB<Tables>(name, 1, {
    upgrade: (fresh) => void fresh.createObjectStore('blocks', { keyPath: ['name', 'version'] }),
    // A newer program waits for this one to let go of the database.
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  })
  return {
    all: () => db.getAll('blocks'),
    put: async (blocks) => {
      const change = db.transaction('blocks', 'readwrite')
      await Promise.all([...blocks.map((one) => change.store.put(one)), change.done])
    },
    close: () => db.close(),
  }
}
