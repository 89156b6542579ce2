// A restore beside others: what was here is backed up to its last save, revisions never come again, and a file brings
// rows alone.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { Archive, readArchive } from '../../../bin/backup/archive.mjs'
import { dump } from '../../../bin/backup/dump.mjs'
import { isEmpty, restore } from '../../../bin/backup/load.mjs'
import { temporaryFolder } from '../../fixtures/data/workshop'
import { query, testDatabase } from '../../fixtures/database'
import { fillEveryTable, oddText } from '../../fixtures/everyTable'

const filled = testDatabase()
const empty = testDatabase()
beforeAll(() => fillEveryTable(filled.url))

const nothing = () => join(temporaryFolder(), 'none')
const backup = async (url: string) => {
  const path = join(temporaryFolder(), 'backup.zip')
  await dump({ url, path, dataDir: nothing() })
  return path
}
const clear = () => query(empty.url, 'TRUNCATE play, block_version, run_settings, dataset, trial, job CASCADE')

describe('a restore', () => {
  const nameOf = (url: string) => new URL(url).pathname.slice(1)
  const admin = (sql: string) => {
    const url = new URL(filled.url)
    url.pathname = '/postgres'
    return query(url.href, sql)
  }
  const at = (name: string) => {
    const url = new URL(filled.url)
    url.pathname = `/${name}`
    return url.href
  }
  const besides = async () => {
    const rows = await admin(`SELECT datname FROM pg_database WHERE starts_with(datname, '${nameOf(filled.url)}_')`)
    return rows.map(({ datname }) => String(datname))
  }

  it('gives no draft a revision that a browser may know of another text', async () => {
    const path = await backup(filled.url)
    const revision = async (url: string) => {
      const [row] = await query(url, "SELECT revision FROM play_draft WHERE play_id = 'p2'")
      return Number(row?.revision)
    }
    const saved = await revision(filled.url)
    await query(filled.url, "UPDATE play_draft SET revision = revision + 3 WHERE play_id = 'p2'")
    await restore({ url: filled.url, path, dataDir: nothing() })
    expect(await revision(filled.url)).toBeGreaterThan(saved + 3)
    // Again, from the same file, after saves as fast as they come.
    await query(filled.url, "UPDATE play_draft SET revision = revision + 50000 WHERE play_id = 'p2'")
    const known = await revision(filled.url)
    await restore({ url: filled.url, path, dataDir: nothing() })
    expect(await revision(filled.url)).toBeGreaterThan(known)
    await restore({ url: empty.url, path, dataDir: nothing() })
    expect(await revision(empty.url)).toBeGreaterThan(saved + 3)
    await clear()
  })

  /** The backup at `path` with other entries: its own writer tells their hashes. */
  const forged = async (path: string, change: (archive: Archive, entries: Map<string, Buffer>) => Promise<object>) => {
    const entries = new Map<string, Buffer>()
    await readArchive(path, (name) => (chunk) => {
      entries.set(name, Buffer.concat([entries.get(name) ?? Buffer.alloc(0), chunk]))
    })
    const facts = JSON.parse(String(entries.get('backup.json')))
    entries.delete('backup.json')
    const archive = new Archive(`${path}.forged`)
    const more = await change(archive, entries)
    await archive.close({ ...facts, ...more })
    return archive.path
  }
  const addAll = async (archive: Archive, entries: ReadonlyMap<string, Buffer>) => {
    for (const [name, bytes] of entries) await archive.add(name, [bytes])
  }

  it('runs no statement that comes in a file, and fills no table but those of Playloom', async () => {
    const path = await backup(filled.url)
    const evil = Buffer.from('CREATE TABLE evil (x int);')
    const schema = await forged(path, async (archive, entries) => {
      for (const [name, sql] of entries) if (name.startsWith('schema/')) entries.set(name, Buffer.concat([sql, evil]))
      await archive.add('schema/00000000000000_more.sql', [evil])
      await addAll(archive, entries)
      return {}
    })
    await restore({ url: empty.url, path: schema, dataDir: nothing() })
    expect(await query(empty.url, "SELECT to_regclass('evil') AS found")).toEqual([{ found: null }])
    await clear()

    const unnamed = await forged(path, async (archive, entries) => {
      await addAll(archive, entries)
      await archive.add('schema/00000000000000_more.sql', [evil])
      archive.entries.pop()
      return {}
    })
    await expect(restore({ url: empty.url, path: unnamed, dataDir: nothing() })).rejects.toThrow(
      /its list does not name schema\/0+_more\.sql.* Nothing was changed/,
    )
    const role = await forged(path, async (archive, entries) => {
      await addAll(archive, entries)
      await archive.add('tables/pg_description.jsonl', [Buffer.from('{"objoid": 1, "classoid": 1, "objsubid": 0}\n')])
      return { tables: ['pg_description'] }
    })
    await expect(restore({ url: empty.url, path: role, dataDir: nothing() })).rejects.toThrow(/public\.pg_description/)
    expect(await isEmpty(empty.url)).toBe(true)
  })

  it('backs up what was here up to its last save', async () => {
    const path = await backup(filled.url)
    const client = new pg.Client({ connectionString: filled.url })
    client.on('error', () => {})
    await client.connect()
    let saved = 0
    const insert = "INSERT INTO run_settings (hash, settings, actor) VALUES ($1, '{}', 'local')"
    const writing = (async () => {
      for (;;) {
        await client.query(insert, [`late-${saved + 1}`])
        saved += 1
      }
    })().catch(() => {})
    const safety = join(temporaryFolder(), 'safety.zip')
    const done = await restore({ url: filled.url, path, dataDir: nothing(), safety })
    await writing
    expect(done).toMatchObject({ safety, left: [], why: null })
    expect(saved).toBeGreaterThan(20)
    await restore({ url: empty.url, path: safety, dataDir: nothing() })
    const late = "SELECT count(*)::int AS n FROM run_settings WHERE hash LIKE 'late-%'"
    // The one whose answer was cut off may be there too.
    expect([saved, saved + 1]).toContain((await query(empty.url, late))[0]?.n)
    expect(await query(filled.url, late)).toEqual([{ n: 0 }])
    await clear()
  })

  it('keeps what was here where it cannot be backed up, and says so', async () => {
    const path = await backup(filled.url)
    const inTheWay = join(temporaryFolder(), 'file')
    writeFileSync(inTheWay, '')
    await query(filled.url, "UPDATE play SET title = 'before' WHERE id = 'p1'")
    const safety = join(inTheWay, 'safety.zip')
    const done = await restore({ url: filled.url, path, dataDir: nothing(), safety })
    expect(done).toMatchObject({ safety: null, why: expect.stringMatching(/EEXIST|ENOTDIR/) })
    const title = "SELECT title FROM play WHERE id = 'p1'"
    expect(await query(filled.url, title)).toEqual([{ title: oddText }])
    const [old = ''] = done.left
    expect(await query(at(old), title)).toEqual([{ title: 'before' }])
    // Nor does the next one throw it away.
    expect(await restore({ url: filled.url, path, dataDir: nothing() })).toMatchObject({ left: [old], why: null })
    await admin(`DROP DATABASE "${old}"`)
  })

  it("drops what restores left half-way, nothing else of anybody's", async () => {
    const path = await backup(filled.url)
    const [half, foreign] = [`${nameOf(filled.url)}_restore_0123abcd`, `${nameOf(filled.url)}_restore_test`]
    await admin(`CREATE DATABASE "${half}"`)
    await admin(`CREATE DATABASE "${foreign}"`)
    await query(at(foreign), 'CREATE TABLE mine (x int)')
    await restore({ url: filled.url, path, dataDir: nothing() })
    expect(await besides()).toEqual([foreign])
    await expect(restore({ url: at(foreign), path, dataDir: nothing() })).rejects.toThrow(
      /holds something else than a Playloom.* Nothing was changed/,
    )
    expect(await query(at(foreign), 'SELECT * FROM mine')).toEqual([])
    await admin(`DROP DATABASE "${foreign}"`)
  })

  it('waits for no other one: it is refused', async () => {
    const path = await backup(filled.url)
    const other = new pg.Client({ connectionString: at('postgres') })
    await other.connect()
    await other.query('SELECT pg_advisory_lock(5064502, hashtext($1))', [nameOf(filled.url)])
    const trying = restore({ url: filled.url, path, dataDir: nothing() })
    await expect(trying).rejects.toThrow(/Another restore .* Nothing was changed/)
    await other.end()
    expect(await besides()).toEqual([])
  })
})
