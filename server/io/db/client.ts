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

/** Codes of Prisma and of PostgreSQL that say: not now. */
const away = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'ECONNREFUSED',
  'ECONNRESET',
  '57P01',
  '57P03',
  '08006',
])

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

const isAway = (error: unknown): boolean =>
  away.has(codeOf(error)) ||
  (error instanceof Error &&
    (/ECONNREFUSED|terminat|Can't reach database|Connection terminated/i.test(error.message) || isAway(error.cause)))

/** Runs a call; a database that is not there is a Failure, everything else stays a bug. */
export const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error === undefined || error === null || !isAway(error)) throw error
    throw new Failure('database_away', 'the database does not answer', {
      hint: 'nothing was saved; it is tried again as soon as the database is back',
      cause: error,
    })
  }
}
