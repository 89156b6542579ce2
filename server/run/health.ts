// Use-case: what runs of this Playloom, what does not, and what to do about it; a row each.
import { Failure, failureOr } from '../core/failure'
import type { StorePort } from './ports'
import type { HotHealth, StoreHealth } from './stores'

export const healthNames = ['page', 'database', 'hot', 'worker', 'data', 'backup', 'temporal'] as const
export type HealthName = (typeof healthNames)[number]
export const healthStates = ['ok', 'off', 'trouble'] as const

export interface HealthRow {
  readonly name: HealthName
  /** off: not started here, and the rest works without it. */
  readonly state: (typeof healthStates)[number]
  readonly word: string
  /** What to do; null: nothing. */
  readonly hint: string | null
}

export interface DiskState {
  readonly freeBytes: number
  readonly writable: boolean
}

export interface HealthPorts {
  readonly store: Pick<StorePort, 'overview'>
  /** Of the market data. */
  readonly disk: () => Promise<DiskState>
  /** Of the database; null: it is somewhere else. */
  readonly databaseDisk: (() => Promise<DiskState>) | null
  /** Null: no database is named here. */
  readonly database: (() => Promise<StoreHealth>) | null
  /** Null: no Redis is named here. Its answer is null where it does not answer. */
  readonly hot: (() => Promise<HotHealth | null>) | null
  readonly backups: () => Promise<{ readonly count: number; readonly newestMs: number | null }>
  /** Null: none runs here, and none is named. */
  readonly temporal: { readonly address: string; readonly answers: () => Promise<boolean> } | null
  readonly nowMs: () => number
}

/** Below this an import or a run may find the disk full. */
const fewBytes = 2 * 1024 ** 3
/** Nightly ones come once a day; a computer may be off for a weekend. */
const oldBackupMs = 4 * 86_400_000
/** A free worker takes a job within seconds. */
const longWaitMs = 120_000

const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`
const mib = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(0)} MiB`

const row = (name: HealthName, word: string): HealthRow => ({ name, state: 'ok', word, hint: null })
const trouble = (name: HealthName, word: string, hint: string): HealthRow => ({ name, state: 'trouble', word, hint })
const off = (name: HealthName, word: string, hint: string | null): HealthRow => ({ name, state: 'off', word, hint })
const ofFailure = (name: HealthName, { message, hint }: Failure): HealthRow => ({
  name,
  state: 'trouble',
  word: message,
  hint: hint ?? null,
})

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

const lasting = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 120) return counted(minutes, 'minute')
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`
}

const startAgain = 'stop Playloom and start it again: npm start'

const workerRow = (health: StoreHealth, nowMs: number): HealthRow => {
  const { workers, waiting, taken, silent, oldestMs, lastEndMs } = health
  if (workers === 0) return trouble('worker', `none runs; ${counted(waiting, 'job')} waiting`, startAgain)
  if (silent > 0)
    return trouble(
      'worker',
      `${counted(silent, 'job')} had no sign of its worker for a while`,
      'it is taken again by itself',
    )
  if (oldestMs !== null && nowMs - oldestMs > longWaitMs && taken === 0)
    return trouble('worker', `the oldest job has been waiting for ${lasting(nowMs - oldestMs)}`, startAgain)
  const last = lastEndMs === null ? 'no job has ended yet' : `the last job ended ${lasting(nowMs - lastEndMs)} ago`
  return row('worker', `${workers} running, ${taken} at work, ${waiting} waiting; ${last}`)
}

const databaseRow = async ({ version, bytes, ms }: StoreHealth, { databaseDisk }: HealthPorts): Promise<HealthRow> => {
  const word = `PostgreSQL ${version}, ${mib(bytes)}, answers in ${ms.toFixed(0)} ms`
  const disk = databaseDisk === null ? null : await databaseDisk()
  if (disk !== null && disk.freeBytes < fewBytes)
    return trouble('database', `${word}; only ${gib(disk.freeBytes)} of its disk are free`, 'make room on that disk')
  return row('database', word)
}

const keptRows = async (ports: HealthPorts): Promise<HealthRow[]> => {
  const { database, nowMs } = ports
  if (database === null)
    return [off('database', 'none is named: nothing is kept on the server', 'start Playloom with npm start')]
  const health = await failureOr(database)
  if (health instanceof Failure) return [ofFailure('database', health)]
  return [await databaseRow(health, ports), workerRow(health, nowMs())]
}

const hotRow = async ({ hot }: HealthPorts): Promise<HealthRow> => {
  if (hot === null) return off('hot', 'no Redis: PostgreSQL passes the news', null)
  const health = await hot()
  if (health === null)
    return trouble(
      'hot',
      'Redis does not answer: PostgreSQL passes the news meanwhile',
      'it is started again by itself; nothing is lost',
    )
  return row('hot', `Redis ${health.version}, answers in ${health.ms.toFixed(0)} ms`)
}

const backupRow = async ({ backups, nowMs }: HealthPorts): Promise<HealthRow> => {
  const { count, newestMs } = await backups()
  if (newestMs === null) return off('backup', 'none yet; one is made each night while Playloom runs', 'playloom backup')
  const age = nowMs() - newestMs
  const word = `${counted(count, 'backup')}, the newest ${lasting(Math.max(0, age))} old`
  if (age > oldBackupMs)
    return trouble('backup', word, 'playloom backup makes one; its log says why none was made by itself')
  return row('backup', word)
}

const temporalRow = async ({ temporal }: HealthPorts): Promise<HealthRow> => {
  if (temporal === null)
    return off(
      'temporal',
      'none runs: evolution and promotion will need it; everything else works',
      'put `temporal` on PATH, or name a server: TEMPORAL_ADDRESS=...',
    )
  const { address, answers } = temporal
  if (await answers()) return row('temporal', `answers at ${address}; evolution and promotion will need it`)
  return trouble('temporal', `does not answer at ${address}`, 'one that was started here is started again by itself')
}

/** Of the folder of market data. */
export const dataRow = async ({ store, disk }: Pick<HealthPorts, 'store' | 'disk'>): Promise<HealthRow> => {
  const overview = await failureOr(() => store.overview())
  if (overview instanceof Failure) return ofFailure('data', overview)
  const { freeBytes: free, writable } = await disk()
  const [damage] = overview.damaged
  if (damage !== undefined) return trouble('data', damage.message, 'playloom data check names every damaged file')
  if (!writable) return trouble('data', 'the data folder cannot be written to', 'name another one: DATA_DIR=...')
  if (free < fewBytes)
    return trouble('data', `only ${gib(free)} of disk are free`, 'make room, or name another disk: DATA_DIR=...')
  return row('data', `${overview.series.length} stored series, ${gib(free)} of disk free`)
}

export const healthOf = async (ports: HealthPorts): Promise<readonly HealthRow[]> => {
  const [kept, hot, data, backup, temporal] = await Promise.all([
    keptRows(ports),
    hotRow(ports),
    dataRow(ports),
    backupRow(ports),
    temporalRow(ports),
  ])
  const [database, ...worker] = kept
  const first = database === undefined ? [] : [database]
  return [...first, hot, ...worker, data, backup, temporal]
}
