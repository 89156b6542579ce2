// When the snapshots in Binance's metrics archives were taken. Their rows are labelled at the end of their five minutes up
// to 24 June 2026 and at the beginning since, without a word of the venue (reported in August 2026 at
// github.com/binance/binance-public-data): at face value each newer row would be seen five minutes before it was.
import { midnightMs } from './glimpse'
import type { RawTable } from './table'

const dayMs = 86_400_000
const changedMs = midnightMs(2026, 6, 25)

const isMidnight = (ms: number): boolean => ms % dayMs === 0

/** Whole days tell it themselves: they run from 00:00 to 23:55, or from 00:05 to the 00:00 after. */
const labelsOf = (timeMs: Float64Array): 'start' | 'end' => {
  const times = timeMs.filter((ms) => Number.isFinite(ms))
  const first = times.reduce((least, ms) => Math.min(least, ms), Infinity)
  const last = times.reduce((most, ms) => Math.max(most, ms), -Infinity)
  if (isMidnight(first) !== isMidnight(last)) return isMidnight(first) ? 'start' : 'end'
  return last <= changedMs ? 'end' : 'start'
}

/** The rows at the moments of their snapshots, one interval behind the beginning that labels them. */
export const atSnapshots = (raw: RawTable, intervalMs: number): RawTable =>
  labelsOf(raw.timeMs) === 'end' ? raw : { ...raw, timeMs: raw.timeMs.map((ms) => ms + intervalMs) }
