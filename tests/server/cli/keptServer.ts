// A server of one test file: the real procedures on a database and a data folder of its own, with the real worker.
import type { ChildProcess } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createHTTPServer } from '@trpc/server/adapters/standalone'
import { afterAll, beforeAll, vi } from 'vitest'
import { build } from '../../../bin/build.mjs'
import { type Context, createContext } from '../../../server/api/context'
import { appRouter } from '../../../server/api/router'
import { type TestDatabase, testDatabase } from '../../fixtures/database'
import { endWorker, startWorker } from '../../fixtures/workerProcess'
import { temporaryFolder } from './command'

export interface KeptServer {
  readonly database: TestDatabase
  /** Where the file keeps what it needs; `store` in it is the data folder. */
  readonly folder: string
  readonly url: string
  readonly context: Context
}

/** Ready before the first test of the file; ended after the last. */
export const keptServer = (name: string): KeptServer => {
  const database = testDatabase()
  const folder = temporaryFolder(name)
  const held: {
    worker?: ChildProcess
    server?: ReturnType<typeof createHTTPServer>
    context?: Context
    url: string
  } = { url: '' }
  beforeAll(async () => {
    await build()
    const dataDir = join(folder.path, 'store')
    held.worker = await startWorker({ databaseUrl: database.url, dataDir })
    // Threads of the build, as users have them.
    vi.stubEnv('NODE_ENV', 'production')
    const context = createContext({ DATABASE_URL: database.url, DATA_DIR: dataDir })
    vi.unstubAllEnvs()
    held.context = context
    const server = createHTTPServer({ router: appRouter, createContext: () => context, basePath: '/api/trpc/' })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    held.server = server
    held.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }, 60_000)
  afterAll(async () => {
    if (held.worker !== undefined) await endWorker(held.worker)
    held.server?.close()
    await (await held.context?.stores())?.close()
    folder.remove()
  })
  return {
    database,
    folder: folder.path,
    get url() {
      return held.url
    },
    get context() {
      if (held.context === undefined) throw new Error('made before the first test')
      return held.context
    },
  }
}
