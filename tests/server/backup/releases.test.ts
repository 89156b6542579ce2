// Backups of every release so far: restored, migrated to today's schema, and read by today's stores. One file a migration,
// written once and never again: after a new migration run this file with PLAYLOOM_DUMP=1.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dump } from '../../../bin/backup/dump.mjs'
import { restore } from '../../../bin/backup/load.mjs'
import { migrate } from '../../../bin/prisma/migrate.mjs'
import { temporaryFolder } from '../../fixtures/data/workshop'
import { query, testDatabase } from '../../fixtures/database'
import { fillEveryTable, oddText } from '../../fixtures/everyTable'

const folder = join(import.meta.dirname, '../../fixtures/dumps')
const dumps = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.backup'))
    .sort()
const migrations = readdirSync(join(import.meta.dirname, '../../../prisma/migrations')).filter((name) =>
  /^\d/.test(name),
)

describe('the newest migration', () => {
  const database = testDatabase()
  const path = join(folder, `${migrations.sort().at(-1)}.backup`)
  it('has its backup, and each one before it', async () => {
    if (process.env.PLAYLOOM_DUMP === '1' && !existsSync(path)) {
      await fillEveryTable(database.url)
      await dump({ url: database.url, path, dataDir: join(temporaryFolder(), 'none') })
    }
    expect(dumps()).toEqual(migrations.sort().map((name) => `${name}.backup`))
  })
})

describe.each(dumps())('the backup %s', (name) => {
  const database = testDatabase()
  it('is restored, migrated and read', async () => {
    await restore({ url: database.url, path: join(folder, name), dataDir: join(temporaryFolder(), 'none') })
    expect(await migrate(database.url)).toEqual([])
    const applied = await query(database.url, 'SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1')
    expect(applied.map((row) => row.name)).toEqual(migrations.sort())

    const { plays, runs, jobs, trials } = database.stores
    await expect.poll(() => plays.list().catch(() => [])).toMatchObject([{ id: 'p1', title: oddText, versions: 2 }])
    expect(await plays.draft('p1')).toMatchObject({
      revision: 2147483647,
      yaml: oddText,
      loose: oddText,
      savedMs: expect.any(Number),
    })
    expect(await plays.versions('p1')).toMatchObject([{ number: 2 }, { number: 1, note: oddText, playHash: 'ph' }])
    const done = '01a20000-0000-7000-8000-000000000001'
    expect(await runs.get(done)).toMatchObject({ state: 'done', trades: 2, tradesHash: 't', playVersionId: 'v1' })
    expect(await runs.report(done)).toBe(oddText)
    expect(await runs.get('01a20000-0000-7000-8000-000000000002')).toMatchObject({
      state: 'refused',
      problems: [{ code: 'x' }],
    })
    // What was waiting is taken as if nothing had been.
    expect(await jobs.take(['run'], 'w', 1000)).toMatchObject({
      payload: { run: '01a20000-0000-7000-8000-000000000003' },
    })
    expect(await trials.count('p1', [])).toBe(0)
    expect(await query(database.url, 'SELECT count(*)::int AS n FROM trial')).toEqual([{ n: 2 }])
  })
})
