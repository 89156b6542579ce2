// The services of one start on its folders, ready to be started: what an earlier start left behind is out of the way.

import { endLeftovers, noteRunning } from './lock.mjs'
import { openLog, redacted } from './logs.mjs'
import { backUpNightly } from './nightly.mjs'
import { isFree } from './port.mjs'
import { Supervisor } from './supervisor.mjs'
import { adopted, servicesOf } from './table.mjs'

const taken = (port) =>
  new Error(`Port ${port} is taken by another program. Stop that, or choose another: PORT=${port + 1} npm start`)

/**
 * Throws with a sentence where they cannot be started. The folder must be the caller's (takeFolder).
 * @param {{ stateDir: string, dataDir: string, port: number, say: (name: string, ms: number, word: string) => void }} options
 * @returns {Promise<Supervisor>}
 */
export const openServices = async ({ stateDir, dataDir, port, say: tell }) => {
  const log = openLog(stateDir, 'supervisor')
  const say = (name, ms, word) => {
    log.write('info', word, { service: name, ms: Math.round(ms) })
    tell(name, ms, redacted(word))
  }
  const ended = await endLeftovers(stateDir, adopted)
  if (ended.length > 0) say('leftovers', 0, `ended from a start that was cut off: ${ended.join(', ')}`)
  if (!(await isFree(port))) throw taken(port)
  const supervisor = new Supervisor(servicesOf({ stateDir, port }), {
    env: { DATA_DIR: dataDir, STATE_DIR: stateDir },
    say,
    changed: () => noteRunning(stateDir, supervisor.processes),
  })
  const { env, stopping } = supervisor
  void backUpNightly({ stateDir, env, log, signal: stopping.signal })
  return supervisor
}
