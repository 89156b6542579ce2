// Who stands on stored series: runs by the lists of series that they read, Plays by what their drafts name.
import type { DataUses, RunState, SeriesUses } from '../../run/stores'
import { type Database, guarded } from './client'

type Series = Parameters<DataUses>[0]

const mostRuns = 100

interface RunRow {
  readonly id: string
  readonly play_id: string
  readonly title: string
  readonly state: RunState
  readonly created_at: Date
  readonly count: bigint
}

/** A whole word of a text: `binance:BTCUSDT` is no part of `binance:BTCUSDT.P`. */
const wordOf = (instrument: string): string =>
  `(^|[^A-Za-z0-9_.:-])${instrument.replaceAll('.', '\\.')}($|[^A-Za-z0-9_.-])`

const usesOf = async (db: Database, series: Series): Promise<SeriesUses> => {
  const lists = series.map(({ instrument, kind, tf }) => JSON.stringify([{ instrument, kind, tf }]))
  const words = [...new Set(series.map(({ instrument }) => wordOf(instrument)))]
  // One that is on its way has no list yet: what it asks for names its markets.
  const runs = await db.$queryRaw<RunRow[]>`
    SELECT run.id, run.play_id, play.title, run.state::text AS state, run.created_at, count(*) OVER () AS count
    FROM run JOIN play ON play.id = run.play_id LEFT JOIN dataset ON dataset.hash = run.dataset_hash
    WHERE EXISTS (SELECT 1 FROM unnest(${lists}::text[]) AS list WHERE dataset.series @> list::jsonb)
      OR (run.state IN ('queued', 'running')
        AND EXISTS (SELECT 1 FROM unnest(${words}::text[]) AS word WHERE run.request::text ~ word))
    ORDER BY run.created_at DESC LIMIT ${mostRuns}`
  const plays = await db.$queryRaw<{ id: string; title: string }[]>`
    SELECT play.id, play.title FROM play JOIN play_draft ON play_draft.play_id = play.id
    WHERE play.deleted_at IS NULL
      AND EXISTS (SELECT 1 FROM unnest(${words}::text[]) AS word WHERE play_draft.yaml ~ word)
    ORDER BY play.changed_at DESC`
  return {
    runs: runs.map(({ id, play_id: playId, title, state, created_at: createdAt }) => {
      return { id, playId, title, state, createdMs: createdAt.getTime() }
    }),
    runCount: Number(runs[0]?.count ?? 0),
    plays,
  }
}

export const createDataUses =
  (db: Database): DataUses =>
  (series) =>
    guarded(() => usesOf(db, series))
