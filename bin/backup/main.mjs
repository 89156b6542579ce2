// `playloom backup` and `playloom restore` as a process: its answer is one line of JSON, { done } or { problem, hint }.
import '../node.mjs'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { redacted } from '../services/logs.mjs'
import { startPostgres } from '../services/postgres.mjs'
import { dump } from './dump.mjs'
import { newPath, prune, stateFolder } from './keep.mjs'
import { isEmpty, restore } from './load.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'with-data': { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    sort: { type: 'string', default: 'backup' },
  },
})
const [what, file] = positionals
const stateDir = stateFolder()
const dataDir = resolve(process.env.DATA_DIR || '.data')

class Refused extends Error {
  constructor(message, hint) {
    super(message)
    this.hint = hint
  }
}

/** The database that is named, or the one of this folder: as it runs, or started for this alone. */
const withDatabase = async (work) => {
  const named = process.env.DATABASE_URL
  if (named) return work(named)
  const { url, adopted, stop } = await startPostgres({ stateDir })
  try {
    return await work(url)
  } finally {
    if (!adopted) await stop()
  }
}

const backup = (url) => {
  const path = file === undefined ? newPath(stateDir, values.sort) : resolve(file)
  if (existsSync(path)) throw new Refused(`${path} is there already`, 'name another file')
  return dump({ url, path, dataDir, withData: values['with-data'] })
}

const bringBack = async (url) => {
  const path = resolve(file ?? '')
  if (!values.yes && !(await isEmpty(url)))
    throw new Refused(
      'Plays are kept here already: a restore puts the backup in their place',
      'say so with --yes; what is here is backed up',
    )
  const { why, ...done } = await restore({ url, path, dataDir, safety: newPath(stateDir, 'before-restore') })
  return { ...done, why: why === null ? null : redacted(why) }
}

try {
  const done = await withDatabase(what === 'restore' ? bringBack : backup)
  prune(stateDir)
  console.log(JSON.stringify({ done }))
} catch (error) {
  const { message, hint = null } = error
  console.log(JSON.stringify({ problem: redacted(String(message)), hint }))
  process.exitCode = 4
}
