// Opens a document of this machine for a page: loads it, keeps it saved, and settles which tab writes it.
'use client'
import { useEffect, useState } from 'react'
import { arrive } from '../sync/arrive'
import { Away } from '../sync/away'
import { ownServer, type Running, startSync, sweepSoon } from '../sync/sync'
import { type Autosave, startAutosave } from './autosave'
import { useGone } from './gone'
import { type Journal, journalOn } from './journal'
import { settled } from './leftovers'
import { type Opened, type Storage, storage } from './storage'
import { createDocumentStore, type DocumentStore, type PlayDocument } from './store'
import { broadcastOf, browserLocks, joinTabs, type Role, type Tab } from './tabs'

export type OpenPlay =
  | { readonly kind: 'loading' }
  /** There is no such document here, or it was deleted. */
  | { readonly kind: 'missing' }
  /** It is not in this browser, and the server does not tell whether it has it. */
  | { readonly kind: 'away' }
  /** The store of this browser does not work; nothing was changed. */
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'ready'
      readonly store: DocumentStore
      readonly role: Role
      readonly takeOver: () => Promise<void>
      /** Saves what is not saved yet, at once. */
      readonly flush: () => Promise<boolean>
    }

/** A Play for an id that is not stored yet: it is stored with its first edit. */
export type FreshPlay = Pick<PlayDocument, 'tree' | 'sidecar'>

/** As it lies here; else as the server has it, which then lies here too. */
const found = async (id: string, journal: Journal, isFresh: boolean): Promise<Opened | null> => {
  const documents = await storage()
  const here = await settled(id, { documents, journal })
  if (here !== null || isFresh || (await documents.keptOne(id)) !== null) return here
  const arrived = await arrive(id, { documents, server: ownServer() })
  if (arrived === 'unread')
    throw new Error('This Play was saved by a newer version of this page. Load the page again, without its cache.')
  return arrived === 'here' ? documents.load(id) : null
}

const opened = async (id: string, journal: Journal, fresh: FreshPlay | null): Promise<DocumentStore | null> => {
  const one = await found(id, journal, fresh !== null)
  if (one === null) return fresh === null ? null : createDocumentStore({ id, ...fresh }, Date.now)
  const store = createDocumentStore(one.document, Date.now)
  store.getState().open(one.document, one.history)
  if (one.loose !== null) store.getState().setLoose({ text: one.loose })
  return store
}

/** Everything that must be ended when the page goes. */
interface Session {
  readonly tab: Tab
  readonly autosave: Autosave
  readonly sync: TabSync
}

/** Syncs while this tab is the writer, and no longer. */
interface TabSync {
  readonly role: (role: Role) => void
  /** Something was saved here. */
  readonly changed: () => void
}

const tabSync = (begin: () => Promise<Running>): TabSync => {
  let running: Promise<Running> | null = null
  const each = (work: (one: Running) => void): void => {
    // What it cannot begin with is told by the store of this browser, which fails the same.
    running?.then(work, () => undefined)
  }
  return {
    role: (role) => {
      if (role === 'writer') running ??= begin()
      else {
        each(({ stop }) => stop())
        running = null
      }
    },
    changed: () => each(({ changed }) => changed()),
  }
}

interface Start {
  readonly fresh: FreshPlay | null
  readonly show: (open: OpenPlay) => void
}

const start = async (id: string, { fresh, show }: Start): Promise<Session | null> => {
  const journal = journalOn(window.localStorage)
  const store = await opened(id, journal, fresh)
  if (store === null) {
    show({ kind: 'missing' })
    return null
  }
  const documents = await storage()
  const kept: Pick<Storage, 'save'> = {
    save: async (saved) => {
      await documents.save(saved)
      sync.changed()
    },
  }
  const autosave = startAutosave(store, { storage: kept, journal, now: Date.now, page: window })
  const { flush, keep } = autosave
  const sync = tabSync(() => startSync(store, flush))
  const session: { tab?: Tab } = {}
  const takeOver = async (): Promise<void> => session.tab?.takeOver()
  const onRole = (role: Role): void => {
    sync.role(role)
    show({ kind: 'ready', store, role, takeOver, flush })
  }
  const onGone = (gone: boolean): void => useGone.setState({ gone })
  onGone(false)
  /** What nobody has touched and nothing is stored of is no Play yet. */
  const keepTouched = async (): Promise<boolean> => {
    const { history, loose } = store.getState()
    const untouched = history.steps.length === 0 && loose === null
    return untouched && (await documents.keptOne(id)) === null ? true : keep()
  }
  const parts = { store, channel: broadcastOf(id), locks: browserLocks, flush, keep: keepTouched }
  const tab = joinTabs({ ...parts, onRole, onGone })
  session.tab = tab
  return { tab, autosave, sync }
}

const end = async ({ tab, autosave, sync }: Session): Promise<void> => {
  autosave.stop()
  // The lock is let go once the last edit lies on the disk: who waits for it reads nothing old.
  await autosave.flush()
  sync.role('follower')
  tab.close()
  // The last edits of this Play are sent like those of any that is not open.
  sweepSoon()
}

/** `fresh`: opened when nothing is stored under the id; the same object each time. */
export const useOpenPlay = (id: string, fresh: FreshPlay | null = null): OpenPlay => {
  const [open, setOpen] = useState<OpenPlay>({ kind: 'loading' })
  useEffect(() => {
    let live = true
    const show = (next: OpenPlay): void => {
      if (live) setOpen(next)
    }
    setOpen({ kind: 'loading' })
    const session = start(id, { fresh, show }).catch((error: unknown) => {
      if (error instanceof Away) show({ kind: 'away' })
      else show({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
      return null
    })
    return () => {
      live = false
      void session.then((running) => (running === null ? undefined : end(running)))
    }
  }, [id, fresh])
  return open
}
