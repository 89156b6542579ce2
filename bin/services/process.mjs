// Processes that outlive the one that started them: told apart from others of the same number, and ended by number.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Linux: start in clock ticks since boot (proc(5), field 22 of stat; the name before it may hold spaces) and the state. */
const fromProc = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended: only its parent has not asked yet.
    return fields[0] === 'Z' || fields[0] === 'X' ? null : `${pid}@${fields[19]}`
  } catch {
    return null
  }
}

const fromPs = (pid) => {
  try {
    const text = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return text === '' || text.startsWith('Z') ? null : `${pid}@${text.replace(/^\S+\s+/, '')}`
  } catch {
    return null
  }
}

/**
 * What tells a running process from a later one with the same number; null when none runs.
 * @param {number} pid
 * @returns {string | null}
 */
export const identityOf = (pid) => {
  if (!Number.isInteger(pid) || pid <= 0) return null
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

/** Options of Node for a child that is not to outlive its starter; its stdio must have an 'ipc' line. */
export const leash = ['--import', new URL('./leash.mjs', import.meta.url).href]

export const pidOf = (identity) => Number(identity.slice(0, identity.indexOf('@')))

/** @param {string} identity */
export const isRunning = (identity) => identityOf(pidOf(identity)) === identity

/**
 * Ends a process that may not be our child: asks with each signal in turn and waits; true when it is gone.
 * @param {string} identity
 * @param {ReadonlyArray<readonly [signal: NodeJS.Signals, waitMs: number]>} ways
 */
export const endProcess = async (identity, ways) => {
  for (const [signal, waitMs] of ways) {
    if (!isRunning(identity)) return true
    try {
      process.kill(pidOf(identity), signal)
    } catch {
      // Gone between the question and the signal, or not ours to end: the loop below tells.
    }
    for (let waited = 0; waited < waitMs; waited += 25) {
      if (!isRunning(identity)) return true
      await sleep(25)
    }
  }
  return !isRunning(identity)
}
