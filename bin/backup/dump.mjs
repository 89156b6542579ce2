// Writes a backup: every table of the database as of one moment, row by row as JSON; what is stored of market data as a
// list, or whole.
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import pg from 'pg'
import { root } from '../run.mjs'
import { Archive } from './archive.mjs'
import { migrationsTable, quoted, tablesOf } from './tables.mjs'

/** Rows that are fetched together: a report is a large row. */
const rowsAtOnce = 200

const rowsOf = async function* (client, { name, key }, count) {
  const order = key.length === 0 ? '' : ` ORDER BY ${key.map(quoted).join(', ')}`
  await client.query(
    `DECLARE backup NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM ${quoted(name)} t${order}`,
  )
  for (;;) {
    const { rows } = await client.query(`FETCH ${rowsAtOnce} FROM backup`)
    if (rows.length === 0) break
    count.rows += rows.length
    yield Buffer.from(rows.map(({ line }) => `${line}\n`).join(''))
  }
  await client.query('CLOSE backup')
}

/** Files below a folder, the cache of columns apart. */
const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => !relative(folder, path).startsWith('frames') && !path.endsWith('.part'))
        .sort()
    : []

const manifest = 'manifest.json'

/** Its text, or null where the series was deleted meanwhile. */
const manifestOf = (folder) => {
  try {
    return readFileSync(join(folder, manifest), 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

const damagedSeries = (folder, why) =>
  new Error(`The series in ${folder} is damaged: ${why}. Run playloom data check, or leave --with-data out.`)

/** Names of the partitions, as the manifest has them. */
const partitionsOf = (folder, text) => {
  try {
    return JSON.parse(text).files.map(({ name }) => join(folder, name))
  } catch {
    throw damagedSeries(folder, 'its manifest cannot be read')
  }
}

/** Opened before it is begun: what an import takes away while it is read is read to its end. Null: it is not there. */
const opened = async (path) => {
  try {
    return await open(path)
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

/**
 * A manifest and all partitions that it names, whatever is imported meanwhile. The manifest comes last: a restore
 * that is cut off leaves no series that lacks some.
 */
const addSeries = async (archive, { folder, name, withData }) => {
  const added = new Set()
  let text = manifestOf(folder)
  const paths = () => (withData && text !== null ? partitionsOf(folder, text).filter((path) => !added.has(path)) : [])
  for (let [path] = paths(); path !== undefined; [path] = paths()) {
    const file = await opened(path)
    if (file !== null) {
      await archive.add(name(path), file.createReadStream())
      added.add(path)
      continue
    }
    const now = manifestOf(folder)
    if (now === text) throw damagedSeries(folder, `${basename(path)} is missing`)
    text = now
  }
  if (text !== null) await archive.add(name(join(folder, manifest)), [Buffer.from(text)])
}

const addData = async (archive, { dataDir, withData }) => {
  const name = (path) => `data/${relative(dataDir, path)}`
  for (const path of filesBelow(dataDir).filter((found) => found.endsWith('.json')))
    if (basename(path) === manifest) await addSeries(archive, { folder: dirname(path), name, withData })
    else await archive.add(name(path), createReadStream(path))
}

/** For a reader without a Playloom: a restore runs its own. */
const addSchema = async (archive, client) => {
  const { rows: there } = await client.query('SELECT to_regclass($1) IS NOT NULL AS yes', [migrationsTable])
  if (!there[0].yes) throw new Error('Nothing is kept here yet: there is nothing to back up.')
  const { rows } = await client.query(
    `SELECT migration_name AS name FROM ${migrationsTable} WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL ORDER BY 1`,
  )
  const names = rows.map(({ name }) => name)
  for (const name of names)
    await archive.add(`schema/${name}.sql`, [readFileSync(join(root, 'prisma/migrations', name, 'migration.sql'))])
  return names
}

/**
 * @param {object} options
 * @param {string} options.url of the database
 * @param {string} options.path of the new file
 * @param {string} options.dataDir
 * @param {boolean} [options.withData] the bars themselves too
 * @returns {Promise<{ path: string, bytes: number, rows: number, tables: number }>}
 */
export const dump = async ({ url, path, dataDir, withData = false }) => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC -c DateStyle=ISO' })
  await client.connect()
  const archive = new Archive(path)
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const migrations = await addSchema(archive, client)
    const tables = await tablesOf(client)
    let total = 0
    for (const table of tables) {
      const count = { rows: 0 }
      await archive.add(`tables/${table.name}.jsonl`, rowsOf(client, table, count), () => count)
      total += count.rows
    }
    await client.query('COMMIT')
    await addData(archive, { dataDir, withData })
    const order = tables.map(({ name }) => name)
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const facts = { format: 'playloom-backup', version: 1, playloom: version, withData, migrations, tables: order }
    await archive.close({ ...facts, madeAt: new Date().toISOString() })
    return { path, bytes: archive.written, rows: total, tables: tables.length }
  } catch (error) {
    archive.abandon()
    throw error
  } finally {
    await client.end()
  }
}
