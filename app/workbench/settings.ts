// How documents are run: settings, range and other values of parameters, by document; kept in this browser.
import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
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

const choicesSchema = z.object({
  settings: settingsSchema,
  fromMs: z.number().nullable(),
  toMs: z.number().nullable(),
  sets: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
})

/** What was kept, as far as it still is what this version means by it; the rest runs as usual again. */
export const keptChoices = (kept: unknown): ChoicesState['byDocument'] => {
  const all = z.object({ byDocument: z.record(z.string(), z.unknown()) }).safeParse(kept)
  if (!all.success) return {}
  return Object.fromEntries(
    Object.entries(all.data.byDocument).flatMap(([id, one]) => {
      const choices = choicesSchema.safeParse(one)
      return choices.success ? [[id, choices.data]] : []
    }),
  )
}

const useChoices = create<ChoicesState>()(
  persist((): ChoicesState => ({ byDocument: {} }), {
    name: 'playloom-runs',
    merge: (kept) => ({ byDocument: keptChoices(kept) }),
  }),
)

/** Choices of a document; the usual ones until others are made. */
export const choicesOf = (document: string): RunChoices => useChoices.getState().byDocument[document] ?? usualChoices

export const setChoices = (document: string, change: Partial<RunChoices>): void => {
  useChoices.setState(({ byDocument }) => ({
    byDocument: { ...byDocument, [document]: { ...(byDocument[document] ?? usualChoices), ...change } },
  }))
}

/** The same Play, range and settings, asked for anew. */
export const runAgain = (document: string): void => setChoices(document, {})

/** Gives back how to stop listening. */
export const onChoices = (listener: () => void): (() => void) => useChoices.subscribe(listener)

/** Choices of a document, for components. */
export const useRunChoices = (document: string): RunChoices =>
  useChoices(({ byDocument }) => byDocument[document] ?? usualChoices)
