// Keeps the open document in the store of this machine: shortly after each change, and at once when the page goes.
import { create } from 'zustand'
import type { Journal } from './journal'
import type { Storage } from './storage'
import type { DocumentState, DocumentStore } from './store'

/** Changes within this time are saved together, ms. */
const pauseMs = 300

export type SaveState = { readonly kind: 'saved' | 'saving' } | { readonly kind: 'failed'; readonly message: string }

/** What became of the last save, for the page to show. */
export const useSaveState = create<{ readonly state: SaveState }>()(() => ({ state: { kind: 'saved' } }))

export interface Autosave {
  /** Saves what is not saved yet. Resolves when it lies on the disk; false: it does not. */
  readonly flush: () => Promise<boolean>
  /** Saves the document as it stands, even when nothing was changed here: what another tab wrote last is made sure of. */
  readonly keep: () => Promise<boolean>
  readonly stop: () => void
}

/** Events of the page that may be its last. */
interface Page {
  readonly addEventListener: (type: string, listener: () => void) => void
  readonly removeEventListener: (type: string, listener: () => void) => void
}

const show = (state: SaveState): void => useSaveState.setState({ state })

export interface AutosaveParts {
  readonly storage: Pick<Storage, 'save'>
  readonly journal: Pick<Journal, 'write' | 'clear'>
  readonly now: () => number
  readonly page: Page
}

/** Only what was changed here is saved: a document that another tab writes is left alone. */
export const startAutosave = (store: DocumentStore, { storage, journal, now, page }: AutosaveParts): Autosave => {
  let noted = false
  /** What is saved or on its way, and what lies on the disk for certain. */
  let saved = marks(store)
  let written = saved
  let timer: ReturnType<typeof setTimeout> | null = null
  let last: Promise<boolean> = Promise.resolve(true)

  const save = async (): Promise<boolean> => {
    const { document, history, loose } = store.getState()
    const mine = marks(store)
    if (mine === saved) return true
    const before = saved
    saved = mine
    show({ kind: 'saving' })
    try {
      await storage.save({ document, history, loose: loose?.text ?? null })
      written = mine
      if (noted) journal.clear(document.id)
      noted = false
      show({ kind: 'saved' })
      return true
    } catch (error) {
      // Still unsaved: the next change or the next flush tries again.
      if (saved === mine) saved = before
      show({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
      return false
    }
  }
  const flush = (): Promise<boolean> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    // One after the other, so that an older state never lands on a newer one.
    const started = last.then(save, save)
    last = started
    return started
  }
  const soon = (after: DocumentState, before: DocumentState): void => {
    // Read-only before and after: what came was written by another tab, which saves it.
    if (after.readOnly && before.readOnly) {
      saved = marks(store)
      written = saved
    }
    if (after.readOnly || marks(store) === saved) return
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void flush(), pauseMs)
  }
  const leave = (): void => {
    const { document, history, loose } = store.getState()
    // The database may not get to it before the page is gone; the journal does.
    if (marks(store) !== written) noted = journal.write({ document, history, loose: loose?.text ?? null, atMs: now() })
    void flush()
  }
  const unsubscribe = store.subscribe(soon)
  page.addEventListener('pagehide', leave)
  page.addEventListener('visibilitychange', leave)
  return {
    flush,
    keep: () => {
      saved = ''
      return flush()
    },
    stop: () => {
      unsubscribe()
      page.removeEventListener('pagehide', leave)
      page.removeEventListener('visibilitychange', leave)
      void flush()
    },
  }
}

/** Changes whenever something is to be saved. */
const marks = (store: DocumentStore): string => {
  const { document, revision, loose } = store.getState()
  return `${document.id} ${revision} ${loose?.text ?? ''}`
}
