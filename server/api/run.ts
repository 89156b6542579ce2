// Router: runs on the server, for the record and where a page cannot hold the data.
import { z } from 'zod'
import { pageRunSchema } from '../run/backtest/verify'
import { compareRecords, keptReport, keptText, noSuchRun } from '../run/record/compareRecords'
import { playIdSchema, queueRun, recordAskSchema } from '../run/record/queueRun'
import { checkRecords, repeatRun } from '../run/record/repeatRun'
import { lookAtRuns, watchRun } from '../run/record/watchRun'
import { procedure, Refused, router, settled } from './trpc'

const byId = z.strictObject({ id: z.uuid() })

const found = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw noSuchRun()
  return value
}

export const runRouter = router({
  /** The whole report of a run, made as the command line makes it and not kept: a page compares it with its own. */
  verify: procedure.input(pageRunSchema).mutation(async ({ ctx, input, signal }) => {
    const made = settled(await ctx.runs.report(input, signal ?? new AbortController().signal))
    if (Array.isArray(made)) throw new Refused(made)
    return made
  }),
  /** A run for the record: what is run is kept as a version, and the worker takes it. */
  queue: procedure.input(recordAskSchema).mutation(async ({ ctx, input }) => {
    const { plays, runs } = await ctx.stores()
    const made = settled(await queueRun(input, { plays, runs, actor: ctx.actor }))
    if (Array.isArray(made)) throw new Refused(made)
    return made
  }),
  /** Each step of a run as it happens, until it ends. */
  watch: procedure.input(byId).subscription(async ({ ctx, input, signal }) => {
    const { runs } = await ctx.stores()
    found(await runs.get(input.id))
    return watchRun(input.id, { runs, changes: await ctx.changes(), signal: signal ?? new AbortController().signal })
  }),
  /** False: it had ended. */
  cancel: procedure.input(byId).mutation(async ({ ctx, input }) => (await ctx.stores()).runs.cancel(input.id)),
  /** Rows of runs that changed, of all Plays, until the caller leaves; null: read the list again. */
  changes: procedure.subscription(async ({ ctx, signal }) => {
    const { runs } = await ctx.stores()
    return lookAtRuns({ runs, changes: await ctx.changes(), signal: signal ?? new AbortController().signal })
  }),
  /** Null: there is no such run. */
  get: procedure
    .input(byId)
    .query(async ({ ctx, input }) => (await (await ctx.stores()).runs.rows([input.id])).at(0) ?? null),
  report: procedure.input(byId).query(async ({ ctx, input }) => keptReport((await ctx.stores()).runs, input.id)),
  /** The report as it is kept, byte for byte. */
  text: procedure.input(byId).query(async ({ ctx, input }) => keptText((await ctx.stores()).runs, input.id)),
  /** Newest first; `before`: the last one that is known already. */
  list: procedure
    .input(
      z.strictObject({
        playId: playIdSchema.nullable().default(null),
        before: z.uuid().nullable().default(null),
        most: z.int().min(1).max(500).default(100),
      }),
    )
    .query(async ({ ctx, input }) => (await ctx.stores()).runs.list(input)),
  /** What was run once more, for the record; gives the new run's id. */
  again: procedure
    .input(byId)
    .mutation(async ({ ctx, input }) => ({ id: await repeatRun((await ctx.stores()).runs, input.id, ctx.actor) })),
  /** Two runs of the same: identical, or what differs, which is a bug. */
  check: procedure
    .input(z.strictObject({ first: z.uuid(), second: z.uuid() }))
    .query(async ({ ctx, input }) => checkRecords((await ctx.stores()).runs, input)),
  /** Other runs of the same document, settings, data and engine, with the hashes of their results. */
  twins: procedure.input(byId).query(async ({ ctx, input }) => (await ctx.stores()).runs.twins(input.id)),
  /** The newest run of the same Play that had ended well before; null: none. */
  previous: procedure.input(byId).query(async ({ ctx, input }) => (await ctx.stores()).runs.previous(input.id)),
  compare: procedure
    .input(z.strictObject({ before: z.uuid(), after: z.uuid() }))
    .query(async ({ ctx, input }) => compareRecords((await ctx.stores()).runs, input)),
})
