// Steps of runs over a real Redis and without one: pages see the same, and a Redis that is emptied, killed or never there
// loses no end of a run.
import { chmodSync } from 'node:fs'
import Redis from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pidOf } from '../../../bin/services/process.mjs'
import { startRedis } from '../../../bin/services/redis.mjs'
import { openStores } from '../../../server/io/db/stores'
import { hotStores } from '../../../server/io/hot/hotStores'
import { createRedisHot } from '../../../server/io/hot/redis'
import { shareChanges, watchRun } from '../../../server/run/record/watchRun'
import type { HeldJob, RunNow, Stores } from '../../../server/run/stores'
import { query, testDatabase } from '../../fixtures/database'
import { temporaryFolder } from '../cli/command'

const database = testDatabase()
const folder = temporaryFolder('hot')
const lease = 60_000
let redis: NonNullable<Awaited<ReturnType<typeof startRedis>>>

const start = async () => {
  const server = await startRedis({ stateDir: folder.path })
  if (server === null) throw new Error('no redis-server on this machine and none could be fetched')
  redis = server
}
beforeAll(() => {
  chmodSync(folder.path, 0o755)
  return start()
})
afterAll(async () => {
  await redis.stop()
  folder.remove()
})

/** Stores of two processes, the worker's and the page's. */
const both = async (withRedis: boolean): Promise<{ worker: Stores; page: Stores; close: () => Promise<unknown> }> => {
  const open = (): Stores =>
    withRedis ? hotStores(openStores(database.url), createRedisHot(redis.url)) : openStores(database.url)
  const [worker, page] = [open(), open()]
  for (const { hot } of [worker, page]) if (hot !== null) await expect.poll(() => hot.health()).not.toBeNull()
  return { worker, page, close: () => Promise.all([worker.close(), page.close()]) }
}

const takeRun = async ({ worker }: { worker: Stores }): Promise<{ id: string; job: HeldJob }> => {
  const playId = `p${Math.random()}`
  await worker.plays.ensure({ id: playId, title: 'T', actor: 'local' })
  const hashes = { playVersionId: null, playHash: 'p', logicHash: 'l' }
  const id = await worker.runs.queue({ playId, ...hashes, fromMs: 0, toMs: 1, request: {}, actor: 'local' })
  const taken = await worker.jobs.take(['run'], 'w', lease)
  if (taken === null) throw new Error('the job is not there')
  await worker.runs.started(id)
  return { id, job: { id: taken.id, taker: 'w' } }
}

const step = (share: number) => ({ label: 'Simulate', share })
const rowOf = async (job: HeldJob) => (await query(database.url, 'SELECT progress FROM job WHERE id = $1', [job.id]))[0]

/** Collects what a page sees of a run until it ends. */
const look = async (page: Stores, id: string) => {
  const seen: RunNow[] = []
  const changes = await shareChanges(page.runs)
  const end = (async () => {
    for await (const now of watchRun(id, { runs: page.runs, changes, signal: new AbortController().signal }))
      seen.push(now)
  })()
  await expect.poll(() => seen.length).toBeGreaterThan(0)
  return { seen, end, shares: () => seen.map(({ progress }) => progress?.share) }
}

describe.each([
  { way: 'over Redis', withRedis: true },
  { way: 'by rows alone', withRedis: false },
])('steps $way', ({ withRedis }) => {
  it('reach the page one by one, then the end', async () => {
    const { worker, page, close } = await both(withRedis)
    const { id, job } = await takeRun({ worker })
    const { seen, end, shares } = await look(page, id)
    for (const share of [0.25, 0.5, 0.75]) {
      expect(await worker.jobs.beat(job, lease, step(share))).toBe('on')
      await expect.poll(shares).toContain(share)
    }
    expect((await rowOf(job))?.progress).toEqual(withRedis ? null : step(0.75))
    // Lists and what they are told show the same step.
    const [listed] = await page.runs.list({ playId: null, before: null, most: 1 })
    const [row] = await page.runs.rows([id])
    expect([listed, row]).toMatchObject([
      { id, progress: step(0.75) },
      { id, progress: step(0.75) },
    ])
    await page.runs.cancel(id)
    expect(await worker.jobs.beat(job, lease, step(0.9))).toBe('cancelled')
    expect(await worker.runs.end(id, job, { state: 'cancelled' })).toBe(true)
    await end
    expect(seen.at(-1)).toMatchObject({ state: 'cancelled', progress: null })
    await close()
  })
})

describe('a Redis', () => {
  it('that is emptied loses no more than the last step', async () => {
    const { worker, page, close } = await both(true)
    const { id, job } = await takeRun({ worker })
    const { end, shares } = await look(page, id)
    await worker.jobs.beat(job, lease, step(0.25))
    await expect.poll(shares).toContain(0.25)
    const client = new Redis(redis.url)
    expect(await client.keys('*')).toContain(`playloom:progress:${id}`)
    await client.flushall()
    client.disconnect()
    expect(await page.runs.get(id)).toMatchObject({ state: 'running', progress: null })
    await worker.jobs.beat(job, lease, step(0.5))
    await expect.poll(shares).toContain(0.5)
    await worker.runs.end(id, job, { state: 'failed', failure: 'said' })
    await end
    expect(await page.runs.get(id)).toMatchObject({ state: 'failed', failure: 'said' })
    await close()
  })

  it('that is killed in mid-run hands the steps to rows, and has them again when it is back', async () => {
    const { worker, page, close } = await both(true)
    const { id, job } = await takeRun({ worker })
    const { end, shares } = await look(page, id)
    process.kill(pidOf(redis.identity), 'SIGKILL')
    await expect.poll(() => worker.hot?.health()).toBeNull()
    const from = performance.now()
    expect(await worker.jobs.beat(job, lease, step(0.3))).toBe('on')
    expect(performance.now() - from).toBeLessThan(5000)
    await expect.poll(shares).toContain(0.3)
    expect((await rowOf(job))?.progress).toEqual(step(0.3))
    await start()
    await expect.poll(() => worker.hot?.health(), { timeout: 20_000 }).not.toBeNull()
    await expect.poll(() => page.hot?.health(), { timeout: 20_000 }).not.toBeNull()
    // A busy disk may make the first answers late; from then on no step needs a row.
    let share = 0.6
    const needsRow = async (): Promise<boolean> => {
      share += 0.001
      await worker.jobs.beat(job, lease, step(share))
      return JSON.stringify((await rowOf(job))?.progress) === JSON.stringify(step(share))
    }
    await expect.poll(needsRow, { timeout: 20_000 }).toBe(false)
    await expect.poll(shares, { timeout: 20_000 }).toContain(share)
    await worker.runs.end(id, job, { state: 'cancelled' })
    await end
    await close()
  })

  it('that hangs is waited for a second, not for ever', async () => {
    const { worker, close } = await both(true)
    const { job } = await takeRun({ worker })
    process.kill(pidOf(redis.identity), 'SIGSTOP')
    try {
      const from = performance.now()
      expect(await worker.jobs.beat(job, lease, step(0.4))).toBe('on')
      expect(performance.now() - from).toBeLessThan(10_000)
      expect((await rowOf(job))?.progress).toEqual(step(0.4))
    } finally {
      process.kill(pidOf(redis.identity), 'SIGCONT')
    }
    await close()
  })
})
