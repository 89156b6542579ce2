// Router: what this server is and the state of its data folder.
import { z } from 'zod'
import { engineVersion } from '../../blocks/engine/version'
import { version } from '../../package.json'
import { type HealthRow, healthOf } from '../run/health'
import { stateOf } from '../wire'
import type { Context } from './context'
import * as shapes from './shapes/system'
import { procedure, router } from './trpc'

const pageRow: HealthRow = {
  name: 'page',
  state: 'ok',
  word: `Playloom ${version}, engine ${engineVersion}`,
  hint: null,
}

/** Each part with its state, a sentence, and what to do. */
export const healthRows = async (ctx: Context): Promise<readonly HealthRow[]> => {
  const { env } = ctx
  const { store, disk, nowMs } = await ctx.data()
  const state = stateOf(env)
  const rows = await healthOf({
    store,
    disk,
    nowMs,
    databaseDisk: state.disk,
    database: env.databaseUrl === null ? null : async () => (await ctx.stores()).health(),
    hot: env.redisUrl === null ? null : async () => (await (await ctx.stores()).hot?.health()) ?? null,
    backups: state.backups,
    temporal: state.temporal,
  })
  return [pageRow, ...rows]
}

export const systemRouter = router({
  health: procedure
    .meta({ summary: 'Each part with its state, a sentence, and what to do.' })
    .output(shapes.health)
    .query(({ ctx }) => healthRows(ctx)),
  keeps: procedure
    .meta({ summary: 'Whether Plays, runs and trials are kept on this server. Asks neither database nor data folder.' })
    .output(z.boolean())
    .query(({ ctx }) => ctx.env.databaseUrl !== null),
  about: procedure
    .meta({ summary: 'What this server is, and the state of its data folder.' })
    .output(shapes.about)
    .query(async ({ ctx }) => {
      const { store } = await ctx.data()
      const { series, damaged } = await store.overview()
      return {
        version,
        engine: engineVersion,
        dataDir: ctx.env.dataDir,
        series: series.length,
        keeps: ctx.env.databaseUrl !== null,
        damaged: damaged.map(({ message }) => message),
      }
    }),
})
