// A figure or the reason why there is none: how a formula speaks before it becomes a Metric.
import type { Metric } from './names'

/** A number, or a sentence that says why it is undefined. */
export type Result = number | string

/** Daily returns or closed trades below which a figure is shown as "not enough data" (S46). */
export const least = 30

export const metricOf = (result: Result, enough: boolean): Metric => {
  if (typeof result === 'string') return { value: null, enough, why: result }
  if (Number.isNaN(result)) return { value: null, enough, why: 'not a number: a fault of the engine' }
  if (!Number.isFinite(result)) return { value: null, enough, why: 'too large or too small to be a number' }
  return { value: result === 0 ? 0 : result, enough }
}

/** What has simply happened (a sum, a count, an extreme) needs no sample size. */
export const fact = (result: Result): Metric => metricOf(result, true)

export const percent = (share: Result): Result => (typeof share === 'string' ? share : 100 * share)

/** a / b where both are known; `why` where b is zero. */
export const quotient = (a: Result, b: Result, why: string): Result => {
  if (typeof a === 'string') return a
  if (typeof b === 'string') return b
  return b === 0 ? why : a / b
}
