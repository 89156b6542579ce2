// How the open documents are run: settings, range and other values of parameters, by document. Storage is another's.
import { create } from 'zustand'
import { type Settings, settingsSchema } from '../../blocks/engine/settings'
import type { Scalar } from '../../blocks/play/tree'

export interface RunChoices {
  readonly settings: Settings
  /** Ends of the run, Unix ms; null: the first bar, and the lockbox line. */
  readonly fromMs: number | null
  readonly toMs: number | null
  /** Values in place of the Play's own parameters. */
  readonly sets: Readonly<Record<string, Scalar>>
}

export const usualChoices: RunChoices = { settings: settingsSchema.parse({}), fromMs: null, toMs: null, sets: {} }

interface ChoicesState {
  readonly byDocument: Readonly<Record<string, RunChoices>>
}

const useChoices = create<ChoicesState>()(() => ({ byDocument: {} }))

/** Choices of a document; the usual ones until others are made. */
export const choicesOf = (document: string): RunChoices => useChoices.getState().byDocument[document] ?? usualChoices

export const setChoices = (document: string, change: Partial<RunChoices>): void =>
  useChoices.setState(({ byDocument }) => ({
    byDocument: { ...byDocument, [document]: { ...(byDocument[document] ?? usualChoices), ...change } },
  }))

/** Gives back how to stop listening. */
export const onChoices = (listener: () => void): (() => void) => useChoices.subscribe(listener)

/** Choices of a document, for components. */
export const useRunChoices = (document: string): RunChoices =>
  useChoices(({ byDocument }) => byDocument[document] ?? usualChoices)
