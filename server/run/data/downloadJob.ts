// Downloads as jobs: asked for by the page, done by the worker, followed by all who watch.
import { z } from 'zod'
import type { Problem } from '../../../blocks/kit/problem'
import { timeframes } from '../../../blocks/kit/timeframe'
import { Failure, type FailureCode, failureOr } from '../../core/failure'
import type { Range } from '../../core/incoming'
import { isPerp, type SeriesInfo, seriesKinds } from '../../core/series'
import type { JobDoer, JobHands, JobRetry } from '../jobs/workJobs'
import type { Actor, JobBoard, JobEnd, JobNow, JobState } from '../stores'
import { type DownloadPorts, type DownloadResult, download } from './download'
import { askedSeries, type DownloadStep, earliestMs, latestMs } from './downloadRequest'
import { instrumentSchema } from './seriesKey'

export const downloadKind = 'download'

/** What is asked for. Without an end: up to the last closed bar, as of when it is done. */
export interface DownloadAsk {
  readonly instrument: string
  readonly kind: string
  readonly tf: string | null
  readonly fromMs: number | null
  readonly toMs: number | null
}

const moment = z.int().min(earliestMs).max(latestMs)

export const downloadAskSchema: z.ZodType<DownloadAsk, DownloadAsk> = z.strictObject({
  instrument: instrumentSchema,
  kind: z.enum([...seriesKinds, 'instruments']),
  tf: z.enum(timeframes).nullable(),
  fromMs: moment.nullable(),
  toMs: moment.nullable(),
})

const requestOf = ({ instrument, kind, tf, fromMs, toMs }: DownloadAsk) => ({
  instrument,
  kind,
  ...(tf === null ? {} : { tf }),
  ...(fromMs === null ? {} : { fromMs }),
  ...(toMs === null ? {} : { toMs }),
})

/** What can be refused without asking the venue. */
const refuseWrong = (ask: DownloadAsk): void => {
  const { instrument, kind, fromMs, toMs } = ask
  const venue = instrument.slice(0, instrument.indexOf(':'))
  if (venue !== 'binance' && !(venue === 'bybit' && isPerp(instrument)))
    throw new Failure('market_unknown', `no venue is known that serves ${instrument}`, {
      hint: 'binance:SYMBOL, binance:SYMBOL.P and bybit:SYMBOL.P can be downloaded',
    })
  if (kind === 'instruments') return
  if (fromMs === null) throw new Failure('option_missing', 'the first day is not given', { hint: 'say from when' })
  askedSeries(requestOf(ask))
  if (toMs !== null && fromMs >= toMs)
    throw new Failure('range_empty', 'the range is empty: its end is not after its start', { hint: 'change a day' })
}

/** One open download a series: of market facts, one a venue and kind of market. */
const keyOf = ({ instrument, kind, tf }: DownloadAsk): string =>
  kind === 'instruments'
    ? `download ${instrument.slice(0, instrument.indexOf(':'))} ${isPerp(instrument) ? 'perp' : 'spot'} instruments`
    : `download ${instrument} ${kind} ${tf ?? 'all'}`

/** `joined`: one of this series was on its way already, and goes on as it was asked for. */
export const queueDownload = (
  ask: DownloadAsk,
  { board, actor }: { readonly board: Pick<JobBoard, 'open'>; readonly actor: Actor },
): Promise<{ readonly id: string; readonly joined: boolean } | Failure> =>
  failureOr(async () => {
    refuseWrong(ask)
    return await board.open({ kind: downloadKind, key: keyOf(ask), payload: ask, actor })
  })

/** More stretches than these are counted. */
const mostHoles = 20

export interface DownloadSummary extends Pick<DownloadResult, 'fromMs' | 'toMs' | 'added' | 'pages' | 'markets'> {
  /** Rows of the series now; null for market facts. */
  readonly rows: number | null
  readonly gaps: number
  readonly holes: readonly Range[]
  readonly holeCount: number
  /** What else is to be known of it. */
  readonly notes: readonly string[]
}

export interface DownloadTrouble {
  readonly code: string
  readonly message: string
  readonly hint: string | null
  readonly details: readonly string[]
}

/** All that came of it, in the words of the command line. */
export type DownloadOutcome =
  | { readonly result: DownloadResult }
  | {
      readonly refused: { readonly code: FailureCode; readonly message: string; readonly problems: readonly Problem[] }
    }

/** What stands with its job. */
interface Told {
  readonly step?: DownloadStep
  readonly summary?: DownloadSummary
  readonly trouble?: DownloadTrouble
}

/** The outcome as text of JSON: the database would put the keys of an object into an order of its own. */
interface Kept extends Told {
  readonly outcome?: string
}

const outcomeText = (outcome: DownloadOutcome): string => JSON.stringify(outcome)

const summaryOf = (result: DownloadResult): DownloadSummary => {
  const { series, fromMs, toMs, added, pages, markets, holes } = result
  const of: Pick<SeriesInfo, 'rows' | 'gaps'> | null = series
  const notes = 'notes' in result && Array.isArray(result.notes) ? result.notes.map(String) : []
  const rows = { rows: of?.rows ?? null, gaps: of?.gaps ?? 0 }
  return {
    fromMs,
    toMs,
    added,
    pages,
    markets,
    ...rows,
    holes: holes.slice(0, mostHoles),
    holeCount: holes.length,
    notes,
  }
}

/** On the page nobody types a command. */
const spoken = (text: string): string =>
  text
    .replaceAll(/the same command goes on/g, 'the same download goes on')
    .replaceAll('--tf', 'the timeframe')
    .replaceAll('--from', 'the first day')
    .replaceAll('(data export)', '')

const troubleOf = ({ code, message, hint, problems }: Failure): DownloadTrouble => ({
  code,
  message: spoken(message),
  hint: hint === undefined ? null : spoken(hint),
  details: problems.length > 1 ? problems.slice(0, 10).map((problem) => spoken(problem.message)) : [],
})

/** Another try of the same may go well, and soon: all else waits for the user. */
const passing: readonly Failure['code'][] = ['venue_unreachable', 'store_busy', 'database_away']

const endOf = (failure: Failure, last: Told): JobEnd | JobRetry => {
  const trouble = troubleOf(failure)
  const { code, message, problems } = failure
  const kept: Kept = { ...last, trouble, outcome: outcomeText({ refused: { code, message, problems } }) }
  const end: JobEnd = { state: 'failed', failure: trouble.message, progress: kept }
  const again = failure.code === 'cancelled' || passing.includes(failure.code)
  return again ? { retry: trouble.message, end } : end
}

/** `open` is called for the first download: a worker that has none loads no client of any venue. */
export const downloadDoer = (open: () => Promise<DownloadPorts>): JobDoer => ({
  kind: downloadKind,
  work: async (payload: unknown, { signal, tell }: JobHands): Promise<JobEnd | JobRetry> => {
    const ask = downloadAskSchema.parse(payload)
    let last: Told = {}
    const progress = (step: DownloadStep): void => {
      last = { step }
      tell(last)
    }
    const result = await download({ ...requestOf(ask), signal, progress }, await open())
    if (result instanceof Failure) return endOf(result, last)
    const kept: Kept = { ...last, summary: summaryOf(result), outcome: outcomeText({ result }) }
    return { state: 'done', progress: kept }
  },
})

export interface DownloadNow extends DownloadAsk, Told {
  readonly id: string
  readonly state: JobState
  readonly failure: string | null
  readonly cancelling: boolean
  readonly createdMs: number
  readonly endedMs: number | null
}

// Written by the doer above and by nobody else.
const isKept = (value: unknown): value is Kept => typeof value === 'object' && value !== null
const keptOf = ({ progress }: JobNow): Kept => (isKept(progress) ? progress : {})

const nowOf = (job: JobNow): readonly DownloadNow[] => {
  const ask = downloadAskSchema.safeParse(job.payload)
  if (!ask.success) return []
  const { outcome: _, ...told } = keptOf(job)
  const { id, state, failure, cancelling, createdMs, endedMs } = job
  return [{ ...ask.data, ...told, id, state, failure, cancelling, createdMs, endedMs }]
}

/** The open ones and the last that ended. */
export const listDownloads = async (board: Pick<JobBoard, 'list'>): Promise<readonly DownloadNow[]> =>
  (await board.list(downloadKind, 20)).flatMap(nowOf)

/** One of them, as who asked for it follows it. */
export interface DownloadFollowed {
  readonly state: JobState
  /** Why it failed, or why it waits for another try. */
  readonly failure: string | null
  readonly step: DownloadStep | null
  /** Null: it is on its way, was cancelled, or failed by a bug. */
  readonly outcome: DownloadOutcome | null
}

/** Null: there is no such download. */
export const followDownload = async (id: string, board: Pick<JobBoard, 'get'>): Promise<DownloadFollowed | null> => {
  const job = await board.get(id)
  if (job === null || job.kind !== downloadKind) return null
  const { step = null, outcome } = keptOf(job)
  const { state, failure } = job
  return { state, failure, step, outcome: outcome === undefined ? null : (JSON.parse(outcome) as DownloadOutcome) }
}
