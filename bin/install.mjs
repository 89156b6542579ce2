// Installs what is missing: `npm ci` when node_modules does not hold exactly what package-lock.json asks for.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, runNpm } from './run.mjs'

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages

/** Why node_modules is not what the lock file asks for, or null. Packages of other platforms may be absent. */
export const missing = () => {
  // npm writes this file as the last step of an installation.
  const installedPath = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedPath)) return 'nothing is installed yet'
  const installed = packagesOf(installedPath)
  for (const [path, wanted] of Object.entries(packagesOf(join(root, 'package-lock.json')))) {
    if (path === '') continue
    const found = installed[path]
    if (found === undefined ? !wanted.optional : found.version !== wanted.version) {
      return `${path.replace('node_modules/', '')} ${wanted.version} is not installed`
    }
    if (found !== undefined && !existsSync(join(root, path))) return `${path} is gone`
  }
  return null
}

/** Installs when needed; returns whether it did. Throws with a sentence when npm fails. */
export const install = async ({ signal } = {}) => {
  const reason = missing()
  if (reason === null) return false
  console.error(`Installing packages (${reason}) ...`)
  const { code } = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { signal })
  if (code !== 0)
    throw new Error('npm ci failed: see its message above. A network or a filled npm cache is needed once.')
  const still = missing()
  if (still !== null) throw new Error(`after npm ci ${still}: package-lock.json and npm disagree.`)
  return true
}
