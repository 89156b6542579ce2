// Router: market data on this machine, by the same use-cases as `playloom data`.
import { z } from 'zod'
import { checkSeries } from '../run/data/checkSeries'
import { datasetAskSchema, describeDataset } from '../run/data/dataset'
import { checkOneSeries, describeSeries, describeStore } from '../run/data/describeStore'
import { downloadAskSchema, followDownload, listDownloads, queueDownload } from '../run/data/downloadJob'
import { listSeries } from '../run/data/listSeries'
import { removeSeries } from '../run/data/removeSeries'
import { routeBars } from '../run/data/routeBars'
import { removeAskSchema, seriesKeySchema, storedNameSchema } from '../run/data/seriesKey'
import { watchJobs } from '../run/jobs/watchJobs'
import * as shapes from './shapes/data'
import { procedure, router, settled } from './trpc'

const byId = z.strictObject({ id: z.string().max(20) })

export const dataRouter = router({
  list: procedure
    .meta({ summary: 'What is stored, as `playloom data list` tells it.' })
    .output(shapes.listed)
    .query(async ({ ctx }) => listSeries((await ctx.data()).store)),
  store: procedure
    .meta({
      summary: 'Every series with its size and its quality, what is damaged, the practice market, and the disk.',
    })
    .output(shapes.store)
    .query(async ({ ctx }) => describeStore({ ...(await ctx.data()), dataDir: ctx.env.dataDir })),
  series: procedure
    .meta({ summary: 'One series with its gaps, files and sources.' })
    .input(seriesKeySchema)
    .output(shapes.described)
    .query(async ({ ctx, input }) => settled(await describeSeries(input, (await ctx.data()).store))),
  check: procedure
    .meta({ summary: 'One series after a look at every byte of it.', heavy: true })
    .input(seriesKeySchema)
    .output(shapes.checked)
    .query(async ({ ctx, input }) => checkOneSeries(input, (await ctx.data()).store)),
  inspect: procedure
    .meta({
      summary:
        'Every series, or those of one instrument, after a look at every byte: what `playloom data check` tells.',
      heavy: true,
    })
    .input(z.strictObject({ instrument: storedNameSchema.nullable() }))
    .output(shapes.report)
    .query(async ({ ctx, input }) =>
      settled(await checkSeries(input.instrument ?? undefined, (await ctx.data()).store)),
    ),
  dataset: procedure
    .meta({ summary: 'Every series that runs on these markets read, as files by hash, with all else inline.' })
    .input(datasetAskSchema)
    .output(shapes.dataset)
    .query(async ({ ctx, input }) => settled(await describeDataset(input, await ctx.bars()))),
  download: procedure
    .meta({
      summary: 'History of a venue, fetched by the worker. A download of the same series that is on its way is joined.',
      heavy: true,
    })
    .input(downloadAskSchema)
    .output(shapes.asked)
    .mutation(async ({ ctx, input }) =>
      settled(await queueDownload(input, { board: (await ctx.stores()).board, actor: ctx.actor })),
    ),
  downloaded: procedure
    .meta({ summary: 'One download: how far it is, or all that came of it; null: there is none.' })
    .input(byId)
    .output(shapes.followed)
    .query(async ({ ctx, input }) => followDownload(input.id, (await ctx.stores()).board)),
  downloads: procedure
    .meta({
      summary: 'All downloads that are on their way and the last that ended, again whenever one of them has changed.',
      event: shapes.downloads,
    })
    .subscription(async ({ ctx, signal }) => {
      const { board } = await ctx.stores()
      const watching = { news: await ctx.jobNews(), signal: signal ?? new AbortController().signal }
      return watchJobs(() => listDownloads(board), watching)
    }),
  cancelDownload: procedure
    .meta({ summary: 'Ends a download; false: it had ended.' })
    .input(byId)
    .output(z.boolean())
    .mutation(async ({ ctx, input }) => (await ctx.stores()).board.cancel(input.id)),
  remove: procedure
    .meta({ summary: 'Series out of the store. Dry: says what would go and who stands on it, and leaves everything.' })
    .input(removeAskSchema)
    .output(shapes.removal)
    .mutation(async ({ ctx, input }) => {
      const { store, frames, venues } = await ctx.data()
      const records = ctx.env.databaseUrl === null ? null : await ctx.stores()
      const ports = { store, frames, bars: routeBars(venues, store), records, actor: ctx.actor }
      return settled(await removeSeries(input, ports))
    }),
})
