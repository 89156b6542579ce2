// Stores whose runs tell their steps over the hot port: a step that is only looked at needs no row. Starts, ends and
// wishes to cancel stay rows, told by the database itself; without the hot port steps are rows too.
import type { HotPort, JobQueue, RunNow, RunProgress, RunStore, Stores } from '../../run/stores'

const channel = 'run'
/** A worker tells its step at least that often; an older one is of a worker that died, ms. */
const lifeMs = 60_000
const keyOf = (run: string): string => `progress:${run}`

const runOf = (payload: unknown): string | null =>
  typeof payload === 'object' && payload !== null && 'run' in payload && typeof payload.run === 'string'
    ? payload.run
    : null

const stepOf = (text: string): RunProgress | null => {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || !('label' in value) || !('share' in value)) return null
  const { label, share } = value
  return typeof label === 'string' && typeof share === 'number' ? { label, share } : null
}

/** Runs of the jobs that this process holds. */
type Held = Map<bigint, string>

const hotJobs = (jobs: JobQueue, hot: HotPort, held: Held): JobQueue => ({
  ...jobs,
  take: async (kinds, taker, leaseMs) => {
    const job = await jobs.take(kinds, taker, leaseMs)
    const run = job?.kind === 'run' ? runOf(job.payload) : null
    if (job !== null && run !== null) held.set(job.id, run)
    return job
  },
  beat: async (job, leaseMs, progress) => {
    const run = held.get(job.id)
    if (run === undefined || progress === undefined) return jobs.beat(job, leaseMs, progress)
    if (!(await hot.keep(keyOf(run), JSON.stringify(progress), lifeMs))) return jobs.beat(job, leaseMs, progress)
    await hot.tell(channel, run)
    return jobs.beat(job, leaseMs)
  },
  retry: (job, failure) => {
    held.delete(job.id)
    return jobs.retry(job, failure)
  },
})

/** With the step that its worker told last. */
const stepped = async <T extends RunNow>(run: T, hot: HotPort): Promise<T> => {
  if (run.state !== 'running') return run
  const text = await hot.get(keyOf(run.id))
  return text === null ? run : { ...run, progress: stepOf(text) ?? run.progress }
}

const hotRuns = (runs: RunStore, hot: HotPort, held: Held): RunStore => ({
  ...runs,
  get: async (id) => {
    const now = await runs.get(id)
    return now === null ? null : stepped(now, hot)
  },
  list: async (ask) => Promise.all((await runs.list(ask)).map((row) => stepped(row, hot))),
  rows: async (ids) => Promise.all((await runs.rows(ids)).map((row) => stepped(row, hot))),
  end: (id, job, end) => {
    held.delete(job.id)
    return runs.end(id, job, end)
  },
  watch: async (heard) => {
    const quiet = await runs.watch(heard)
    const deaf = hot.listen(channel, heard)
    return async () => {
      deaf()
      await quiet()
    }
  },
})

export const hotStores = (stores: Stores, hot: HotPort): Stores => {
  const held: Held = new Map()
  return {
    ...stores,
    hot,
    jobs: hotJobs(stores.jobs, hot, held),
    runs: hotRuns(stores.runs, hot, held),
    close: async () => {
      hot.close()
      await stores.close()
    },
  }
}
