// Router: runs on the server, for the record and where a page cannot hold the data.
import { z } from 'zod'
import { lineageOf, trialOf } from '../core/trial'
import { backtestAskSchema, explainAskSchema, seriesAskSchema } from '../run/backtest/askSchema'
import { pageRunSchema } from '../run/backtest/verify'
import { pageRunWhole, runAskWhole } from '../run/ownBlocks'
import type { AskOf, Computation, Computations } from '../run/ports'
import { compareRecords, keptReport, keptText, noSuchRun } from '../run/record/compareRecords'
import { playIdSchema, queueRun, recordAskSchema } from '../run/record/queueRun'
import { checkRecords, repeatRun } from '../run/record/repeatRun'
import { lookAtRuns, watchRun } from '../run/record/watchRun'
import type { Context } from './context'
import * as shapes from './shapes/run'
import { procedure, Refused, router, settled } from './trpc'

const byId = z.strictObject({ id: z.uuid() })

const found = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw noSuchRun()
  return value
}

const ownBlocks =
  ({ stores }: Pick<Context, 'stores'>) =>
  async () =>
    (await stores()).blocks

interface Asking {
  readonly ctx: Pick<Context, 'runs' | 'stores'>
  /** Given when the caller goes away: then nothing is computed any more. */
  readonly signal: AbortSignal | undefined
}

const computed = async <K extends Computation>(
  kind: K,
  ask: AskOf<K>,
  { ctx, signal }: Asking,
): Promise<Computations[K]['gives']> => {
  const whole = await runAskWhole(ask, ownBlocks(ctx))
  const made = settled(await ctx.runs.compute(kind, whole, signal ?? new AbortController().signal))
  if (Array.isArray(made)) throw new Refused(made)
  return made
}

export const runRouter = router({
  verify: procedure
    .meta({
      summary:
        'The whole report of a run, made as the command line makes it and not kept: a page compares it with its own.',
      heavy: true,
    })
    .input(pageRunSchema)
    .output(shapes.report)
    .mutation(async ({ ctx, input, signal }) => {
      const run = await pageRunWhole(input, ownBlocks(ctx))
      const made = settled(await ctx.runs.report(run, signal ?? new AbortController().signal))
      if (Array.isArray(made)) throw new Refused(made)
      return made
    }),
  backtest: procedure
    .meta({
      summary: 'Plays as texts, run in one wallet in their order and not kept: what `playloom backtest --json` gives.',
      heavy: true,
    })
    .input(backtestAskSchema)
    .output(shapes.storedReport)
    .mutation(async ({ ctx, input, signal }) => {
      const made = await computed('backtest', input, { ctx, signal })
      // What could not be counted is not shown either.
      if (ctx.env.databaseUrl !== null)
        await (await ctx.stores()).trials.add([trialOf(made, { lineage: lineageOf(made.documents), actor: ctx.actor })])
      return made
    }),
  series: procedure
    .meta({ summary: 'Values of a node bar by bar: what `playloom series --json` gives.', heavy: true })
    .input(seriesAskSchema)
    .output(shapes.series)
    .mutation(({ ctx, input, signal }) => computed('series', input, { ctx, signal })),
  explain: procedure
    .meta({ summary: 'One decision with its reasons: what `playloom explain --json` gives.', heavy: true })
    .input(explainAskSchema)
    .output(shapes.explanation)
    .mutation(({ ctx, input, signal }) => computed('explain', input, { ctx, signal })),
  queue: procedure
    .meta({ summary: 'A run for the record: what is run is kept as a version, and the worker takes it.', heavy: true })
    .input(recordAskSchema)
    .output(shapes.queued)
    .mutation(async ({ ctx, input }) => {
      const { plays, runs } = await ctx.stores()
      const run = await pageRunWhole(input.run, ownBlocks(ctx))
      const made = settled(await queueRun({ ...input, run }, { plays, runs, actor: ctx.actor }))
      if (Array.isArray(made)) throw new Refused(made)
      return made
    }),
  watch: procedure
    .meta({ summary: 'Each step of a run as it happens, until it ends.', event: shapes.runNow })
    .input(byId)
    .subscription(async ({ ctx, input, signal }) => {
      const { runs } = await ctx.stores()
      found(await runs.get(input.id))
      return watchRun(input.id, { runs, changes: await ctx.changes(), signal: signal ?? new AbortController().signal })
    }),
  cancel: procedure
    .meta({ summary: 'Ends a run; false: it had ended.' })
    .input(byId)
    .output(z.boolean())
    .mutation(async ({ ctx, input }) => (await ctx.stores()).runs.cancel(input.id)),
  changes: procedure
    .meta({
      summary: 'Rows of runs that changed, of all Plays, until the caller leaves; null: read the list again.',
      event: shapes.runRows.nullable(),
    })
    .subscription(async ({ ctx, signal }) => {
      const { runs } = await ctx.stores()
      return lookAtRuns({ runs, changes: await ctx.changes(), signal: signal ?? new AbortController().signal })
    }),
  get: procedure
    .meta({ summary: 'One run; null: there is none.' })
    .input(byId)
    .output(shapes.runRow)
    .query(async ({ ctx, input }) => (await (await ctx.stores()).runs.rows([input.id])).at(0) ?? null),
  report: procedure
    .meta({ summary: 'The report of a run that ended well.' })
    .input(byId)
    .output(shapes.report)
    .query(async ({ ctx, input }) => keptReport((await ctx.stores()).runs, input.id)),
  text: procedure
    .meta({ summary: 'The report as it is kept, byte for byte.' })
    .input(byId)
    .output(z.string())
    .query(async ({ ctx, input }) => keptText((await ctx.stores()).runs, input.id)),
  list: procedure
    .meta({ summary: 'Runs, newest first; `before`: the last one that is known already; `figures: false` is quicker.' })
    .input(
      z.strictObject({
        playId: playIdSchema.nullable().default(null),
        before: z.uuid().nullable().default(null),
        most: z.int().min(1).max(500).default(100),
        figures: z.boolean().default(true),
      }),
    )
    .output(shapes.runRows)
    .query(async ({ ctx, input }) => (await ctx.stores()).runs.list(input)),
  again: procedure
    .meta({ summary: "What was run once more, for the record; answers the new run's id.", heavy: true })
    .input(byId)
    .output(z.object({ id: z.string() }))
    .mutation(async ({ ctx, input }) => ({ id: await repeatRun((await ctx.stores()).runs, input.id, ctx.actor) })),
  check: procedure
    .meta({ summary: 'Two runs of the same: identical, or what differs, which is a bug.' })
    .input(z.strictObject({ first: z.uuid(), second: z.uuid() }))
    .output(shapes.comparison)
    .query(async ({ ctx, input }) => checkRecords((await ctx.stores()).runs, input)),
  twins: procedure
    .meta({ summary: 'Other runs of the same document, settings, data and engine, with the hashes of their results.' })
    .input(byId)
    .output(shapes.twins)
    .query(async ({ ctx, input }) => (await ctx.stores()).runs.twins(input.id)),
  previous: procedure
    .meta({ summary: 'The newest run of the same Play that had ended well before; null: none.' })
    .input(byId)
    .output(z.string().nullable())
    .query(async ({ ctx, input }) => (await ctx.stores()).runs.previous(input.id)),
  compare: procedure
    .meta({
      summary: 'Two runs beside each other: documents, settings, data, figures, and trades gained, lost and changed.',
    })
    .input(z.strictObject({ before: z.uuid(), after: z.uuid() }))
    .output(shapes.compared)
    .query(async ({ ctx, input }) => compareRecords((await ctx.stores()).runs, input)),
})
