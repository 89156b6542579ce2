// Builds the page into dist/web with `next build`, and serves it; the build is skipped while its sources are the same.
import './node.mjs'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { generate } from './generate.mjs'
import { root, runPackage } from './run.mjs'
import { leash } from './services/process.mjs'
import { hashOf, inputsOfAll } from './sources.mjs'

const next = 'next/dist/bin/next'
const stampPath = join(root, 'dist/web/stamp')
/** Told to Next in every call: it sends nothing to anybody. */
const quietly = { NEXT_TELEMETRY_DISABLED: '1' }
const configs = ['proxy.ts', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.base.json', 'bin/web.mjs']

const isFresh = (hash) => existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash

const buildOnce = async (hash, signal) => {
  // Without its stamp a build that is stopped half-way is never taken for a whole one.
  rmSync(stampPath, { force: true })
  const { code, text } = await runPackage(next, ['build'], { quiet: true, env: quietly, signal })
  if (code === 0) writeFileSync(stampPath, hash)
  return { code, text }
}

/** Builds the page when it is missing or stale; returns whether it did. Waits for a build that is already on its way. */
export const buildWeb = async ({ signal } = {}) => {
  await generate()
  const hash = hashOf('app', 'blocks', 'server', 'public', ...configs, ...inputsOfAll)
  for (let attempt = 0; attempt < 150; attempt++) {
    if (isFresh(hash)) return attempt > 0
    const { code, text } = await buildOnce(hash, signal)
    if (code === 0) return true
    if (!/another next build/i.test(text)) throw new Error(`${text.trimEnd()}\nThe page could not be built.`)
    await sleep(2000, undefined, { signal })
  }
  throw new Error('Another build of the page does not end. Stop it and try again.')
}

const waitUntilReady = async (url, child) => {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('The web server ended at once.')
    try {
      const { status } = await fetch(url, { signal: AbortSignal.timeout(5000) })
      if (status === 200) return
    } catch {
      // Not listening yet.
    }
    await sleep(100)
  }
  throw new Error(`The web server does not answer at ${url}.`)
}

/** A page that looks on holds its line open for ever; what else is at work is answered in that time, ms. */
const stopMs = 2000

/** Stops within that time, asked or not. */
const stopper = (child) => async () => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs)
  await ended
  clearTimeout(timer)
}

/**
 * Serves the built page on this machine alone, until `stop` is called or the signal aborts.
 * @param {object} options
 * @param {number} options.port
 * @param {Record<string, string>} options.env
 * @param {AbortSignal} [options.signal]
 * @param {(pid: number) => void} [options.note] told of the process as soon as there is one
 * @param {import('./services/logs.mjs').Log} [options.log] takes its words; else its errors are shown
 */
export const serveWeb = async ({ port, env, signal, note = () => {}, log }) => {
  const url = `http://127.0.0.1:${port}`
  const program = join(root, 'node_modules', next)
  const child = spawn(process.execPath, [...leash, program, 'start', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: root,
    stdio: log === undefined ? ['ignore', 'ignore', 'inherit', 'ipc'] : ['ignore', 'pipe', 'pipe', 'ipc'],
    // Out of the terminal's group: Ctrl-C reaches the one who started it, and that one stops it in order.
    detached: true,
    ...(signal === undefined ? {} : { signal }),
    env: { ...process.env, ...quietly, ...env, NODE_ENV: 'production' },
  })
  note(child.pid ?? 0)
  log?.follow(child.stdout, 'info')
  log?.follow(child.stderr, 'error')
  const ended = new Promise((resolve) => child.once('close', resolve))
  // An abort is told here too; that it ended is all that matters.
  child.on('error', () => {})
  const stop = stopper(child)
  try {
    await waitUntilReady(url, child)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, child, stop, ended }
}
