// Every metric of a run (metrics.md), from its facts alone: the one definition for all who show or judge a run.
import type { RunFacts } from '../facts'
import { benchmarkOf } from './benchmark'
import { costMetrics } from './costs'
import * as daily from './daily'
import * as growth from './growth'
import { type Metric, type MetricName, type Metrics, metricNames } from './names'
import { isClosed } from './outcome'
import { perTradeMetrics } from './perTrade'
import { fact, least, metricOf, percent, type Result } from './result'

type Rate = (result: Result) => Metric

const growthMetrics = (facts: RunFacts, rate: Rate) => ({
  netProfitUsdt: fact(growth.netProfit(facts)),
  returnPct: fact(100 * growth.totalReturn(facts)),
  cagrPct: rate(percent(growth.cagr(facts))),
  maxDrawdownPct: rate(100 * facts.drawdowns.maxShare),
  maxDrawdownUsdt: rate(facts.drawdowns.maxUsdt),
  drawdownDays: rate(facts.drawdowns.longestMs / growth.dayMs),
  recoveryDays: rate(growth.recoveryDays(facts)),
  calmar: rate(growth.calmar(facts)),
  ulcer: rate(growth.ulcer(facts)),
  upi: rate(growth.ulcerPerformance(facts)),
  recoveryFactor: rate(growth.recoveryFactor(facts)),
  turnover: rate(growth.turnover(facts)),
})

const dailyMetrics = (days: daily.Daily, rate: Rate) => ({
  volatilityPct: rate(percent(daily.volatility(days))),
  sharpe: rate(daily.sharpe(days)),
  sortino: rate(daily.sortino(days)),
  omega: rate(daily.omega(days)),
  tailRatio: rate(daily.tailRatio(days)),
  skew: rate(daily.skew(days)),
  excessKurtosis: rate(daily.excessKurtosis(days)),
  var95Pct: rate(percent(daily.valueAtRisk(days))),
  cvar95Pct: rate(percent(daily.conditionalValueAtRisk(days))),
  gainToPain: rate(daily.gainToPain(days)),
  psr: rate(daily.psr(days)),
})

const benchmarkMetrics = (facts: RunFacts, days: daily.Daily, rate: Rate) => {
  const benchmark = benchmarkOf(facts, days)
  return {
    buyHoldReturnPct: fact(percent(benchmark.buyHold)),
    equalRiskReturnPct: rate(percent(benchmark.equalRisk)),
    alphaPct: rate(percent(benchmark.alpha)),
    beta: rate(benchmark.beta),
    correlation: rate(benchmark.correlation),
  }
}

const exposureMetrics = ({ exposure }: RunFacts) => ({
  exposurePct: fact(100 * exposure.timeShare),
  grossMeanPct: fact(100 * exposure.grossMean),
  grossMaxPct: fact(100 * exposure.grossMax),
  netMeanPct: fact(100 * exposure.netMean),
  netMaxPct: fact(100 * exposure.netMax),
  leverageMean: fact(exposure.leverageMean ?? 'never in the market'),
})

const stressMetrics = (facts: RunFacts) => ({
  liquidations: fact(facts.liquidations),
  closestLiquidationPct: fact(percent(facts.closestLiquidationShare ?? 'never held a position that can be liquidated')),
  lowestMarginRatio: fact(facts.lowestMarginRatio ?? 'never held a position that can be liquidated'),
})

/** In the order of `metricNames`. */
export const metricsOf = (facts: RunFacts): Metrics => {
  const days = daily.dailyOf(facts)
  const closed = facts.trades.filter(isClosed)
  const rate: Rate = (result) => metricOf(result, days.r.length >= least)
  const all: Record<MetricName, Metric> = {
    ...growthMetrics(facts, rate),
    ...dailyMetrics(days, rate),
    ...perTradeMetrics(closed),
    ...exposureMetrics(facts),
    ...costMetrics(facts),
    ...stressMetrics(facts),
    ...benchmarkMetrics(facts, days, rate),
  }
  return Object.fromEntries(metricNames.map((name) => [name, all[name]])) as Metrics
}
