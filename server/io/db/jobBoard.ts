// Jobs that stand for themselves, as rows: one open job a key, ended once, with what came of it; told of by NOTIFY.
import type { HeldJob, JobBoard, JobEnd, JobNow, NewJob } from '../../run/stores'
import { type Database, guarded, type Transaction } from './client'
import type { JobModel } from './generated/models'
import { announceJob } from './jobs'
import { listenTo } from './listen'

const newsChannel = 'playloom_job_news'
const announce = (db: Transaction): Promise<unknown> => db.$executeRaw`SELECT pg_notify(${newsChannel}, '')`

const idForm = /^\d{1,18}$/

/** The row must be there when another has its key: who ends a job gives its key away in the same statement. */
const open = async (db: Database, { kind, key, payload, actor }: NewJob): Promise<{ id: string; joined: boolean }> => {
  for (;;) {
    const opened = await db.$transaction(async (inner) => {
      const { count } = await inner.job.createMany({ data: [{ kind, key, payload, actor }], skipDuplicates: true })
      const row = await inner.job.findUnique({ where: { key }, select: { id: true } })
      if (row === null) return null
      await announceJob(inner)
      await announce(inner)
      return { id: String(row.id), joined: count === 0 }
    })
    // It ended between the two looks: the key is free now.
    if (opened !== null) return opened
  }
}

const textOf = (progress: object | undefined): string | null =>
  progress === undefined ? null : JSON.stringify(progress)

const end = async (db: Transaction, { id, taker }: HeldJob, { state, progress, failure }: JobEnd): Promise<boolean> => {
  const count = await db.$executeRaw`
    UPDATE job SET state = ${state}::job_state, ended_at = now(), lease_until = NULL, failure = ${failure ?? null},
      progress = COALESCE(${textOf(progress)}::jsonb, progress), key = key || ' #' || id
    WHERE id = ${id} AND taker = ${taker} AND state = 'taken'`
  await announce(db)
  return count === 1
}

const record = async (db: Transaction, { kind, key, payload, actor }: NewJob, ended: JobEnd): Promise<void> => {
  const { state, progress, failure = null } = ended
  await db.$executeRaw`
    INSERT INTO job (kind, key, payload, actor, state, progress, failure, ended_at)
    VALUES (${kind}, ${key}::text || ' #' || gen_random_uuid(), ${JSON.stringify(payload)}::jsonb, ${actor},
      ${state}::job_state, ${textOf(progress)}::jsonb, ${failure}, now())`
}

const cancel = async (db: Transaction, id: string): Promise<boolean> => {
  if (!idForm.test(id)) return false
  const count = await db.$executeRaw`
    UPDATE job SET cancel_at = now(),
      ended_at = CASE state WHEN 'waiting' THEN now() END,
      key = CASE state WHEN 'waiting' THEN key || ' #' || id ELSE key END,
      state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END
    WHERE id = ${BigInt(id)} AND kind <> 'run' AND state IN ('waiting', 'taken')`
  await announce(db)
  return count === 1
}

const nowOf = (row: JobModel): JobNow => ({
  id: String(row.id),
  kind: row.kind,
  state: row.state,
  payload: row.payload,
  progress: row.progress,
  failure: row.failure,
  attempts: row.attempts,
  cancelling: row.cancelAt !== null && row.endedAt === null,
  createdMs: row.createdAt.getTime(),
  endedMs: row.endedAt?.getTime() ?? null,
  actor: row.actor,
})

const get = async (db: Database, id: string): Promise<JobNow | null> => {
  const row = idForm.test(id) ? await db.job.findUnique({ where: { id: BigInt(id) } }) : null
  return row === null ? null : nowOf(row)
}

const list = async (db: Database, kind: string, most: number): Promise<readonly JobNow[]> => {
  const [opened, ended] = await Promise.all([
    db.job.findMany({ where: { kind, endedAt: null }, orderBy: { id: 'asc' }, take: most }),
    db.job.findMany({ where: { kind, endedAt: { not: null } }, orderBy: { endedAt: 'desc' }, take: most }),
  ])
  return [...opened, ...ended].slice(0, most).map(nowOf)
}

export const createJobBoard = (db: Database, url: string): JobBoard => ({
  open: (job) => guarded(() => open(db, job)),
  record: (job, ended) => guarded(() => record(db, job, ended)),
  end: (job, ended) => guarded(() => db.$transaction((inner) => end(inner, job, ended))),
  cancel: (id) => guarded(() => db.$transaction((inner) => cancel(inner, id))),
  get: (id) => guarded(() => get(db, id)),
  list: (kind, most) => guarded(() => list(db, kind, most)),
  announce: () => guarded(async () => void (await announce(db))),
  watch: (heard) => listenTo({ url, channel: newsChannel }, () => heard()),
})
