// Bundles the command line and the server's thread of runs into dist/cli with esbuild; skipped while a hash of sources
// and lock file matches.
import './node.mjs'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { aliases } from './aliases.mjs'
import { generate } from './generate.mjs'
import { root } from './run.mjs'
import { hashOf, inputsOfAll } from './sources.mjs'

const dist = join(root, 'dist')
/** The entry of the built command line. */
export const bundle = join(dist, 'cli', 'main.js')
const stampPath = join(dist, 'cli', 'stamp')

const hashOfSources = () =>
  hashOf('blocks', 'server', ...inputsOfAll, 'bin/build.mjs', 'bin/aliases.mjs', 'bin/ccxt.mjs')

/** True when the bundle stands and was made from the sources as they are. */
const isFresh = (hash) => existsSync(bundle) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash

/** Makes the bundle when it is missing or stale; returns whether it did. Two builds at once cannot spoil each other. */
export const build = async () => {
  await generate()
  const hash = hashOfSources()
  if (isFresh(hash)) return false
  const esbuild = await import('esbuild')
  const making = join(dist, `making-${process.pid}`)
  mkdirSync(dist, { recursive: true })
  await esbuild.build({
    entryPoints: {
      main: join(root, 'server/cli/main.ts'),
      runThread: join(root, 'server/worker/runThread.ts'),
      runTask: join(root, 'server/worker/runTask.ts'),
      worker: join(root, 'server/worker/main.ts'),
    },
    outdir: making,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.20',
    sourcemap: 'linked',
    logLevel: 'warning',
    // DuckDB brings native code that finds itself by its place in node_modules.
    external: ['@duckdb/*', 'pg-native', 'piscina', 'pino'],
    alias: { ...aliases, ccxt: join(root, 'bin/ccxt.mjs') },
    banner: { js: "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);" },
  })
  writeFileSync(join(making, 'stamp'), hash)
  replaceFolder(making, join(dist, 'cli'))
  return true
}

const replaceFolder = (made, place) => {
  const old = `${place}-old-${process.pid}`
  try {
    if (existsSync(place)) renameSync(place, old)
    renameSync(made, place)
  } catch (error) {
    // Another build of the same sources was faster: its result stands.
    if (!existsSync(place)) throw error
    rmSync(made, { recursive: true, force: true })
  }
  rmSync(old, { recursive: true, force: true })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.error((await build()) ? 'built dist/cli' : 'dist/cli is up to date')
}
