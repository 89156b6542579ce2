// Router: Plays as they are kept: the draft that is worked on, saved by compare-and-set, and versions that never change.
import { z } from 'zod'
import { publishPlay } from '../run/publishPlay'
import { playIdSchema, sidecarSchema } from '../run/record/queueRun'
import { isKept, noteSchema, textSchema, unkept } from './kept'
import * as shapes from './shapes/play'
import { procedure, Refused, router, settled } from './trpc'

const byId = z.strictObject({ id: playIdSchema })

/** Levels that a sidecar may be deep: those of a page have three. */
const deepest = 20

const isKeptDeep = (value: unknown, left = deepest): boolean => {
  if (typeof value === 'string') return isKept(value)
  if (typeof value !== 'object' || value === null) return true
  return left > 0 && Object.entries(value).every(([key, inner]) => isKept(key) && isKeptDeep(inner, left - 1))
}
const sidecar = sidecarSchema.refine((value) => isKeptDeep(value), unkept)

const draftSchema = z.strictObject({
  playId: playIdSchema,
  /** The revision that the writer saw; 0: it knows of none. A revision is an integer of the database. */
  seen: z.int32().min(0),
  title: z.string().max(200).refine(isKept, unkept),
  yaml: textSchema,
  sidecar,
  loose: textSchema.nullable(),
  /** The tab or program that saves: its repeated save is one save. */
  origin: z.string().min(1).max(100).refine(isKept, unkept),
})

const versionSchema = z.strictObject({
  id: playIdSchema,
  yaml: textSchema,
  sidecar,
  note: noteSchema,
})

export const playRouter = router({
  list: procedure
    .meta({ summary: 'Plays, newest first; deleted ones are left out.' })
    .output(shapes.playLines)
    .query(async ({ ctx }) => (await ctx.stores()).plays.list()),
  heads: procedure
    .meta({ summary: 'Revisions of these Plays, or of all, deleted ones too.' })
    .input(z.strictObject({ ids: z.array(playIdSchema).max(1000) }).optional())
    .output(shapes.playHeads)
    .query(async ({ ctx, input }) => (await ctx.stores()).plays.heads(input?.ids)),
  draft: procedure
    .meta({ summary: 'The draft as it was saved last; null: none was.' })
    .input(byId)
    .output(shapes.draft)
    .query(async ({ ctx, input }) => (await ctx.stores()).plays.draft(input.id)),
  save: procedure
    .meta({ summary: 'Saves a draft by compare-and-set. A conflict is an answer, with what the other one saved.' })
    .input(draftSchema)
    .output(shapes.draftSaved)
    .mutation(async ({ ctx, input }) => (await ctx.stores()).plays.save({ ...input, actor: ctx.actor })),
  remove: procedure
    .meta({ summary: 'Deletes a Play; its runs and versions stay.' })
    .input(byId)
    .output(z.void())
    .mutation(async ({ ctx, input }) => (await ctx.stores()).plays.remove(input.id)),
  restore: procedure
    .meta({ summary: 'Brings a deleted Play back.' })
    .input(byId)
    .output(z.void())
    .mutation(async ({ ctx, input }) => (await ctx.stores()).plays.restore(input.id)),
  publish: procedure
    .meta({ summary: 'A version of this text, for good. What has errors is refused with its problems.' })
    .input(versionSchema)
    .output(shapes.versionLine)
    .mutation(async ({ ctx, input }) => {
      const { plays, blocks } = await ctx.stores()
      const { id: playId, ...version } = input
      const made = settled(await publishPlay({ playId, ...version }, { plays, blocks, actor: ctx.actor }))
      if (Array.isArray(made)) throw new Refused(made)
      return made
    }),
  versions: procedure
    .meta({ summary: 'Versions of a Play, newest first, without their texts.' })
    .input(byId)
    .output(shapes.versionLines)
    .query(async ({ ctx, input }) => (await ctx.stores()).plays.versions(input.id)),
  version: procedure
    .meta({ summary: 'One version with its text; null: there is none.' })
    .input(z.strictObject({ id: z.uuid() }))
    .output(shapes.version.nullable())
    .query(async ({ ctx, input }) => (await ctx.stores()).plays.version(input.id)),
})
