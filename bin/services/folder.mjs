// Folders of the servers that we run: where they are, who may enter, and files that are whole or not there.

import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** PostgreSQL refuses to run as root: then it runs as nobody. */
export const serverUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null

/** Whether everybody may pass all folders above `path`. */
const isOpen = (path) => {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** Writes a file in one step: a reader finds the old text or the new one. */
export const writeWhole = (path, text, mode = 0o600) => {
  const part = `${path}.${process.pid}.part`
  try {
    writeFileSync(part, text, { mode })
    renameSync(part, path)
  } catch (error) {
    // A full disk keeps the name of what it could not hold.
    rmSync(part, { force: true })
    throw error
  }
}

export const readIfThere = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

/**
 * The folder of one server under `stateDir`; a place that the server's user can reach when that one cannot be.
 * @param {string} stateDir
 * @param {string} name
 */
export const serverFolder = (stateDir, name) => {
  const wanted = join(stateDir, name)
  const mark = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  const folder = serverUser === null || isOpen(wanted) ? wanted : join('/var/lib/playloom', mark, name)
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  return folder
}

/** Makes `folder` the server's own, for nobody else to read. */
export const giveTo = (user, folder) => {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  if (user !== null) chownSync(folder, user.uid, user.gid)
}

/** Programs in a folder that the server's user can read: there, or a copy of them. */
export const reachable = (native, name) => {
  if (serverUser === null || isOpen(join(native, 'x'))) return native
  const copy = join('/var/lib/playloom/programs', name)
  if (existsSync(copy)) return copy
  const part = `${copy}.${process.pid}.part`
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
  rmSync(part, { recursive: true, force: true })
  cpSync(native, part, { recursive: true, verbatimSymlinks: true })
  renameSync(part, copy)
  return copy
}
