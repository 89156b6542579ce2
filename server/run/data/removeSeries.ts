// Use-case: series out of the store, after it was said what is lost with them. Runs keep their reports; they cannot be
// computed again without their data.
import { Failure, failureOr } from '../../core/failure'
import { type SeriesKey, seriesKinds, seriesName } from '../../core/series'
import type { BarsPort, FramesPort, StorePort } from '../ports'
import type { Actor, DataUses, JobBoard, SeriesUses } from '../stores'

export const removeKind = 'remove'
export const removableKinds = seriesKinds

export interface RemoveAsk {
  readonly instrument: string
  /** All kinds, all timeframes where they are not given. */
  readonly kind?: SeriesKey['kind'] | undefined
  readonly tf?: SeriesKey['tf'] | undefined
  /** Says what would go, and leaves everything. */
  readonly dryRun: boolean
}

export interface RemovePorts {
  readonly store: StorePort
  readonly frames: FramesPort
  /** Every series there is, made-up ones too: the cache keeps theirs. */
  readonly bars: Pick<BarsPort, 'series'>
  /** Null: no database is named here, so nobody knows who uses what. */
  readonly records: { readonly uses: DataUses; readonly board: Pick<JobBoard, 'record'> } | null
  readonly actor: Actor
}

export interface RemovedSeries extends SeriesKey {
  readonly rows: number | null
  readonly bytes: number
  readonly sha256: string | null
}

export interface Removal {
  readonly dryRun: boolean
  readonly series: readonly RemovedSeries[]
  readonly bytes: number
  /** Null: not known, no database is named. */
  readonly uses: SeriesUses | null
  /** Who deleted it stands in the database; false where it went away meanwhile. */
  readonly recorded: boolean
}

const chosen = async ({ instrument, kind, tf }: RemoveAsk, store: StorePort): Promise<readonly RemovedSeries[]> => {
  const details = (await store.details(instrument)).filter(
    ({ key }) => (kind === undefined || key.kind === kind) && (tf === undefined || key.tf === tf),
  )
  if (details.length > 0)
    return details.map(({ key, info, bytes }) => {
      return { ...key, rows: info?.rows ?? null, bytes, sha256: info?.sha256 ?? null }
    })
  const what = [instrument, kind, tf].filter((part) => typeof part === 'string').join(' ')
  throw new Failure('series_missing', `nothing is stored of ${what}`, { hint: 'the list of market data shows what is' })
}

/** A database that is away does not bring back what is gone: it is said, and no failure. */
const recordedAs = async (
  { gone, actor }: { readonly gone: readonly RemovedSeries[]; readonly actor: Actor },
  records: RemovePorts['records'],
): Promise<boolean> => {
  if (records === null) return false
  const job = { kind: removeKind, key: `remove ${gone.map(seriesName).join(', ')}`, payload: { series: gone }, actor }
  const told = await failureOr(async () => records.board.record(job, { state: 'done' }))
  return !(told instanceof Failure)
}

const removed = async (ask: RemoveAsk, ports: RemovePorts): Promise<Removal> => {
  const { store, frames, bars, records, actor } = ports
  const series = await chosen(ask, store)
  const bytes = series.reduce((sum, one) => sum + one.bytes, 0)
  const uses = records === null ? null : await records.uses(series)
  const removal: Removal = { dryRun: ask.dryRun, series, bytes, uses, recorded: false }
  if (ask.dryRun) return removal
  const gone: RemovedSeries[] = []
  let recorded = false
  try {
    for (const one of series) {
      await store.remove({ instrument: one.instrument, kind: one.kind, tf: one.tf })
      gone.push(one)
    }
  } finally {
    // Whatever stopped it: what is gone was taken out by somebody.
    if (gone.length > 0) recorded = await recordedAs({ gone, actor }, records)
  }
  // Their columns are a cache: room that is not freed now is freed with the next series that is read.
  await failureOr(async () => frames.prune(new Set((await bars.series()).map(({ sha256 }) => sha256))))
  return { ...removal, recorded }
}

/** What is gone, or would go; a Failure leaves what it names. */
export const removeSeries = (ask: RemoveAsk, ports: RemovePorts): Promise<Removal | Failure> =>
  failureOr(() => removed(ask, ports))
