// Where backups lie, and the nightly ones: one a day, as many as are kept.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from '../run.mjs'

const dayMs = 86_400_000
/** Of each sort of automatic backup; those that a trader asked for are his. */
export const kept = { nightly: 7, 'before-restore': 3 }

export const stateFolder = () => resolve(root, process.env.STATE_DIR || '.state')
export const backupFolder = (stateDir) => join(stateDir, 'backups')

const stampOf = (ms) => new Date(ms).toISOString().replace(/[-:]/g, '').slice(0, 15)

/** `nightly-20261123T040000.zip` */
export const newPath = (stateDir, sort, ms = Date.now()) => join(backupFolder(stateDir), `${sort}-${stampOf(ms)}.zip`)

/** Newest first. */
const listed = (stateDir, sort) => {
  mkdirSync(backupFolder(stateDir), { recursive: true, mode: 0o700 })
  return readdirSync(backupFolder(stateDir))
    .filter((name) => name.startsWith(`${sort}-`) && name.endsWith('.zip'))
    .sort()
    .reverse()
    .map((name) => join(backupFolder(stateDir), name))
}

/** Throws away what is beyond the number that is kept, and what writers that died left. */
export const prune = (stateDir) => {
  for (const [sort, most] of Object.entries(kept))
    for (const path of listed(stateDir, sort).slice(most)) rmSync(path, { force: true })
  for (const name of readdirSync(backupFolder(stateDir))) {
    const path = join(backupFolder(stateDir), name)
    if (name.endsWith('.part') && Date.now() - statSync(path).mtimeMs > dayMs) rmSync(path, { force: true })
  }
}

/** Milliseconds until the next nightly one is due; 0: now. A time ahead of ours is of a clock that was set back. */
export const dueIn = (stateDir, nowMs = Date.now()) => {
  const [newest] = listed(stateDir, 'nightly')
  if (newest === undefined) return 0
  const age = nowMs - statSync(newest).mtimeMs
  return age < 0 ? 0 : Math.max(0, dayMs - age)
}
