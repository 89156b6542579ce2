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

/** Interval of settlement j: the file's, else the smaller of the distances to its neighbours; null for a lone one. */
const intervalOf = (rows: FundingRows, stamps: Float64Array, j: number): number | null => {
  const own = rows.intervalMs?.[j]
  if (own !== undefined && own > 0) return own
  const before = j > 0 ? stamps[j] - stamps[j - 1] : Number.POSITIVE_INFINITY
  const after = j + 1 < stamps.length ? stamps[j + 1] - stamps[j] : Number.POSITIVE_INFINITY
  const interval = Math.min(before, after)
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
    missing.push(...between(stamps[j], j < last ? stamps[j + 1] : range.toMs + slack, interval))
    if (j === 0) for (let ms = stamps[0] - interval; ms > range.fromMs; ms -= interval) missing.push(ms)
  }
  return missing.filter((ms) => ms > range.fromMs && ms < range.toMs).sort((a, b) => a - b)
}

/** Open of the mark bar that opens at each settlement; NaN where there is none. */
const markAt = (mark: BarRows | null, stamps: Float64Array): Float64Array => {
  const out = new Float64Array(stamps.length).fill(Number.NaN)
  if (mark === null) return out
  const places = new Map<number, number>()
  for (let j = 0; j < mark.openMs.length; j++) places.set(mark.openMs[j], j)
  return out.map((_, j) => {
    const place = places.get(stamps[j])
    return place === undefined ? Number.NaN : mark.open[place]
  })
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

/** The plan of a market for a range, or why the run must not start. Null: nothing to charge (spot, or marked gaps). */
export const fundingPlan = (
  market: MarketRows,
  range: { readonly fromMs: number; readonly toMs: number; readonly gaps: 'refuse' | 'mark' },
): { plan: FundingPlan | null; missing: number; problem: Problem | null } => {
  const { instrument, funding } = market
  const refuse = (message: string): { plan: null; missing: number; problem: Problem } => ({
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
