// Use-case: what runs of this Playloom, what does not, and what to do about it; a row each.
import { Failure, failureOr } from '../core/failure'
import type { StorePort } from './ports'
import type { StoreHealth } from './stores'

export interface HealthRow {
  readonly name: 'page' | 'database' | 'worker' | 'data'
  /** off: not started here, and the rest works without it. */
  readonly state: 'ok' | 'off' | 'trouble'
  readonly word: string
  /** What to do; null: nothing. */
  readonly hint: string | null
}

export interface HealthPorts {
  readonly store: Pick<StorePort, 'overview'>
  readonly disk: () => Promise<{ readonly freeBytes: number; readonly writable: boolean }>
  /** Null: no database is named here. */
  readonly database: (() => Promise<StoreHealth>) | null
  readonly nowMs: () => number
}

/** Below this an import or a run may find the disk full. */
const fewBytes = 2 * 1024 ** 3

const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`
const mib = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(0)} MiB`

const row = (name: HealthRow['name'], word: string): HealthRow => ({ name, state: 'ok', word, hint: null })
const trouble = (name: HealthRow['name'], word: string, hint: string): HealthRow => ({
  name,
  state: 'trouble',
  word,
  hint,
})
const ofFailure = (name: HealthRow['name'], { message, hint }: Failure): HealthRow => ({
  name,
  state: 'trouble',
  word: message,
  hint: hint ?? null,
})

const ago = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return 'less than a minute ago'
  return minutes < 120 ? `${minutes} minutes ago` : `${Math.floor(minutes / 60)} hours ago`
}

const workerRow = (health: StoreHealth, nowMs: number): HealthRow => {
  const { workers, waiting, taken, lastEndMs } = health
  if (workers === 0)
    return trouble('worker', `none runs; ${waiting} jobs wait`, 'stop Playloom and start it again: npm start')
  const last = lastEndMs === null ? 'no job has ended yet' : `the last job ended ${ago(nowMs - lastEndMs)}`
  return row('worker', `${workers} running, ${taken} jobs at work, ${waiting} waiting; ${last}`)
}

const keptRows = async ({ database, nowMs }: HealthPorts): Promise<HealthRow[]> => {
  if (database === null) {
    const hint = 'start Playloom with npm start'
    return [{ name: 'database', state: 'off', word: 'none is named: nothing is kept on the server', hint }]
  }
  const health = await failureOr(database)
  if (health instanceof Failure) return [ofFailure('database', health)]
  const { version, bytes } = health
  return [row('database', `PostgreSQL ${version}, ${mib(bytes)}`), workerRow(health, nowMs())]
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

export const healthOf = async (ports: HealthPorts): Promise<readonly HealthRow[]> => [
  ...(await keptRows(ports)),
  await dataRow(ports),
]
