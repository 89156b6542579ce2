// One pool of connections to PostgreSQL, in UTC; what it cannot do is told as a Failure.
import { PrismaPg } from '@prisma/adapter-pg'
import { Failure } from '../../core/failure'
import { PrismaClient } from './generated/client'

export type Database = PrismaClient
/** The same calls inside one transaction. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

/** Waits for a free connection, then for an answer, ms. */
const connectionTimeoutMillis = 15_000
const statementMs = 30_000
/** Many writers at once wait in line for a connection rather than being turned away, ms. */
const transactionOptions = { maxWait: 15_000, timeout: 30_000 }

export const openDatabase = (url: string): Database => {
  const adapter = new PrismaPg({
    connectionString: url,
    connectionTimeoutMillis,
    statement_timeout: statementMs,
    // Without it timestamps are read with the offset of the session's own zone.
    options: '-c TimeZone=UTC',
  })
  return new PrismaClient({ adapter, transactionOptions })
}

/** Codes and kinds of Prisma, its adapter, PostgreSQL and the network that say: not now. */
const away = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TooManyConnections',
  // Shut down by its administrator, after a crash, starting up; a question that took too long; its connection broke.
  '57P01',
  '57P02',
  '57P03',
  '57014',
  '53300',
  '08000',
  '08003',
  '08006',
])
/** The disk of the database is full; its memory or files are used up. */
const full = new Set(['53100', '53200'])
const lostLine =
  /ECONNREFUSED|ECONNRESET|terminat|Can't reach database|Connection terminated|timeout exceeded|not queryable/i

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** An error and all that it was caused by: Prisma wraps what its adapter wrapped. */
const layersOf = (error: unknown, depth = 0): readonly Readonly<Record<string, unknown>>[] => {
  if (!isObject(error) || depth > 5) return []
  const { cause, meta } = error
  const inner = isObject(meta) ? meta.driverAdapterError : undefined
  return [error, ...layersOf(cause, depth + 1), ...layersOf(inner, depth + 1)]
}

const says = (codes: ReadonlySet<string>, layer: Readonly<Record<string, unknown>>): boolean =>
  [layer.code, layer.originalCode, layer.kind].some((code) => typeof code === 'string' && codes.has(code))

/** What the database could not do now; null: that is a bug. */
const failureOf = (error: unknown): Failure | null => {
  const layers = layersOf(error)
  if (layers.some((layer) => says(full, layer)))
    return new Failure('disk_full', 'the disk of the database is full', {
      hint: 'make room there; nothing of this was saved, and what was saved before is safe',
      cause: error,
    })
  const isLost = layers.some((layer) => layer instanceof Error && lostLine.test(layer.message))
  if (!isLost && !layers.some((layer) => says(away, layer))) return null
  return new Failure('database_away', 'the database does not answer', {
    hint: 'what was not acknowledged may not be saved; try again when it is back: nothing is lost by that',
    cause: error,
  })
}

/** A server that hangs answers nothing at all: whoever asked is told so after that time, ms. */
const patienceMs = 10_000

class Silent extends Error {
  override readonly name = 'Silent'
  readonly code = 'ETIMEDOUT'
}

/** Ends with the work, or after `ms`; what comes later is nobody's any more. */
const within = async <T>(ms: number, work: () => Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Silent(`no answer for ${ms / 1000} seconds`)), ms)
  })
  const working = work()
  working.catch(() => {})
  try {
    return await Promise.race([working, silence])
  } finally {
    clearTimeout(timer)
  }
}

/** Runs a call; a database that is not there, hangs or is full is a Failure, everything else stays a bug. */
export const guarded = async <T>(work: () => Promise<T>, ms = patienceMs): Promise<T> => {
  try {
    return await within(ms, work)
  } catch (error) {
    throw failureOf(error) ?? error
  }
}
