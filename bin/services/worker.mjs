// The worker process: our bundle under this Node, ready when it says so.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../run.mjs'
import { redacted } from './logs.mjs'
import { identityOf, leash } from './process.mjs'

/** Ends within five seconds, asked or not: what it gave up is taken again later. */
const patienceMs = 5000
/** Opening the database may have to wait for its recovery. */
const readyMs = 60_000

const isOver = (child) => child.exitCode !== null || child.signalCode !== null

const stopper = (child, ended) => async () => {
  if (isOver(child)) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await ended
  clearTimeout(timer)
}

/**
 * @param {object} options
 * @param {Record<string, string>} options.env
 * @param {import('./logs.mjs').Log} options.log takes its words
 * @param {(identity: string | null) => void} [options.note] told of the process as soon as there is one
 */
export const serveWorker = async ({ env, log, note = () => {} }) => {
  const child = spawn(process.execPath, [...leash, '--enable-source-maps', join(root, 'dist/cli/worker.js')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Out of the terminal's group: Ctrl-C reaches the one who started it, and that one stops it in order.
    detached: true,
    env: { ...process.env, ...env, NODE_ENV: 'production' },
  })
  note(identityOf(child.pid ?? 0))
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.on('error', () => {})
  log.follow(child.stdout, 'info')
  log.follow(child.stderr, 'error')
  let words = ''
  child.stderr.on('data', (chunk) => {
    words = `${words}${chunk}`.slice(-2000)
  })
  const stop = stopper(child, ended)
  const ready = new Promise((resolve) => {
    child.stdout.on('data', (chunk) => {
      if (String(chunk).includes('"msg":"ready"')) resolve(true)
    })
    setTimeout(() => resolve(false), readyMs).unref()
  })
  if ((await Promise.race([ready, ended.then(() => false)])) === true) return { child, stop, ended }
  await stop()
  throw new Error(`The worker does not start: ${redacted(words.trim().split('\n').at(-1)) || `see ${log.path}`}`)
}
