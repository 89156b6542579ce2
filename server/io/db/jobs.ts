// Jobs as rows: taken with SKIP LOCKED, held by a lease that is renewed, announced by NOTIFY.
import type { HeldJob, JobQueue, TakenJob } from '../../run/stores'
import { type Database, guarded, type Transaction } from './client'
import { Prisma } from './generated/client'
import { listenTo } from './listen'

/** Also the name of the connection that listens: each worker has one. */
export const jobChannel = 'playloom_job'
/** Later tries wait longer, seconds: 2, 4, 8 ... at most a minute. */
const longestWaitS = 60

/** A time so many of the longest waits ahead was written before the clock was set back: nobody waits for it. */
const beyond = 10

interface JobRow {
  readonly id: bigint
  readonly kind: string
  readonly key: string
  readonly payload: unknown
  readonly attempts: number
}

/** Announced when the transaction ends, not before. */
export const announceJob = (db: Transaction): Promise<unknown> => db.$executeRaw`SELECT pg_notify(${jobChannel}, '')`

interface Taking {
  readonly kinds: readonly string[]
  readonly taker: string
  readonly leaseMs: number
}

const take = async (db: Database, { kinds, taker, leaseMs }: Taking): Promise<TakenJob | null> => {
  const rows = await db.$queryRaw<JobRow[]>`
    UPDATE job SET state = 'taken', taker = ${taker}, attempts = attempts + 1,
      lease_until = now() + ${leaseMs} * interval '1 millisecond'
    WHERE id = (
      SELECT id FROM job
      WHERE kind = ANY(${[...kinds]})
        AND ((state = 'waiting' AND NOT not_before
            BETWEEN now() AND now() + ${longestWaitS * 1000 * beyond} * interval '1 millisecond')
          OR (state = 'taken' AND NOT lease_until
            BETWEEN now() AND now() + ${leaseMs * beyond} * interval '1 millisecond'))
      ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1)
    RETURNING id, kind, key, payload, attempts`
  const [row] = rows
  return row === undefined
    ? null
    : { id: row.id, kind: row.kind, key: row.key, payload: row.payload, attempt: row.attempts }
}

interface Beat extends HeldJob {
  readonly leaseMs: number
  readonly progress: object | undefined
}

const beat = async (db: Database, { id, taker, leaseMs, progress }: Beat): Promise<'on' | 'lost' | 'cancelled'> => {
  const lease = Prisma.sql`now() + ${leaseMs} * interval '1 millisecond'`
  // A trigger tells of every statement that names the progress, changed or not.
  const told = progress === undefined ? Prisma.empty : Prisma.sql`, progress = ${JSON.stringify(progress)}::jsonb`
  const rows = await db.$queryRaw<{ cancelled: boolean }[]>`
    UPDATE job SET lease_until = ${lease}${told}
    WHERE id = ${id} AND taker = ${taker} AND state = 'taken'
    RETURNING cancel_at IS NOT NULL AS cancelled`
  const [row] = rows
  if (row === undefined) return 'lost'
  return row.cancelled ? 'cancelled' : 'on'
}

const retry = async (db: Database, { id, taker }: HeldJob, failure: string): Promise<boolean> => {
  const count = await db.$executeRaw`
    UPDATE job SET failure = ${failure}, taker = NULL, lease_until = NULL, state = 'waiting',
      not_before = now() + LEAST(${longestWaitS}, power(2, attempts)) * interval '1 second'
    WHERE id = ${id} AND taker = ${taker} AND state = 'taken'`
  return count === 1
}

export const createJobQueue = (db: Database, url: string): JobQueue => ({
  add: ({ kind, key, payload, actor }) =>
    guarded(() =>
      db.$transaction(async (inner) => {
        await inner.job.createMany({ data: [{ kind, key, payload, actor }], skipDuplicates: true })
        await announceJob(inner)
        return (await inner.job.findUniqueOrThrow({ where: { key }, select: { id: true } })).id
      }),
    ),
  take: (kinds, taker, leaseMs) => guarded(() => take(db, { kinds, taker, leaseMs })),
  beat: (job, leaseMs, progress) => guarded(() => beat(db, { ...job, leaseMs, progress })),
  retry: (job, failure) => guarded(() => retry(db, job, failure)),
  listen: (heard) => listenTo({ url, channel: jobChannel }, heard),
})
