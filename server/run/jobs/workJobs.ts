// Takes jobs of some kinds from the queue, keeps each alive while it is worked on, and writes what came of it once.
import { Failure } from '../../core/failure'
import type { HeldJob, JobBoard, JobEnd, JobQueue, TakenJob } from '../stores'

/** Not now: why, and how it ends when it has been tried often enough. */
export interface JobRetry {
  readonly retry: string
  readonly end: JobEnd
}

/** How a job of one kind is done. */
export interface JobDoer {
  readonly kind: string
  /** Throws what is a bug. */
  readonly work: (payload: unknown, hands: JobHands) => Promise<JobEnd | JobRetry>
}

export interface JobHands {
  /** Given when the work is not wanted any more: cancelled, taken by another, or this process is to end. */
  readonly signal: AbortSignal
  readonly tell: (progress: object) => void
}

export interface JobPorts {
  readonly jobs: JobQueue
  readonly board: JobBoard
  /** Ends after that time, or when the signal aborts. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly log: (level: 'info' | 'warn' | 'error', what: string, more: Readonly<Record<string, unknown>>) => void
}

export interface JobOptions {
  /** This process, among all that take jobs. */
  readonly taker: string
  /** Jobs at the same time. */
  readonly slots: number
  /** Silence after which somebody else may take a job, ms. */
  readonly leaseMs: number
  /** Looks into the queue without being told, ms. */
  readonly pollMs: number
  /** Of a job that fails and may not fail the next time. */
  readonly tries: number
}

/** Times that a job is taken at most: what ends its worker each time, so that nothing is told, would go on for ever. */
const mostTakes = 20

/** Cancelling must be heard of soon, whatever the lease; ms. */
const beatMs = 500
/** Waits after the database did not answer, ms. */
const awayMs = 1000

const isAway = (error: unknown): boolean => error instanceof Failure && error.code === 'database_away'

type Why = 'lost' | 'cancelled' | 'stopped'

/** One job from the taking of it to the end that is written. */
class JobAtWork {
  private readonly giveUp = new AbortController()
  private progress: object | undefined
  private why: Why | null = null

  constructor(
    private readonly ports: JobPorts,
    private readonly options: JobOptions,
    private readonly place: { readonly taker: string; readonly job: TakenJob; readonly stopping: AbortSignal },
  ) {}

  private get held(): HeldJob {
    return { id: this.place.job.id, taker: this.place.taker }
  }

  private abandon(why: Why): void {
    this.why ??= why
    this.giveUp.abort()
  }

  async whole(doer: JobDoer): Promise<void> {
    const { stopping } = this.place
    const onStop = (): void => this.abandon('stopped')
    stopping.addEventListener('abort', onStop)
    if (stopping.aborted) onStop()
    const beats = this.beats()
    try {
      const end = await this.done(doer)
      this.giveUp.abort()
      await beats
      if (this.why === 'lost') return
      if (!('retry' in end)) await this.write(end)
      else await this.putBack(this.why === 'stopped' ? 'the worker was stopped' : end.retry)
    } finally {
      this.giveUp.abort()
      stopping.removeEventListener('abort', onStop)
      await beats
    }
  }

  private async done(doer: JobDoer): Promise<JobEnd | JobRetry> {
    const { job } = this.place
    if (job.attempt > mostTakes)
      return { state: 'failed', failure: `This was begun ${mostTakes} times, and its worker ended each time.` }
    const tell = (progress: object): void => {
      this.progress = progress
    }
    const end = await doer.work(job.payload, { signal: this.giveUp.signal, tell }).catch((error: unknown): JobRetry => {
      this.ports.log('error', 'a job failed by a bug', { job: String(job.id), kind: job.kind, error: String(error) })
      const retry = `This is a bug in Playloom: ${error instanceof Error ? error.message : String(error)}`
      return { retry, end: { state: 'failed', failure: retry } }
    })
    if (!('retry' in end) || this.why === 'stopped') return end
    if (this.why === 'cancelled') return { state: 'cancelled' }
    return job.attempt >= this.options.tries ? end.end : end
  }

  /** Renews the lease, tells how far it is, and hears whether it is still wanted. */
  private async beats(): Promise<void> {
    const { signal } = this.giveUp
    const { leaseMs } = this.options
    while (!signal.aborted) {
      const { progress } = this
      this.progress = undefined
      try {
        const answer = await this.ports.jobs.beat(this.held, leaseMs, progress)
        if (progress !== undefined) await this.ports.board.announce()
        if (answer !== 'on') this.abandon(answer)
      } catch (error) {
        if (!isAway(error)) {
          this.ports.log('error', 'a job cannot be kept', { job: String(this.held.id), error: String(error) })
          this.abandon('lost')
        }
      }
      await this.ports.wait(Math.min(leaseMs / 3, beatMs), signal)
    }
  }

  private async putBack(why: string): Promise<void> {
    await this.ports.jobs.retry(this.held, why)
    await this.ports.board.announce()
  }

  /** What came of it is not lost because the database is away for a while. */
  private async write(end: JobEnd): Promise<void> {
    const { job, stopping } = this.place
    for (;;) {
      try {
        const written = await this.ports.board.end(this.held, end)
        const more = { job: String(job.id), kind: job.kind, state: end.state, written }
        this.ports.log('info', 'a job ended', more)
        return
      } catch (error) {
        if (!isAway(error) || stopping.aborted) throw error
        await this.ports.wait(awayMs)
      }
    }
  }
}

/** Works until the promise of `stop` is kept; what is given up then is taken again later, by whoever is there. */
export const workJobs = async (
  doers: readonly JobDoer[],
  ports: JobPorts,
  options: JobOptions,
): Promise<{ readonly stop: () => Promise<void> }> => {
  const kinds = doers.map(({ kind }) => kind)
  const stopping = new AbortController()
  const wakers = new Set<() => void>()
  const wake = (): void => {
    for (const waker of wakers) waker()
  }
  const rest = (ms: number): Promise<void> => {
    const woken = new AbortController()
    const end = (): void => woken.abort()
    wakers.add(end)
    return ports.wait(ms, woken.signal).finally(() => wakers.delete(end))
  }
  const workOn = async (taker: string, job: TakenJob): Promise<void> => {
    const doer = doers.find(({ kind }) => kind === job.kind)
    if (doer === undefined) throw new Error(`nobody here does jobs of kind ${job.kind}`)
    await ports.board.announce()
    await new JobAtWork(ports, options, { taker, job, stopping: stopping.signal }).whole(doer)
  }
  const slot = async (n: number): Promise<void> => {
    const taker = `${options.taker}/job${n}`
    while (!stopping.signal.aborted) {
      try {
        const job = await ports.jobs.take(kinds, taker, options.leaseMs)
        if (job === null) await rest(options.pollMs)
        else await workOn(taker, job)
      } catch (error) {
        if (!isAway(error)) ports.log('error', 'a job could not be worked on', { error: String(error) })
        if (!stopping.signal.aborted) await rest(awayMs)
      }
    }
  }
  const quiet = await ports.jobs.listen(wake)
  const slots = Array.from({ length: options.slots }, (_, n) => slot(n))
  return {
    stop: async () => {
      stopping.abort()
      wake()
      await Promise.all([...slots, quiet()])
    },
  }
}
