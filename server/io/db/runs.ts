// Runs of record as rows: queued together with their job, ended together with it, exactly once.
import type { Report, TradeRow } from '../../../blocks/engine/report/document'
import { trialOf } from '../../core/trial'
import type { NewRun, RunEnd, RunLine, RunNow, RunStore } from '../../run/stores'
import { type Database, guarded, type Transaction } from './client'
import type { RunModel } from './generated/models'
import { announceJob } from './jobs'
import { listenTo } from './listen'
import { createRunRows } from './runRows'
import { over, problemsOf, progressOf } from './runState'
import { addTrials, datasetHashOf } from './trials'

export const runJob = 'run'
const jobKey = (id: string): string => `run:${id}`

/** Columns that hold whole documents: read by their own questions alone. */
const heavy = { report: true, request: true } as const

const lineOf = (row: Omit<RunModel, keyof typeof heavy>): RunLine => ({
  id: row.id,
  playId: row.playId,
  playVersionId: row.playVersionId,
  playHash: row.playHash,
  state: row.state,
  trades: row.trades,
  tradesHash: row.tradesHash,
  fromMs: Number(row.fromMs),
  toMs: Number(row.toMs),
  createdMs: row.createdAt.getTime(),
  endedMs: row.endedAt?.getTime() ?? null,
  failure: row.failure,
})

const now = async (db: Transaction, id: string): Promise<RunNow | null> => {
  const row = await db.run.findUnique({ where: { id }, omit: heavy })
  if (row === null) return null
  const job = await db.job.findUnique({ where: { key: jobKey(id) }, select: { progress: true, cancelAt: true } })
  const ended = over.includes(row.state)
  return {
    ...lineOf(row),
    progress: ended ? null : progressOf(job?.progress),
    cancelling: !ended && job !== null && job.cancelAt !== null,
    problems: problemsOf(row.problems),
  }
}

const queue = async (db: Transaction, run: NewRun): Promise<string> => {
  const { actor, fromMs, toMs } = run
  const data = { ...run, fromMs: BigInt(fromMs), toMs: BigInt(toMs) }
  const { id } = await db.run.create({ data, select: { id: true } })
  await db.job.create({ data: { kind: runJob, key: jobKey(id), payload: { run: id }, actor } })
  await announceJob(db)
  return id
}

type ClosedRow = TradeRow & { exitMs: number; exitPrice: number; exitReason: string }
const isClosed = (trade: TradeRow): trade is ClosedRow =>
  trade.exitMs !== null && trade.exitPrice !== null && trade.exitReason !== null

/** Closed trades: one that is open at the end stands in the report apart. */
const tradeRows = (runId: string, { trades }: Report) =>
  trades.flatMap((trade) => (isClosed(trade) ? [rowOf(runId, trade)] : []))

const rowOf = (runId: string, trade: ClosedRow) => ({
  runId,
  no: trade.no,
  instrument: trade.instrument,
  side: trade.side,
  setup: trade.setup,
  entryMs: BigInt(trade.entryMs),
  entryPrice: trade.entryPrice,
  qtyBase: trade.qtyBase,
  exitMs: BigInt(trade.exitMs),
  exitPrice: trade.exitPrice,
  exitReason: trade.exitReason,
  netUsdt: trade.netUsdt,
  r: trade.r,
})

/** As it is stored: what has no place in JSON is left out. */
const jsonOf = (value: unknown): object => JSON.parse(JSON.stringify(value))

interface Asked {
  readonly playId: string
  readonly actor: string
}

/** Data and settings as they were run stand in the report: they are facts of its end. */
const doneColumns = async (db: Transaction, { report, text }: Extract<RunEnd, { state: 'done' }>, asked: Asked) => {
  const { tradesHash, equityHash, trades, settingsHash, settings, engine, data } = report
  // The same look that a page, which shows it, tells of.
  await addTrials(db, [trialOf(report, { lineage: asked.playId, actor: asked.actor })])
  const row = { hash: settingsHash, settings: jsonOf(settings), actor: asked.actor }
  await db.runSettings.createMany({ data: [row], skipDuplicates: true })
  const datasetHash = datasetHashOf(data)
  return { tradesHash, equityHash, settingsHash, datasetHash, engine, trades: trades.length, report: text }
}

const columnsOf = (end: Exclude<RunEnd, { state: 'done' }>) => {
  if (end.state === 'refused') return { problems: jsonOf(end.problems) }
  return end.state === 'failed' ? { failure: end.failure } : {}
}

const jobStateOf = { done: 'done', refused: 'done', failed: 'failed', cancelled: 'cancelled' } as const

/** Trades of one statement: parameters of a statement are limited. */
const tradesAtOnce = 2000

const end = async (
  db: Transaction,
  ended: { readonly id: string; readonly job: { readonly id: bigint; readonly taker: string }; readonly end: RunEnd },
): Promise<boolean> => {
  const endedAt = new Date()
  const { id, job } = ended
  const failure = ended.end.state === 'failed' ? ended.end.failure : null
  const { count } = await db.job.updateMany({
    where: { id: job.id, taker: job.taker, state: 'taken' },
    data: { state: jobStateOf[ended.end.state], endedAt, leaseUntil: null, failure },
  })
  if (count === 0) return false
  const asked = await db.run.findUniqueOrThrow({ where: { id }, select: { playId: true, actor: true } })
  const how = ended.end.state === 'done' ? await doneColumns(db, ended.end, asked) : columnsOf(ended.end)
  await db.run.update({ where: { id }, data: { state: ended.end.state, endedAt, ...how } })
  if (ended.end.state !== 'done') return true
  const rows = tradeRows(id, ended.end.report)
  for (let i = 0; i < rows.length; i += tradesAtOnce)
    await db.tradeRow.createMany({ data: rows.slice(i, i + tradesAtOnce) })
  return true
}

const cancel = async (db: Transaction, id: string): Promise<boolean> => {
  const [job] = await db.$queryRaw<{ id: bigint; state: string }[]>`
    SELECT id, state::text FROM job WHERE key = ${jobKey(id)} AND state IN ('waiting', 'taken') FOR UPDATE`
  if (job === undefined) return false
  const now = new Date()
  if (job.state === 'taken') {
    await db.job.update({ where: { id: job.id }, data: { cancelAt: now } })
    return true
  }
  await db.job.update({ where: { id: job.id }, data: { state: 'cancelled', cancelAt: now, endedAt: now } })
  await db.run.update({ where: { id }, data: { state: 'cancelled', endedAt: now } })
  return true
}

/** A long report and its trades take their time to be written, ms. */
const endTimeoutMs = 60_000

const source = async (db: Database, id: string): Promise<NewRun | null> => {
  const row = await db.run.findUnique({ where: { id }, omit: { report: true } })
  if (row === null) return null
  const { playId, playVersionId, playHash, logicHash, fromMs, toMs, request, actor } = row
  const asked = { fromMs: Number(fromMs), toMs: Number(toMs), request: request as object, actor }
  return { playId, playVersionId, playHash, logicHash, ...asked }
}

export const createRunStore = (db: Database, url: string): RunStore => {
  const rows = createRunRows(db)
  return {
    queue: (run) => guarded(() => db.$transaction((inner) => queue(inner, run))),
    request: (id) =>
      guarded(async () => (await db.run.findUniqueOrThrow({ where: { id }, select: { request: true } })).request),
    started: (id) =>
      guarded(async () => {
        // A taker that lost its job may be late: what has ended stays ended.
        await db.run.updateMany({
          where: { id, state: { in: ['queued', 'running'] } },
          data: { state: 'running', startedAt: new Date() },
        })
      }),
    cancel: (id) => guarded(() => db.$transaction((inner) => cancel(inner, id))),
    end: (id, job, how) =>
      guarded(
        () => db.$transaction((inner) => end(inner, { id, job, end: how }), { timeout: endTimeoutMs }),
        endTimeoutMs,
      ),
    get: (id) => guarded(() => now(db, id)),
    report: (id) =>
      guarded(async () => (await db.run.findUnique({ where: { id }, select: { report: true } }))?.report ?? null),
    // Each statement of these two is guarded by itself: many large reports take their time.
    list: rows.list,
    rows: rows.rows,
    source: (id) => guarded(() => source(db, id)),
    twins: (id) => guarded(() => rows.twins(id)),
    previous: (id) => guarded(() => rows.previous(id)),
    watch: (heard) => listenTo({ url, channel: 'playloom_run' }, heard),
  }
}
