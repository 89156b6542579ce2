// After each change of dependencies: makes package-lock.json whole for every platform, with no address of a registry.
// A registry that lacks other platforms' packages leaves them out of the lock, and `npm ci` then stops elsewhere.
import './node.mjs'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

const path = join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))

/** What the name of a platform package tells: `@esbuild/linux-arm64`, `@oxlint/binding-win32-x64-msvc`. */
const platformOf = (name) => {
  const words = name.replace(/^@[^/]+\//, '').split(/[-.]/)
  const os = ['darwin', 'linux', 'win32', 'freebsd', 'netbsd', 'openbsd', 'android', 'aix', 'sunos', 'openharmony']
  const cpu = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32']
  const found = (set) => words.filter((word) => set.includes(word))
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : []
  return {
    ...(found(os).length > 0 ? { os: found(os) } : {}),
    ...(found(cpu).length > 0 ? { cpu: found(cpu) } : {}),
    ...(libc.length > 0 ? { libc } : {}),
  }
}

const exact = /^\d+\.\d+\.\d+\S*$/
let added = 0
for (const entry of Object.values(lock.packages)) {
  delete entry.resolved
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`
    if (lock.packages[place] !== undefined) continue
    // A range would have to be resolved by a registry that has the package; a platform's package is always exact.
    if (!exact.test(version)) throw new Error(`${name} ${version}: not an exact version, the lock cannot be completed`)
    lock.packages[place] = { version, ...(entry.dev ? { dev: true } : {}), optional: true, ...platformOf(name) }
    added += 1
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.error(`package-lock.json: ${added} packages of other platforms added`)
