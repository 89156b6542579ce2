// Opens a document of this machine for a page: loads it, keeps it saved, and settles which tab writes it.
'use client'
import { useEffect, useState } from 'react'
import { type Autosave, startAutosave } from './autosave'
import { useGone } from './gone'
import { type Journal, journalOn } from './journal'
import { settled } from './leftovers'
import { storage } from './storage'
import { createDocumentStore, type DocumentStore, type PlayDocument } from './store'
import { broadcastOf, browserLocks, joinTabs, type Role, type Tab } from './tabs'

export type OpenPlay =
  | { readonly kind: 'loading' }
  /** There is no such document here, or it was deleted. */
  | { readonly kind: 'missing' }
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

const opened = async (id: string, journal: Journal, fresh: FreshPlay | null): Promise<DocumentStore | null> => {
  const found = await settled(id, { documents: await storage(), journal })
  if (found === null) return fresh === null ? null : createDocumentStore({ id, ...fresh }, Date.now)
  const store = createDocumentStore(found.document, Date.now)
  store.getState().open(found.document, found.history)
  if (found.loose !== null) store.getState().setLoose({ text: found.loose })
  return store
}

/** Everything that must be ended when the page goes. */
interface Session {
  readonly tab: Tab
  readonly autosave: Autosave
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
  const autosave = startAutosave(store, { storage: await storage(), journal, now: Date.now, page: window })
  const { flush, keep } = autosave
  const session: { tab?: Tab } = {}
  const takeOver = async (): Promise<void> => session.tab?.takeOver()
  const onRole = (role: Role): void => show({ kind: 'ready', store, role, takeOver, flush })
  const onGone = (gone: boolean): void => useGone.setState({ gone })
  onGone(false)
  const tab = joinTabs({ store, channel: broadcastOf(id), locks: browserLocks, flush, keep, onRole, onGone })
  session.tab = tab
  return { tab, autosave }
}

const end = async ({ tab, autosave }: Session): Promise<void> => {
  autosave.stop()
  // The lock is let go once the last edit lies on the disk: who waits for it reads nothing old.
  await autosave.flush()
  tab.close()
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
      show({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
      return null
    })
    return () => {
      live = false
      void session.then((running) => (running === null ? undefined : end(running)))
    }
  }, [id, fresh])
  return open
}
