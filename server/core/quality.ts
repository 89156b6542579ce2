// What is odd about stored rows without being wrong: still stretches, flat bars, jumps, late stamps. Nothing is changed.
import { settlementMinute } from './gate'
import type { Table } from './table'

export interface Finding {
  readonly kind:
    | 'zero_volume'
    | 'flat'
    | 'outlier'
    | 'late_stamp'
    | 'settlement_missing'
    | 'unchanged'
    | 'jump'
    | 'stale'
  /** Rows concerned. */
  readonly count: number
  /** Stretches they form; equal to count where each stands alone. */
  readonly runs: number
  /** Start and length in rows of the longest run (the largest jump, the latest stamp); `size` in the kind's own unit. */
  readonly worst: { readonly fromMs: number; readonly rows: number; readonly size: number }
}

interface Run {
  readonly start: number
  readonly rows: number
}

/** Stretches of at least `least` rows for which `holds`. */
export const runsOf = (rows: number, least: number, holds: (i: number) => boolean): readonly Run[] => {
  const runs: Run[] = []
  let start = -1
  for (let i = 0; i <= rows; i++) {
    if (i < rows && holds(i)) {
      if (start < 0) start = i
    } else if (start >= 0) {
      if (i - start >= least) runs.push({ start, rows: i - start })
      start = -1
    }
  }
  return runs
}

export const findingOf = (kind: Finding['kind'], timeMs: Float64Array, runs: readonly Run[]): readonly Finding[] => {
  const longest = runs.reduce<Run | null>((best, run) => (best === null || run.rows > best.rows ? run : best), null)
  if (longest === null) return []
  const count = runs.reduce((sum, run) => sum + run.rows, 0)
  return [
    {
      kind,
      count,
      runs: runs.length,
      worst: { fromMs: timeMs[longest.start] ?? 0, rows: longest.rows, size: longest.rows },
    },
  ]
}

/** A flat bar may be quiet trading; this many in a row are a halt or a frozen feed. */
const flatRun = 5
/** A jump counts when its true range is 20 times the usual (mean of the last 100, by weight) and over 1 %. */
const outlierTimes = 20
const outlierShare = 0.01

const outliers = ({ timeMs, values }: Table): readonly Finding[] => {
  const [, high = timeMs, low = timeMs, close = timeMs] = values
  let usual = 0
  let count = 0
  let worst = { fromMs: 0, rows: 1, size: 0 }
  for (let i = 1; i < timeMs.length; i++) {
    const before = close[i - 1] ?? 0
    const share = (Math.max(high[i] ?? 0, before) - Math.min(low[i] ?? 0, before)) / before
    if (i > 100 && share > outlierShare && share > outlierTimes * usual) {
      count++
      if (share > worst.size) worst = { fromMs: timeMs[i] ?? 0, rows: 1, size: share }
    }
    usual += (share - usual) / Math.min(i, 100)
  }
  return count === 0 ? [] : [{ kind: 'outlier', count, runs: count, worst }]
}

export const barFindings = (table: Table): readonly Finding[] => {
  const { timeMs, values } = table
  const [open = timeMs, high = timeMs, low = timeMs, close = timeMs, volume] = values
  const still = volume === undefined ? [] : runsOf(timeMs.length, 1, (i) => volume[i] === 0)
  const flat = runsOf(timeMs.length, flatRun, (i) => {
    const same = i === 0 || close[i] === close[i - 1]
    return same && high[i] === low[i] && open[i] === close[i]
  })
  return [...findingOf('zero_volume', timeMs, still), ...findingOf('flat', timeMs, flat), ...outliers(table)]
}

/** Stamps more than this behind their minute are named (up to 31 ms is usual). */
const lateMs = 1000

/** Settlements are expected at the usual distance; a distance of twice or more has some missing. */
export const fundingFindings = ({ timeMs }: Table): readonly Finding[] => {
  let late = 0
  let latest = { fromMs: 0, rows: 1, size: 0 }
  const minutes = Array.from(timeMs, settlementMinute)
  for (const [i, minute] of minutes.entries()) {
    const behind = Math.abs((timeMs[i] ?? 0) - minute * 60_000)
    if (behind > lateMs) late++
    if (behind > latest.size) latest = { fromMs: timeMs[i] ?? 0, rows: 1, size: behind }
  }
  const steps = minutes.slice(1).map((minute, i) => minute - (minutes[i] ?? 0))
  const usual = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
  const holes = steps.flatMap((step, i) =>
    usual > 0 && step >= 2 * usual ? [{ start: i, rows: Math.floor(step / usual) - 1 }] : [],
  )
  return [
    ...(late === 0 ? [] : [{ kind: 'late_stamp', count: late, runs: late, worst: latest } as const]),
    ...findingOf('settlement_missing', timeMs, holes),
  ]
}
