// Settlements that a run charges: on whole minutes, checked against their schedule, priced at mark (semantics.md S38).
import type { Problem } from '../kit/problem'
import { roundedStamps } from './columns/feeds'
import type { FundingPlan } from './plan'
import type { BarRows, FundingRows, MarketRows } from './rows'

const slack = 5_000

/** Errors in the stamps themselves; the import refuses such files, a foreign port may not. */
const stampProblem = (rows: FundingRows, stamps: Float64Array, id: string): Problem | null => {
  for (let j = 0; j < stamps.length; j++) {
    const off = Math.abs(rows.stampMs[j] - stamps[j]) > slack
    const twice = j > 0 && stamps[j] <= stamps[j - 1]
    if (!off && !twice) continue
    const what = off ? 'is more than 5 s off its minute' : 'is the second of its minute'
    return {
      code: 'funding_stamp',
      severity: 'error',
      where: {},
      message: `funding of ${id}: the settlement stamped ${rows.stampMs[j]} ${what}`,
      hint: 'import the funding file again from its source',
      fixes: [],
    }
  }
  return null
}

/**
 * How many equal distances in a row show that a market has changed to longer intervals: fewer could as well be every
 * second settlement missing, and a cost left out in silence is worse than a run refused. Venues settle after 1, 2, 4 or
 * 8 hours: what is longer is no cycle that one would change to.
 */
const settledIn = 3
const longestCycleMs = 8 * 3_600_000

/** The distance after settlement j, when it is the first of a row of `settledIn` equal ones; else null. */
const newCycle = (stamps: Float64Array, j: number): number | null => {
  const distance = stamps[j + 1] - stamps[j]
  if (distance > longestCycleMs) return null
  for (let k = j + 1; k < j + settledIn; k++) if (!(stamps[k + 1] - stamps[k] === distance)) return null
  return distance
}

/**
 * Interval of settlement j: the file's, else the smaller of the distances to its neighbours; null for a lone one. The
 * last settlement of a shorter cycle has the shorter distance before it: where a longer cycle begins, its own counts.
 */
const intervalOf = (rows: FundingRows, stamps: Float64Array, j: number): number | null => {
  const own = rows.intervalMs?.[j]
  if (own !== undefined && own > 0) return own
  const before = j > 0 ? stamps[j] - stamps[j - 1] : Number.POSITIVE_INFINITY
  const after = j + 1 < stamps.length ? stamps[j + 1] - stamps[j] : Number.POSITIVE_INFINITY
  const interval = before < after ? (newCycle(stamps, j) ?? before) : after
  return Number.isFinite(interval) ? interval : null
}

/** Expected settlements strictly between a and b, one interval apart, counted from a. */
const between = (a: number, b: number, interval: number): number[] => {
  const out: number[] = []
  for (let ms = a + interval; ms < b - slack; ms += interval) out.push(ms)
  return out
}

/** Settlements that the schedule expects in (from, to) and the file has not. */
const missingIn = (
  rows: FundingRows,
  stamps: Float64Array,
  range: { readonly fromMs: number; readonly toMs: number },
): number[] => {
  const last = stamps.length - 1
  const missing: number[] = []
  for (let j = 0; j <= last; j++) {
    const interval = intervalOf(rows, stamps, j)
    if (interval === null) continue
    // Where the interval column changes it may speak of the time before a settlement or behind it: either may hold.
    const told = rows.intervalMs !== null && rows.intervalMs[j + 1] === stamps[j + 1] - stamps[j]
    if (!told) missing.push(...between(stamps[j], j < last ? stamps[j + 1] : range.toMs + slack, interval))
    if (j === 0) for (let ms = stamps[0] - interval; ms > range.fromMs; ms -= interval) missing.push(ms)
  }
  return missing.filter((ms) => ms > range.fromMs && ms < range.toMs).sort((a, b) => a - b)
}

/** Open of the mark bar that opens at each settlement; NaN where there is none. Both ascend. */
const markAt = (mark: BarRows | null, stamps: Float64Array): Float64Array => {
  const out = new Float64Array(stamps.length).fill(Number.NaN)
  if (mark === null) return out
  const { openMs, open } = mark
  for (let j = 0, k = 0; j < stamps.length; j++) {
    while (k < openMs.length && openMs[k] < stamps[j]) k += 1
    if (openMs[k] === stamps[j]) out[j] = open[k]
  }
  return out
}

const merged = (
  rows: FundingRows,
  stamps: Float64Array,
  missing: readonly number[],
): { ms: Float64Array; rate: Float64Array } => {
  if (missing.length === 0) return { ms: stamps, rate: rows.rate }
  const all = [
    ...Array.from(stamps, (ms, j) => [ms, rows.rate[j]] as const),
    ...missing.map((ms) => [ms, Number.NaN] as const),
  ].sort((a, b) => a[0] - b[0])
  return { ms: Float64Array.from(all, ([ms]) => ms), rate: Float64Array.from(all, ([, rate]) => rate) }
}

export interface FundingRange {
  readonly fromMs: number
  readonly toMs: number
  readonly gaps: 'refuse' | 'mark'
}

export interface PlannedFunding {
  readonly plan: FundingPlan | null
  /** Settlements without a rate that `mark` lets pass. */
  readonly missing: number
  readonly problem: Problem | null
}

/** The plan of a market for a range, or why the run must not start. Null: nothing to charge (spot, or marked gaps). */
export const fundingPlan = (market: MarketRows, range: FundingRange): PlannedFunding => {
  const { instrument, funding } = market
  const refuse = (message: string): PlannedFunding => ({
    plan: null,
    missing: 0,
    problem: {
      code: 'funding_missing',
      severity: 'error',
      where: {},
      message,
      hint: 'import the missing funding rates, choose a range that they cover, or run with funding_gaps: mark',
      fixes: [],
    },
  })
  if (instrument.kind === 'spot') return { plan: null, missing: 0, problem: null }
  if (funding === null || funding.stampMs.length === 0)
    return range.gaps === 'mark'
      ? { plan: null, missing: 0, problem: null }
      : refuse(`there are no funding rates of ${instrument.id}: its costs would be wrong without them`)
  const stamps = roundedStamps(funding)
  const problem = stampProblem(funding, stamps, instrument.id)
  if (problem !== null) return { plan: null, missing: 0, problem }
  const missing = missingIn(funding, stamps, range)
  if (missing.length > 0 && range.gaps === 'refuse')
    return refuse(
      `${missing.length} funding settlements of ${instrument.id} are expected in the range but not stored, the first at ${missing[0]} ms`,
    )
  const rows = merged(funding, stamps, missing)
  return { plan: { ...rows, mark: markAt(market.mark, rows.ms) }, missing: missing.length, problem: null }
}
