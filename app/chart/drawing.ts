// What the trader switched on and off on the chart, by document; kept in this browser, like the settings of its runs.
'use client'
import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

const drawingSchema = z.object({
  /** By key of a line; left out: as the Play wants it. */
  switched: z.record(z.string(), z.boolean()),
  structure: z.boolean(),
  volume: z.boolean(),
})

export type Drawing = Readonly<z.infer<typeof drawingSchema>>

export const usualDrawing: Drawing = { switched: {}, structure: true, volume: true }

interface Drawings {
  readonly byDocument: Readonly<Record<string, Drawing>>
}

/** What was kept, as far as it can be read. */
export const keptDrawings = (kept: unknown): Drawings['byDocument'] => {
  const all = z.object({ byDocument: z.record(z.string(), z.unknown()) }).safeParse(kept)
  if (!all.success) return {}
  return Object.fromEntries(
    Object.entries(all.data.byDocument).flatMap(([id, one]) => {
      const drawing = drawingSchema.safeParse(one)
      return drawing.success ? [[id, drawing.data]] : []
    }),
  )
}

const useDrawings = create<Drawings>()(
  persist((): Drawings => ({ byDocument: {} }), {
    name: 'playloom-chart',
    merge: (kept) => ({ byDocument: keptDrawings(kept) }),
  }),
)

export const useDrawing = (document: string): Drawing =>
  useDrawings(({ byDocument }) => byDocument[document] ?? usualDrawing)

export const setDrawing = (document: string, change: (before: Drawing) => Partial<Drawing>): void => {
  useDrawings.setState(({ byDocument }) => {
    const before = byDocument[document] ?? usualDrawing
    return { byDocument: { ...byDocument, [document]: { ...before, ...change(before) } } }
  })
}
