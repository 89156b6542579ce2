// One start at a time on a folder, and what an earlier start that was killed left running.
import { linkSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere, writeWhole } from './folder.mjs'
import { endProcess, identityOf, isRunning } from './process.mjs'

/** What a killed start left behind has lost its line to it and stops by itself (leash.mjs): it is not waited for long. */
const endWays = [
  ['SIGTERM', 1500],
  ['SIGKILL', 2000],
]

/** Links a whole file to its place: false when somebody's is there. */
const place = (text, path) => {
  const part = `${path}.${process.pid}.part`
  writeWhole(part, text)
  try {
    linkSync(part, path)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(part, { force: true })
  }
}

/** Takes a dead owner's file away; one that was put there meanwhile goes back. */
const clear = (path, dead) => {
  const aside = `${path}.${process.pid}.old`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return
    throw error
  }
  const text = readIfThere(aside)
  if (text !== dead && text !== null) place(text, path)
  rmSync(aside, { force: true })
}

const ownerOf = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const reasons = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'that disk is read-only',
  // What Node answers when folders in folders are made on such a disk.
  ENOENT: 'it cannot be made; is that disk read-only?',
  ENOSPC: 'that disk is full',
  EDQUOT: 'that disk is full for this user',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
}

/** What the machine refuses as a sentence. */
const inWords = (error, stateDir) => {
  const reason = reasons[error.code]
  if (reason === undefined) return error
  return new Error(
    `Playloom cannot keep anything in ${stateDir}: ${reason}. Make room or allow it, or name another folder: STATE_DIR=... npm start`,
  )
}

/**
 * Takes the folder for this process. Throws with a sentence while another start has it.
 * @param {{ stateDir: string, url: string }} options
 * @returns {{ release: () => void }}
 */
export const takeFolder = ({ stateDir, url }) => {
  try {
    return take({ stateDir, url })
  } catch (error) {
    throw inWords(error, stateDir)
  }
}

const take = ({ stateDir, url }) => {
  mkdirSync(stateDir, { recursive: true })
  const path = join(stateDir, 'start.lock')
  const mine = JSON.stringify({ identity: identityOf(process.pid), url })
  for (let attempt = 0; attempt < 20; attempt++) {
    if (place(mine, path)) return { release: () => readIfThere(path) === mine && rmSync(path, { force: true }) }
    const text = readIfThere(path)
    if (text === null) continue
    const owner = ownerOf(text)
    if (owner !== null && isRunning(owner.identity))
      throw new Error(
        `Playloom already runs here, at ${owner.url} (process ${owner.identity.split('@')[0]}). Open that page, or stop it first with Ctrl-C.`,
      )
    clear(path, text)
  }
  throw new Error(`${path} cannot be taken: remove it if no Playloom runs.`)
}

const listPath = (stateDir) => join(stateDir, 'services.json')

/** Writes down what runs, for a start after one that was killed. @param {Map<string, { identity: string }>} running */
export const noteRunning = (stateDir, running) => {
  const list = Object.fromEntries([...running].map(([name, { identity }]) => [name, identity]))
  writeWhole(listPath(stateDir), JSON.stringify(list))
}

/**
 * Ends what a killed start left running, except the servers that are adopted with their data.
 * @param {string} stateDir
 * @param {readonly string[]} adopted
 * @returns {Promise<string[]>} names of what was ended
 */
export const endLeftovers = async (stateDir, adopted) => {
  const text = readIfThere(listPath(stateDir))
  const left = Object.entries((text && ownerOf(text)) ?? {}).filter(
    ([name, identity]) => !adopted.includes(name) && isRunning(identity),
  )
  for (const [name, identity] of left)
    if (!(await endProcess(identity, endWays)))
      throw new Error(`An earlier ${name} still runs and does not end: end process ${identity.split('@')[0]} yourself.`)
  return left.map(([name]) => name)
}
