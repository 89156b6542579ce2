// Documents on this machine: IndexedDB, one record a Play, one for its history, and one for what the server is known to
// have of it. A deleted one can be brought back.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { isId } from '../../blocks/play/names'
import type { PlayTree, Sidecar } from '../../blocks/play/tree'
import { emptyHistory, type History } from './history'
import type { PlayDocument } from './store'
import { announce } from './tabs'
import { plainly } from './trouble'

/** A document as it lies in the store. */
export interface StoredDocument {
  readonly id: string
  readonly tree: PlayTree
  readonly sidecar: Sidecar
  /** Text that is no Play yet, as it was typed. */
  readonly loose: string | null
  readonly createdMs: number
  readonly changedMs: number
  /** Null: not deleted. */
  readonly deletedMs: number | null
}

/** What the server and this browser last agreed on: what differs from it was changed since, there or here. */
export interface Base {
  readonly id: string
  /** Of the server's draft; 0: it has none. */
  readonly revision: number
  /** Mark of the content at that revision (app/sync/content.ts). */
  readonly mark: string
  /** Mark of a save that was sent and may have arrived unanswered. */
  readonly sent: string | null
  readonly deleted: boolean
}

interface Tables extends DBSchema {
  documents: { key: string; value: StoredDocument }
  histories: { key: string; value: { readonly id: string; readonly history: History } }
  bases: { key: string; value: Base }
}

/** One line of the list of Plays. */
export interface Listed {
  readonly id: string
  readonly title: string
  readonly markets: readonly string[]
  readonly tf: string
  readonly nodes: number
  readonly changedMs: number
}

export interface Opened {
  readonly document: PlayDocument
  readonly history: History
  readonly loose: string | null
  readonly changedMs: number
}

export interface Saved {
  readonly document: PlayDocument
  readonly history: History
  readonly loose: string | null
}

export interface Storage {
  readonly list: () => Promise<readonly Listed[]>
  /** Null: there is none of this id, or it was deleted. */
  readonly load: (id: string) => Promise<Opened | null>
  readonly save: (saved: Saved) => Promise<void>
  /** A new document of these; gives its id. */
  readonly create: (play: { readonly tree: PlayTree; readonly sidecar: Sidecar }) => Promise<string>
  /** A document under a given id, from elsewhere, with what is agreed of it; one that is here already is left alone. */
  readonly adopt: (saved: Saved, base: Base | null) => Promise<void>
  /** All of them, deleted ones too. */
  readonly kept: () => Promise<readonly StoredDocument[]>
  /** One of them, deleted or not. */
  readonly keptOne: (id: string) => Promise<StoredDocument | null>
  readonly base: (id: string) => Promise<Base | null>
  readonly setBase: (base: Base) => Promise<void>
  readonly duplicate: (id: string) => Promise<string | null>
  readonly retitle: (id: string, title: string) => Promise<void>
  /** Deletes; `restore` brings it back until `purge`. */
  readonly remove: (id: string) => Promise<void>
  readonly restore: (id: string) => Promise<void>
  /** Forgets for good what was deleted before this instant, unless the server has to be told of it yet. */
  readonly purge: (beforeMs: number) => Promise<void>
  readonly close: () => void
}

export const titleOf = ({ title, play }: PlayTree): string => title ?? play.replaceAll('_', ' ')

const listed = ({ id, tree, changedMs }: StoredDocument): Listed => ({
  id,
  title: titleOf(tree),
  markets: Object.values(tree.markets).flat(),
  tf: tree.tf,
  nodes: Object.keys(tree.nodes).length,
  changedMs,
})

/** "EMA pullback" becomes "EMA pullback 2", that one "EMA pullback 3". */
export const nextTitle = (title: string, taken: readonly string[]): string => {
  const [, stem = title] = /^(.*?)(?: \d{1,3})?$/.exec(title) ?? []
  for (let n = 2; ; n++) {
    const next = `${stem} ${n}`
    if (!taken.includes(next)) return next
  }
}

/** Something of a Play can be drawn of it: what the database gave back is not trusted blindly. */
const isSound = (one: StoredDocument | undefined): one is StoredDocument =>
  one !== undefined && typeof one.tree === 'object' && one.tree !== null && isId(one.tree.play)

/** Older than this, deleted documents are forgotten at the next start. */
export const keptDeletedMs = 24 * 3_600_000

/** Of a document of this machine. */
export const newId = (): string => crypto.randomUUID().replaceAll('-', '').slice(0, 12)

class Documents implements Storage {
  constructor(
    private readonly db: IDBPDatabase<Tables>,
    private readonly now: () => number,
  ) {}

  private async all(): Promise<readonly StoredDocument[]> {
    return (await this.db.getAll('documents')).filter((one) => one.deletedMs === null && isSound(one))
  }

  readonly list = async (): Promise<readonly Listed[]> =>
    (await this.all()).map(listed).sort((a, b) => b.changedMs - a.changedMs || (a.id < b.id ? -1 : 1))

  readonly load = async (id: string): Promise<Opened | null> => {
    const [one, kept] = await Promise.all([this.db.get('documents', id), this.db.get('histories', id)])
    if (!isSound(one) || one.deletedMs !== null) return null
    const { tree, sidecar, loose, changedMs } = one
    return { document: { id, tree, sidecar }, history: kept?.history ?? emptyHistory, loose, changedMs }
  }

  readonly save = async ({ document, history, loose }: Saved): Promise<void> => {
    const { id, tree, sidecar } = document
    // Both or neither: a history that belongs to another state of the document would undo into nonsense.
    const change = this.db.transaction(['documents', 'histories'], 'readwrite')
    const old = await change.objectStore('documents').get(id)
    const now = this.now()
    const createdMs = old?.createdMs ?? now
    const deletedMs = old?.deletedMs ?? null
    await Promise.all([
      change.objectStore('documents').put({ id, tree, sidecar, loose, createdMs, changedMs: now, deletedMs }),
      change.objectStore('histories').put({ id, history }),
      change.done,
    ])
  }

  readonly create = async ({ tree, sidecar }: { tree: PlayTree; sidecar: Sidecar }): Promise<string> => {
    const id = newId()
    await this.save({ document: { id, tree, sidecar }, history: emptyHistory, loose: null })
    return id
  }

  readonly adopt = async ({ document, history, loose }: Saved, base: Base | null): Promise<void> => {
    const { id, tree, sidecar } = document
    const now = this.now()
    const change = this.db.transaction(['documents', 'histories', 'bases'], 'readwrite')
    const there = await change.objectStore('documents').getKey(id)
    const one = { id, tree, sidecar, loose, createdMs: now, changedMs: now, deletedMs: null }
    const writes =
      there === undefined
        ? [
            change.objectStore('documents').put(one),
            change.objectStore('histories').put({ id, history }),
            ...(base === null ? [] : [change.objectStore('bases').put(base)]),
          ]
        : []
    await Promise.all([...writes, change.done])
  }

  readonly kept = async (): Promise<readonly StoredDocument[]> => (await this.db.getAll('documents')).filter(isSound)

  readonly keptOne = async (id: string): Promise<StoredDocument | null> => {
    const one = await this.db.get('documents', id)
    return isSound(one) ? one : null
  }

  readonly base = async (id: string): Promise<Base | null> => (await this.db.get('bases', id)) ?? null

  readonly setBase = async (base: Base): Promise<void> => void (await this.db.put('bases', base))

  readonly duplicate = async (id: string): Promise<string | null> => {
    const one = await this.db.get('documents', id)
    if (!isSound(one)) return null
    const taken = (await this.all()).map(({ tree }) => titleOf(tree))
    return this.create({ tree: { ...one.tree, title: nextTitle(titleOf(one.tree), taken) }, sidecar: one.sidecar })
  }

  private async change(id: string, what: (one: StoredDocument) => StoredDocument): Promise<void> {
    const change = this.db.transaction('documents', 'readwrite')
    const one = await change.store.get(id)
    await Promise.all([...(one === undefined ? [] : [change.store.put(what(one))]), change.done])
  }

  readonly retitle = async (id: string, title: string): Promise<void> => {
    const clean = title.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ').trim()
    if (clean === '') return
    await this.change(id, (one) => ({ ...one, tree: { ...one.tree, title: clean }, changedMs: this.now() }))
    announce(id, { kind: 'retitled', title: clean })
  }

  readonly remove = async (id: string): Promise<void> => {
    await this.change(id, (one) => ({ ...one, deletedMs: this.now() }))
    announce(id, { kind: 'removed' })
  }

  readonly restore = async (id: string): Promise<void> => {
    await this.change(id, (one) => ({ ...one, deletedMs: null }))
    announce(id, { kind: 'restored' })
  }

  readonly purge = async (beforeMs: number): Promise<void> => {
    const change = this.db.transaction(['documents', 'histories', 'bases'], 'readwrite')
    const untold = (await change.objectStore('bases').getAll()).filter((base) => base.revision > 0 && !base.deleted)
    const waits = new Set(untold.map(({ id }) => id))
    const gone = (await change.objectStore('documents').getAll()).filter(
      ({ id, deletedMs }) => deletedMs !== null && deletedMs < beforeMs && !waits.has(id),
    )
    const removals = gone.flatMap(({ id }) => [
      change.objectStore('documents').delete(id),
      change.objectStore('histories').delete(id),
      change.objectStore('bases').delete(id),
    ])
    await Promise.all([...removals, change.done])
  }

  readonly close = (): void => this.db.close()
}

/** Opens the documents of this machine. `now`: Unix ms. */
export const openStorage = plainly(async ({ name = 'playloom', now = Date.now } = {}): Promise<Storage> => {
  const db = await openDB<Tables>(name, 2, {
    // One step a version, each on top of the last: what is there stays.
    upgrade: (db, from) => {
      if (from < 1) {
        db.createObjectStore('documents', { keyPath: 'id' })
        db.createObjectStore('histories', { keyPath: 'id' })
      }
      if (from < 2) db.createObjectStore('bases', { keyPath: 'id' })
    },
    // A newer program waits for this one to let go of the database.
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  })
  const { list, load, save, create, duplicate, retitle, remove, restore, purge, close, ...more } = new Documents(
    db,
    now,
  )
  return {
    list: plainly(list),
    load: plainly(load),
    save: plainly(save),
    create: plainly(create),
    duplicate: plainly(duplicate),
    retitle: plainly(retitle),
    remove: plainly(remove),
    restore: plainly(restore),
    purge: plainly(purge),
    adopt: plainly(more.adopt),
    kept: plainly(more.kept),
    keptOne: plainly(more.keptOne),
    base: plainly(more.base),
    setBase: plainly(more.setBase),
    close,
  }
})

let shared: Promise<Storage> | null = null

/** The one of this tab. A failure is not kept: the next call tries again. */
export const storage = (): Promise<Storage> => {
  shared ??= openStorage().then(
    async (opened) => {
      // What cannot be forgotten now, on a full disk perhaps, is no reason to open nothing.
      await opened.purge(Date.now() - keptDeletedMs).catch(() => undefined)
      return opened
    },
    (error: unknown) => {
      shared = null
      throw error
    },
  )
  return shared
}
