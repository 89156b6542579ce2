// What holding the same symbols would have done (semantics.md S47), and the run's returns measured against it.
import type { BenchmarkPrices, RunFacts } from '../facts'
import { type Daily, dailyOf, daysAYear, still } from './daily'
import type { Result } from './result'
import { covarianceOf, deviationOf, meanOf } from './series'

/** Wealth of one unit of capital: at each daily sample and at the end. */
interface Wealth {
  readonly samples: Float64Array
  readonly end: number
}

const priced = (price: number): boolean => Number.isFinite(price) && price > 0

/** All capital buys at the first open, the taker fee out of it; cash before that, or if there is nothing to buy. */
const held = (facts: RunFacts, prices: BenchmarkPrices): Wealth => {
  const quantity = priced(prices.startOpen) ? 1 / (prices.startOpen * (1 + facts.takerFee)) : 0
  const worth = (close: number): number => (quantity > 0 && priced(close) ? quantity * close : 1)
  const samples = Float64Array.from(facts.sampleMs, (ms, i) => (ms <= facts.fromMs ? 1 : worth(prices.daily[i])))
  return { samples, end: worth(prices.endClose) }
}

/** Equal capital in each symbol. */
const buyAndHold = (facts: RunFacts): Wealth | string => {
  const bought = facts.benchmark.filter((prices) => priced(prices.startOpen))
  if (bought.length === 0) return 'no bar to buy at in the range'
  const parts = facts.benchmark.map((prices) => held(facts, prices))
  return {
    samples: facts.sampleMs.map((_, i) => meanOf(parts.map((part) => part.samples[i]))),
    end: meanOf(parts.map((part) => part.end)),
  }
}

/** Daily rebalanced to the weight at which whole days are as volatile as the run's, part days at the ends included. */
const equalRisk = (wealth: Wealth, weight: number): Result => {
  let worth = 1
  let before = 1
  for (const after of [...wealth.samples, wealth.end]) {
    worth *= 1 + weight * (after / before - 1)
    if (worth <= 0) return -1
    before = after
  }
  return worth - 1
}

const notComparable = (run: Daily, market: Daily): string | null => {
  if (run.why !== null) return run.why
  if (run.r.length < 2) return 'fewer than two whole days in the range'
  return deviationOf(market.r) <= still ? 'the market did not move' : null
}

/** Fractions; alpha is the daily intercept x 365, not compounded. */
export interface Benchmark {
  readonly buyHold: Result
  readonly equalRisk: Result
  readonly alpha: Result
  readonly beta: Result
  readonly correlation: Result
}

export const benchmarkOf = (facts: RunFacts, run: Daily): Benchmark => {
  const wealth = buyAndHold(facts)
  if (typeof wealth === 'string') {
    return { buyHold: wealth, equalRisk: wealth, alpha: wealth, beta: wealth, correlation: wealth }
  }
  const buyHold = wealth.end - 1
  const market = dailyOf({ sampleEquity: wealth.samples })
  const why = notComparable(run, market)
  if (why !== null) return { buyHold, equalRisk: why, alpha: why, beta: why, correlation: why }
  const spread = deviationOf(run.r)
  const marketSpread = deviationOf(market.r)
  const covariance = covarianceOf(run.r, market.r)
  const beta = covariance / (marketSpread * marketSpread)
  return {
    buyHold,
    equalRisk: equalRisk(wealth, spread / marketSpread),
    alpha: (meanOf(run.r) - beta * meanOf(market.r)) * daysAYear,
    beta,
    correlation: spread <= still ? 'the daily returns do not vary' : covariance / (spread * marketSpread),
  }
}
