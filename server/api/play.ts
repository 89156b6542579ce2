// Router: Plays as they are kept: the draft that is worked on, saved by compare-and-set, and versions that never change.
import { z } from 'zod'
import { maxBytes } from '../../blocks/play/text/guard'
import { playIdSchema, sidecarSchema } from '../run/record/queueRun'
import { procedure, router } from './trpc'

const byId = z.strictObject({ id: playIdSchema })
const text = z.string().max(maxBytes)

const draftSchema = z.strictObject({
  playId: playIdSchema,
  /** The revision that the writer saw; 0: it knows of none. */
  seen: z.int().min(0),
  title: z.string().max(200),
  yaml: text,
  sidecar: sidecarSchema,
  loose: text.nullable(),
  /** The tab or program that saves: its repeated save is one save. */
  origin: z.string().min(1).max(100),
})

export const playRouter = router({
  list: procedure.query(async ({ ctx }) => (await ctx.stores()).plays.list()),
  /** Null: none was saved. */
  draft: procedure.input(byId).query(async ({ ctx, input }) => (await ctx.stores()).plays.draft(input.id)),
  /** A conflict is an answer, with what the other one saved. */
  save: procedure
    .input(draftSchema)
    .mutation(async ({ ctx, input }) => (await ctx.stores()).plays.save({ ...input, actor: ctx.actor })),
  remove: procedure.input(byId).mutation(async ({ ctx, input }) => (await ctx.stores()).plays.remove(input.id)),
  restore: procedure.input(byId).mutation(async ({ ctx, input }) => (await ctx.stores()).plays.restore(input.id)),
  versions: procedure.input(byId).query(async ({ ctx, input }) => (await ctx.stores()).plays.versions(input.id)),
})
