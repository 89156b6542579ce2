// Work that goes wrong beside the work itself: a lease that cannot be renewed, and a job that ends its worker each time.
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type JobPorts, workJobs } from '../../../server/run/jobs/workJobs'
import { type WorkPorts, workRuns } from '../../../server/run/record/workRuns'
import type { JobEnd, RunEnd, TakenJob } from '../../../server/run/stores'

const options = { taker: 'w', slots: 1, leaseMs: 30, pollMs: 10, tries: 3 }
const wait = (ms: number, signal?: AbortSignal): Promise<void> =>
  sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {})

/** Gives these jobs one after the other, then none. */
const queueOf = (jobs: TakenJob[], beat: (id: bigint) => void = () => {}) => ({
  take: async () => jobs.shift() ?? null,
  beat: async ({ id }: { id: bigint }) => {
    beat(id)
    return 'on' as const
  },
  retry: async () => true,
  listen: async () => async () => {},
})

describe('a run whose lease cannot be renewed', () => {
  it('is left to another and told in the log; its worker goes on with the next', async () => {
    const jobOf = (id: bigint, run: string): TakenJob => ({ id, kind: 'run', key: run, payload: { run }, attempt: 1 })
    const ended: [string, RunEnd][] = []
    const logged: unknown[] = []
    const jobs = queueOf([jobOf(1n, 'first'), jobOf(2n, 'next')], (id) => {
      if (id === 1n) throw new Error('no such column')
    })
    const runs = {
      started: async () => {},
      request: async (run: string) => run,
      end: async (run: string, _: unknown, end: RunEnd) => ended.push([run, end]) > 0,
    }
    // The first run goes on until it is given up.
    const report = (run: string, signal: AbortSignal) =>
      run === 'next' ? [] : new Promise((resolve) => signal.addEventListener('abort', () => resolve([])))
    const compute = { report: async (run: string, signal: AbortSignal) => report(run, signal) }
    // Only these calls are made.
    const ports = { jobs, runs, compute, wait, log: (...line: unknown[]) => logged.push(line) } as unknown as WorkPorts
    const working = await workRuns(ports, options)
    await expect.poll(() => ended).toEqual([['next', { state: 'refused', problems: [] }]])
    expect(logged).toContainEqual(['error', 'a run cannot be kept', { run: 'first', error: 'Error: no such column' }])
    await working.stop()
  })
})

describe('a job that ends its worker each time', () => {
  it('is begun twenty times and then told as failed', async () => {
    const jobOf = (id: bigint, attempt: number): TakenJob => ({ id, kind: 'big', key: `${id}`, payload: {}, attempt })
    const ended: [bigint, JobEnd][] = []
    const begun: unknown[] = []
    const board = {
      announce: async () => {},
      end: async ({ id }: { id: bigint }, end: JobEnd) => ended.push([id, end]) > 0,
    }
    // Only these calls are made.
    const ports = { jobs: queueOf([jobOf(1n, 20), jobOf(2n, 21)]), board, wait, log: () => {} } as unknown as JobPorts
    const work = async (): Promise<JobEnd> => {
      begun.push('once')
      return { state: 'done' }
    }
    const working = await workJobs([{ kind: 'big', work }], ports, options)
    await expect.poll(() => ended.length).toBe(2)
    expect(ended).toEqual([
      [1n, { state: 'done' }],
      [2n, { state: 'failed', failure: 'This was begun 20 times, and its worker ended each time.' }],
    ])
    expect(begun).toEqual(['once'])
    await working.stop()
  })
})
