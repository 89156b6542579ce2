// How far the figures of one run can be trusted to their decimals: 95 % intervals from the run's own sample. They are
// no part of the report: who reads one can make them anew, and its document and hashes stay as they are.
import { type Daily, dailyOf, daysAYear, momentsOf, ratioVariance, still } from './daily'
import { deviationOf, meanOf, type Numbers } from './series'

export interface Interval {
  readonly low: number
  readonly high: number
}

/** The 97.5th percentile of the standard Normal. */
const z = 1.959963984540054

/**
 * The same percentile of Student's t with that many degrees of freedom, by the expansion of Cornish and Fisher
 * (Abramowitz and Stegun 26.7.5): from 29 on, the fewest there are (S46), it is right to the fifth decimal.
 */
const studentT = (freedom: number): number => {
  const z3 = z * z * z
  const z5 = z3 * z * z
  const z7 = z5 * z * z
  const [first, second] = [(z3 + z) / 4, (5 * z5 + 16 * z3 + 3 * z) / 96]
  const third = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384
  return z + (first + (second + third / freedom) / freedom) / freedom
}

const around = (middle: number, half: number): Interval => ({ low: middle - half, high: middle + half })

const noWidth = 'its spread is not defined for these values'

const sharpeOf = (daily: Daily): Interval | string => {
  if (daily.why !== null) return daily.why
  if (daily.r.length < 2) return 'fewer than two whole days in the range'
  const moments = momentsOf(daily.r, deviationOf(daily.r))
  const variance = ratioVariance(moments)
  if (deviationOf(daily.r) <= still || !(variance > 0)) return noWidth
  const year = Math.sqrt(daysAYear)
  return around(moments.ratio * year, z * Math.sqrt(variance / (moments.periods - 1)) * year)
}

/**
 * Of the yearly Sharpe ratio, from equity at each 00:00 UTC: the standard error that the probabilistic Sharpe ratio
 * stands on (Bailey and Lopez de Prado 2012, eq. 11), with skewness and fat tails. Days count as independent.
 */
export const sharpeInterval = (sampleEquity: Float64Array): Interval | string => sharpeOf(dailyOf({ sampleEquity }))

/** Of the mean of trades, in R: Student's t. Trades count as independent. */
export const meanInterval = (values: Numbers): Interval | string => {
  if (values.length < 2) return 'fewer than two values'
  const half = (studentT(values.length - 1) * deviationOf(values)) / Math.sqrt(values.length)
  return Number.isFinite(half) ? around(meanOf(values), half) : noWidth
}
