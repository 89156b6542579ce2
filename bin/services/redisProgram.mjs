// A redis-server for this machine: on PATH, in our cache, or taken out of Debian's packages without installing them.
import { execFile } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const call = promisify(execFile)
/** Debian keeps the server's program under the name of its checker; by its own name it serves. */
const packages = ['redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1']

export const onPath = (program) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path))

export const cacheFolder = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'playloom')

/** @typedef {{ path: string, libraries: string | null }} Program */

const env = (libraries) => (libraries === null ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries })

/** @param {Program} program */
const speaks = async ({ path, libraries }) => {
  try {
    const { stdout } = await call(path, ['--version'], { env: env(libraries), timeout: 10_000 })
    return stdout.includes('Redis server')
  } catch {
    return false
  }
}

const unpack = async (signal) => {
  const into = mkdtempSync(join(tmpdir(), 'playloom-redis-'))
  try {
    await call('apt-get', ['download', ...packages], { cwd: into, timeout: 120_000, signal })
    for (const name of readdirSync(into).filter((file) => file.endsWith('.deb')))
      await call('dpkg', ['-x', name, 'out'], { cwd: into, timeout: 30_000 })
    const kept = join(cacheFolder(), 'redis')
    const part = `${kept}.${process.pid}.part`
    mkdirSync(part, { recursive: true })
    cpSync(join(into, 'out/usr/bin/redis-check-rdb'), join(part, 'redis-server'))
    const lib = join(into, 'out/usr/lib')
    for (const folder of readdirSync(lib))
      cpSync(join(lib, folder), join(part, 'lib'), { recursive: true, verbatimSymlinks: true })
    chmodSync(join(part, 'redis-server'), 0o755)
    if (!(await speaks({ path: join(part, 'redis-server'), libraries: join(part, 'lib') }))) throw new Error('mute')
    rmSync(kept, { recursive: true, force: true })
    renameSync(part, kept)
  } finally {
    rmSync(into, { recursive: true, force: true })
  }
}

/** A fresh system knows of no packages until it has asked. */
const afterUpdate = async (signal) => {
  await call('apt-get', ['update'], { timeout: 120_000, signal })
  await unpack(signal)
}

const cached = () => {
  const folder = join(cacheFolder(), 'redis')
  return { path: join(folder, 'redis-server'), libraries: join(folder, 'lib') }
}

/**
 * Null: this machine has none and none could be fetched.
 * @param {AbortSignal} [signal]
 * @returns {Promise<Program | null>}
 */
export const findRedis = async (signal) => {
  const there = onPath('redis-server')
  if (there !== undefined) return { path: there, libraries: null }
  if (await speaks(cached())) return cached()
  if (onPath('apt-get') === undefined || onPath('dpkg') === undefined) return null
  const ways = process.getuid?.() === 0 ? [unpack, afterUpdate] : [unpack]
  for (const way of ways) {
    try {
      await way(signal)
      return cached()
    } catch {
      // The next way, or none: the caller says what that means.
    }
  }
  return null
}

/** The environment that the program needs. */
export const redisEnv = ({ libraries }) => env(libraries)
export const nativeFolder = ({ path }) => dirname(path)
