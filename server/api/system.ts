// Router: what this server is and the state of its data folder.

import { engineVersion } from '../../blocks/engine/version'
import { version } from '../../package.json'
import { type HealthRow, healthOf } from '../run/health'
import { procedure, router } from './trpc'

export interface About {
  readonly version: string
  readonly engine: string
  /** The folder that holds the bars, as the one who started the server knows it. */
  readonly dataDir: string
  /** Stored series, market facts apart; 0: only synthetic markets can be run. */
  readonly series: number
  /** Plays, runs and trials are kept on this server: a database is there. */
  readonly keeps: boolean
  /** What is damaged, a sentence each. */
  readonly damaged: readonly string[]
}

export const systemRouter = router({
  /** Each part with its state, a sentence, and what to do. */
  health: procedure.query(async ({ ctx }): Promise<readonly HealthRow[]> => {
    const { store, disk, nowMs } = await ctx.data()
    const database = ctx.env.databaseUrl === null ? null : async () => (await ctx.stores()).health()
    const page: HealthRow = {
      name: 'page',
      state: 'ok',
      word: `Playloom ${version}, engine ${engineVersion}`,
      hint: null,
    }
    return [page, ...(await healthOf({ store, disk, nowMs, database }))]
  }),
  about: procedure.query(async ({ ctx }): Promise<About> => {
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
