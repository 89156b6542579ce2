// Every procedure of the server, by noun. The page sees the type alone.
import { blockRouter } from './block'
import { dataRouter } from './data'
import { playRouter } from './play'
import { runRouter } from './run'
import { systemRouter } from './system'
import { trialRouter } from './trial'
import { router } from './trpc'

export const appRouter = router({
  system: systemRouter,
  data: dataRouter,
  play: playRouter,
  block: blockRouter,
  run: runRouter,
  trial: trialRouter,
})

export type AppRouter = typeof appRouter
