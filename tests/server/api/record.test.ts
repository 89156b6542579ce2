// The routers on the real database with the real worker: drafts, runs of record from the queue to the comparison, trials.
import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { build } from '../../../bin/build.mjs'
import { settingsSchema } from '../../../blocks/engine/settings'
import { type Context, createContext } from '../../../server/api/context'
import { appRouter } from '../../../server/api/router'
import type { RecordAsk } from '../../../server/run/record/queueRun'
import type { RunNow } from '../../../server/run/stores'
import { example } from '../../app/engine/pageData'
import { temporaryFolder } from '../../fixtures/data/workshop'
import { query, testDatabase } from '../../fixtures/database'
import { endWorker, startWorker } from '../../fixtures/workerProcess'

const database = testDatabase()
const dataDir = join(temporaryFolder(), 'store')
const held: {
  context?: Context
  worker?: ChildProcess
  close?: () => Promise<void>
  api?: ReturnType<typeof appRouter.createCaller>
} = {}
const api = () => {
  if (held.api === undefined) throw new Error('made before the first test')
  return held.api
}

beforeAll(async () => {
  await build()
  const worker = await startWorker({ databaseUrl: database.url, dataDir })
  held.worker = worker
  // Threads of the build, as users have them.
  vi.stubEnv('NODE_ENV', 'production')
  const context = createContext({ DATABASE_URL: database.url, DATA_DIR: dataDir, STATE_DIR: join(dataDir, 'state') })
  vi.unstubAllEnvs()
  held.context = context
  held.api = appRouter.createCaller(context)
  held.close = async () => {
    await endWorker(worker)
    await (await context.stores()).close()
  }
}, 60_000)
afterAll(async () => {
  await held.close?.()
  rmSync(dataDir, { recursive: true, force: true })
})

const month = (playId: string, toMs = Date.UTC(2023, 1, 1)): RecordAsk => ({
  playId,
  sidecar: {},
  run: {
    tree: example('ema_pullback'),
    sets: {},
    settings: settingsSchema.parse({}),
    fromMs: Date.UTC(2023, 0, 1),
    toMs,
  },
})

/** All steps that were told, the last one its end. */
const follow = async (id: string): Promise<RunNow[]> => {
  const told: RunNow[] = []
  for await (const now of await api().run.watch({ id })) told.push(now)
  return told
}
const last = <T>(list: readonly T[]): T => {
  const one = list.at(-1)
  if (one === undefined) throw new Error('an empty list')
  return one
}
const fail = (): never => {
  throw new Error('it is not there')
}
const codeOf = (error: unknown): string => (error instanceof TRPCError ? error.code : String(error))

describe('a run of record', () => {
  it('is a version of its Play, told step by step, and what the page gets of the same', async () => {
    const ask = month('recorded')
    const { id, version } = await api().run.queue(ask)
    expect(version).toBe(1)
    const told = await follow(id)
    expect(last(told)).toMatchObject({ id, state: 'done', progress: null, cancelling: false })
    expect(told[0]?.state).toMatch(/queued|running/)
    const [record, plain] = [await api().run.report({ id }), await api().run.verify(ask.run)]
    const { timingMs: _, ...facts } = record
    const { timingMs: __, ...same } = plain
    expect(facts).toEqual(same)
    expect(record.trades.length).toBeGreaterThan(10)
    const [kept] = await api().play.versions({ id: 'recorded' })
    expect(kept).toMatchObject({ number: 1, playHash: record.playHash, logicHash: record.logicHash, actor: 'local' })
    expect(await api().run.list({ playId: 'recorded' })).toMatchObject([{ id, trades: record.trades.length }])
    // The same text again is the same version, and another run.
    expect(await api().run.queue(ask)).toMatchObject({ version: 1 })
  })

  it('is cancelled within two seconds, and everybody who looks on hears of it', async () => {
    // Long enough that it cannot end of itself before it is told to: half a million decisions, not 35,000.
    const { playId, sidecar, run } = month('cancelled', Date.UTC(2024, 0, 1))
    const { id } = await api().run.queue({ playId, sidecar, run: { ...run, tree: { ...run.tree, tf: '1m' } } })
    const looking = [follow(id), follow(id)]
    for await (const now of await api().run.watch({ id })) if (now.state === 'running') break
    const asked = performance.now()
    expect(await api().run.cancel({ id })).toBe(true)
    for (const told of await Promise.all(looking)) expect(last(told).state).toBe('cancelled')
    expect(performance.now() - asked).toBeLessThan(2000)
    expect(await api().run.cancel({ id })).toBe(false)
    await expect(api().run.report({ id })).rejects.toThrow('no report')
  })

  it('of what cannot be run is refused before anything is kept', async () => {
    const ask = month('broken')
    const refused = await api()
      .run.queue({ ...ask, run: { ...ask.run, tree: { play: 'broken' } } })
      .catch((error: unknown) => error)
    expect(codeOf(refused)).toBe('UNPROCESSABLE_CONTENT')
    expect(await api().play.versions({ id: 'broken' })).toEqual([])
    expect((await api().play.list()).some(({ id }) => id === 'broken')).toBe(false)
  })

  it('beside another tells which trades came and went', async () => {
    const first = await api().run.queue(month('compared'))
    const ask = month('compared')
    const longer = { ...ask, run: { ...ask.run, toMs: Date.UTC(2023, 1, 10) } }
    const second = await api().run.queue(longer)
    await Promise.all([follow(first.id), follow(second.id)])
    const { same, gained, lost, changed, kept, metrics } = await api().run.compare({
      before: first.id,
      after: second.id,
    })
    expect(same).toMatchObject({ play: true, range: false, trades: false })
    const [before, after] = [await api().run.report({ id: first.id }), await api().run.report({ id: second.id })]
    const all = ({ trades, open }: typeof before) => trades.length + (open === null ? 0 : 1)
    expect(all(before)).toBe(kept + changed.length + lost.length)
    expect(all(after)).toBe(kept + changed.length + gained.length)
    // Open at the end of the first, closed in the second: one decision.
    expect(changed.map((pair) => pair.before.exitMs)).toEqual([null])
    expect(gained.length).toBeGreaterThan(0)
    expect(kept).toBeGreaterThan(10)
    for (const { entryMs } of gained) expect(entryMs).toBeGreaterThanOrEqual(ask.run.toMs)
    expect(metrics.find(({ name }) => name === 'netProfitUsdt')).toEqual({
      name: 'netProfitUsdt',
      before: before.metrics.netProfitUsdt,
      after: after.metrics.netProfitUsdt,
    })
    expect(await api().run.previous({ id: second.id })).toBe(first.id)
    expect(await api().run.previous({ id: first.id })).toBeNull()
  })

  it('once more is identical; every step of both is told to who looks at the list', async () => {
    const leaving = new AbortController()
    const looker = appRouter.createCaller(held.context ?? createContext({}), { signal: leaving.signal })
    const seen = new Map<string, string[]>()
    const looking = (async () => {
      for await (const rows of await looker.run.changes())
        for (const { id, state } of rows ?? []) seen.set(id, [...(seen.get(id) ?? []), state])
    })()
    const { id } = await api().run.queue(month('repeated'))
    await follow(id)
    const again = await api().run.again({ id })
    await follow(again.id)
    await expect.poll(() => seen.get(again.id)?.at(-1)).toBe('done')
    leaving.abort()
    await looking
    expect(seen.get(id)?.at(-1)).toBe('done')
    expect(await api().run.check({ first: id, second: again.id })).toEqual({ identical: true, differences: [] })
    const [kept, copy] = [await api().run.get({ id }), await api().run.get(again)]
    expect(copy).toMatchObject({ version: 1, playVersionId: kept?.playVersionId, tradesHash: kept?.tradesHash })
    // Those of other Plays with the same text are among them: the same is the same.
    const twins = await api().run.twins({ id })
    expect(twins[0]?.id).toBe(again.id)
    for (const { tradesHash, equityHash } of twins)
      expect([tradesHash, equityHash]).toEqual([kept?.tradesHash, kept?.equityHash])
    const text = await api().run.text({ id })
    expect(JSON.parse(text)).toEqual(await api().run.report({ id }))
    expect(text).toBe((await query(database.url, `SELECT report FROM run WHERE id = '${id}'`))[0]?.report)
    const { figures, title, markets, startedMs, endedMs } = kept ?? fail()
    expect(figures?.metrics.sharpe).toEqual(JSON.parse(text).metrics.sharpe)
    expect([title, markets]).toEqual([
      'Pullback to the fast EMA in the direction of the slow one',
      ['synthetic:BTCUSDT.P'],
    ])
    expect(endedMs).toBeGreaterThan(startedMs ?? Number.NaN)
    const compared = await api().run.compare({ before: id, after: again.id })
    expect(compared).toMatchObject({ settings: [], data: [], document: [], gained: [], lost: [], changed: [] })
  })

  it('that nobody knows is a sentence', async () => {
    const id = '00000000-0000-7000-8000-000000000000'
    expect(await api().run.get({ id })).toBeNull()
    expect(codeOf(await follow(id).catch((error: unknown) => error))).toBe('NOT_FOUND')
    expect(
      codeOf(
        await api()
          .run.report({ id })
          .catch((error: unknown) => error),
      ),
    ).toBe('NOT_FOUND')
  })
})

describe('a draft', () => {
  const draft = { playId: 'kept', title: 'Kept', yaml: 'play: kept', sidecar: { at: [1] }, loose: null, origin: 'one' }

  it('of two writers: the second is told what the first saved', async () => {
    expect(await api().play.save({ ...draft, seen: 0 })).toEqual({ kind: 'saved', revision: 1 })
    expect(await api().play.save({ ...draft, seen: 1, yaml: 'theirs', origin: 'two' })).toMatchObject({ revision: 2 })
    const late = await api().play.save({ ...draft, seen: 1, yaml: 'mine' })
    expect(late).toMatchObject({ kind: 'conflict', theirs: { revision: 2, yaml: 'theirs', origin: 'two' } })
    expect((await api().play.draft({ id: 'kept' }))?.yaml).toBe('theirs')
  })

  it('of a Play that was run before it was saved is its first', async () => {
    await api().run.queue(month('run_first'))
    expect(await api().play.draft({ id: 'run_first' })).toBeNull()
    expect(await api().play.save({ ...draft, playId: 'run_first', seen: 0 })).toEqual({ kind: 'saved', revision: 1 })
  })

  it.each([
    ['an id that is a path', { ...draft, seen: 0, playId: '../etc' }],
    ['a revision below nothing', { ...draft, seen: -1 }],
    ['a text without end', { ...draft, seen: 0, yaml: 'x'.repeat(200_000) }],
    ['a key that nobody knows', { ...draft, seen: 0, actor: 'admin' }],
  ])('with %s is refused', async (_, wrong) => {
    expect(
      codeOf(
        await api()
          .play.save(wrong)
          .catch((error: unknown) => error),
      ),
    ).toBe('BAD_REQUEST')
  })
})

describe('trials', () => {
  it('are counted by Play and data, each look once', async () => {
    const sha256 = 'a'.repeat(64)
    const data = [{ instrument: 'synthetic:BTCUSDT.P', kind: 'klines' as const, tf: '1m' as const, sha256 }]
    const look = { playId: 'looked', logicHash: 'b'.repeat(64), settingsHash: 'c'.repeat(64), data, fromMs: 0, toMs: 1 }
    const rows = [0, 1, 2].map((n) => ({ ...look, logicHash: String(n).repeat(64), sharpe: n / 2, trades: n }))
    expect(await api().trial.add(rows)).toBe(3)
    expect(await api().trial.add(rows)).toBe(0)
    expect(await api().trial.count({ playId: 'looked', data })).toBe(3)
    expect(await api().trial.count({ playId: 'another', data })).toBe(0)
  })
})

describe('health', () => {
  const rowOf = async (name: string) => (await api().system.health()).find((row) => row.name === name)

  it('names each part, and a worker that is gone', async () => {
    const rows = await api().system.health()
    expect(rows.map(({ name, state }) => [name, state])).toEqual([
      ['page', 'ok'],
      ['database', 'ok'],
      ['hot', 'off'],
      ['worker', 'ok'],
      ['data', 'ok'],
      ['backup', 'off'],
      ['temporal', 'off'],
    ])
    expect(rows[1]?.word).toMatch(/^PostgreSQL 18\.\d+, \d+ MiB, answers in \d+ ms$/)
    expect(rows[3]?.word).toMatch(/^1 running, \d+ at work, \d+ waiting; the last job ended less than a minute ago$/)
    if (held.worker === undefined) throw new Error('no worker')
    await endWorker(held.worker)
    await expect.poll(async () => (await rowOf('worker'))?.state).toBe('trouble')
    expect((await rowOf('worker'))?.hint).toContain('npm start')
  })
})

describe('without a database', () => {
  it('each call says what to do, and the rest works', async () => {
    const bare = appRouter.createCaller(createContext({ DATA_DIR: dataDir }))
    const refused = await bare.play.list().catch((error: unknown) => error)
    expect(codeOf(refused)).toBe('SERVICE_UNAVAILABLE')
    expect(String(refused)).toContain('no database was started here')
    expect(await bare.system.about()).toMatchObject({ keeps: false })
    expect(await bare.system.health()).toContainEqual(expect.objectContaining({ name: 'database', state: 'off' }))
  })
})
