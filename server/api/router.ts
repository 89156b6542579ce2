// Every procedure of the server, by noun. The page sees the type alone.
import { dataRouter } from './data'
import { runRouter } from './run'
import { systemRouter } from './system'
import { router } from './trpc'

export const appRouter = router({ system: systemRouter, data: dataRouter, run: runRouter })

export type AppRouter = typeof appRouter
