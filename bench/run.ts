// `npm run bench`: bundles the measuring process as the product is bundled, runs it in fresh processes, prints the table.
// `npm run bench -- --profile` prints the functions that take the time instead, `-- --import` the figures of imports alone.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { realData } from '../tests/fixtures/realData'
import { importSection } from './imports'
import { prepareStore } from './market'
import { topFunctions } from './profile'
import { type Figure, printSection, type Section } from './table'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(root, 'node_modules', '.bench-'))

/** Bundled as bin/build.mjs does: what the JIT sees is what a user runs. */
const bundle = async (): Promise<string> => {
  const outfile = join(folder, 'measure.mjs')
  await build({
    entryPoints: [join(root, 'bench', 'measure.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.20',
    logLevel: 'warning',
    external: ['@duckdb/*'],
    banner: { js: "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);" },
  })
  return outfile
}

const measure = (script: string, mode: string, dataDir: string): Section[] =>
  JSON.parse(
    execFileSync(process.execPath, [script, mode, dataDir], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )

/** Figures of several processes as one. */
const together = (runs: readonly Figure[]): Figure[] => {
  const [first] = runs
  return first === undefined ? [] : [{ ...first, values: runs.flatMap(({ values }) => values) }]
}

const firstRuns = (script: string, dataDir: string): Section => ({
  title: 'Fresh process, first run, nothing compiled or cached',
  figures: ['cold15m', 'cold1m'].flatMap((mode) =>
    together([1, 2, 3].flatMap(() => measure(script, mode, dataDir).flatMap(({ figures }) => figures))),
  ),
})

const bench = async (): Promise<void> => {
  const { model = 'unknown processor', speed = 0 } = cpus()[0] ?? {}
  console.log(
    `Node ${process.versions.node}, ${cpus().length} x ${model} ${speed} MHz, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  )
  if (process.argv.includes('--import')) return printSection(await importSection(folder))
  let dataDir = ''
  if (realData === null) console.log('SYNTHETIC bars: real ones were not found')
  else {
    dataDir = join(folder, 'store')
    await prepareStore(realData, dataDir)
    console.log('BTCUSDT spot minutes of 2023 and 2024 as the price proxy of the perpetual, its funding and mark')
  }
  const script = await bundle()
  if (process.argv.includes('--profile')) {
    for (const mode of ['loop15m', 'loop1m', 'columns15m', 'columns1m']) {
      console.log(`\nself time, ${mode}`)
      for (const line of topFunctions({ script, args: [mode, dataDir], folder: join(folder, mode) })) console.log(line)
    }
    return
  }
  for (const section of [firstRuns(script, dataDir), ...measure(script, 'warm', dataDir)]) printSection(section)
  printSection(await importSection(folder))
}

try {
  await bench()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
