// What a machine does to servers: a database that hangs, dies or has no room, folders that cannot be written to, a Node
// that is too old, no network, a clock that is set back. Each is a sentence, in time, and nothing that was kept is lost.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { migrate } from '../../../bin/prisma/migrate.mjs'
import { takeFolder } from '../../../bin/services/lock.mjs'
import { startPostgres } from '../../../bin/services/postgres.mjs'
import { pidOf } from '../../../bin/services/process.mjs'
import { servicesOf } from '../../../bin/services/table.mjs'
import { Failure } from '../../../server/core/failure'
import { listenTo } from '../../../server/io/db/listen'
import { openStores } from '../../../server/io/db/stores'
import type { DraftSave, DraftSaved, Stores } from '../../../server/run/stores'
import { temporaryFolder } from '../../fixtures/data/workshop'
import { query, testDatabase } from '../../fixtures/database'

const linux = process.platform === 'linux'
const root = process.getuid?.() === 0

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const work of undo.splice(0).reverse()) await work()
})

/** That everybody may pass: the database of a start by root runs as nobody. */
const openFolder = (): string => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  return folder
}

/** A disk of its own in memory; null where this machine does not let us have one. */
const smallDisk = (options: string): string | null => {
  const folder = openFolder()
  if (!linux || !root || spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status !== 0) return null
  undo.push(() => execFileSync('umount', ['-l', folder]))
  return folder
}

const postgresOn = async (stateDir: string) => {
  const server = await startPostgres({ stateDir })
  undo.push(server.stop)
  await migrate(server.url)
  const stores = openStores(server.url)
  undo.push(() => stores.close())
  return { server, stores }
}

const draft = (playId: string, seen: number, more: Partial<DraftSave> = {}): DraftSave => ({
  playId,
  seen,
  title: 'T',
  yaml: `play: ${playId}`,
  sidecar: {},
  loose: null,
  origin: 'tab',
  actor: 'local',
  ...more,
})

const outcome = (work: Promise<DraftSaved>): Promise<DraftSaved | string> =>
  work.catch((error: unknown) => {
    if (error instanceof Failure) return error.code
    throw error
  })

/** A server with all the processes that it has at this moment. */
const family = (identity: string): readonly number[] => {
  const pid = pidOf(identity)
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
  return [pid, ...children]
}

const saves = (stores: Stores, playId: string) =>
  expect.poll(() => outcome(stores.plays.save(draft(playId, 0))), { timeout: 30_000 })

describe('a database', () => {
  it.runIf(linux)('that hangs is told as away within seconds, and is used again when it moves', async () => {
    const { server, stores } = await postgresOn(openFolder())
    expect(await outcome(stores.plays.save(draft('before', 0)))).toMatchObject({ kind: 'saved' })
    const stopped = family(server.identity)
    for (const pid of stopped) process.kill(pid, 'SIGSTOP')
    const from = performance.now()
    try {
      const asked = await Promise.all([
        outcome(stores.plays.save(draft('during', 0))),
        stores.plays.list().catch((e) => e.code),
      ])
      expect(asked).toEqual(['database_away', 'database_away'])
      expect(performance.now() - from).toBeLessThan(20_000)
    } finally {
      for (const pid of stopped) process.kill(pid, 'SIGCONT')
    }
    await saves(stores, 'after').toMatchObject({ kind: 'saved', revision: 1 })
    // The save that nobody acknowledged is sent again: it is one save, done then or now.
    expect(await outcome(stores.plays.save(draft('during', 0)))).toEqual({ kind: 'saved', revision: 1 })
  })

  it('that is gone is told as away; who listens hears that something may have been missed when it is back', async () => {
    const stateDir = openFolder()
    const { server, stores } = await postgresOn(stateDir)
    const heard: (string | null)[] = []
    undo.push(await listenTo({ url: server.url, channel: 'news' }, (text) => heard.push(text)))
    expect(await outcome(stores.plays.save(draft('kept', 0)))).toMatchObject({ kind: 'saved' })
    await server.stop()
    expect(await outcome(stores.plays.save(draft('lost', 0)))).toBe('database_away')
    await expect(stores.health()).rejects.toMatchObject({ code: 'database_away', retry: true })
    const before = heard.length
    const again = await startPostgres({ stateDir })
    undo.push(again.stop)
    expect(again.url).toBe(server.url)
    await saves(stores, 'back').toMatchObject({ kind: 'saved' })
    expect((await stores.plays.list()).map(({ id }) => id).sort()).toEqual(['back', 'kept'])
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(before)
    expect(heard.at(-1)).toBe(null)
    await query(server.url, "SELECT pg_notify('news', 'hello')")
    await expect.poll(() => heard.at(-1), { timeout: 20_000 }).toBe('hello')
  })

  it('whose disk is full says so, loses nothing that it acknowledged, and goes on when there is room', async ({
    skip,
  }) => {
    const disk = smallDisk('size=160m')
    if (disk === null) return skip('this machine gives us no disk of our own')
    chmodSync(disk, 0o755)
    const { stores } = await postgresOn(disk)
    const acknowledged: string[] = []
    const ballast = join(disk, 'ballast')
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 8 * 1024 * 1024)))
    // What does not compress: sixteen of them are more than the room that is left.
    const noise = () => Array.from({ length: 12_000 }, () => Math.random().toString(36)).join('')
    const answers = new Set<string>()
    for (let n = 0; n < 200 && answers.size === 0; n++) {
      const answer = await outcome(stores.plays.save(draft(`full-${n}`, 0, { loose: noise() })))
      if (typeof answer === 'string') answers.add(answer)
      else acknowledged.push(`full-${n}`)
    }
    expect(['disk_full', 'database_away']).toContain([...answers][0])
    rmSync(ballast)
    // A server that could not write its journal has stopped; it recovers at the next start.
    const { stores: after } = await postgresOn(disk)
    await saves(after, 'room').toMatchObject({ kind: 'saved' })
    const there = (await after.plays.list()).map(({ id }) => id)
    expect(there).toEqual(expect.arrayContaining(acknowledged))
    expect(acknowledged.length).toBeGreaterThan(5)
  })
})

describe('a start', () => {
  const refusal = (stateDir: string): string => {
    try {
      takeFolder({ stateDir, url: 'http://127.0.0.1:1' }).release()
      return 'taken'
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  it('says in words that its folder is read-only, full, or no folder', ({ skip }) => {
    const file = join(openFolder(), 'file')
    writeFileSync(file, '')
    expect(refusal(join(file, 'state'))).toMatch(
      /cannot keep anything in .*file\/state: a file is in the way\..*STATE_DIR=/,
    )
    const closed = smallDisk('ro')
    if (closed === null) return skip('this machine gives us no disk of our own')
    expect(refusal(join(closed, 'state'))).toMatch(/cannot keep anything in .*read-only/)
    const full = smallDisk('size=64k') ?? ''
    mkdirSync(join(full, 'state'))
    expect(refusal(join(full, 'state'))).toBe('taken')
    expect(() => writeFileSync(join(full, 'ballast'), Buffer.alloc(128 * 1024))).toThrow(/ENOSPC/)
    expect(refusal(join(full, 'state'))).toMatch(/that disk is full/)
    expect(readdirSync(join(full, 'state'))).toEqual([])
  })

  it('by a Node that is too old says which one is needed', () => {
    const older = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.8'})"
    const script = join(import.meta.dirname, '../../../bin/start.mjs')
    const { status, stderr } = spawnSync(process.execPath, ['--import', older, script], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([
      1,
      'Playloom needs Node.js 20.20 or newer; this is 18.20.8. Get a newer one at nodejs.org.\n',
    ])
  })

  it('without Redis and without a network goes on, and says what passes the news instead', async () => {
    const { PATH, XDG_CACHE_HOME } = process.env
    process.env.PATH = ''
    process.env.XDG_CACHE_HOME = openFolder()
    try {
      const hot = servicesOf({ stateDir: openFolder(), port: 1 }).find(({ name }) => name === 'hot')
      const state = await hot?.start({}, { signal: new AbortController().signal, note: () => {} })
      expect(state).toEqual({ off: expect.stringMatching(/no redis-server here.*PostgreSQL passes the news instead/) })
    } finally {
      process.env.PATH = PATH
      if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME
      else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME
    }
  })
})

describe('Temporal', () => {
  it.each([
    ['cluster:7233', '', { word: 'Temporal at cluster:7233', env: { TEMPORAL_ADDRESS: 'cluster:7233' } }],
    ['', '1', { off: expect.stringMatching(/^PLAYLOOM_NO_TEMPORAL is set; .*everything else works$/) }],
    ['', '', { off: expect.stringMatching(/^no Temporal CLI here, .* put `temporal` on PATH, or name a server/) }],
  ])('named %j, forbidden %j, is a row that says so', async (address, forbidden, expected) => {
    vi.stubEnv('TEMPORAL_ADDRESS', address)
    vi.stubEnv('PLAYLOOM_NO_TEMPORAL', forbidden)
    // Neither a program nor a way to one.
    vi.stubEnv('PATH', '')
    vi.stubEnv('XDG_CACHE_HOME', openFolder())
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })))
    try {
      const service = servicesOf({ stateDir: openFolder(), port: 1 }).find(({ name }) => name === 'temporal')
      const state = await service?.start({}, { signal: new AbortController().signal, note: () => {} })
      expect(state).toMatchObject(expected)
    } finally {
      vi.unstubAllEnvs()
      vi.unstubAllGlobals()
    }
  })
})

describe('a clock that was set back', () => {
  const database = testDatabase()
  it('keeps no job waiting: one that waits longer than any wait is free', async () => {
    const { jobs } = database.stores
    const id = await jobs.add({ kind: 'clock', key: 'clock', payload: {}, actor: 'local' })
    await query(database.url, "UPDATE job SET not_before = now() + interval '1 hour' WHERE id = $1", [id])
    expect((await jobs.take(['clock'], 'first', 15_000))?.id).toBe(id)
    // Its taker died before the clock was set back an hour.
    expect(await jobs.take(['clock'], 'second', 15_000)).toBe(null)
    await query(database.url, "UPDATE job SET lease_until = now() + interval '1 hour' WHERE id = $1", [id])
    expect((await jobs.take(['clock'], 'second', 15_000))?.attempt).toBe(2)
  })
})
