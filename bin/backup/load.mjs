// Brings a backup back: into a database beside the present one, which it replaces in one step when it is whole.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import pg from 'pg'
import { migrate } from '../prisma/migrate.mjs'
import { root } from '../run.mjs'
import { checkArchive, readArchive } from './archive.mjs'
import { dump } from './dump.mjs'
import { migrationsTable, quoted, tablesOf } from './tables.mjs'

/** As Prisma makes it. */
const migrationsDdl = `CREATE TABLE ${migrationsTable} (id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`

/** Of one statement. */
const batchBytes = 4 * 1024 * 1024

const folder = join(root, 'prisma/migrations')

const refuseNewer = ({ migrations, playloom }) => {
  const known = readdirSync(folder)
  const unknown = migrations.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new Error(
      `This backup was made by a newer Playloom (${playloom}, it has ${unknown}). Restore it with that version. Nothing was changed.`,
    )
}

/** The lines of one table, put into the database in pieces. */
class Loader {
  rest = Buffer.alloc(0)
  lines = []
  bytes = 0

  constructor(client, table) {
    this.client = client
    this.table = table
  }

  take(chunk) {
    const text = Buffer.concat([this.rest, chunk])
    const end = text.lastIndexOf(10) + 1
    if (end > 0)
      this.lines.push(
        ...text
          .subarray(0, end - 1)
          .toString('utf8')
          .split('\n'),
      )
    this.rest = text.subarray(end)
    this.bytes += chunk.length
  }

  async flush(all) {
    if (this.lines.length === 0 || (!all && this.bytes < batchBytes)) return
    // Not what PostgreSQL has by the same name in a schema of its own.
    const name = `public.${quoted(this.table)}`
    const rows = `[${this.lines.join(',')}]`
    this.lines = []
    this.bytes = 0
    await this.client.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1::json)`, [
      rows,
    ])
  }
}

const setCounters = async (client) => {
  const { rows } = await client.query(`
    SELECT table_name AS t, column_name AS c, pg_get_serial_sequence(quote_ident(table_name), column_name) AS s
    FROM information_schema.columns WHERE table_schema = 'public'
      AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL`)
  for (const { t, c, s } of rows)
    await client.query(
      `SELECT setval($1, COALESCE((SELECT max(${quoted(c)}) FROM ${quoted(t)}), 1), EXISTS (SELECT 1 FROM ${quoted(t)}))`,
      [s],
    )
}

/** Of saves between the look at the present database and its replacement. */
const spare = 1000
/** 2026-01-01, Unix s: time goes faster than anybody saves, also where the present database is lost. */
const epoch = 1_767_225_600

/** By Play: the revision of its draft that browsers may know. */
const revisionsOf = async (client) => {
  const { rows: there } = await client.query("SELECT to_regclass('play_draft') IS NOT NULL AS yes")
  if (!there[0].yes) return {}
  const { rows } = await client.query('SELECT play_id, revision FROM play_draft')
  return Object.fromEntries(rows.map(({ play_id: id, revision }) => [id, revision]))
}

/**
 * A revision that was given out must not come again for another text: a browser that saw it would take the restored draft
 * for its own, and write over what others save after it.
 */
const raiseRevisions = (client, given) =>
  client.query(
    `UPDATE play_draft SET revision = LEAST(2147483647, $3 +
       GREATEST(revision, ($1::json ->> play_id)::bigint, extract(epoch FROM now())::bigint - $2))`,
    [JSON.stringify(given), epoch, spare],
  )

/** Rows of the backup in the database at `client`, at the schema of the backup. */
const fill = async (client, path, { migrations, tables, given }) => {
  await client.query('BEGIN')
  await client.query(migrationsDdl)
  // Of this installation: what a file brings is data, never a statement to be run.
  for (const name of migrations) await client.query(readFileSync(join(folder, name, 'migration.sql'), 'utf8'))
  const loaders = []
  const done = new Set()
  const open = (name) => {
    const table = /^tables\/(.*)\.jsonl$/.exec(name)?.[1]
    if (table === undefined || !tables.includes(table)) return null
    const loader = new Loader(client, table)
    loaders.push(loader)
    return (chunk, last) => {
      loader.take(chunk)
      if (last) done.add(loader)
    }
  }
  const work = async () => {
    for (const loader of [...loaders]) {
      await loader.flush(done.has(loader))
      if (done.has(loader)) loaders.splice(loaders.indexOf(loader), 1)
    }
  }
  await readArchive(path, open, work)
  await setCounters(client)
  await raiseRevisions(client, given)
  await client.query('COMMIT')
}

const withClient = async (url, work) => {
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const onServer = (url, name) => {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

/** PostgreSQL's code for a database that somebody is connected to. */
const inUse = '55006'

/** In one step: a process that is killed in the middle leaves the present database as it was. */
const swap = async (admin, { name, made, old }) => {
  await admin.query('BEGIN')
  try {
    await admin.query(`ALTER DATABASE ${quoted(name)} RENAME TO ${quoted(old)}`)
    await admin.query(`ALTER DATABASE ${quoted(made)} RENAME TO ${quoted(name)}`)
    await admin.query('COMMIT')
  } catch (error) {
    await admin.query('ROLLBACK')
    throw error
  }
}

/** Whoever is connected is sent away, and comes back to the new one. */
const replace = async (admin, { name, made, old }) => {
  const away = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()'
  for (let attempt = 1; ; attempt++) {
    await admin.query(away, [name])
    try {
      return await swap(admin, { name, made, old })
    } catch (error) {
      // Somebody came back between the two.
      if (error.code !== inUse || attempt === 20) throw error
    }
  }
}

/** Databases of restores into `name`: those that were cut off half-way, and those that held what was here before. */
const besides = async (admin, name) => {
  const { rows } = await admin.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
    `${name}_restore_`,
  ])
  const ofForm = (form) => rows.map(({ datname }) => datname).filter((found) => form.test(found.slice(name.length)))
  return { half: ofForm(/^_restore_[0-9a-f]{8}$/), old: ofForm(/^_restore_[0-9a-f]{8}_old$/) }
}

const drop = (admin, name) => admin.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`)

/**
 * Backs up what was here before, which nobody reaches any more: it has the last save. Then it is dropped; where one of
 * both fails it stays, and `why` says so. Never throws: the restore is done.
 */
const putAway = async (admin, { url, name, old, safety, dataDir }) => {
  const there = onServer(url, old)
  let kept = null
  let why = null
  try {
    if (safety !== null && !(await isEmpty(there))) {
      await dump({ url: there, path: safety, dataDir })
      kept = safety
    }
    await drop(admin, old)
  } catch (error) {
    why = error.message
  }
  const left = await besides(admin, name)
    .then((found) => found.old)
    .catch(() => [old])
  return { safety: kept, left, why }
}

/** What must be empty for a restore that nobody confirmed. */
export const isEmpty = (url) =>
  withClient(url, async (client) => {
    for (const { name } of await tablesOf(client)) {
      if (name === migrationsTable) continue
      const { rows } = await client.query(`SELECT EXISTS (SELECT 1 FROM ${quoted(name)}) AS some`)
      if (rows[0].some) return false
    }
    return true
  })

/** What is replaced must be Playloom's: only that can be backed up. */
const refuseForeign = (url) =>
  withClient(url, async (client) => {
    const names = (await tablesOf(client)).map((table) => table.name)
    if (names.length > 0 && !names.includes(migrationsTable))
      throw new Error('This database holds something else than a Playloom: name another one. Nothing was changed.')
  })

/** Ours, of one restore into one database. */
const advisoryLock = 5_064_502

const restoreDatabase = async ({ url, path, dataDir, safety }, facts) => {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  const made = `${name}_restore_${randomBytes(4).toString('hex')}`
  const old = `${made}_old`
  return withClient(onServer(url, 'postgres'), async (admin) => {
    const { rows } = await admin.query('SELECT pg_try_advisory_lock($1, hashtext($2)) AS mine', [advisoryLock, name])
    if (!rows[0].mine)
      throw new Error('Another restore into this database is at work: wait until it has ended. Nothing was changed.')
    for (const half of (await besides(admin, name)).half) await drop(admin, half)
    await admin.query(`CREATE DATABASE ${quoted(made)} TEMPLATE template0 ENCODING 'UTF8'`)
    try {
      const given = await withClient(url, revisionsOf)
      await withClient(onServer(url, made), (client) => fill(client, path, { ...facts, given }))
      await migrate(onServer(url, made))
      await replace(admin, { name, made, old })
    } catch (error) {
      await drop(admin, made)
      throw error
    }
    return putAway(admin, { url, name, old, safety, dataDir })
  })
}

/** Writes what is not there: partitions never change under their name, and a series that is there stays as it is. */
const restoreFiles = async (path, { entries, withData }, dataDir) => {
  const manifests = entries.filter(({ name }) => /^data\/.*\.json$/.test(name)).map(({ name }) => name.slice(5))
  const lacking = new Set(manifests.filter((name) => !existsSync(join(dataDir, name))).map(dirname))
  if (!withData || lacking.size === 0) return { files: 0, lacking: [...lacking] }
  let files = 0
  await readArchive(path, (name) => {
    const inside = name.startsWith('data/') ? normalize(name.slice(5)) : ''
    if (inside === '' || inside.startsWith('..') || !lacking.has(dirname(inside))) return null
    const place = join(dataDir, inside)
    const part = `${place}.${process.pid}.part`
    mkdirSync(dirname(place), { recursive: true })
    rmSync(part, { force: true })
    return (chunk, last) => {
      writeFileSync(part, chunk, { flag: 'a' })
      if (!last) return
      renameSync(part, place)
      files += 1
    }
  })
  return { files, lacking: [] }
}

/**
 * Throws with a sentence, and nothing has changed then if it does not say what has.
 * @param {{ url: string, path: string, dataDir: string, safety?: string | null }} options `safety`: the new file for
 *   what is here now; without one it is thrown away
 * @returns {Promise<{ rows: number, files: number, lacking: string[], madeAt: string, safety: string | null,
 *   left: string[], why: string | null }>} `lacking`: series that were stored when the backup was made and are not now;
 *   `safety`: that file, null where nothing was kept here; `left`: databases of before that are still on the server
 */
export const restore = async ({ url, path, dataDir, safety = null }) => {
  const facts = await checkArchive(path)
  refuseNewer(facts)
  await refuseForeign(url)
  const before = await restoreDatabase({ url, path, dataDir, safety }, facts)
  const rows = facts.entries.reduce((sum, entry) => sum + (entry.rows ?? 0), 0)
  const data = await restoreFiles(path, facts, dataDir).catch((error) => {
    throw new Error(`The database was restored, but not all market data could be written: ${error.message}`)
  })
  return { rows, madeAt: facts.madeAt, ...before, ...data }
}
