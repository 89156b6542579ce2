// Every procedure of the server, by noun. The page sees the type alone.
import { dataRouter } from './data'
import { systemRouter } from './system'
import { router } from './trpc'

export const appRouter = router({ system: systemRouter, data: dataRouter })

export type AppRouter = typeof appRouter
