// Ratios of daily returns (metrics.md; semantics.md S44, S46): 365 days a year, risk-free rate 0.
import type { RunFacts } from '../facts'
import { normalCdf } from './normal'
import type { Result } from './result'
import { deviationOf, kurtosisOf, meanOf, type Numbers, percentileOf, skewOf } from './series'

export const daysAYear = 365

/** A quotient of two doubles carries some 1e-16 of rounding: a deviation below this is no movement at all. */
export const still = 1e-14

export interface Daily {
  /** Simple returns between consecutive 00:00 samples, flat days included; part days at the ends are not in. */
  readonly r: Float64Array
  /** Set: they are undefined, and why. */
  readonly why: string | null
}

export const dailyOf = ({ sampleEquity }: Pick<RunFacts, 'sampleEquity'>): Daily => {
  const r = new Float64Array(Math.max(0, sampleEquity.length - 1))
  let why: string | null = null
  for (let i = 0; i < r.length; i++) {
    if (sampleEquity[i] <= 0) why = 'equity fell to zero or below: returns after that are undefined'
    r[i] = sampleEquity[i + 1] / sampleEquity[i] - 1
  }
  return { r, why }
}

/** `formula` of the returns if there are `count` of them. */
const withReturns = ({ r, why }: Daily, count: 1 | 2, formula: (r: Float64Array) => Result): Result => {
  if (why !== null) return why
  if (r.length < count) return count === 1 ? 'no whole day in the range' : 'fewer than two whole days in the range'
  return formula(r)
}

/** Likewise, if they move. */
const withMovement = (daily: Daily, formula: (r: Float64Array, deviation: number) => Result): Result =>
  withReturns(daily, 2, (r) => {
    const deviation = deviationOf(r)
    return deviation <= still ? 'the daily returns do not vary' : formula(r, deviation)
  })

const sumWhere = (xs: Numbers, sign: 1 | -1): number => {
  let sum = 0
  for (let i = 0; i < xs.length; i++) if (sign * xs[i] > 0) sum += sign * xs[i]
  return sum
}

const noLoss = 'no day lost'

/** Fraction a year. */
export const volatility = (daily: Daily): Result => withReturns(daily, 2, (r) => deviationOf(r) * Math.sqrt(daysAYear))

export const sharpe = (daily: Daily): Result =>
  withMovement(daily, (r, deviation) => (meanOf(r) / deviation) * Math.sqrt(daysAYear))

export const sortino = (daily: Daily): Result =>
  withReturns(daily, 1, (r) => {
    let squares = 0
    for (const x of r) if (x < 0) squares += x * x
    const downside = Math.sqrt(squares / r.length)
    return downside <= still ? noLoss : (meanOf(r) / downside) * Math.sqrt(daysAYear)
  })

/** Omega at threshold 0. */
export const omega = (daily: Daily): Result =>
  withReturns(daily, 1, (r) => {
    const lost = sumWhere(r, -1)
    return lost <= still * r.length ? noLoss : sumWhere(r, 1) / lost
  })

export const gainToPain = (daily: Daily): Result =>
  withReturns(daily, 1, (r) => {
    const lost = sumWhere(r, -1)
    return lost <= still * r.length ? noLoss : (sumWhere(r, 1) - lost) / lost
  })

export const skew = (daily: Daily): Result => withMovement(daily, skewOf)

export const excessKurtosis = (daily: Daily): Result => withMovement(daily, (r) => kurtosisOf(r) - 3)

export const tailRatio = (daily: Daily): Result =>
  withReturns(daily, 1, (r) => {
    const low = Math.abs(percentileOf(r, 0.05))
    return low <= still ? 'the 5th percentile of the daily returns is zero' : Math.abs(percentileOf(r, 0.95)) / low
  })

/** 5th percentile of the returns: negative for a loss. */
export const valueAtRisk = (daily: Daily): Result => withReturns(daily, 1, (r) => percentileOf(r, 0.05))

/** Mean of the returns at or below it. */
export const conditionalValueAtRisk = (daily: Daily): Result =>
  withReturns(daily, 1, (r) => {
    const limit = percentileOf(r, 0.05)
    return meanOf(r.filter((x) => x <= limit))
  })

export interface Moments {
  /** Mean / deviation (N - 1) per period, not annualised. */
  readonly ratio: number
  readonly periods: number
  readonly skew: number
  /** Raw: 3 for a Normal. */
  readonly kurtosis: number
}

export const momentsOf = (r: Numbers, deviation: number): Moments => ({
  ratio: meanOf(r) / deviation,
  periods: r.length,
  skew: skewOf(r),
  kurtosis: kurtosisOf(r),
})

/** Variance of the ratio, times periods - 1; not above 0 where it is not defined. */
export const ratioVariance = ({ ratio, skew: s, kurtosis: k }: Moments): number =>
  1 - s * ratio + ((k - 1) / 4) * ratio * ratio

/** Bailey and Lopez de Prado, "The Sharpe ratio efficient frontier", J. Risk 15(2), 2012, eq. 11. */
export const probabilisticSharpe = (moments: Moments, against: number): Result => {
  const variance = ratioVariance(moments)
  if (!(variance > 0)) return 'the error of the Sharpe ratio is not defined for these returns'
  return normalCdf(((moments.ratio - against) * Math.sqrt(moments.periods - 1)) / Math.sqrt(variance))
}

/** Probability that the true Sharpe ratio is above 0. */
export const psr = (daily: Daily): Result =>
  withMovement(daily, (r, deviation) => probabilisticSharpe(momentsOf(r, deviation), 0))
