// Router: market data on this machine, by the same use-cases as `playloom data`.
import { datasetAskSchema, describeDataset } from '../run/data/dataset'
import { listSeries } from '../run/data/listSeries'
import { procedure, router, settled } from './trpc'

export const dataRouter = router({
  /** What is stored, as `playloom data list` tells it. */
  list: procedure.query(async ({ ctx }) => listSeries((await ctx.data()).store)),
  /** Every series that runs on these markets read, as files by hash, with all else inline. */
  dataset: procedure
    .input(datasetAskSchema)
    .query(async ({ ctx, input }) => settled(await describeDataset(input, await ctx.bars()))),
})
