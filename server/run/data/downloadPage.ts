// One answer of a venue: cut to what was asked for and to what is closed, judged by the gate that judges files.
import { type Timeframe, tfMs } from '../../../blocks/kit/timeframe'
import { Failure } from '../../core/failure'
import { commonSpacing, judge } from '../../core/gate'
import type { Incoming, Range } from '../../core/incoming'
import { rowsRefused } from '../../core/refusal'
import { type SeriesKey, seriesName } from '../../core/series'
import type { RawTable } from '../../core/table'
import type { VenuePage } from '../ports'

/** The rows of `range`; a row without a time stays, for the gate to refuse. `widthMs`: the time that a row stands for. */
export const rowsIn = (raw: RawTable, { fromMs, toMs }: Range, widthMs: number): RawTable => {
  const rows = [...raw.timeMs.keys()].filter((i) => {
    const ms = raw.timeMs[i] ?? Number.NaN
    return !Number.isFinite(ms) || (ms >= fromMs && ms + widthMs <= toMs)
  })
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (i) => column[i] ?? Number.NaN)
  return { ...raw, timeMs: pick(raw.timeMs), values: raw.values.map(pick), line: pick(raw.line) }
}

/**
 * The part of `asked` that a page speaks for: what it lacks there, the venue lacks. An answer that was cut short speaks
 * only as far as its rows go, so that a venue which gives shorter pages one day is not believed to have holes.
 */
export const spokenFor = ({ raw, gives, toMs }: VenuePage, asked: Range, widthMs: number): Range => {
  const end = Math.min(asked.toMs, toMs)
  if (gives === 'first') {
    const last = Math.max(...raw.timeMs.filter((ms) => ms >= asked.fromMs))
    return { fromMs: asked.fromMs, toMs: last === -Infinity ? end : Math.min(end, last + widthMs) }
  }
  const first = Math.min(...raw.timeMs.filter((ms) => ms < end))
  return { fromMs: first === Infinity ? asked.fromMs : Math.max(asked.fromMs, first), toMs: end }
}

/** Fewer rows tell nothing of the spacing of all. */
const enoughPairs = 10

const refuseOtherSpacing = (raw: RawTable, tf: Timeframe, source: string): void => {
  const spacing = commonSpacing(raw.timeMs)
  if (spacing === null || spacing.pairs < enoughPairs || spacing.ms === tfMs[tf]) return
  throw new Failure('venue_wrong', `${source} answered bars that are ${spacing.ms / 1000} s apart, not ${tf}`, {
    hint: 'nothing of this answer was stored; try again later',
  })
}

const hint = "nothing of this answer was stored; hold the venue's rows against what is stored (data export)"

/** A refusal of rows in words that fit a venue: the times of the rows, and no advice about files. */
export const asVenueFailure = (failure: Failure, { raw }: VenuePage): Failure => {
  if (failure.code !== 'rows_refused') return failure
  const timeOf = (line: number | undefined): string => {
    const ms = raw.timeMs[raw.line.indexOf(line ?? Number.NaN)] ?? Number.NaN
    return Number.isFinite(ms) ? `; the first is of ${new Date(ms).toISOString()}` : ''
  }
  const problems = failure.problems.map((problem) => ({
    ...problem,
    message: problem.message + timeOf(problem.where.line),
    hint,
  }))
  const times = problems.map(({ where }) => timeOf(where.line)).join('')
  return new Failure('rows_refused', failure.message + times, { hint, problems, cause: failure })
}

/** The good rows, as a file would bring them; one bad row refuses all. Pages of one day and request are one source. */
export const incomingOf = (page: VenuePage, key: SeriesKey): Incoming => {
  const { raw, source, sha256, fetchedMs } = page
  const path = `${source}, fetched ${new Date(fetchedMs).toISOString().slice(0, 10)}`
  if (key.tf !== null) refuseOtherSpacing(raw, key.tf, source)
  const { table, line, faults, duplicates } = judge(raw, key)
  if (faults.length > 0) throw asVenueFailure(rowsRefused([{ path: `${path}, ${seriesName(key)}`, faults }]), page)
  return { path, sha256, table, line, faults, duplicates, fetchedMs }
}
