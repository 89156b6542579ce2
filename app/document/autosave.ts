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
class Saver implements Autosave {
  /** What is saved or on its way, and what lies on the disk for certain. */
  private saved: string
  private written: string
  private noted = false
  private timer: ReturnType<typeof setTimeout> | null = null
  private last: Promise<boolean> = Promise.resolve(true)
  private readonly unsubscribe: () => void

  constructor(
    private readonly store: DocumentStore,
    private readonly parts: AutosaveParts,
  ) {
    this.saved = marks(store)
    this.written = this.saved
    this.unsubscribe = store.subscribe(this.soon)
    for (const event of lastEvents) parts.page.addEventListener(event, this.leave)
  }

  private readonly save = async (): Promise<boolean> => {
    const { storage, journal } = this.parts
    const { document, history, loose } = this.store.getState()
    const mine = marks(this.store)
    if (mine === this.saved) return true
    const before = this.saved
    this.saved = mine
    show({ kind: 'saving' })
    try {
      await storage.save({ document, history, loose: loose?.text ?? null })
      this.written = mine
      if (this.noted) journal.clear(document.id)
      this.noted = false
      show({ kind: 'saved' })
      return true
    } catch (error) {
      // Still unsaved: the next change or the next flush tries again.
      if (this.saved === mine) this.saved = before
      show({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
      return false
    }
  }

  private readonly soon = (after: DocumentState, before: DocumentState): void => {
    // Read-only before and after: what came was written by another tab, which saves it.
    if (after.readOnly && before.readOnly) {
      this.saved = marks(this.store)
      this.written = this.saved
    }
    if (after.readOnly || marks(this.store) === this.saved) return
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.flush(), pauseMs)
  }

  private readonly leave = (): void => {
    const { journal, now } = this.parts
    const { document, history, loose } = this.store.getState()
    // The database may not get to it before the page is gone; the journal does.
    if (marks(this.store) !== this.written)
      this.noted = journal.write({ document, history, loose: loose?.text ?? null, atMs: now() })
    void this.flush()
  }

  readonly flush = (): Promise<boolean> => {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    // One after the other, so that an older state never lands on a newer one.
    this.last = this.last.then(this.save, this.save)
    return this.last
  }

  readonly keep = (): Promise<boolean> => {
    this.saved = ''
    return this.flush()
  }

  readonly stop = (): void => {
    this.unsubscribe()
    for (const event of lastEvents) this.parts.page.removeEventListener(event, this.leave)
    void this.flush()
  }
}

const lastEvents = ['pagehide', 'visibilitychange']

export const startAutosave = (store: DocumentStore, parts: AutosaveParts): Autosave => new Saver(store, parts)

/** Changes whenever something is to be saved. */
const marks = (store: DocumentStore): string => {
  const { document, revision, loose } = store.getState()
  return `${document.id} ${revision} ${loose?.text ?? ''}`
}
