// Bundles the command line into dist/cli with esbuild; skipped while a hash of sources and lock file matches.
import './node.mjs'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeCatalogue } from './catalogue.mjs'
import { root } from './run.mjs'

const dist = join(root, 'dist')
/** The entry of the built command line. */
export const bundle = join(dist, 'cli', 'main.js')
const stampPath = join(dist, 'cli', 'stamp')

const filesBelow = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|json|yaml)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()

const hashOfSources = () => {
  const hash = createHash('sha256')
  const files = [
    ...filesBelow('blocks'),
    ...filesBelow('server'),
    join(root, 'package-lock.json'),
    import.meta.filename,
  ]
  for (const file of files)
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}

/** True when the bundle stands and was made from the sources as they are. */
const isFresh = (hash) => existsSync(bundle) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash

/** Makes the bundle when it is missing or stale; returns whether it did. Two builds at once cannot spoil each other. */
export const build = async () => {
  writeCatalogue()
  const hash = hashOfSources()
  if (isFresh(hash)) return false
  const esbuild = await import('esbuild')
  const making = join(dist, `making-${process.pid}`)
  mkdirSync(dist, { recursive: true })
  await esbuild.build({
    entryPoints: { main: join(root, 'server/cli/main.ts') },
    outdir: making,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.20',
    sourcemap: 'linked',
    logLevel: 'warning',
    // DuckDB brings native code that finds itself by its place in node_modules.
    external: ['@duckdb/*'],
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
