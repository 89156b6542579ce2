// Router: runs on the server, for the record and where a page cannot hold the data.
import { pageRunSchema } from '../run/backtest/verify'
import { procedure, Refused, router, settled } from './trpc'

export const runRouter = router({
  /** The whole report of a run, made as the command line makes it: a page compares it with its own. */
  verify: procedure.input(pageRunSchema).mutation(async ({ ctx, input, signal }) => {
    const made = settled(await ctx.runs.report(input, signal ?? new AbortController().signal))
    if (Array.isArray(made)) throw new Refused(made)
    return made
  }),
})
