// What is odd about published figures without being wrong: stretches without a change or a value, jumps.
import { type Finding, findingOf, runsOf } from './quality'
import type { PublishedKind } from './series'
import type { Table } from './table'

/** A figure may stay for a while; this many rows without a change are a frozen source. Sums of nothing are usual. */
const unchangedRun: Readonly<Record<PublishedKind, number>> = {
  'open-interest': 3,
  'long-short': 5,
  liquidations: Infinity,
  series: 5,
}
/** A change counts when it is 20 times the usual one (mean of the last 100, by weight). */
const jumpTimes = 20
const warmUp = 30

const jumps = (timeMs: Float64Array, values: Float64Array): readonly Finding[] => {
  let usual = 0
  let seen = 0
  let count = 0
  let worst = { fromMs: 0, rows: 1, size: 0 }
  for (let i = 1; i < values.length; i++) {
    const change = Math.abs((values[i] ?? 0) - (values[i - 1] ?? 0))
    if (Number.isNaN(change)) continue
    if (seen >= warmUp && usual > 0 && change > jumpTimes * usual) {
      count++
      if (change / usual > worst.size) worst = { fromMs: timeMs[i] ?? 0, rows: 1, size: change / usual }
    }
    seen++
    usual += (change - usual) / Math.min(seen, 100)
  }
  return count === 0 ? [] : [{ kind: 'jump', count, runs: count, worst }]
}

/** Between two rows that are farther apart than a value counts, nothing is known: from the end of its age on. */
const stale = (timeMs: Float64Array, maxAgeMs: number): readonly Finding[] => {
  let runs = 0
  let worst = { fromMs: 0, rows: 1, size: 0 }
  for (let i = 1; i < timeMs.length; i++) {
    const beyond = (timeMs[i] ?? 0) - (timeMs[i - 1] ?? 0) - maxAgeMs
    if (!(beyond > 0)) continue
    runs++
    if (beyond > worst.size) worst = { fromMs: (timeMs[i - 1] ?? 0) + maxAgeMs, rows: 1, size: beyond }
  }
  return runs === 0 ? [] : [{ kind: 'stale', count: runs, runs, worst }]
}

/** `maxAgeMs` from the stamp of a value. */
export const publishedFindings = (
  kind: PublishedKind,
  { timeMs, values }: Table,
  maxAgeMs: number,
): readonly Finding[] => {
  const told = values.find((column) => column.some((value) => Number.isFinite(value))) ?? new Float64Array(0)
  const same = runsOf(timeMs.length, unchangedRun[kind], (i) => i > 0 && told[i] === told[i - 1])
  const before = same.map(({ start, rows }) => ({ start: start - 1, rows: rows + 1 }))
  // Sums leap from nothing to a cascade and back: that is what they are for.
  const leaps = kind === 'liquidations' ? [] : jumps(timeMs, told)
  return [...findingOf('unchanged', timeMs, before), ...leaps, ...stale(timeMs, maxAgeMs)]
}
