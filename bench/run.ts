// `npm run bench`: runs every *.bench.ts of this folder and prints its figures; nothing here passes or fails.
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Bench } from './table'
import { printTable } from './table'

const asked = process.argv.slice(2)
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.bench.ts') && (asked.length === 0 || asked.some((word) => name.includes(word))))
  .sort()

console.log(`Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`)
for (const name of files) {
  const { default: bench } = (await import(pathToFileURL(join(import.meta.dirname, name)).href)) as { default: Bench }
  console.log(`\n${bench.title}`)
  printTable(await bench.run())
}
