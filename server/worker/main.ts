// The worker process: computes runs of record from the queue in PostgreSQL until it is told to stop.
import { availableParallelism, hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { readEnv } from '../env'
import { workRuns } from '../run/record/workRuns'
import { openPool, openStoresOf } from '../wire'

const env = readEnv(process.env)
const log = pino({ base: { process: 'worker' } })
const stores = await openStoresOf(env)
const pool = await openPool(env, availableParallelism())
const working = await workRuns(
  {
    jobs: stores.jobs,
    runs: stores.runs,
    compute: pool,
    wait: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
    log: (level, what, more) => log[level](more, what),
  },
  { taker: `${hostname()}:${process.pid}`, slots: availableParallelism(), leaseMs: 15_000, pollMs: 5000, tries: 3 },
)
log.info({}, 'ready')

let stopping = false
const stop = async (): Promise<void> => {
  if (stopping) return
  stopping = true
  await working.stop()
  await pool.close()
  await stores.close()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
