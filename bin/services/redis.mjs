// The Redis of this start: its own folder, password and port on loopback; adopted when it outlived us.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Redis from 'ioredis'
import { giveTo, reachable, readIfThere, serverFolder, serverUser, writeWhole } from './folder.mjs'
import { freePort } from './port.mjs'
import { endProcess, identityOf, isRunning } from './process.mjs'
import { findRedis, nativeFolder, redisEnv } from './redisProgram.mjs'

const stopWays = [
  ['SIGTERM', 10_000],
  ['SIGKILL', 2000],
]

/** Asks until the server has its data in memory and answers. */
const answers = async (url, waitMs, goOn) => {
  for (const from = performance.now(); performance.now() - from < waitMs; await sleep(50)) {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: null, connectTimeout: 2000 })
    client.on('error', () => {})
    try {
      await client.connect()
      if ((await client.ping()) === 'PONG') return true
    } catch {
      if (!goOn()) return false
    } finally {
      client.disconnect()
    }
  }
  return false
}

const survivor = async (paths) => {
  const text = readIfThere(paths.running)
  if (text === null) return null
  const { identity, url } = JSON.parse(text)
  const goOn = () => isRunning(identity)
  if (!goOn()) return null
  if (await answers(url, 5000, goOn)) return { identity, url }
  // It hangs, and a second one on its files would spoil them.
  await endProcess(identity, stopWays)
  return null
}

const newPlace = () => ({ port: 0, password: randomBytes(24).toString('base64url') })
const addressOf = (url) => {
  const { port, password } = new URL(url)
  return { port: Number(port), password }
}

const launch = async (program, paths) => {
  const before = readIfThere(paths.running)
  const { port: last, password } = before === null ? newPlace() : addressOf(JSON.parse(before).url)
  const port = await freePort(last)
  // The port and the password of before: whoever knows the address finds the server again.
  // A file, because a command line can be read by everybody on the machine.
  const lines = ['bind 127.0.0.1', `port ${port}`, `requirepass ${password}`, `dir ${JSON.stringify(paths.data)}`]
  writeWhole(paths.config, `${[...lines, 'appendonly yes', 'save ""', 'daemonize no'].join('\n')}\n`)
  if (serverUser !== null) chownSync(paths.config, serverUser.uid, serverUser.gid)
  const out = openSync(paths.log, 'w', 0o600)
  const child = spawn(program.path, [paths.config], {
    stdio: ['ignore', out, out],
    cwd: '/',
    detached: true,
    env: redisEnv(program),
    ...serverUser,
  })
  child.once('error', () => {})
  const url = `redis://:${password}@127.0.0.1:${port}`
  const identity = identityOf(child.pid ?? 0)
  // Before it answers: a start that is killed now must not lead to a second one on the same files.
  if (identity !== null) writeWhole(paths.running, JSON.stringify({ identity, url }))
  const goOn = () => child.exitCode === null && child.signalCode === null
  if (identity !== null && (await answers(url, 30_000, goOn))) return { identity, url }
  if (identity !== null) await endProcess(identity, stopWays)
  throw new Error(`Redis does not start: ${readFileSync(paths.log, 'utf8').trim().split('\n').at(-1)}`)
}

/** Files that it cannot read keep nobody waiting: nothing in them is the only copy. */
const launchAnew = (program, paths) => {
  const aside = `${paths.data}.unreadable`
  rmSync(aside, { recursive: true, force: true })
  renameSync(paths.data, aside)
  giveTo(serverUser, paths.data)
  return launch(program, paths)
}

/**
 * A running Redis on `stateDir`/redis; null when this machine has no redis-server and none could be fetched.
 * @param {{ stateDir: string, signal?: AbortSignal }} options
 * @returns {Promise<{ url: string, identity: string, adopted: boolean, stop: () => Promise<boolean> } | null>}
 */
export const startRedis = async ({ stateDir, signal }) => {
  const folder = serverFolder(stateDir, 'redis')
  const paths = {
    data: join(folder, 'data'),
    config: join(folder, 'redis.conf'),
    running: join(folder, 'running.json'),
    log: join(folder, 'redis.log'),
  }
  const alive = await survivor(paths)
  if (alive !== null) return { ...alive, adopted: true, stop: () => endProcess(alive.identity, stopWays) }
  const program = await findRedis(signal)
  if (program === null) return null
  giveTo(serverUser, paths.data)
  const own = program.libraries === null ? program : open(program)
  const { identity, url } = await launch(own, paths).catch(() => launchAnew(own, paths))
  return { identity, url, adopted: false, stop: () => endProcess(identity, stopWays) }
}

/** Our own copy, where the server's user can read it. */
const open = (program) => {
  const folder = reachable(nativeFolder(program), 'redis-7')
  return { path: join(folder, 'redis-server'), libraries: join(folder, 'lib') }
}
