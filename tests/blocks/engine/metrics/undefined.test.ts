// Where a metric is undefined it is null and says why; where it is merely extreme it is a number.
import { describe, expect, it } from 'vitest'
import type { RunFacts } from '../../../../blocks/engine/facts'
import { metricsOf } from '../../../../blocks/engine/metrics/metrics'
import { type MetricName, metricNames } from '../../../../blocks/engine/metrics/names'
import { toTimeMs } from '../../../../blocks/kit/brand'
import { costs, dayMs, factsOf, newYear, tradeOf } from './facts'
import { near, ordinary, valuesOf } from './ordinary'

/** Names whose value is null. */
const undefinedIn = (facts: RunFacts): MetricName[] => {
  const metrics = metricsOf(facts)
  for (const name of metricNames) {
    const { value, why } = metrics[name]
    if (value === null) expect(why, name).toMatch(/^[a-z].{8,}/)
    else expect([name, Number.isFinite(value), why]).toEqual([name, true, undefined])
  }
  return metricNames.filter((name) => metrics[name].value === null)
}

const ofTrades: MetricName[] = [
  'profitFactor',
  'expectancyUsdt',
  'expectancyR',
  'expectancyRatio',
  'sqn',
  'winRatePct',
  'payoff',
  'maePct',
  'maeR',
  'mfePct',
  'mfeR',
  'endDrawdownR',
]
const ofMarket: MetricName[] = ['buyHoldReturnPct', 'equalRiskReturnPct', 'alphaPct', 'beta', 'correlation']
const ofStress: MetricName[] = ['closestLiquidationPct', 'lowestMarginRatio']
const sorted = (names: readonly MetricName[]) => metricNames.filter((name) => names.includes(name))

describe('undefined values are null with a reason', () => {
  it('without trades', () => {
    const idle = factsOf([1000, 1000, 1000, 1000])
    expect(undefinedIn(idle)).toEqual(
      sorted([
        ...ofTrades,
        ...ofMarket,
        ...ofStress,
        'sharpe',
        'sortino',
        'recoveryDays',
        'calmar',
        'upi',
        'omega',
        'leverageMean',
        'tailRatio',
        'skew',
        'excessKurtosis',
        'recoveryFactor',
        'gainToPain',
        'psr',
        'slippageBps',
        'costsOfGrossPct',
      ]),
    )
    near(valuesOf(idle), {
      netProfitUsdt: 0,
      cagrPct: 0,
      volatilityPct: 0,
      ulcer: 0,
      turnover: 0,
      var95Pct: 0,
      cvar95Pct: 0,
      wins: 0,
    })
    expect(metricsOf(idle).profitFactor.why).toBe('no closed trades')
    expect(metricsOf(idle).sharpe.why).toBe('the daily returns do not vary')
  })

  it('with one trade that won', () => {
    const one = metricsOf({ ...ordinary, trades: ordinary.trades.slice(0, 1) })
    expect(one.winRatePct.value).toBe(100)
    expect(one.expectancyUsdt.value).toBe(60)
    expect(one.expectancyR.value).toBe(2)
    expect(one.profitFactor).toEqual({ value: null, enough: false, why: 'no losing trade' })
    expect(one.payoff.why).toBe('no losing trade')
    expect(one.expectancyRatio.why).toBe('no losing trade')
    expect(one.sqn.why).toBe('fewer than two closed trades with an initial risk')
  })

  it('with one trade that lost: the profit factor is a true zero', () => {
    const one = metricsOf({ ...ordinary, trades: ordinary.trades.slice(1, 2) })
    expect(one.profitFactor).toEqual({ value: 0, enough: false })
    expect(one.payoff.why).toBe('no winning trade')
  })

  it('with all wins of one R', () => {
    const wins = metricsOf({ ...ordinary, trades: [0.1 + 0.2, 0.3].map((r, i) => tradeOf({ no: i, netUsdt: 3, r })) })
    expect(wins.sqn.why).toBe('all trades have the same R multiple')
    expect(wins.expectancyR.value).toBeCloseTo(0.3, 15)
  })

  it('with days that all win, by the same share but for rounding', () => {
    const steady = metricsOf(factsOf([1000, 1010, 1020.1, 1030.301, 1040.60401]))
    for (const name of ['sharpe', 'skew', 'excessKurtosis', 'psr'] as const) {
      expect(steady[name].why, name).toBe('the daily returns do not vary')
    }
    for (const name of ['sortino', 'omega', 'gainToPain'] as const) expect(steady[name].why, name).toBe('no day lost')
    expect(steady.calmar.why).toBe('equity was never below its peak')
    expect(steady.var95Pct.value).toBeCloseTo(1, 12)
    expect(steady.tailRatio.value).toBeCloseTo(1, 12)
  })

  it('while the largest drawdown has not recovered', () => {
    const facts = { ...ordinary, drawdowns: { ...ordinary.drawdowns, recoveryMs: null } }
    expect(undefinedIn(facts)).toEqual(['recoveryDays'])
  })

  it('S41: ruined by refusals, equity left: CAGR -100 %', () => {
    const values = valuesOf({ ...ordinary, ruined: true })
    near(values, { cagrPct: -100, calmar: -1 / 0.12, upi: -20, returnPct: 3.455 })
  })

  it('S41: ruined with equity at or below zero: nothing is divided by it', () => {
    const facts = factsOf([1000, 500, -20, -20], {
      ruined: true,
      drawdowns: { maxShare: 1.02, maxUsdt: 1020, longestMs: 3 * dayMs, recoveryMs: null },
    })
    near(valuesOf(facts), {
      returnPct: -102,
      cagrPct: -100,
      calmar: -1 / 1.02,
      ulcer: Math.sqrt((0.25 + 2 * 1.02 * 1.02) / 4),
    })
    for (const name of ['sharpe', 'volatilityPct', 'sortino', 'omega', 'psr', 'var95Pct', 'skew'] as const) {
      expect(metricsOf(facts)[name].why, name).toMatch(/^equity fell to zero or below/)
    }
  })

  it('nothing left at the end is -100 % a year, whether marked ruined or not', () => {
    expect(valuesOf(factsOf([1000, 500, -1])).cagrPct).toBe(-100)
    expect(valuesOf(factsOf([1000, 500, 0])).cagrPct).toBe(-100)
  })

  it('S41: the day of ruin itself still has a return', () => {
    expect(valuesOf(factsOf([1000, 500, 0])).var95Pct).toBeCloseTo(-97.5, 12)
  })

  it('inside one day', () => {
    const facts = factsOf([1000, 1100], {
      fromMs: newYear + dayMs / 4,
      toMs: newYear + dayMs / 2,
      sampleMs: new Float64Array(0),
      sampleEquity: new Float64Array(0),
    })
    const metrics = metricsOf(facts)
    expect(metrics.sharpe.why).toBe('fewer than two whole days in the range')
    expect(metrics.var95Pct.why).toBe('no whole day in the range')
    expect(metrics.ulcer.why).toBe('no 00:00 UTC in the range')
    // 1.1 ^ 1460 is 2.66e60: absurd, yet a number; 1.1 ^ (365 x 1440) is none.
    expect(Number(metrics.cagrPct.value) / (100 * 1.1 ** 1460)).toBeCloseTo(1, 9)
    const minute = metricsOf({ ...facts, toMs: toTimeMs(facts.fromMs + 60_000) })
    expect(minute.cagrPct).toEqual({ value: null, enough: false, why: 'too large or too small to be a number' })
    expect(minute.netProfitUsdt.value).toBe(100)
  })

  it('one whole day has a value at risk and no deviation', () => {
    const metrics = metricsOf(factsOf([1000, 900]))
    expect(metrics.var95Pct.value).toBeCloseTo(-10, 12)
    expect(metrics.volatilityPct.why).toBe('fewer than two whole days in the range')
  })

  it('costs of a losing run have no share of a profit', () => {
    const facts = factsOf([1000, 900], { costs: { ...costs, takerFeesUsdt: 100 } })
    expect(metricsOf(facts).costsOfGrossPct.why).toBe('no profit before costs')
    const bare = factsOf([1000, 900], { costs: { ...costs, takerFeesUsdt: 100.5 } })
    expect(metricsOf(bare).costsOfGrossPct.value).toBeCloseTo(20_100, 6)
  })

  it('a fault upstream is called one', () => {
    const facts = { ...ordinary, trades: ordinary.trades.map((trade) => ({ ...trade, maeR: Number.NaN })) }
    expect(metricsOf(facts).maeR).toEqual({ value: null, enough: false, why: 'not a number: a fault of the engine' })
  })

  it('-0 is 0', () => {
    expect(
      Object.is(
        metricsOf(factsOf([1000, 1000], { exposure: { ...ordinary.exposure, netMean: -0 } })).netMeanPct.value,
        0,
      ),
    ).toBe(true)
  })
})
