// How far back a venue still answers: what is older is cut off, and said.
import { shortDuration } from '../../core/duration'
import { Failure } from '../../core/failure'
import type { Range } from '../../core/incoming'
import type { SeriesKey } from '../../core/series'

export interface Reach {
  readonly key: SeriesKey
  /** Null: it answers for all of its history. */
  readonly keepsMs: number | null
  readonly venueMs: number
  /** Time of one row, ms. */
  readonly widthMs: number
}

const dayMs = 86_400_000
const timeOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')

/** The part of a range that can be had, with a sentence where that is not all of it. Throws Failure range_empty. */
export const withinReach = (
  { fromMs, toMs }: Range,
  { key, keepsMs, venueMs, widthMs }: Reach,
): { readonly range: Range; readonly notes: readonly string[] } => {
  // A row that is stored already is asked for beside the first missing one, and labels may lie one row before.
  const oldestMs = keepsMs === null ? Number.NEGATIVE_INFINITY : venueMs - keepsMs + 2 * widthMs
  if (fromMs >= oldestMs) return { range: { fromMs, toMs }, notes: [] }
  const kept = `the venue keeps ${key.kind} of the last ${shortDuration(Math.ceil((keepsMs ?? 0) / dayMs) * dayMs)} alone`
  if (toMs <= oldestMs) {
    throw new Failure('range_empty', `${kept}: nothing of the range can be had`, {
      hint: "older rows come from the venue's archives: playloom data import",
    })
  }
  return { range: { fromMs: oldestMs, toMs }, notes: [`${kept}: nothing before ${timeOf(oldestMs)} UTC was asked for`] }
}
