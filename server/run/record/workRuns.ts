// Use-case: takes runs of record from the queue, has them computed, and writes each one's end exactly once.
import { Failure } from '../../core/failure'
import type { PageRun, RunPort } from '../ports'
import type { HeldJob, JobQueue, RunEnd, RunProgress, RunStore, TakenJob } from '../stores'

export interface WorkPorts {
  readonly jobs: JobQueue
  readonly runs: RunStore
  readonly compute: RunPort
  /** Ends after that time, or when the signal aborts. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly log: (level: 'info' | 'warn' | 'error', what: string, more: Readonly<Record<string, unknown>>) => void
}

export interface WorkOptions {
  /** This process, among all that take jobs. */
  readonly taker: string
  /** Runs at the same time. */
  readonly slots: number
  /** Silence after which somebody else may take a job, ms; it is renewed three times in that time. */
  readonly leaseMs: number
  /** Looks into the queue without being told, ms. */
  readonly pollMs: number
  readonly tries: number
}

/** Of the process as it should be: it takes jobs from `start` until the promise of `stop` is kept. */
export interface Working {
  /** Gives up what is at work: it is taken again later, by whoever is there. */
  readonly stop: () => Promise<void>
}

/** Times that a run is taken at most: what ends its worker each time, so that nothing is told, would go on for ever. */
const mostTakes = 20

/** Waits after the database did not answer, ms. */
const awayMs = 1000

type Held = Pick<TakenJob, 'id' | 'attempt'> & { readonly run: string }

const heldOf = ({ id, attempt, payload }: TakenJob): Held => {
  const run = typeof payload === 'object' && payload !== null && 'run' in payload ? payload.run : undefined
  if (typeof run !== 'string') throw new Error(`job ${id} names no run`)
  return { id, attempt, run }
}

const isAway = (error: unknown): boolean => error instanceof Failure && error.code === 'database_away'

export const workRuns = async (ports: WorkPorts, options: WorkOptions): Promise<Working> => {
  const stopping = new AbortController()
  const wakers = new Set<() => void>()
  const wake = (): void => {
    for (const waker of wakers) waker()
  }
  const quiet = await ports.jobs.listen(wake)
  const slots = Array.from({ length: options.slots }, (_, n) => slot(n))

  /** Until the queue is heard of, or for `ms`. */
  function rest(ms: number): Promise<void> {
    const woken = new AbortController()
    const end = (): void => woken.abort()
    wakers.add(end)
    return ports.wait(ms, woken.signal).finally(() => wakers.delete(end))
  }

  async function slot(n: number): Promise<void> {
    const taker = `${options.taker}/${n}`
    while (!stopping.signal.aborted) {
      try {
        const job = await ports.jobs.take(['run'], taker, options.leaseMs)
        if (job === null) await rest(options.pollMs)
        else await new RunAtWork(ports, options, { taker, job: heldOf(job), stopping: stopping.signal }).whole()
      } catch (error) {
        if (!isAway(error)) ports.log('error', 'a job could not be worked on', { error: String(error) })
        if (!stopping.signal.aborted) await rest(awayMs)
      }
    }
  }

  return {
    stop: async () => {
      stopping.abort()
      wake()
      await Promise.all([...slots, quiet()])
    },
  }
}

interface Place {
  readonly taker: string
  readonly job: Held
  readonly stopping: AbortSignal
}

/** One run from the taking of its job to the end that is written for it. */
class RunAtWork {
  private readonly giveUp = new AbortController()
  private step: RunProgress | undefined
  private why: 'lost' | 'cancelled' | 'stopped' | null = null

  constructor(
    private readonly ports: WorkPorts,
    private readonly options: WorkOptions,
    private readonly place: Place,
  ) {}

  private get held(): HeldJob {
    return { id: this.place.job.id, taker: this.place.taker }
  }

  async whole(): Promise<void> {
    const { job, stopping } = this.place
    const onStop = (): void => this.abandon('stopped')
    stopping.addEventListener('abort', onStop)
    const beats = this.beats()
    try {
      await this.ports.runs.started(job.run)
      const end = await this.compute()
      if (this.why === 'lost') return
      if (end === null || this.why === 'stopped') await this.putBack('the worker was stopped')
      else await this.write(end)
    } finally {
      this.giveUp.abort()
      stopping.removeEventListener('abort', onStop)
      await beats
    }
  }

  private abandon(why: 'lost' | 'cancelled' | 'stopped'): void {
    this.why ??= why
    this.giveUp.abort()
  }

  /** Renews the lease, and hears whether the run is still wanted. */
  private async beats(): Promise<void> {
    const { signal } = this.giveUp
    const { leaseMs } = this.options
    // Cancelling must be heard of soon, whatever the lease.
    const everyMs = Math.min(leaseMs / 3, 500)
    while (!signal.aborted) {
      await this.ports.wait(everyMs, signal)
      if (signal.aborted) return
      const { step } = this
      this.step = undefined
      const answer = await this.ports.jobs.beat(this.held, leaseMs, step).catch((error: unknown) => {
        if (isAway(error)) return 'on' as const
        // Nobody waits for this before the run is over: what is thrown here would end the whole worker.
        this.ports.log('error', 'a run cannot be kept', { run: this.place.job.run, error: String(error) })
        return 'lost' as const
      })
      if (answer !== 'on') this.abandon(answer)
    }
  }

  /** Null: it is to be tried again. */
  private async compute(): Promise<RunEnd | null> {
    const { job } = this.place
    if (job.attempt > mostTakes)
      return { state: 'failed', failure: `This run was begun ${mostTakes} times, and its worker ended each time.` }
    const request = (await this.ports.runs.request(job.run)) as PageRun
    const tell = (step: RunProgress): void => {
      this.step = step
    }
    const made = await this.ports.compute.report(request, this.giveUp.signal, tell).catch((error: unknown) => {
      this.ports.log('error', 'a run failed by a bug', { run: job.run, error: String(error) })
      return error instanceof Error ? error : new Error(String(error))
    })
    if (this.why === 'cancelled') return { state: 'cancelled' }
    if (Array.isArray(made)) return { state: 'refused', problems: made }
    if (made instanceof Failure) {
      if (!made.retry) return { state: 'refused', problems: made.problems }
      return job.attempt < this.options.tries ? null : { state: 'failed', failure: made.message }
    }
    if (made instanceof Error) {
      if (job.attempt < this.options.tries) return null
      return { state: 'failed', failure: `This is a bug in Playloom, not in the Play: ${made.message}` }
    }
    return { state: 'done', report: made, text: JSON.stringify(made) }
  }

  private async putBack(why: string): Promise<void> {
    await this.ports.jobs.retry(this.held, why)
  }

  /** What was computed is not thrown away because the database is away for a while. */
  private async write(end: RunEnd): Promise<void> {
    const { job } = this.place
    for (;;) {
      try {
        const written = await this.ports.runs.end(job.run, this.held, end)
        this.ports.log('info', written ? 'a run ended' : 'a run was ended by another', {
          run: job.run,
          state: end.state,
        })
        return
      } catch (error) {
        if (!isAway(error) || this.place.stopping.aborted) throw error
        await this.ports.wait(awayMs)
      }
    }
  }
}
