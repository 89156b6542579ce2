// What a row of published figures can be refused for. Nothing is repaired, sorted or guessed.
import { openMsOf, rowOf } from '../../blocks/kit/timeframe'
import type { FaultKind, PublishedKind, SeriesKey } from './series'
import type { RawTable } from './table'

/** Whether the values of one row can be; `missing` where no number stands. */
const amounts = (values: readonly number[], possible: (value: number) => boolean): FaultKind | null => {
  if (values.every((value) => Number.isNaN(value))) return 'text'
  return values.every((value) => Number.isNaN(value) || possible(value)) ? null : 'amount'
}

const all = (values: readonly number[], possible: (value: number) => boolean): FaultKind | null =>
  values.some((value) => Number.isNaN(value)) ? 'text' : amounts(values, possible)

/** An open interest of nothing is an outage of its source: a market that trades has some. */
const valueFaults: Readonly<Record<PublishedKind, (values: readonly number[]) => FaultKind | null>> = {
  'open-interest': (values) => amounts(values, (value) => value > 0),
  'long-short': (values) => all(values, (value) => value > 0),
  liquidations: (values) => all(values, (value) => value >= 0),
  series: (values) => all(values, () => true),
}

/** First fault of row i on its own, or null. */
export const publishedFault = (
  raw: RawTable,
  { kind, tf }: Pick<SeriesKey, 'tf'> & { readonly kind: PublishedKind },
  { i, nowMs }: { readonly i: number; readonly nowMs: number },
): FaultKind | null => {
  const time = raw.timeMs[i] ?? Number.NaN
  if (!Number.isInteger(time)) return 'text'
  const values = raw.values.map((column) => column[i] ?? Number.NaN)
  if (values.some((value) => Math.abs(value) === Infinity)) return 'text'
  if (time > nowMs) return 'future'
  return valueFaults[kind](values) ?? (tf === null || openMsOf(tf, rowOf(tf, time)) === time ? null : 'off_grid')
}

/**
 * Rows that go against the order of the others; publishers write the oldest or the newest first. `sound` are the rows
 * without another fault: a wrong time is not to make the right ones after it look wrong.
 */
export const againstOrder = (timeMs: Float64Array, sound: readonly number[]): ReadonlySet<number> => {
  const times = sound.map((i) => timeMs[i] ?? 0)
  const ups = times.filter((time, k) => k > 0 && time > (times[k - 1] ?? 0)).length
  const downs = times.filter((time, k) => k > 0 && time < (times[k - 1] ?? 0)).length
  const forward = ups >= downs
  const against = new Set<number>()
  let last = forward ? -Infinity : Infinity
  for (const [k, time] of times.entries()) {
    if (forward ? time < last : time > last) against.add(sound[k] ?? 0)
    else last = time
  }
  return against
}
