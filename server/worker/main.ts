// The worker process: computes runs of record and downloads, from the queue in PostgreSQL, until it is told to stop.
import { availableParallelism, hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { readEnv } from '../env'
import { downloadDoer } from '../run/data/downloadJob'
import { shareQueue } from '../run/jobs/shareQueue'
import { workJobs } from '../run/jobs/workJobs'
import { workRuns } from '../run/record/workRuns'
import { openData, openPool, openStoresOf } from '../wire'
import { openLog } from '../wireLog'
import { openVenues } from '../wireVenues'

/** What is opened by its first use, if ever; a failure is not kept. */
const once = <T>(make: () => Promise<T>): { readonly open: () => Promise<T>; opened: Promise<T> | undefined } => {
  const held = {
    opened: undefined as Promise<T> | undefined,
    open: (): Promise<T> => {
      held.opened ??= make().catch((error: unknown) => {
        held.opened = undefined
        throw error
      })
      return held.opened
    },
  }
  return held
}

const env = readEnv(process.env)
const log = openLog('worker')
const stores = await openStoresOf(env)
const pool = await openPool(env, availableParallelism())
const { jobs, close: closeEar } = await shareQueue(stores.jobs)
const ports = {
  jobs,
  wait: (ms: number, signal?: AbortSignal): Promise<void> =>
    sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
  log: (level: 'info' | 'warn' | 'error', what: string, more: Readonly<Record<string, unknown>>): void =>
    log[level](more, what),
}
const options = { taker: `${hostname()}:${process.pid}`, leaseMs: 15_000, pollMs: 5000, tries: 3 }
const running = await workRuns(
  { ...ports, runs: stores.runs, compute: pool },
  { ...options, slots: availableParallelism() },
)

/** One client of the venues for all downloads: they share what a venue allows. Opened by the first. */
const download = once(async () => ({ data: await openData(env), venue: await openVenues(env) }))
/** A venue is waited for most of the time: more at once would only share its limits. */
const downloadsAtOnce = 3
const downloading = await workJobs(
  [
    downloadDoer(async () => {
      const { data, venue } = await download.open()
      return { store: data.store, venue }
    }),
  ],
  { ...ports, board: stores.board },
  { ...options, slots: downloadsAtOnce },
)
log.info({}, 'ready')

let stopping = false
const stop = async (): Promise<void> => {
  if (stopping) return
  stopping = true
  await Promise.all([running.stop(), downloading.stop()])
  await closeEar()
  await pool.close()
  ;(await download.opened)?.data.close()
  await stores.close()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
