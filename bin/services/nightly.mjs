// A backup a day while Playloom runs, made by a process of its own; old ones are thrown away (backup/keep.mjs).
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { dueIn } from '../backup/keep.mjs'

const script = fileURLToPath(new URL('../backup/main.mjs', import.meta.url))
/** After a start others come first; a computer that slept is looked at again soon, ms. */
const restMs = 120_000
const lookMs = 3_600_000

const make = ({ stateDir, env, signal }) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [script, 'backup', '--sort', 'nightly'], {
      env: { ...process.env, ...env, STATE_DIR: stateDir },
      stdio: ['ignore', 'pipe', 'ignore'],
      signal,
    })
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
    })
    child.once('error', () => {})
    child.once('close', () => resolve(text.trim()))
  })

/**
 * Until the signal. One that fails is tried again an hour later, and the log says why.
 * @param {object} options
 * @param {string} options.stateDir
 * @param {Record<string, string>} options.env with the address of the database, once it runs
 * @param {import('./logs.mjs').Log} options.log
 * @param {AbortSignal} options.signal
 * @param {number} [options.firstMs]
 */
export const backUpNightly = async ({ firstMs = restMs, ...options }) => {
  const { stateDir, env, log, signal } = options
  let wait = firstMs
  while (!signal.aborted) {
    await sleep(wait, undefined, { signal, ref: false }).catch(() => {})
    if (signal.aborted) return
    try {
      if (dueIn(stateDir) === 0 && env.DATABASE_URL !== undefined) {
        const said = await make(options)
        log.write(said.startsWith('{"done"') ? 'info' : 'error', 'nightly backup', { said })
      }
      wait = Math.min(lookMs, Math.max(dueIn(stateDir), firstMs))
    } catch (error) {
      // A folder that cannot be read or written must not end what else runs.
      log.write('error', 'nightly backup', { said: error.message })
      wait = lookMs
    }
  }
}
