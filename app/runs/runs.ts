// Runs of record as a list shows them: what the server says of each, and how news of them find their rows. Pure.
import type { inferRouterOutputs } from '@trpc/server'
import { least } from '../../blocks/engine/metrics/result'
import type { AppRouter } from '../../server/api/router'
import { duration, elapsed, fixed, minus, none, percent, signedPercent } from '../results/format'
import { isEarned, trustCells } from '../results/trust'
import type { VerdictKind } from '../ui/Verdict'

export type RunRow = inferRouterOutputs<AppRouter>['run']['list'][number]

/** Rows that the server gives at once. */
export const pageSize = 100

export const isRunId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)

export const isOver = ({ state }: Pick<RunRow, 'state'>): boolean => state !== 'queued' && state !== 'running'

export const stateKinds: Readonly<Record<RunRow['state'], VerdictKind>> = {
  queued: 'wait',
  running: 'wait',
  done: 'pass',
  refused: 'fail',
  failed: 'fail',
  cancelled: 'no',
}

/** What a run on its way is at. */
export const stepOf = ({ state, progress, cancelling }: RunRow): string => {
  if (cancelling) return 'is being cancelled'
  if (state === 'queued') return 'waits for its turn'
  return progress?.label ?? 'begins'
}

/** Why there is no result, in words. */
export const whyNone = ({ state, failure, problems }: RunRow): string => {
  if (state === 'cancelled') return 'cancelled before it ended'
  if (state === 'failed') return failure ?? 'it failed'
  const [first, ...more] = problems
  if (first === undefined) return 'the server refused it'
  return more.length === 0 ? first.message : `${first.message}, and ${more.length} more`
}

export interface RunFigure {
  readonly text: string
  readonly about: string
  readonly quiet: boolean
}

const few = (what: string): RunFigure => ({
  text: none,
  about: `Not enough data: at least ${least} ${what} are needed.`,
  quiet: true,
})

type Figures = NonNullable<RunRow['figures']>

/** Profit is grey until trust is earned; below the least sample there is none. */
export const netFigure = (figures: Figures, trades: number): RunFigure => {
  const { value } = figures.metrics.returnPct
  if (trades < least || value === null) return few('trades')
  const open = trustCells(figures).filter(({ verdict }) => verdict !== 'pass')
  const about =
    open.length === 0
      ? 'Every cell of trust is earned.'
      : `Not earned yet: ${open.map(({ label }) => label).join(', ')}.`
  return { text: signedPercent(value), about, quiet: !isEarned(trustCells(figures)) }
}

const measured = (metric: Figures['metrics']['sharpe'], write: (value: number) => string): RunFigure => {
  if (!metric.enough) return few('daily returns')
  if (metric.value === null) return { text: none, about: metric.why ?? 'It is undefined here.', quiet: true }
  return { text: write(metric.value), about: '', quiet: false }
}

export const sharpeFigure = ({ metrics }: Figures): RunFigure => measured(metrics.sharpe, (value) => fixed(value, 2))

export const drawdownFigure = ({ metrics }: Figures): RunFigure =>
  measured(metrics.maxDrawdownPct, (value) => (value === 0 ? percent(0) : `${minus}${percent(value)}`))

/** Time from its begin to its end. */
export const tookText = ({ startedMs, endedMs }: Pick<RunRow, 'startedMs' | 'endedMs'>): string => {
  if (startedMs === null || endedMs === null) return none
  const ms = Math.max(0, endedMs - startedMs)
  return ms < 60_000 ? elapsed(ms) : duration(ms)
}

const newerFirst = (a: RunRow, b: RunRow): number => b.createdMs - a.createdMs || (a.id < b.id ? 1 : -1)

/** Pages with what is told of some runs: known rows change where they stand, new ones come in at the top. */
export const withNews = (
  pages: readonly (readonly RunRow[])[],
  news: readonly RunRow[],
  playId: string | null,
): RunRow[][] => {
  const told = new Map(news.filter((row) => playId === null || row.playId === playId).map((row) => [row.id, row]))
  const changed = pages.map((page) => page.map((row) => told.get(row.id) ?? row))
  const known = new Set(pages.flat().map(({ id }) => id))
  const [first = [], ...rest] = changed
  const oldest = first.at(-1)
  // What is older than the first page stands on a page that may not be there yet; news may come in another order.
  const fresh = [...told.values()].filter(
    (row) => !known.has(row.id) && (oldest === undefined || newerFirst(row, oldest) < 0),
  )
  return [[...first, ...fresh].sort(newerFirst), ...rest]
}

/** The two that are compared, at most: a third takes the place of the one chosen first. */
export const chosenWith = (chosen: readonly string[], id: string): readonly string[] =>
  chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-2)

/** The older one is the one before. */
export const comparisonOf = (rows: readonly RunRow[], chosen: readonly string[]): string | null => {
  const [after, before] = rows.filter(({ id }) => chosen.includes(id)).sort(newerFirst)
  return before === undefined || after === undefined ? null : `/compare/${before.id}/${after.id}`
}
