// A hash over files of the project: what was built from the same sources need not be built again.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

const filesOf = (path) =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
        .sort()

/** Of every file in these folders, and of single files; absent ones are told apart from empty ones. */
export const hashOf = (...paths) => {
  const hash = createHash('sha256')
  for (const path of paths.map((name) => join(root, name)).filter((name) => existsSync(name)))
    for (const file of filesOf(path))
      hash
        .update(`${file.slice(root.length)}\0`)
        .update(readFileSync(file))
        .update('\0')
  return hash.digest('hex')
}

/** Versions of what is installed, and what is run with it. */
export const inputsOfAll = ['package.json', 'package-lock.json']
