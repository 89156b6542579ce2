// Router: runs on the server, for the record and where a page cannot hold the data.
import { z } from 'zod'
import type { Report } from '../../blocks/engine/report/document'
import { compareRuns } from '../core/compareRuns'
import { Failure } from '../core/failure'
import { pageRunSchema } from '../run/backtest/verify'
import { playIdSchema, queueRun, recordAskSchema } from '../run/record/queueRun'
import { watchRun } from '../run/record/watchRun'
import type { RunStore } from '../run/stores'
import { procedure, Refused, router, settled } from './trpc'

const byId = z.strictObject({ id: z.uuid() })

const unknown = (what: string): Failure =>
  new Failure('file_not_found', what, { hint: 'look it up in the list of the runs of its Play' })

const reportOf = async (runs: Pick<RunStore, 'report'>, id: string): Promise<Report> => {
  const report = await runs.report(id)
  if (report === null) throw unknown('there is no report of this run')
  return JSON.parse(report) as Report
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
    if ((await runs.get(input.id)) === null) throw unknown('there is no such run')
    return watchRun(input.id, { runs, changes: await ctx.changes(), signal: signal ?? new AbortController().signal })
  }),
  /** False: it had ended. */
  cancel: procedure.input(byId).mutation(async ({ ctx, input }) => (await ctx.stores()).runs.cancel(input.id)),
  /** Null: there is no such run. */
  get: procedure.input(byId).query(async ({ ctx, input }) => (await ctx.stores()).runs.get(input.id)),
  report: procedure.input(byId).query(async ({ ctx, input }) => reportOf((await ctx.stores()).runs, input.id)),
  /** Newest first. */
  list: procedure
    .input(z.strictObject({ playId: playIdSchema, most: z.int().min(1).max(500).default(100) }))
    .query(async ({ ctx, input }) => (await ctx.stores()).runs.list(input.playId, input.most)),
  compare: procedure.input(z.strictObject({ before: z.uuid(), after: z.uuid() })).query(async ({ ctx, input }) => {
    const { runs } = await ctx.stores()
    return compareRuns(await reportOf(runs, input.before), await reportOf(runs, input.after))
  }),
})
