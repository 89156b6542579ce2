// Router: what this server is and the state of its data folder.

import { engineVersion } from '../../blocks/engine/version'
import { version } from '../../package.json'
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
