// Syncing in this page: the open Play of this tab, and all others once in a while. One server, one set of locks.
import { create } from 'zustand'
import { storage } from '../document/storage'
import type { DocumentStore } from '../document/store'
import { Away } from './away'
import { type Look, type Looks, looksOn } from './looks'
import { openLocal } from './openLocal'
import { originName, originOf } from './origin'
import { type Answer, firstWaitMs, longestWaitMs, PlaySync, type SyncState } from './playSync'
import { type SyncServer, syncServer } from './server'
import { type Looked, sweep } from './sweep'

interface Syncing {
  readonly state: SyncState
  /** Of the open Play; null: this tab does not write it. */
  readonly answer: ((answer: Answer) => Promise<void>) | null
  readonly bringBack: (() => Promise<void>) | null
  readonly check: (() => Promise<void>) | null
}

const nothing: Syncing = { state: { kind: 'unknown' }, answer: null, bringBack: null, check: null }

/** How the open Play stands with the server. */
export const useSync = create<Syncing>()(() => nothing)

let own: string | null = null
/** Of this browser. */
export const ownOrigin = (): string => {
  own ??= originOf(window.localStorage, navigator.userAgent, () => crypto.randomUUID().slice(0, 6))
  return own
}
export const nameOf = (origin: string): string => originName(origin, ownOrigin())

let server: SyncServer | null = null
export const ownServer = (): SyncServer => {
  server ??= syncServer(ownOrigin)
  return server
}

const alone = <T>(id: string, work: () => Promise<T>): Promise<T> =>
  // The lock gives back what the work gives: a promise of it.
  navigator.locks.request(`playloom sync ${id}`, work) as Promise<T>

/** A page that is looked at asks this often whether another browser saved, ms. */
const lookMs = 20_000

/** Calls back when the server may have something new: on coming back, and now and then while somebody looks. */
const onNews = (look: () => void, everyMs: number): (() => void) => {
  const seen = (): void => {
    if (document.visibilityState === 'visible') look()
  }
  window.addEventListener('online', look)
  document.addEventListener('visibilitychange', seen)
  const timer = setInterval(seen, everyMs)
  return () => {
    window.removeEventListener('online', look)
    document.removeEventListener('visibilitychange', seen)
    clearInterval(timer)
  }
}

export interface Running {
  /** Something was saved in this browser. */
  readonly changed: () => void
  readonly stop: () => void
}

/** Keeps the Play that this tab writes the same as the server's draft. `flush`: saves what is not saved yet. */
export const startSync = async (store: DocumentStore, flush: () => Promise<boolean>): Promise<Running> => {
  const local = openLocal(store, flush)
  const sync = new PlaySync({
    documents: await storage(),
    server: ownServer(),
    local,
    alone: (work) => alone(local.id, work),
    tell: (state) => useSync.setState({ state }),
    nameOf,
  })
  const { answer, bringBack, check, changed } = sync
  useSync.setState({ ...nothing, answer, bringBack, check })
  const quiet = onNews(() => void check(), lookMs)
  void check()
  return {
    changed,
    stop: () => {
      quiet()
      sync.stop()
      if (useSync.getState().check === check) useSync.setState(nothing)
    },
  }
}

const isOpen = async (id: string): Promise<boolean> =>
  ((await navigator.locks.query()).held ?? []).some(({ name }) => name === `playloom ${id}`)

const looked: Looked = new Map()

/** In one tab at a time; the others need not. */
const sweepOnce = async (): Promise<void> => {
  const documents = await storage()
  await navigator.locks.request('playloom sync', { ifAvailable: true }, async (lock) => {
    if (lock !== null) await sweep({ documents, server: ownServer(), isOpen, alone }, looked)
  })
}

let sweeping: { readonly soon: () => void; readonly stop: () => void; users: number } | null = null

const startSweeper = (onSwept: () => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null
  let waitMs = firstWaitMs
  let last = Number.NEGATIVE_INFINITY
  const plan = (ms: number): void => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(go, ms)
  }
  const go = (): void => {
    timer = null
    last = performance.now()
    sweepOnce().then(
      () => {
        waitMs = firstWaitMs
        onSwept()
      },
      (error: unknown) => {
        // What the server refuses for good is said where the Play is opened.
        if (!(error instanceof Away)) return
        plan(waitMs)
        waitMs = Math.min(2 * waitMs, longestWaitMs)
      },
    )
  }
  const soon = (): void => {
    tellSoon()
    plan(Math.max(0, last + firstWaitMs - performance.now()))
  }
  const quiet = onNews(soon, 3 * lookMs)
  soon()
  return {
    soon,
    stop: () => {
      quiet()
      if (timer !== null) clearTimeout(timer)
    },
  }
}

let looks: Looks | null = null
const ownLooks = (): Looks => {
  looks ??= looksOn(window.localStorage)
  return looks
}

/** Counts the times that the ledger was told of something new. */
export const useTold = create<{ readonly times: number }>()(() => ({ times: 0 }))

/** Looks of one stretch of editing travel together, ms. */
const lookGatherMs = 1500
let telling = false

/** In one tab at a time; what cannot be told now is told with the next look, or at the next start. */
const tellLooks = (): void => {
  telling = false
  const work = async (): Promise<void> => {
    if (!(await ownServer().keeps())) return
    if ((await ownLooks().tell(ownServer().addLooks)) > 0) useTold.setState(({ times }) => ({ times: times + 1 }))
  }
  navigator.locks.request('playloom looks', work).catch(() => undefined)
}

const tellSoon = (): void => {
  if (telling) return
  telling = true
  setTimeout(tellLooks, lookGatherMs)
}

/** A result was seen. */
export const noteLook = (look: Look): void => {
  ownLooks().note(look)
  tellSoon()
}

/** Told after each look at all Plays. */
export const useSwept = create<{ readonly times: number }>()(() => ({ times: 0 }))

/** Sends what other Plays have waiting, as long as somebody asks for it. Gives back how to stop. */
export const keepSweeping = (): (() => void) => {
  sweeping ??= { ...startSweeper(() => useSwept.setState(({ times }) => ({ times: times + 1 }))), users: 0 }
  const mine = sweeping
  mine.users += 1
  return () => {
    mine.users -= 1
    if (mine.users > 0) return
    mine.stop()
    if (sweeping === mine) sweeping = null
  }
}

/** A Play was deleted, brought back, renamed or made: the server need not wait for the next look. */
export const sweepSoon = (): void => sweeping?.soon()
