// Brings a database to the newest migration; two that start at once wait for each other.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { root } from '../run.mjs'
import { openEngine } from './wasm.mjs'

const folder = join(root, 'prisma/migrations')
const lockFile = 'migration_lock.toml'
/** Ours, around the engine's own (72707369), which gives up after ten seconds. */
const advisoryLock = 5_064_501

/** The migrations of this version, oldest first, as the engine reads them. */
const listed = () => ({
  baseDir: folder,
  lockfile: { path: lockFile, content: readFileSync(join(folder, lockFile), 'utf8') },
  shadowDbInitScript: '',
  migrationDirectories: readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const file = { tag: 'ok', value: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }
      return { path: name, migrationFile: { path: 'migration.sql', content: file } }
    }),
})

/** Migrations that this version does not know were made by a newer one. */
const refuseNewer = async (client, known) => {
  const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there")
  if (!rows[0].there) return
  const applied = await client.query('SELECT migration_name FROM _prisma_migrations WHERE rolled_back_at IS NULL')
  const unknown = applied.rows.map(({ migration_name: name }) => name).filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new Error(
      `The database was made by a newer Playloom (it has ${unknown[0]}). Start that version, or restore a backup.`,
    )
}

/**
 * Applies what is missing and returns the names of it. Throws with a sentence; a failed migration leaves nothing behind.
 * @param {string} url
 */
export const migrate = async (url) => {
  const migrationsList = listed()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock])
    await refuseNewer(
      client,
      migrationsList.migrationDirectories.map(({ path }) => path),
    )
    const { engine, close } = await openEngine(url, [])
    const filters = { externalTables: [], externalEnums: [] }
    try {
      return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames
    } finally {
      await close()
    }
  } finally {
    await client.end()
  }
}
