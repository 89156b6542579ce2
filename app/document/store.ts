// The open Play: one owner of its tree and sidecar. Canvas, text and inspector edit through here and nowhere else.
import { applyPatches, type Draft, enablePatches, type Patch, produceWithPatches } from 'immer'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PlayTree, Sidecar } from '../../blocks/play/tree'
import { emptyHistory, type History, pathTo, record, type StepKind } from './history'

enablePatches()

export interface PlayDocument {
  /** Of this document on this machine; the Play's own name is in the tree. */
  readonly id: string
  readonly tree: PlayTree
  readonly sidecar: Sidecar
}

/** What one edit is called and which step it belongs to. */
export interface EditOptions {
  readonly kind?: StepKind
  /** Edits in a row with the same key are one step: `param:ema_fast.length`. */
  readonly fold?: string
  /** The text that was typed is what is taken: nothing of it is put aside. */
  readonly typed?: true
}

/** Text that is being typed and is no Play yet: kept as typed, the document stays at the last one that was. */
export interface LooseText {
  readonly text: string
}

export interface DocumentState {
  readonly document: PlayDocument
  readonly history: History
  readonly loose: LooseText | null
  /** Grows with every change of the document: who saves or computes compares it. */
  readonly revision: number

  /** One labelled step; the recipe changes a draft in place. No change, no step. */
  readonly edit: (label: string, recipe: (draft: Draft<PlayDocument>) => void, options?: EditOptions) => void
  readonly undo: () => void
  readonly redo: () => void
  /** Goes to any place of the history: 0 is before the first step. */
  readonly jump: (to: number) => void
  /** Another document: its history begins anew unless it is handed in. */
  readonly open: (document: PlayDocument, history?: History) => void
  readonly setLoose: (loose: LooseText | null) => void
  /** Another tab writes this document: edits, undo and jumps do nothing here. */
  readonly readOnly: boolean
  readonly setReadOnly: (readOnly: boolean) => void
}

export type DocumentStore = StoreApi<DocumentState>

/** Unfinished text at a place of the history: what is there while only the layout moves, else what a step put aside. */
const looseAt = ({ steps, at }: History, to: number, now: LooseText | null): LooseText | null => {
  const passed = steps.slice(Math.min(at, to), Math.max(at, to))
  if (passed.every(({ kind }) => kind === 'layout')) return now
  const aside = to < at ? passed.find(({ kind }) => kind === 'logic')?.loose : undefined
  return aside === undefined ? null : { text: aside }
}

/** `now`: a clock in Unix ms, for folding steps of one field. */
export const createDocumentStore = (document: PlayDocument, now: () => number): DocumentStore =>
  createStore<DocumentState>()((set, get) => ({
    document,
    history: emptyHistory,
    loose: null,
    revision: 0,
    readOnly: false,

    edit: (label, recipe, { kind = 'logic', fold, typed = false } = {}) => {
      if (get().readOnly) return
      const { document: before, history, loose, revision } = get()
      // What a recipe gives back (the name of a new node) is its caller's alone: immer would take it for the document.
      const [after, patches, inverse] = produceWithPatches(before, (draft) => {
        recipe(draft)
      })
      if (patches.length === 0) return
      // Moving a node is no reason to lose what is being typed; what changes the meaning takes its place.
      const stays = kind === 'layout'
      const aside = stays || typed || loose === null ? {} : { loose: loose.text }
      const step = { label, kind, fold: fold ?? null, atMs: now(), ...aside, patches, inverse }
      set({ document: after, history: record(history, step), loose: stays ? loose : null, revision: revision + 1 })
    },
    undo: () => {
      const { history, loose, setLoose } = get()
      // Text that is no Play is no step yet: it goes first, unless only the layout was moved since.
      if (loose !== null && history.steps[history.at - 1]?.kind !== 'layout') setLoose(null)
      else get().jump(history.at - 1)
    },
    redo: () => get().jump(get().history.at + 1),
    jump: (to) => {
      const { document: before, history, loose, revision, readOnly } = get()
      if (readOnly || to < 0 || to > history.steps.length || to === history.at) return
      const patches: Patch[] = [...pathTo(history, to)]
      set({
        document: applyPatches(before, patches),
        history: { ...history, at: to },
        loose: looseAt(history, to, loose),
        revision: revision + 1,
      })
    },
    open: (other, history = emptyHistory) =>
      set({ document: other, history, loose: null, revision: get().revision + 1 }),
    setLoose: (loose) => {
      if (!get().readOnly) set({ loose })
    },
    setReadOnly: (readOnly) => set({ readOnly }),
  }))
