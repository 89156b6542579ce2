// Downloads as jobs of the real worker process, from a local venue: followed, joined, cancelled, killed, waited for.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from '../../../bin/build.mjs'
import { createContext } from '../../../server/api/context'
import { appRouter } from '../../../server/api/router'
import { createBarStore } from '../../../server/io/bars/barStore'
import type { DownloadAsk, DownloadNow } from '../../../server/run/data/downloadJob'
import { minute, start } from '../../fixtures/data/workshop'
import { query, testDatabase } from '../../fixtures/database'
import { openVenue, type Venue } from '../../fixtures/venue/venue'
import { endWorker, startWorker } from '../../fixtures/workerProcess'
import { temporaryFolder } from '../cli/command'

const database = testDatabase()
const folder = temporaryFolder('download-jobs')
const dataDir = join(folder.path, 'store')
const minutes = 8000
const held: { worker?: ChildProcess; venue?: Venue } = {}
const venue = (): Venue => {
  if (held.venue === undefined) throw new Error('opened before the first test')
  return held.venue
}
const work = async (): Promise<ChildProcess> => {
  held.worker = await startWorker({ databaseUrl: database.url, dataDir, venueUrl: venue().url })
  return held.worker
}

beforeAll(async () => {
  await build()
  held.venue = await openVenue({ fromMs: start, minutes })
  await work()
}, 60_000)
afterAll(async () => {
  if (held.worker !== undefined) await endWorker(held.worker)
  await venue().close()
  folder.remove()
})

const contexts: ReturnType<typeof createContext>[] = []
afterAll(async () => {
  for (const context of contexts) await (await context.stores()).close()
})
const api = () => {
  const context = createContext({ DATABASE_URL: database.url, DATA_DIR: dataDir })
  contexts.push(context)
  return appRouter.createCaller(context).data
}

const [perp, spot, bybit] = ['binance:BTCUSDT.P', 'binance:BTCUSDT', 'bybit:BTCUSDT.P'] as const
const bars = (more: Partial<DownloadAsk> = {}): DownloadAsk => ({
  ...{ instrument: perp, kind: 'klines', tf: '1m', fromMs: start, toMs: start + minutes * minute },
  ...more,
})

/** What one who watches is told of a job, until `until` says that it is enough. */
const follow = async (id: string, until: (now: DownloadNow) => boolean): Promise<DownloadNow[]> => {
  const told: DownloadNow[] = []
  for await (const all of await api().downloads()) {
    const now = all.find((one) => one.id === id)
    if (now === undefined) continue
    told.push(now)
    if (until(now)) return told
  }
  throw new Error('nothing more was told')
}
const isOver = ({ endedMs }: DownloadNow): boolean => endedMs !== null
const ended = async (id: string): Promise<DownloadNow> => {
  const last = (await follow(id, isOver)).at(-1)
  if (last === undefined) throw new Error('nothing was told')
  return last
}
const isFetching = ({ step }: DownloadNow): boolean => (step?.rows ?? 0) > 0

/** Stored minutes, every byte looked at, against the venue's own; how many there are. */
const storedPrefix = async (instrument: string): Promise<number> => {
  const store = createBarStore({ dataDir })
  try {
    const key = { instrument, kind: 'klines', tf: '1m' } as const
    expect(await store.inspectOne(key)).toMatchObject({ damage: [], gaps: [] })
    const { openMs, close } = await store.bars(key, Infinity)
    const toMs = start + openMs.length * minute
    const told = venue().history.bars({ tf: '1m', mark: false, fromMs: start, toMs, nowMs: Infinity })
    expect(Array.from(openMs).join()).toBe(told.map((bar) => bar[0]).join())
    expect(Array.from(close).join()).toBe(told.map((bar) => Number(bar[4])).join())
    return openMs.length
  } finally {
    store.close()
  }
}

describe('a download as a job', () => {
  it('is told step by step, joined by who asks again, and ends with a summary; its series can then be asked for anew', async () => {
    const data = api()
    const first = await data.download(bars())
    expect(first.joined).toBe(false)
    expect(await data.download(bars({ toMs: null }))).toEqual({ id: first.id, joined: true })
    expect((await data.download(bars({ kind: 'funding', tf: null }))).joined).toBe(false)
    const told = await follow(first.id, isOver)
    const shares = told.flatMap(({ step }) => (step === undefined ? [] : [step.share]))
    expect(shares.length).toBeGreaterThan(1)
    expect([...shares].sort((a, b) => a - b)).toEqual(shares)
    expect(told.at(-1)).toMatchObject({
      ...{ state: 'done', failure: null, instrument: perp, tf: '1m' },
      summary: { added: minutes, rows: minutes, gaps: 0, holeCount: 0, toMs: start + minutes * minute },
    })
    const again = await data.download(bars())
    expect(again.id).not.toBe(first.id)
    expect(again.joined).toBe(false)
    expect(await ended(again.id)).toMatchObject({ state: 'done', summary: { added: 0, pages: 0 } })
    const [row] = await query(database.url, 'SELECT actor FROM job WHERE id = $1', [first.id])
    expect(row).toEqual({ actor: 'local' })
  })

  it('is cancelled within two seconds, also while the venue does not answer; what came is kept', async () => {
    const data = api()
    venue().fail(/\/kline$/, { kind: 'hang' }, { times: 1, skip: 3 })
    const { id } = await data.download(bars({ instrument: bybit }))
    await follow(id, isFetching)
    const askedMs = performance.now()
    expect(await data.cancelDownload({ id })).toBe(true)
    expect(await ended(id)).toMatchObject({ state: 'cancelled' })
    expect(performance.now() - askedMs).toBeLessThan(2000)
    expect(await data.cancelDownload({ id })).toBe(false)
    expect(await storedPrefix(bybit)).toBeGreaterThan(0)
  })

  it('says that the venue asks for a pause, and goes on after it', async () => {
    venue().fail(/\/markPriceKlines$/, { kind: 'status', status: 429, retryAfterS: 2 }, { times: 1, skip: 2 })
    const { id } = await api().download(bars({ kind: 'mark' }))
    const told = await follow(id, isOver)
    expect(told.map(({ step }) => step?.label ?? '').join('\n')).toMatch(/binance .*: waiting [12] s/)
    expect(told.at(-1)).toMatchObject({ state: 'done', summary: { rows: minutes } })
    expect(venue().violations).toEqual([])
  })

  it('fails in words, with what to do; what no venue could do is refused at once', async () => {
    const data = api()
    const unknown = await data.download(bars({ instrument: 'binance:NOPEUSDT.P' }))
    expect(await ended(unknown.id)).toMatchObject({ state: 'failed', trouble: { code: 'market_unknown' } })
    const change = (rows: unknown[]): unknown[] => rows.map((row) => (row as unknown[]).with(2, '-1'))
    venue().fail(/\/klines$/, { kind: 'rows', change })
    const refused = await ended((await data.download(bars({ tf: '3m' }))).id)
    expect(refused).toMatchObject({ state: 'failed', trouble: { code: 'rows_refused', hint: expect.any(String) } })
    expect(refused.failure).toContain('price not above zero')
    await expect(data.download(bars({ instrument: 'kraken:BTCUSD' }))).rejects.toThrow('no venue is known')
    await expect(data.download(bars({ tf: null }))).rejects.toThrow('timeframe')
    await expect(data.download(bars({ fromMs: null }))).rejects.toThrow('first day')
    await expect(data.download(bars({ toMs: start }))).rejects.toThrow('range is empty')
  })

  it('survives a worker that is stopped and one that is killed: no row is lost or doubled', async () => {
    const [data, first] = [api(), held.worker]
    venue().fail(/\/klines$/, { kind: 'hang' }, { times: 1, skip: 2 })
    const { id } = await data.download(bars({ instrument: spot }))
    await follow(id, isFetching)
    first?.kill('SIGTERM')
    if (first !== undefined) expect(await once(first, 'close')).toEqual([0, null])
    const [job] = await query(database.url, 'SELECT state, failure FROM job WHERE id = $1', [id])
    expect(job).toEqual({ state: 'waiting', failure: 'the worker was stopped' })
    const before = await storedPrefix(spot)
    venue().fail(/\/klines$/, { kind: 'hang' }, { times: 1, skip: 2 })
    const second = await work()
    await expect.poll(() => storedPrefix(spot), { timeout: 40_000 }).toBeGreaterThan(before)
    second.kill('SIGKILL')
    await once(second, 'close')
    // The dead one's lease need not be waited for here.
    await query(database.url, "UPDATE job SET lease_until = now() - interval '1 s' WHERE state = 'taken'")
    await work()
    const last = await ended(id)
    expect(last).toMatchObject({ state: 'done', summary: { rows: minutes } })
    expect(last.summary?.added).toBeLessThan(minutes - before)
    expect(await storedPrefix(spot)).toBe(minutes)
    const [row] = await query(database.url, 'SELECT attempts FROM job WHERE id = $1', [id])
    expect(row).toEqual({ attempts: 3 })
    if (held.worker !== undefined) await endWorker(held.worker)
    const idle = await data.download(bars())
    expect(await data.cancelDownload({ id: idle.id })).toBe(true)
    expect(await ended(idle.id)).toMatchObject({ state: 'cancelled' })
  }, 150_000)
})
