// The Temporal server of this start: one process on loopback with a file of its own, adopted when it outlived us.
import { execFile, spawn } from 'node:child_process'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { readIfThere, serverFolder, writeWhole } from './folder.mjs'
import { freePort } from './port.mjs'
import { endProcess, identityOf, isRunning } from './process.mjs'
import { findTemporal } from './temporalProgram.mjs'

const call = promisify(execFile)
const namespace = 'playloom'
/** Closed workflows can be looked at for that long. */
const retention = '720h'
const stopWays = [
  ['SIGINT', 10_000],
  ['SIGKILL', 2000],
]

const isHealthy = async (path, address) => {
  try {
    const { stdout } = await call(path, ['operator', 'cluster', 'health', '--address', address], { timeout: 10_000 })
    return stdout.includes('SERVING')
  } catch {
    return false
  }
}

/** Asks until it serves; false when it does not within the time or has ended. */
const answers = async ({ path, address, identity }, waitMs) => {
  for (const from = performance.now(); performance.now() - from < waitMs; await sleep(100)) {
    if (await isHealthy(path, address)) return true
    if (!isRunning(identity)) return false
  }
  return false
}

const survivor = async ({ running }, path) => {
  const text = readIfThere(running)
  if (text === null) return null
  const { identity, address } = JSON.parse(text)
  if (!isRunning(identity)) return null
  if (await answers({ path, address, identity }, 10_000)) return { identity, address }
  // It hangs, and a second one on its file would spoil it without a word.
  await endProcess(identity, stopWays)
  return null
}

const argumentsOf = (file, port) => [
  ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'warn'],
  ...['--db-filename', file, '--namespace', namespace, '--search-attribute', 'PlayId=Keyword'],
  ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'],
  ...['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=2048'],
]

const launch = async (program, { file, running, log }) => {
  const before = readIfThere(running)
  const port = await freePort(before === null ? 0 : Number(JSON.parse(before).address.split(':')[1]))
  const fresh = !existsSync(file)
  const out = openSync(log, 'w', 0o600)
  // In a group of its own: Ctrl-C reaches the one who started it, and that one stops it.
  const child = spawn(program.path, argumentsOf(file, port), { stdio: ['ignore', out, out], detached: true })
  child.once('error', () => {})
  const address = `127.0.0.1:${port}`
  const identity = identityOf(child.pid ?? 0)
  // Before it answers: a start that is killed now must not lead to a second one on the same file.
  if (identity !== null) writeWhole(running, JSON.stringify({ identity, address }))
  if (identity !== null && (await answers({ path: program.path, address, identity }, 60_000))) {
    const update = ['operator', 'namespace', 'update', '--namespace', namespace, '--retention', retention]
    if (fresh) await call(program.path, [...update, '--address', address], { timeout: 30_000 })
    return { identity, address }
  }
  if (identity !== null) await endProcess(identity, stopWays)
  throw new Error(`Temporal does not start: ${readFileSync(log, 'utf8').trim().split('\n').at(-1)}`)
}

/**
 * A running Temporal on `stateDir`/temporal, or why there is none.
 * @param {{ stateDir: string, signal?: AbortSignal }} options
 * @returns {Promise<{ address: string, version: string, from: string, identity: string, adopted: boolean, stop: () => Promise<boolean> } | { why: string }>}
 */
export const startTemporal = async ({ stateDir, signal }) => {
  const program = await findTemporal({ signal })
  if ('why' in program) return program
  const { version, from } = program
  const folder = serverFolder(stateDir, 'temporal')
  const paths = {
    // Its files are not migrated: each version has its own. What is in them can be started again from the rows.
    file: join(folder, `${version}.db`),
    running: join(folder, 'running.json'),
    log: join(folder, 'temporal.log'),
  }
  const alive = await survivor(paths, program.path)
  const { identity, address } = alive ?? (await launch(program, paths))
  return { address, version, from, identity, adopted: alive !== null, stop: () => endProcess(identity, stopWays) }
}
