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
      await archive.add(
        'tables/pg_description.jsonl',
        ['{"objoid": 1, "classoid": 1, "objsubid": 0}\n'].map(Buffer.from),
      )
      return { tables: ['pg_description'] }
    })
    await expect(restore({ url: empty.url, path: role, dataDir: nothing() })).rejects.toThrow(/public\.pg_description/)
    expect(await isEmpty(empty.url)).toBe(true)
  })
})
