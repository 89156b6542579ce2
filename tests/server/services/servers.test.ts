// The servers of a start on this machine, for real: made, stopped, taken over after a kill, never two on one folder.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Redis from 'ioredis'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { migrate } from '../../../bin/prisma/migrate.mjs'
import { startPostgres } from '../../../bin/services/postgres.mjs'
import { isRunning } from '../../../bin/services/process.mjs'
import { startRedis } from '../../../bin/services/redis.mjs'
import { temporaryFolder } from '../../fixtures/data/workshop'

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const work of undo.splice(0).reverse()) await work()
})

const query = async (url: string, sql: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const postgres = async (stateDir: string) => {
  const server = await startPostgres({ stateDir })
  undo.push(server.stop)
  return server
}
const redis = async (stateDir: string) => {
  const server = await startRedis({ stateDir })
  if (server === null) throw new Error('no redis-server on this machine and none could be fetched')
  undo.push(server.stop)
  return server
}
/** A folder that everybody may pass: a server of a start by root runs as nobody. */
const openFolder = (): string => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  return folder
}
const kill = async (identity: string): Promise<void> => {
  process.kill(Number(identity.split('@')[0]), 'SIGKILL')
  while (isRunning(identity)) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** Starts a server in another process and kills that process at once: what it started lives on. */
const startedByTheDead = async (module: string, name: string, stateDir: string): Promise<void> => {
  const script = join(temporaryFolder(), 'dead.mjs')
  const path = join(import.meta.dirname, '../../../bin/services', module)
  writeFileSync(
    script,
    `import { ${name} } from ${JSON.stringify(path)}
await ${name}({ stateDir: ${JSON.stringify(stateDir)} })
process.kill(process.pid, 'SIGKILL')\n`,
  )
  const child = fork(script)
  const [, signal] = await once(child, 'close')
  expect(signal).toBe('SIGKILL')
}

describe('PostgreSQL', () => {
  it('keeps rows over a stop, a kill and the death of who started it, and lets nobody in without its password', async () => {
    const stateDir = openFolder()
    const first = await postgres(stateDir)
    expect(first.made).toBe(true)
    await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)')
    expect(await query(first.url, 'SHOW timezone')).toEqual([{ TimeZone: 'UTC' }])
    const guessed = new URL(first.url)
    guessed.password = 'guess'
    await expect(query(guessed.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    const other = await query(first.url, 'SELECT rolname FROM pg_roles WHERE rolcanlogin')
    expect(other).toEqual([{ rolname: 'playloom' }])

    expect(await first.stop()).toBe(true)
    const second = await postgres(stateDir)
    expect([second.made, second.adopted, second.url]).toEqual([false, false, first.url])
    await query(second.url, 'INSERT INTO kept VALUES (2)')
    await kill(second.identity)
    const third = await postgres(stateDir)
    expect(third.adopted).toBe(false)
    expect(await query(third.url, 'SELECT n FROM kept ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }])
    await third.stop()

    await startedByTheDead('postgres.mjs', 'startPostgres', stateDir)
    const fourth = await postgres(stateDir)
    expect([fourth.adopted, fourth.url]).toEqual([true, first.url])
    expect(await query(fourth.url, 'SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 2 }])
  })

  it('keeps its files to itself', async () => {
    const stateDir = openFolder()
    await postgres(stateDir)
    const modes = ['data', 'log', 'password'].map((name) => statSync(join(stateDir, 'postgres', name)).mode & 0o077)
    expect(modes).toEqual([0, 0, 0])
  })

  it('says which version made files that it cannot open, and leaves them', async () => {
    const stateDir = openFolder()
    await (await postgres(stateDir)).stop()
    const path = join(stateDir, 'postgres/data/PG_VERSION')
    writeFileSync(path, '17\n')
    await expect(startPostgres({ stateDir })).rejects.toThrow(/made by PostgreSQL 17; this Playloom brings 18/)
    expect(existsSync(join(stateDir, 'postgres/data/base'))).toBe(true)
  })

  it.runIf(process.getuid?.() === 0)('of a start by root lies where its own user can reach it', async () => {
    const closed = temporaryFolder()
    const server = await postgres(closed)
    undo.unshift(async () => rmSync(join(server.folder, '..'), { recursive: true }))
    expect(server.folder.startsWith('/var/lib/playloom/')).toBe(true)
    expect(existsSync(join(server.folder, 'data/PG_VERSION'))).toBe(true)
  })

  it('begins again where making its files was cut off', async () => {
    const stateDir = openFolder()
    const part = join(stateDir, 'postgres/data.part')
    await startedByTheDead('postgres.mjs', 'startPostgres', stateDir)
    const whole = await postgres(stateDir)
    await whole.stop()
    expect(existsSync(part)).toBe(false)
  })
})

describe('migrations', () => {
  it('are applied once by two that start together, and again by none', async () => {
    const { url } = await postgres(openFolder())
    const applied = await Promise.all([migrate(url), migrate(url)])
    const all = readdirSync(join(import.meta.dirname, '../../../prisma/migrations')).filter((name) => /^\d/.test(name))
    expect(applied.flat()).toEqual(all.sort())
    expect(await migrate(url)).toEqual([])
  })

  it('of a newer version are a sentence, and nothing is changed', async () => {
    const { url } = await postgres(openFolder())
    await migrate(url)
    await query(
      url,
      "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '99990101000000_later')",
    )
    await expect(migrate(url)).rejects.toThrow(/made by a newer Playloom \(it has 99990101000000_later\)/)
  })
})

describe('Redis', () => {
  it('keeps what it was told over a kill, and is taken over with its password and port', async () => {
    const stateDir = openFolder()
    const first = await redis(stateDir)
    const client = new Redis(first.url)
    await client.set('kept', '1')
    await client.config('SET', 'appendfsync', 'always')
    await client.set('kept', '2')
    client.disconnect()
    await kill(first.identity)
    const second = await redis(stateDir)
    expect([second.adopted, second.url]).toEqual([false, first.url])
    await second.stop()
    await startedByTheDead('redis.mjs', 'startRedis', stateDir)
    const third = await redis(stateDir)
    expect([third.adopted, third.url]).toEqual([true, first.url])
    const again = new Redis(third.url)
    expect(await again.get('kept')).toBe('2')
    again.disconnect()
    const stranger = new Redis({ port: Number(new URL(third.url).port), host: '127.0.0.1', lazyConnect: true })
    stranger.on('error', () => {})
    await expect(stranger.get('kept')).rejects.toThrow(/NOAUTH/)
    stranger.disconnect()
  })

  it('begins anew where its files cannot be read: nothing in them is the only copy', async () => {
    const stateDir = openFolder()
    const first = await redis(stateDir)
    const client = new Redis(first.url)
    await client.set('kept', '1')
    client.disconnect()
    await first.stop()
    const folder = join(stateDir, 'redis/data/appendonlydir')
    const files = readdirSync(folder).filter((name) => name.endsWith('.manifest'))
    expect(files).toHaveLength(1)
    for (const name of files) writeFileSync(join(folder, name), 'no manifest at all')
    const second = await redis(stateDir)
    expect(second.url).toBe(first.url)
    const again = new Redis(second.url)
    expect(await again.get('kept')).toBeNull()
    again.disconnect()
    expect(existsSync(join(stateDir, 'redis/data.unreadable/appendonlydir'))).toBe(true)
  })
})
