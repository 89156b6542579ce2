// Backup and restore on the real server: every row comes back as it was, or nothing is changed; what is here already is
// never overwritten without a word; nightly ones are made and thrown away by themselves.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkArchive, type Entry } from '../../../bin/backup/archive.mjs'
import { dump } from '../../../bin/backup/dump.mjs'
import { dueIn, newPath, prune } from '../../../bin/backup/keep.mjs'
import { isEmpty, restore } from '../../../bin/backup/load.mjs'
import { openLog } from '../../../bin/services/logs.mjs'
import { backUpNightly } from '../../../bin/services/nightly.mjs'
import { startPostgres } from '../../../bin/services/postgres.mjs'
import { temporaryFolder } from '../../fixtures/data/workshop'
import { query, testDatabase } from '../../fixtures/database'
import { fillEveryTable, oddText } from '../../fixtures/everyTable'
import { documentOf, playloom } from '../cli/command'

const filled = testDatabase()
const empty = testDatabase()
beforeAll(() => fillEveryTable(filled.url))

const tablesOf = ({ entries }: { entries: readonly Entry[] }) =>
  Object.fromEntries(
    entries
      .filter(({ name }) => name.startsWith('tables/'))
      .map(({ name, sha256, rows }) => [name, `${rows} ${sha256}`]),
  )

const writeManifest = (folder: string, names: readonly string[]): void =>
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ files: names.map((name) => ({ name })) }))

/** A data folder with one series, a file of facts and a cache. */
const dataFolder = (): string => {
  const folder = join(temporaryFolder(), 'data')
  const series = join(folder, 'series/binance_BTCUSDT/klines/1m')
  mkdirSync(series, { recursive: true })
  writeFileSync(join(series, '2024.parquet'), Buffer.from([0, 255, 10, 13]))
  // Of an import that was cut off: no manifest names it.
  writeFileSync(join(series, '2025.parquet'), '')
  writeManifest(series, ['2024.parquet'])
  mkdirSync(join(folder, 'frames'))
  writeFileSync(join(folder, 'frames/cache'), 'made again')
  return folder
}

const backup = async (url: string, more: { dataDir?: string; withData?: boolean } = {}) => {
  const path = join(temporaryFolder(), 'backup.zip')
  await dump({ url, path, dataDir: join(temporaryFolder(), 'none'), ...more })
  return path
}
/** Draft revisions go up at a restore; all else must be the same. */
const withoutDrafts = ({ 'tables/play_draft.jsonl': _drafts, ...rest }: Record<string, string>) => rest
const nothing = () => join(temporaryFolder(), 'none')
const playsOf = async (url: string) => query(url, 'SELECT id FROM play ORDER BY id')

describe('a backup', () => {
  it('holds every table that the database has, with rows in each', async () => {
    const facts = await checkArchive(await backup(filled.url))
    const rows = await query(
      filled.url,
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
    )
    const held = facts.entries.filter(({ name }: Entry) => name.startsWith('tables/'))
    expect(held.map(({ name }: Entry) => basename(name, '.jsonl')).sort()).toEqual(rows.map(({ name }) => name))
    // A table that is added later must be filled by the fixture, else nothing here speaks for it.
    expect(held.filter(({ rows: count }: Entry) => count === 0)).toEqual([])
  })

  it('brings every row back as it was, while others are connected, and counters go on', async () => {
    const path = await backup(filled.url)
    const before = await filled.stores.plays.list()
    const drafts = 'SELECT play_id, yaml, sidecar::text, loose, saved_at, origin, actor FROM play_draft ORDER BY 1'
    const written = await query(filled.url, drafts)
    await query(filled.url, 'TRUNCATE play CASCADE')
    await query(filled.url, "INSERT INTO play (id, title, actor) VALUES ('later', 'x', 'local')")
    await restore({ url: filled.url, path, dataDir: nothing() })
    const again = tablesOf(await checkArchive(await backup(filled.url)))
    expect(withoutDrafts(again)).toEqual(withoutDrafts(tablesOf(await checkArchive(path))))
    expect(await query(filled.url, drafts)).toEqual(written)
    // Connections of before were cut; they are made again by themselves.
    await expect.poll(() => filled.stores.plays.list().catch(() => null)).toEqual(before)
    expect(before).toMatchObject([{ id: 'p1', title: oddText, revision: 2147483647, versions: 2 }])
    const [trade] = await query(filled.url, 'SELECT net_usdt::text AS a, qty_base::text AS b FROM trade WHERE no = 1')
    expect(trade).toEqual({ a: '-0', b: '5e-324' })
    await query(filled.url, "INSERT INTO job (kind, payload, key, actor) VALUES ('x', '{}', 'after', 'local')")
    expect(await query(filled.url, "SELECT id FROM job WHERE key = 'after'")).toEqual([{ id: '3' }])
    await query(filled.url, "DELETE FROM job WHERE key = 'after'")
    await expect(query(filled.url, 'UPDATE play_version SET note = $1', ['x'])).rejects.toThrow()
    const left = await query(
      filled.url,
      "SELECT datname FROM pg_database WHERE datname LIKE current_database() || '\\_%'",
    )
    expect(left).toEqual([])
  })

  it('is of one moment, whatever is written meanwhile', async () => {
    let ended = false
    const write = async (writer: number): Promise<void> => {
      const client = new pg.Client({ connectionString: empty.url })
      await client.connect()
      for (let n = 0; !ended; n++)
        await client.query(
          `WITH one AS (INSERT INTO block_version (id, name, version, role, hash, yaml, actor)
             VALUES ('${writer}-${n}', '${writer}', ${n}, 'filter', 'h', '', 'local') RETURNING id)
           INSERT INTO run_settings (hash, settings, actor) SELECT id, '{}', 'local' FROM one`,
        )
      await client.end()
    }
    const writers = [1, 2, 3].map(write)
    for (let round = 0; round < 8; round++) {
      const { entries } = await checkArchive(await backup(empty.url))
      const count = (name: string) => entries.find((entry: Entry) => entry.name === `tables/${name}.jsonl`)?.rows
      expect(count('block_version')).toBe(count('run_settings'))
    }
    ended = true
    await Promise.all(writers)
    const [rows] = await query(empty.url, 'SELECT count(*)::int AS n FROM run_settings')
    expect(rows?.n).toBeGreaterThan(100)
    await query(empty.url, 'TRUNCATE block_version, run_settings CASCADE')
  })

  it('that is cut off, changed or of a newer version is refused, and nothing changes', async () => {
    const path = await backup(filled.url)
    const cut = `${path}.cut`
    copyFileSync(path, cut)
    truncateSync(cut, 3000)
    const changed = `${path}.changed`
    const bytes = readFileSync(path)
    const at = bytes.indexOf('tables/play.jsonl') + 60
    bytes[at] = (bytes[at] ?? 0) ^ 0x10
    writeFileSync(changed, bytes)
    for (const file of [cut, changed, join(import.meta.dirname, 'backup.test.ts')])
      await expect(restore({ url: empty.url, path: file, dataDir: nothing() })).rejects.toThrow(
        /is no whole backup of Playloom: .* Nothing was changed\./,
      )
    await expect(restore({ url: empty.url, path: `${path}.none`, dataDir: nothing() })).rejects.toThrow(
      /There is no file/,
    )
    await query(
      filled.url,
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '99990101000000_later', now())",
    )
    await expect(backup(filled.url)).rejects.toThrow(/99990101000000_later/)
    await query(filled.url, "DELETE FROM _prisma_migrations WHERE id = 'x'")
    expect(await isEmpty(empty.url)).toBe(true)
  })

  it('has the market data too where that is asked for; else a restore says what is lacking', async () => {
    const dataDir = dataFolder()
    const whole = await backup(empty.url, { dataDir, withData: true })
    const target = nothing()
    expect(await restore({ url: empty.url, path: whole, dataDir: target })).toMatchObject({ files: 2, lacking: [] })
    const series = 'series/binance_BTCUSDT/klines/1m'
    expect([...readFileSync(join(target, series, '2024.parquet'))]).toEqual([0, 255, 10, 13])
    expect(existsSync(join(target, 'frames'))).toBe(false)
    expect(existsSync(join(target, series, '2025.parquet'))).toBe(false)
    // What is there stays as it is.
    writeFileSync(join(target, series, 'manifest.json'), '{"sha256": "newer"}')
    expect(await restore({ url: empty.url, path: whole, dataDir: target })).toMatchObject({ files: 0 })
    expect(readFileSync(join(target, series, 'manifest.json'), 'utf8')).toContain('newer')
    const list = await backup(empty.url, { dataDir })
    expect(await restore({ url: empty.url, path: list, dataDir: nothing() })).toMatchObject({
      files: 0,
      lacking: [series],
    })
  })

  it('has of each series one state, also of one that an import changes meanwhile', async () => {
    const dataDir = dataFolder()
    const series = join(dataDir, 'series/binance_BTCUSDT/klines/1m')
    const at = (name: string) => join(series, name)
    // A pipe: its reader waits until somebody writes.
    execFileSync('mkfifo', [at('2022.parquet')])
    writeManifest(series, ['2022.parquet', '2024.parquet'])
    const dumping = backup(empty.url, { dataDir, withData: true })
    const pipe = await open(at('2022.parquet'), 'w')
    renameSync(at('2024.parquet'), at('2024-new.parquet'))
    writeManifest(series, ['2022.parquet', '2024-new.parquet', '2025.parquet'])
    await pipe.writeFile('first')
    await pipe.close()
    const target = nothing()
    await restore({ url: empty.url, path: await dumping, dataDir: target })
    const restored = join(target, 'series/binance_BTCUSDT/klines/1m')
    const names = ['2022.parquet', '2024-new.parquet', '2025.parquet']
    expect(readdirSync(restored).sort()).toEqual([...names, 'manifest.json'])
    expect(readFileSync(join(restored, '2022.parquet'), 'utf8')).toBe('first')
    expect(readFileSync(join(restored, 'manifest.json'), 'utf8')).toContain('2024-new')

    rmSync(at('2022.parquet'))
    await expect(backup(empty.url, { dataDir, withData: true })).rejects.toThrow(/is damaged: 2022\.parquet is missing/)
  })
})

describe('the commands', () => {
  const run = (args: string[], url: string, stateDir: string) =>
    playloom([...args, '--json'], { env: { DATABASE_URL: url, STATE_DIR: stateDir, DATA_DIR: nothing() } })

  it('write a backup and bring it back, after a backup of what is here', async () => {
    const stateDir = temporaryFolder()
    const made = await run(['backup'], filled.url, stateDir)
    expect([made.code, made.err]).toEqual([0, ''])
    const { path } = documentOf(made) as { path: string }
    expect(path.startsWith(join(stateDir, 'backups/backup-'))).toBe(true)

    const refused = await run(['restore', path], filled.url, stateDir)
    expect(refused.code).toBe(4)
    expect(documentOf(refused)).toMatchObject({ problems: [{ hint: expect.stringContaining('--yes') }] })
    await query(filled.url, "UPDATE play SET title = 'changed since' WHERE id = 'p1'")
    const restored = await run(['restore', path, '--yes'], filled.url, stateDir)
    expect([restored.code, restored.err]).toEqual([0, ''])
    const { safety } = documentOf(restored) as { safety: string }
    expect(await query(filled.url, "SELECT title FROM play WHERE id = 'p1'")).toEqual([{ title: oddText }])
    // And back again: what was here before is not lost.
    await restore({ url: filled.url, path: safety, dataDir: nothing() })
    expect(await query(filled.url, "SELECT title FROM play WHERE id = 'p1'")).toEqual([{ title: 'changed since' }])

    const fresh = await run(['restore', path], empty.url, stateDir)
    expect([fresh.code, documentOf(fresh)]).toMatchObject([0, { safety: null }])
    expect(await playsOf(empty.url)).toEqual([{ id: 'p1' }, { id: 'p2' }])
  })

  it('bring it back on a new machine, before its first start', async () => {
    const path = await backup(filled.url)
    const stateDir = temporaryFolder()
    chmodSync(stateDir, 0o755)
    const env = { STATE_DIR: stateDir, DATA_DIR: nothing() }
    const none = await playloom(['backup', '--json'], { env })
    expect([none.code, documentOf(none)]).toMatchObject([
      4,
      { problems: [{ message: expect.stringMatching(/^Nothing is kept/) }] },
    ])
    const ended = await playloom(['restore', path], { env })
    expect([ended.code, ended.err]).toEqual([0, ''])
    expect(ended.out).toMatch(/^restored 1\d rows as of 20\d\d-/)
    const { url, adopted, stop } = await startPostgres({ stateDir })
    expect(adopted).toBe(false)
    expect(await playsOf(url)).toEqual([{ id: 'p1' }, { id: 'p2' }])
    await stop()
  })

  it('say what is wrong with a file that is none', async () => {
    const ended = await run(['restore', join(temporaryFolder(), 'no.zip'), '--yes'], filled.url, temporaryFolder())
    expect(ended.code).toBe(4)
    expect(ended.err + ended.out).toContain('There is no file')
    expect(ended.err + ended.out).not.toContain(new URL(filled.url).password)
  })
})

describe('nightly backups', () => {
  it('are due once a day, and seven are kept; those that were asked for stay', () => {
    const stateDir = temporaryFolder()
    expect(dueIn(stateDir)).toBe(0)
    const day = 86_400_000
    const now = Date.now()
    const touch = (path: string, ms: number) => {
      writeFileSync(path, '')
      utimesSync(path, ms / 1000, ms / 1000)
    }
    for (let n = 0; n < 10; n++) touch(newPath(stateDir, 'nightly', now - n * day), now - n * day - 1000)
    touch(newPath(stateDir, 'backup', now - 400 * day), now - 400 * day)
    touch(`${newPath(stateDir, 'nightly', now)}.7.part`, now - 2 * day)
    prune(stateDir)
    const left = readdirSync(join(stateDir, 'backups'))
    expect(left.filter((name) => name.startsWith('nightly'))).toHaveLength(7)
    expect(left).toContain(basename(newPath(stateDir, 'nightly', now)))
    expect(left).toContain(basename(newPath(stateDir, 'backup', now - 400 * day)))
    expect(left.some((name) => name.endsWith('.part'))).toBe(false)
    expect(dueIn(stateDir, now)).toBeGreaterThan(day - 10_000)
    expect(dueIn(stateDir, now + 2 * day)).toBe(0)
    expect(dueIn(stateDir, now - 30 * day)).toBe(0)
  })

  it('that cannot be made end nothing else: the log says why', async () => {
    const stateDir = temporaryFolder()
    const log = openLog(stateDir, 'supervisor')
    writeFileSync(join(stateDir, 'backups'), 'a file in the way')
    const stopping = new AbortController()
    const env = { DATABASE_URL: filled.url, DATA_DIR: nothing() }
    const making = backUpNightly({ stateDir, env, log, signal: stopping.signal, firstMs: 10 })
    const failed = making.catch((error: Error) => `ended by ${error.message}`)
    const said = () => readFileSync(log.path, 'utf8')
    await expect.poll(() => existsSync(log.path) && said(), { timeout: 30_000 }).toMatch(/"level":50.*EEXIST/)
    stopping.abort()
    expect(await failed).toBeUndefined()
    await log.close()
  })

  it('are made by themselves while Playloom runs, once', async () => {
    const stateDir = temporaryFolder()
    const log = openLog(stateDir, 'supervisor')
    const stopping = new AbortController()
    const env = { DATABASE_URL: filled.url, DATA_DIR: nothing() }
    const making = backUpNightly({ stateDir, env, log, signal: stopping.signal, firstMs: 10 })
    const made = () => readdirSync(join(stateDir, 'backups')).filter((name) => name.endsWith('.zip'))
    await expect.poll(() => existsSync(join(stateDir, 'backups')) && made().length, { timeout: 30_000 }).toBe(1)
    await expect.poll(() => readFileSync(log.path, 'utf8'), { timeout: 30_000 }).toContain('nightly backup')
    stopping.abort()
    await making
    expect(made()).toEqual([expect.stringMatching(/^nightly-/)])
    expect(tablesOf(await checkArchive(join(stateDir, 'backups', made()[0] ?? '')))).toHaveProperty([
      'tables/play.jsonl',
    ])
    await log.close()
  })
})
