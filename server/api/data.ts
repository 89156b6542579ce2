// Router: market data on this machine, by the same use-cases as `playloom data`.
import { z } from 'zod'
import { datasetAskSchema, describeDataset } from '../run/data/dataset'
import { checkOneSeries, describeSeries, describeStore } from '../run/data/describeStore'
import { downloadAskSchema, listDownloads, queueDownload } from '../run/data/downloadJob'
import { listSeries } from '../run/data/listSeries'
import { removeSeries } from '../run/data/removeSeries'
import { routeBars } from '../run/data/routeBars'
import { removeAskSchema, seriesKeySchema } from '../run/data/seriesKey'
import { watchJobs } from '../run/jobs/watchJobs'
import { procedure, router, settled } from './trpc'

export const dataRouter = router({
  /** What is stored, as `playloom data list` tells it. */
  list: procedure.query(async ({ ctx }) => listSeries((await ctx.data()).store)),
  /** Every series with its size and its quality, what is damaged, the practice market, and the disk. */
  store: procedure.query(async ({ ctx }) => describeStore({ ...(await ctx.data()), dataDir: ctx.env.dataDir })),
  /** One series with its gaps, files and sources. */
  series: procedure
    .input(seriesKeySchema)
    .query(async ({ ctx, input }) => settled(await describeSeries(input, (await ctx.data()).store))),
  /** The same after a look at every byte: what `playloom data check` tells. */
  check: procedure
    .input(seriesKeySchema)
    .query(async ({ ctx, input }) => checkOneSeries(input, (await ctx.data()).store)),
  /** Every series that runs on these markets read, as files by hash, with all else inline. */
  dataset: procedure
    .input(datasetAskSchema)
    .query(async ({ ctx, input }) => settled(await describeDataset(input, await ctx.bars()))),
  /** History of a venue, fetched by the worker. A download of the same series that is on its way is joined. */
  download: procedure
    .input(downloadAskSchema)
    .mutation(async ({ ctx, input }) =>
      settled(await queueDownload(input, { board: (await ctx.stores()).board, actor: ctx.actor })),
    ),
  /** All downloads that are on their way and the last that ended, again whenever one of them has changed. */
  downloads: procedure.subscription(async ({ ctx, signal }) => {
    const { board } = await ctx.stores()
    const watching = { news: await ctx.jobNews(), signal: signal ?? new AbortController().signal }
    return watchJobs(() => listDownloads(board), watching)
  }),
  /** False: it had ended. */
  cancelDownload: procedure
    .input(z.strictObject({ id: z.string().max(20) }))
    .mutation(async ({ ctx, input }) => (await ctx.stores()).board.cancel(input.id)),
  /** Series out of the store. Dry: says what would go and who stands on it, and leaves everything. */
  remove: procedure.input(removeAskSchema).mutation(async ({ ctx, input }) => {
    const { store, frames, venues } = await ctx.data()
    const records = ctx.env.databaseUrl === null ? null : await ctx.stores()
    const ports = { store, frames, bars: routeBars(venues, store), records, actor: ctx.actor }
    return settled(await removeSeries(input, ports))
  }),
})
