// A server and browsers without a network: what each has on its disk outlives its tabs, which may be torn away at any call.

import { applyPatches } from 'immer'
import { emptyPlay } from '../../../app/document/emptyPlay'
import { emptyHistory, type History, pathTo } from '../../../app/document/history'
import type { Base, Saved, Storage, StoredDocument } from '../../../app/document/storage'
import { createDocumentStore, type DocumentStore, type PlayDocument } from '../../../app/document/store'
import { Away } from '../../../app/sync/away'
import { type Content, contentOf } from '../../../app/sync/content'
import { openLocal } from '../../../app/sync/openLocal'
import { PlaySync, type SyncState } from '../../../app/sync/playSync'
import type { Draft, ServerHead, SyncServer } from '../../../app/sync/server'

export class Killed extends Error {}

/** Compare-and-set as server/io/db/plays.ts has it. */
export class FakeServer {
  readonly drafts = new Map<string, Draft>()
  readonly deleted = new Set<string>()
  readonly calls: string[] = []
  /** Every content that it ever took, in order. */
  readonly taken: Content[] = []

  /** Told before a draft gives way to another. */
  onReplace: (origin: string, before: Draft) => void = () => undefined

  private save(origin: string, { id, seen, content }: { id: string; seen: number; content: Content }) {
    const there = this.drafts.get(id)
    if (this.deleted.has(id)) return { kind: 'gone' } as const
    if (there === undefined && seen > 0) return { kind: 'gone' } as const
    const revision = there?.revision ?? 0
    if (revision === seen) {
      if (there !== undefined) this.onReplace(origin, there)
      this.drafts.set(id, { ...structuredClone(content), revision: seen + 1, origin, savedMs: 0 })
      this.taken.push(content)
      return { kind: 'saved', revision: seen + 1 } as const
    }
    const same =
      there !== undefined &&
      there.origin === origin &&
      revision === seen + 1 &&
      JSON.stringify([there.title, there.yaml, there.sidecar, there.loose]) ===
        JSON.stringify([content.title, content.yaml, content.sidecar, content.loose])
    if (same) return { kind: 'saved', revision } as const
    if (there === undefined) throw new Error('a conflict with nothing')
    return { kind: 'conflict', theirs: structuredClone(there) } as const
  }

  /** Of one browser; `gate` is passed before each call is heard and before each answer goes back. */
  lineOf(origin: string, gate: (call: string, phase: 'before' | 'after') => void): SyncServer {
    const call = async <T>(name: string, work: () => T): Promise<T> => {
      await Promise.resolve()
      gate(name, 'before')
      this.calls.push(`${origin} ${name}`)
      const answer = work()
      await Promise.resolve()
      gate(name, 'after')
      return answer
    }
    const heads = (): ServerHead[] =>
      [...this.drafts].map(([id, { revision, title }]) => ({
        id,
        title,
        revision,
        deleted: this.deleted.has(id),
        changedMs: 0,
      }))
    return {
      keeps: () => call('keeps', () => true),
      heads: (ids) => call('heads', () => heads().filter(({ id }) => ids === undefined || ids.includes(id))),
      draft: (id) => call('draft', () => structuredClone(this.drafts.get(id) ?? null)),
      save: (id, seen, content) => call('save', () => this.save(origin, { id, seen, content })),
      remove: (id) => call('remove', () => void this.deleted.add(id)),
      restore: (id) => call('restore', () => void this.deleted.delete(id)),
      addLooks: (looks) => call('addLooks', () => looks.length),
    }
  }
}

interface Disk {
  readonly documents: Map<string, StoredDocument>
  readonly histories: Map<string, History>
  readonly bases: Map<string, Base>
}

/** What a Play says, by its title: every edit of a test gives it another one. */
const titlesOf = (document: PlayDocument, history: History): string[] => {
  const titles: string[] = []
  for (let at = 0; at <= history.steps.length; at++) {
    const { tree } = applyPatches(document, [...pathTo(history, at)]) as PlayDocument
    titles.push(tree.title ?? '')
  }
  return titles
}

export class Browser {
  private readonly disk: Disk = { documents: new Map(), histories: new Map(), bases: new Map() }
  /** Calls until the tab is torn away; null: it lives. */
  private left: number | null = null
  /** Each save is a moment later. */
  private saves = 0
  readonly states: SyncState[] = []
  online = true
  /** Answers to saves that get lost on their way back. */
  loseAnswers = 0
  /** Disk writes that fail. */
  fullDisk = false
  tab: { readonly store: DocumentStore; readonly sync: PlaySync } | null = null
  readonly server: SyncServer

  constructor(
    readonly name: string,
    server: FakeServer,
  ) {
    this.server = server.lineOf(name, (call, phase) => {
      this.gate()
      if (!this.online) throw new Away('away')
      if (call === 'save' && phase === 'after' && this.loseAnswers > 0) {
        this.loseAnswers -= 1
        throw new Away('the answer was lost')
      }
    })
  }

  /** The tab is torn away after so many more calls of disk or server. */
  killAfter(calls: number): void {
    this.left = calls
  }

  /** It was, in the middle of something. */
  isTorn(): boolean {
    return this.left === 0
  }

  private gate(): void {
    if (this.left === null) return
    if (this.left === 0) throw new Killed('torn away')
    this.left -= 1
  }

  get documents() {
    const { documents, histories, bases } = this.disk
    const write = async (work: () => void): Promise<void> => {
      await Promise.resolve()
      this.gate()
      if (this.fullDisk) throw new Error('The storage of this browser is full.')
      work()
    }
    const change = (id: string, more: Partial<StoredDocument>): void => {
      const one = documents.get(id)
      if (one !== undefined) documents.set(id, { ...one, ...more })
    }
    const put = ({ document, history, loose }: Saved): void => {
      const deletedMs = documents.get(document.id)?.deletedMs ?? null
      this.saves += 1
      documents.set(document.id, { ...document, loose, createdMs: 0, changedMs: this.saves, deletedMs })
      histories.set(document.id, history)
    }
    return {
      keptOne: async (id: string) => documents.get(id) ?? null,
      kept: async () => [...documents.values()],
      base: async (id: string) => bases.get(id) ?? null,
      setBase: (base: Base) => write(() => void bases.set(base.id, base)),
      save: (saved: Saved) => write(() => put(saved)),
      adopt: (saved: Saved, base: Base | null) =>
        write(() => {
          if (documents.has(saved.document.id)) return
          put(saved)
          if (base !== null) bases.set(base.id, base)
        }),
      remove: (id: string) => write(() => change(id, { deletedMs: 1 })),
      restore: (id: string) => write(() => change(id, { deletedMs: null })),
    } satisfies Partial<Storage>
  }

  /** Opens the Play in a new tab; `title`: begins it. */
  open(id: string, title?: string): void {
    const kept = this.disk.documents.get(id)
    const document = kept ?? { id, tree: { ...emptyPlay, ...(title === undefined ? {} : { title }) }, sidecar: {} }
    const store = createDocumentStore({ id, tree: document.tree, sidecar: document.sidecar }, () => 0)
    store.getState().open(store.getState().document, this.disk.histories.get(id) ?? emptyHistory)
    if (kept !== undefined && kept.loose !== null) store.getState().setLoose({ text: kept.loose })
    const flush = async (): Promise<boolean> => {
      const { document: now, history, loose } = store.getState()
      try {
        await this.documents.save({ document: now, history, loose: loose?.text ?? null })
        return true
      } catch (error) {
        if (error instanceof Killed) throw error
        return false
      }
    }
    const sync = new PlaySync({
      documents: this.documents,
      server: this.server,
      local: openLocal(store, flush),
      alone: (work) => work(),
      tell: (state) => void this.states.push(state),
      nameOf: (origin) => `browser ${origin}`,
    })
    this.left = null
    this.tab = { store, sync }
  }

  private get live() {
    if (this.tab === null) throw new Error('no tab is open')
    return this.tab
  }
  get store(): DocumentStore {
    return this.live.store
  }
  get sync(): PlaySync {
    return this.live.sync
  }
  get state(): SyncState | undefined {
    return this.states.at(-1)
  }
  get title(): string {
    return this.store.getState().document.tree.title ?? ''
  }

  /** One step of the history, on the disk at once. */
  async edit(title: string): Promise<void> {
    this.store.getState().edit(`Rename to ${title}`, (draft) => {
      draft.tree.title = title
    })
    await this.save()
    this.sync.changed()
  }

  async save(): Promise<void> {
    const { document, history, loose } = this.store.getState()
    await this.documents.save({ document, history, loose: loose?.text ?? null })
  }

  /** The tab goes without a word; what lies on the disk stays. */
  tear(): void {
    this.tab?.sync.stop()
    this.tab = null
    this.left = null
  }

  /** Everything that can be had here: each Play at each place of its history. */
  reachable(): string[] {
    return [...this.disk.documents.values()].flatMap((one) =>
      titlesOf({ id: one.id, tree: one.tree, sidecar: one.sidecar }, this.disk.histories.get(one.id) ?? emptyHistory),
    )
  }

  contentOn(id: string): Content | null {
    const kept = this.disk.documents.get(id)
    return kept === undefined ? null : contentOf(kept)
  }
  baseOf(id: string): Base | null {
    return this.disk.bases.get(id) ?? null
  }
  ids(): string[] {
    return [...this.disk.documents.keys()]
  }
}
