// Sources that are made from others and not committed: the catalogue of blocks, and the database client.
import './node.mjs'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeCatalogue } from './catalogue.mjs'
import { root, runPackage } from './run.mjs'
import { hashOf } from './sources.mjs'

const stampPath = join(root, 'server/io/db/generated/stamp')

/** What Prisma's command line needs here: its schema engine, which would else be downloaded. */
export const prismaEnv = {
  PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'bin/prisma/schemaEngine.mjs'),
  CHECKPOINT_DISABLE: '1',
}

const writeClient = async () => {
  const hash = hashOf('prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json')
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash) return false
  const { code, text } = await runPackage('prisma/build/index.js', ['generate'], { quiet: true, env: prismaEnv })
  if (code !== 0) throw new Error(`${text.trimEnd()}\nThe database client could not be made.`)
  writeFileSync(stampPath, hash)
  return true
}

/** Writes what is missing or stale; returns whether it did. */
export const generate = async () => {
  const catalogue = writeCatalogue()
  const client = await writeClient()
  return catalogue || client
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await generate()
