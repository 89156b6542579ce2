// Runs as lists show them: one question for a page of rows, and the figures of each report read once and remembered.
import type { Report } from '../../../blocks/engine/report/document'
import type { RunFigures, RunRow, RunState, RunsAsk, RunTwin } from '../../run/stores'
import { type Database, guarded } from './client'
import { Prisma } from './generated/client'
import { over, problemsOf, progressOf } from './runState'

interface Row {
  readonly id: string
  readonly playId: string
  readonly playVersionId: string | null
  readonly playHash: string
  readonly state: RunState
  readonly trades: number | null
  readonly tradesHash: string | null
  readonly equityHash: string | null
  readonly engine: string | null
  readonly fromMs: bigint
  readonly toMs: bigint
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly failure: string | null
  readonly problems: unknown
  readonly title: string
  readonly version: number | null
  readonly markets: unknown
  readonly tf: string | null
  readonly progress: unknown
  readonly cancelling: boolean
}

/** The request was checked before it was queued: its tree is a Play. */
const columns = Prisma.sql`
  r.id, r.play_id AS "playId", r.play_version_id AS "playVersionId", r.play_hash AS "playHash", r.state::text AS state,
  r.trades, r.trades_hash AS "tradesHash", r.equity_hash AS "equityHash", r.engine, r.from_ms AS "fromMs",
  r.to_ms AS "toMs", r.created_at AS "createdAt", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.failure,
  r.problems,
  coalesce(r.request->'tree'->>'title', replace(r.request->'tree'->>'play', '_', ' '), p.title) AS title,
  v.number AS version, r.request->'tree'->'markets' AS markets, r.request->'tree'->>'tf' AS tf,
  j.progress, j.cancel_at IS NOT NULL AS cancelling`
const tables = Prisma.sql`
  run r JOIN play p ON p.id = r.play_id LEFT JOIN play_version v ON v.id = r.play_version_id
  LEFT JOIN job j ON j.key = 'run:' || r.id`
/** Two runs of one millisecond have an order too. */
const newestFirst = Prisma.sql`ORDER BY r.created_at DESC, r.id DESC`

/** A market of a Play stands for one instrument or for a list of them. */
const marketsOf = (markets: unknown): readonly string[] =>
  typeof markets === 'object' && markets !== null
    ? [...new Set(Object.values(markets).flat())].filter((one): one is string => typeof one === 'string')
    : []

const rowOf = (row: Row, figures: RunFigures | null): RunRow => {
  const { fromMs, toMs, createdAt, startedAt, endedAt, problems, markets, progress, cancelling, ...same } = row
  const ended = over.includes(row.state)
  return {
    ...same,
    fromMs: Number(fromMs),
    toMs: Number(toMs),
    createdMs: createdAt.getTime(),
    startedMs: startedAt?.getTime() ?? null,
    endedMs: endedAt?.getTime() ?? null,
    problems: problemsOf(problems),
    markets: marketsOf(markets),
    progress: ended ? null : progressOf(progress),
    cancelling: !ended && cancelling,
    figures,
  }
}

type Parts = { readonly [K in 'metrics' | 'provenance' | 'range' | 'ambiguity']: Report[K] | null }

/** Null: that report was written before there was such a part. */
const figuresOf = ({ metrics, provenance, range, ambiguity }: Parts): RunFigures | null => {
  if (metrics === null || provenance === null || range === null || ambiguity === null) return null
  const { netProfitUsdt, returnPct, sharpe, maxDrawdownPct, costsOfGrossPct } = metrics
  const { synthetic, instruments, lockboxMs } = provenance
  return {
    metrics: { netProfitUsdt, returnPct, sharpe, maxDrawdownPct, costsOfGrossPct },
    provenance: { synthetic, instruments, lockboxMs },
    range,
    ambiguity,
  }
}

/** Runs whose figures are remembered: a report never changes, and is large beside what a list says of it. */
const remembered = 2000
/** Reports that one statement reads: the database holds as many in its memory, and answers before it is given up. */
const readAtOnce = 10

export const createRunRows = (db: Database) => {
  const known = new Map<string, RunFigures | null>()

  const readFigures = async (ids: readonly string[]): Promise<void> => {
    // As json, not jsonb: its numbers keep their spelling.
    const rows = await guarded(
      () => db.$queryRaw<(Parts & { id: string })[]>`
        SELECT r.id, x.metrics, x.provenance, x.range, x.ambiguity
        FROM run r, LATERAL json_to_record(CASE WHEN r.report IS JSON OBJECT THEN r.report::json END)
          AS x(metrics json, provenance json, range json, ambiguity json)
        WHERE r.id = ANY(${[...ids]})`,
    )
    const found = new Map(rows.map(({ id, ...parts }) => [id, figuresOf(parts)]))
    for (const id of ids) {
      const [oldest] = known.keys()
      if (known.size >= remembered && oldest !== undefined) known.delete(oldest)
      known.set(id, found.get(id) ?? null)
    }
  }

  const whole = async (found: readonly Row[]): Promise<RunRow[]> => {
    const unread = found.flatMap(({ id, state }) => (state === 'done' && !known.has(id) ? [id] : []))
    for (let i = 0; i < unread.length; i += readAtOnce) await readFigures(unread.slice(i, i + readAtOnce))
    return found.map((row) => rowOf(row, known.get(row.id) ?? null))
  }

  const select = (which: Prisma.Sql): Promise<Row[]> =>
    guarded(() => db.$queryRaw<Row[]>`SELECT ${columns} FROM ${tables} WHERE ${which}`)

  return {
    list: async ({ playId, before, most, figures = true }: RunsAsk): Promise<RunRow[]> => {
      const ofPlay = playId === null ? Prisma.empty : Prisma.sql`AND r.play_id = ${playId}`
      const older =
        before === null
          ? Prisma.empty
          : Prisma.sql`AND (r.created_at, r.id) < (SELECT b.created_at, b.id FROM run b WHERE b.id = ${before})`
      const found = await select(Prisma.sql`true ${ofPlay} ${older} ${newestFirst} LIMIT ${most}`)
      return figures ? whole(found) : found.map((row) => rowOf(row, null))
    },
    rows: async (ids: readonly string[]): Promise<RunRow[]> =>
      whole(await select(Prisma.sql`r.id = ANY(${[...ids]}) ${newestFirst}`)),
    twins: async (id: string): Promise<RunTwin[]> => {
      const rows = await db.$queryRaw<(Omit<RunTwin, 'endedMs'> & { endedAt: Date | null })[]>`
        SELECT t.id, t.trades_hash AS "tradesHash", t.equity_hash AS "equityHash", t.ended_at AS "endedAt"
        FROM run r JOIN run t ON t.play_hash = r.play_hash AND t.settings_hash = r.settings_hash
          AND t.dataset_hash = r.dataset_hash AND t.engine = r.engine AND t.id <> r.id
        WHERE r.id = ${id} AND t.state = 'done' ORDER BY t.created_at DESC, t.id DESC LIMIT 100`
      return rows.map(({ endedAt, ...twin }) => ({ ...twin, endedMs: endedAt?.getTime() ?? null }))
    },
    previous: async (id: string): Promise<string | null> => {
      const [found] = await db.$queryRaw<{ id: string }[]>`
        SELECT t.id FROM run r JOIN run t ON t.play_id = r.play_id AND (t.created_at, t.id) < (r.created_at, r.id)
        WHERE r.id = ${id} AND t.state = 'done' ORDER BY t.created_at DESC, t.id DESC LIMIT 1`
      return found?.id ?? null
    },
  }
}
