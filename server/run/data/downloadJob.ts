// Downloads as jobs: asked for by the page, done by the worker, followed by all who watch.
import { z } from 'zod'
import { timeframes } from '../../../blocks/kit/timeframe'
import { Failure, failureOr } from '../../core/failure'
import type { Range } from '../../core/incoming'
import { isPerp, type SeriesInfo, seriesKinds } from '../../core/series'
import type { JobDoer, JobHands, JobRetry } from '../jobs/workJobs'
import type { Actor, JobBoard, JobEnd, JobNow, JobState } from '../stores'
import { type DownloadPorts, type DownloadResult, type DownloadStep, download, downloadKey } from './download'
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

/** Before the first exchange of this world opened. */
const earliestMs = Date.UTC(2009, 0, 1)
const latestMs = Date.UTC(2100, 0, 1)
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
      hint: 'Binance USD-M, Binance spot and Bybit linear can be downloaded from',
    })
  if (kind === 'instruments') return
  downloadKey(requestOf(ask))
  if (fromMs === null) throw new Failure('option_missing', 'the first day is not given', { hint: 'say from when' })
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

/** What stands with its job. */
interface Told {
  readonly step?: DownloadStep
  readonly summary?: DownloadSummary
  readonly trouble?: DownloadTrouble
}

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
  const end: JobEnd = { state: 'failed', failure: trouble.message, progress: { ...last, trouble } }
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
    return { state: 'done', progress: { ...last, summary: summaryOf(result) } }
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

const isTold = (value: unknown): value is Told => typeof value === 'object' && value !== null

const nowOf = (job: JobNow): readonly DownloadNow[] => {
  const ask = downloadAskSchema.safeParse(job.payload)
  if (!ask.success) return []
  // Written by the doer above and by nobody else.
  const told = isTold(job.progress) ? job.progress : {}
  const { id, state, failure, cancelling, createdMs, endedMs } = job
  return [{ ...ask.data, ...told, id, state, failure, cancelling, createdMs, endedMs }]
}

/** The open ones and the last that ended. */
export const listDownloads = async (board: Pick<JobBoard, 'list'>): Promise<readonly DownloadNow[]> =>
  (await board.list(downloadKind, 20)).flatMap(nowOf)
