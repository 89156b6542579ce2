// `npm run migration -- <name>`: writes the migration from the committed ones to prisma/schema.prisma, to be read before
// it is committed. It is compared on a PostgreSQL of its own, which is gone afterwards; committed ones are never edited.
import '../node.mjs'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { prismaEnv } from '../generate.mjs'
import { root, runPackage } from '../run.mjs'
import { startPostgres } from '../services/postgres.mjs'
import { migrate } from './migrate.mjs'

/** Work on a migrated database that nobody else sees. */
const onScratch = async (work) => {
  const stateDir = mkdtempSync(join(tmpdir(), 'playloom-migration-'))
  // The server of a start by root runs as nobody, who must be able to pass.
  chmodSync(stateDir, 0o755)
  try {
    const { url, stop } = await startPostgres({ stateDir })
    try {
      await migrate(url)
      return await work(url)
    } finally {
      await stop()
    }
  } finally {
    rmSync(stateDir, { recursive: true, force: true })
  }
}

/**
 * SQL that brings a database of the committed migrations to a schema; null when it is there already.
 * @param {string} url of such a database
 */
export const difference = async (url, schema = 'prisma/schema.prisma') => {
  const args = ['migrate', 'diff', '--from-config-datasource', '--to-schema', schema, '--script']
  const { code, text } = await runPackage('prisma/build/index.js', args, {
    quiet: true,
    env: { ...prismaEnv, DATABASE_URL: url },
  })
  if (code !== 0) throw new Error(`${text.trim()}\nThe schema could not be compared.`)
  const sql = text.slice(Math.max(0, text.indexOf('-- '))).trim()
  if (sql === '-- This is an empty migration.') return null
  // A program that died without a word must not look like an answer.
  if (!/^-- \w+/.test(sql)) throw new Error(`The schema could not be compared: ${text.trim() || 'no answer'}`)
  return `${sql}\n`
}

const stamp = () => new Date().toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)

const main = async (name) => {
  if (!/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
    console.error('Name it in snake_case: npm run migration -- add_accounts')
    return 2
  }
  const sql = await onScratch((url) => difference(url))
  if (sql === null) {
    console.log('The migrations and prisma/schema.prisma agree: there is nothing to write.')
    return 0
  }
  const folder = `prisma/migrations/${stamp()}_${name}`
  mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, folder, 'migration.sql'), sql)
  console.log(`${folder}/migration.sql is written: read it, then commit it with the schema.`)
  return 0
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main(process.argv[2])
