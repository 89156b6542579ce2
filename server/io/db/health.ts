// What the database says of itself and of its queue.
import type { StoreHealth } from '../../run/stores'
import { type Database, guarded } from './client'
import { jobChannel } from './jobs'

interface Row {
  readonly version: string
  readonly bytes: bigint
  readonly waiting: bigint
  readonly taken: bigint
  readonly silent: bigint
  readonly oldest: Date | null
  readonly last: Date | null
  readonly workers: bigint
}

export const healthOf = (db: Database): Promise<StoreHealth> =>
  guarded(async () => {
    const begun = performance.now()
    const [row] = await db.$queryRaw<Row[]>`
      SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes,
        count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'taken') AS taken,
        count(*) FILTER (WHERE state = 'taken' AND lease_until < now() - interval '5 seconds') AS silent,
        min(not_before) FILTER (WHERE state = 'waiting' AND not_before <= now()) AS oldest,
        max(ended_at) AS last,
        (SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = ${jobChannel}) AS workers
      FROM job`
    if (row === undefined) throw new Error('a count without a row')
    return {
      version: row.version,
      waiting: Number(row.waiting),
      taken: Number(row.taken),
      silent: Number(row.silent),
      oldestMs: row.oldest?.getTime() ?? null,
      lastEndMs: row.last?.getTime() ?? null,
      workers: Number(row.workers),
      bytes: Number(row.bytes),
      ms: performance.now() - begun,
    }
  })
