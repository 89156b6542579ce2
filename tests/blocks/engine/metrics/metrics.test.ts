// Every metric against numbers worked by hand; the arithmetic stands beside them.
import { describe, expect, it } from 'vitest'
import type { RunFacts } from '../../../../blocks/engine/facts'
import { metricsOf } from '../../../../blocks/engine/metrics/metrics'
import { type MetricName, metricNames } from '../../../../blocks/engine/metrics/names'
import { costs, dayMs, factsOf, newYear, tradeOf } from './facts'

/** Null where undefined. */
const valuesOf = (facts: RunFacts): Record<MetricName, number | null> => {
  const metrics = metricsOf(facts)
  return Object.fromEntries(metricNames.map((name) => [name, metrics[name].value])) as Record<MetricName, number | null>
}

const near = (values: Record<MetricName, number | null>, expected: Partial<Record<MetricName, number>>) => {
  for (const [name, value] of Object.entries(expected)) {
    const actual = values[name as MetricName]
    expect(actual, name).not.toBeNull()
    expect(Math.abs(Number(actual) - value), `${name}: ${actual} for ${value}`).toBeLessThan(
      1e-9 * Math.max(1, Math.abs(value)),
    )
  }
}

// Four whole days. Equity 1000 1100 1045 1149.5 1034.55, so r = 0.1 -0.05 0.1 -0.1: mean 0.0125,
// deviations 0.0875 -0.0625 0.0875 -0.1125, their squares sum to 0.031875.
const ordinary = factsOf([1000, 1100, 1045, 1149.5, 1034.55], {
  drawdowns: { maxShare: 0.12, maxUsdt: 138.2, longestMs: 1.5 * dayMs, recoveryMs: 0.25 * dayMs },
  exposure: {
    timeShare: 0.4,
    grossMean: 0.3,
    grossMax: 2.5,
    netMean: -0.1,
    netMax: -2.5,
    leverageMean: 0.75,
    equityMean: 1080,
  },
  costs: {
    makerFeesUsdt: 2,
    takerFeesUsdt: 7,
    liquidationFeesUsdt: 1,
    fundingPaidUsdt: 4,
    fundingReceivedUsdt: 1.5,
    slippageUsdt: 6,
    slippedNotionalUsdt: 40_000,
    gapLossUsdt: 3,
  },
  filledNotionalUsdt: 54_000,
  liquidations: 1,
  closestLiquidationShare: 0.02,
  lowestMarginRatio: 1.25,
  // Net 60, -30, 20, -10, and one that is even to 1e-9 of its notional of 100.
  trades: [
    tradeOf({
      no: 1,
      netUsdt: 60,
      r: 2,
      exitPrice: 164,
      initialRiskUsdt: 32,
      maePct: -1,
      maeR: -0.5,
      mfePct: 8,
      mfeR: 2.5,
    }),
    tradeOf({
      no: 2,
      netUsdt: -30,
      r: -1.5,
      side: 'short',
      exitPrice: 128,
      initialRiskUsdt: 20,
      maePct: -3,
      maeR: -1.5,
      mfePct: 1,
      mfeR: 0.6,
    }),
    tradeOf({
      no: 3,
      netUsdt: 20,
      r: 1,
      exitPrice: 122,
      initialRiskUsdt: 20,
      maePct: -2,
      maeR: -0.4,
      mfePct: 3,
      mfeR: 1.1,
    }),
    tradeOf({
      no: 4,
      netUsdt: -10,
      r: -1,
      exitPrice: 91,
      initialRiskUsdt: 10,
      maePct: -1.5,
      maeR: -1,
      mfePct: 0,
      mfeR: 0,
    }),
    tradeOf({
      no: 5,
      netUsdt: 9e-8,
      r: 0,
      exitPrice: 100,
      initialRiskUsdt: 10,
      maePct: -0.5,
      maeR: -0.1,
      mfePct: 0.5,
      mfeR: 0.3,
    }),
  ],
  // All capital at 100 with a fee of 5 %: 1 / 105 a unit, so wealth 1 1 1.1 0.99 1.089 and r = 0 0.1 -0.1 0.1.
  takerFee: 0.05,
  benchmark: [
    {
      instrument: 'binance:BTCUSDT',
      startOpen: 100,
      daily: Float64Array.of(Number.NaN, 105, 115.5, 103.95, 114.345),
      endClose: 114.345,
    },
  ],
})

describe('an ordinary run', () => {
  const values = valuesOf(ordinary)

  it('counts profit, growth and drawdown', () => {
    near(values, {
      netProfitUsdt: 34.55,
      returnPct: 3.455,
      // 1.03455 ^ (365 / 4) - 1
      cagrPct: 2118.5693576453923,
      maxDrawdownPct: 12,
      maxDrawdownUsdt: 138.2,
      drawdownDays: 1.5,
      recoveryDays: 0.25,
      // 21.18569357645392521 / 0.12
      calmar: 176.5474464704494,
      // drawdowns at the samples 0 0 0.05 0 0.1: sqrt((0.0025 + 0.01) / 5)
      ulcer: 0.05,
      upi: 423.7138715290785,
      // 34.55 / 138.2
      recoveryFactor: 0.25,
      // 54000 / 1080 = 50 in 4 days, x 365 / 4
      turnover: 4562.5,
    })
  })

  it('S44 S46: takes ratios of daily returns with N - 1 and 365 days', () => {
    near(values, {
      // sqrt(0.031875 / 3) = 0.103077640640..., x sqrt 365 x 100
      volatilityPct: 196.9295559330798,
      // 0.0125 / 0.103077640640... x sqrt 365
      sharpe: 2.3168183050950564,
      // downside sqrt((0.05^2 + 0.1^2) / 4) = 0.0559016994...; 0.0125 / it = 1 / sqrt 20; x sqrt 365
      sortino: 4.272001872658765,
      // 0.2 / 0.15 and (0.2 - 0.15) / 0.15
      omega: 4 / 3,
      gainToPain: 1 / 3,
      // sorted -0.1 -0.05 0.1 0.1: place 0.15 is -0.1 + 0.15 x 0.05; only -0.1 lies at or below it
      var95Pct: -9.25,
      cvar95Pct: -10,
      // place 2.85 is 0.1; 0.1 / 0.0925
      tailRatio: 1.0810810810810811,
      // m2 0.00796875, m3 -0.00008203125, m4 0.0000731689453125 (all / 4)
      skew: -0.11531718339054198,
      excessKurtosis: -1.8477508650519032,
      // SR 0.121267812518..., x sqrt 3 / sqrt(1 - skew SR + (1.152249 - 1) / 4 SR^2) = 0.20853104863956...
      psr: 0.5825928289251481,
    })
  })

  it('S43 S45: judges closed trades, a breakeven apart', () => {
    near(values, {
      wins: 2,
      losses: 2,
      breakeven: 1,
      winRatePct: 40,
      // 80 / 40
      profitFactor: 2,
      // 40 / 5 (and the 9e-8 of the even one)
      expectancyUsdt: 8 + 1.8e-8,
      // (2 - 1.5 + 1 - 1 + 0) / 5
      expectancyR: 0.1,
      // means 40 and 20
      payoff: 2,
      // (1 + 2) x 0.4 - 1
      expectancyRatio: 0.2,
      // R - 0.1: 1.9 -1.6 0.9 -1.1 -0.1, squares 3.61 2.56 0.81 1.21 0.01 = 8.2; sqrt 5 x 0.1 / sqrt(8.2 / 4)
      sqn: (Math.sqrt(5) * 0.1) / Math.sqrt(2.05),
      // (-1 - 3 - 2 - 1.5 - 0.5) / 5 and so on
      maePct: -1.6,
      maeR: -0.7,
      mfePct: 2.5,
      mfeR: 0.9,
      // MFE - gross R: 2.5 - 64/32, 0.6 + 28/20, 1.1 - 22/20, 0 + 9/10, 0.3 - 0 = 0.5 2 0 0.9 0.3
      endDrawdownR: 0.74,
    })
  })

  it('shows exposure, costs and stress', () => {
    near(values, {
      exposurePct: 40,
      grossMeanPct: 30,
      grossMaxPct: 250,
      netMeanPct: -10,
      netMaxPct: -250,
      leverageMean: 0.75,
      feesUsdt: 10,
      makerFeesUsdt: 2,
      takerFeesUsdt: 7,
      liquidationFeesUsdt: 1,
      fundingUsdt: -2.5,
      fundingPaidUsdt: 4,
      fundingReceivedUsdt: 1.5,
      slippageUsdt: 6,
      // 6 / 40000
      slippageBps: 1.5,
      // costs 2 + 7 + 1 + 4 + 6 = 20; before them 34.55 + 20
      costsOfGrossPct: 2000 / 54.55,
      liquidations: 1,
      closestLiquidationPct: 2,
      lowestMarginRatio: 1.25,
    })
  })

  it('S47: compares with holding', () => {
    near(values, {
      buyHoldReturnPct: 8.9,
      // market r - 0.025: -0.025 0.075 -0.125 0.075, squares sum 0.0275; products with the run's sum to -0.02625
      beta: -0.02625 / 0.0275,
      correlation: -0.886620694933573,
      // (0.0125 + 0.0238636...) x 365
      alphaPct: 1327.2727272727273,
      // weight sqrt(0.031875 / 0.0275) = 1.0766108...: (1 + 0.1 w)(1 - 0.1 w)(1 + 0.1 w) - 1
      equalRiskReturnPct: 9.48222854521491,
    })
  })

  it('has every name once, in order, and none is defined by accident', () => {
    expect(Object.keys(metricsOf(ordinary))).toEqual([...metricNames])
    expect(metricNames).toHaveLength(62)
    for (const name of metricNames) expect(values[name], name).not.toBeNull()
  })
})

describe('S46: enough data', () => {
  const flat = (days: number) => factsOf(Array.from({ length: days + 1 }, (_, i) => 1000 + (i % 2)))
  const trades = (count: number) =>
    Array.from({ length: count }, (_, i) => tradeOf({ no: i + 1, netUsdt: i % 2 ? 5 : -5, r: i % 2 ? 0.5 : -0.5 }))

  it('is 30 daily returns for the rows of r', () => {
    expect(metricsOf(flat(29)).sharpe).toMatchObject({ enough: false })
    expect(metricsOf(flat(29)).sharpe.value).not.toBeNull()
    expect(metricsOf(flat(30)).sharpe).toMatchObject({ enough: true })
    expect(metricsOf(flat(30)).profitFactor).toMatchObject({ enough: false })
  })
  it('is 30 closed trades for the rows of trades', () => {
    const short = metricsOf({ ...flat(3), trades: trades(29) })
    const long = metricsOf({ ...flat(3), trades: trades(30) })
    expect(short.profitFactor).toEqual({ value: 14 / 15, enough: false })
    expect(long.profitFactor).toEqual({ value: 1, enough: true })
    for (const name of [
      'expectancyUsdt',
      'expectancyR',
      'sqn',
      'winRatePct',
      'payoff',
      'maeR',
      'endDrawdownR',
      'costsOfGrossPct',
    ] as const) {
      expect([name, short[name].enough, long[name].enough]).toEqual([name, false, true])
    }
    expect(long.sharpe.enough).toBe(false)
  })
  it('counts only trades that have an R where R is asked', () => {
    const some = trades(30).map((trade, i) => (i === 0 ? { ...trade, r: null } : trade))
    expect(metricsOf({ ...flat(3), trades: some }).expectancyR.enough).toBe(false)
    expect(metricsOf({ ...flat(3), trades: some }).expectancyR.value).toBeCloseTo(0.5 / 29, 12)
  })
  it('is not asked of what has simply happened', () => {
    for (const name of ['netProfitUsdt', 'returnPct', 'feesUsdt', 'wins', 'exposurePct', 'liquidations'] as const) {
      expect(metricsOf(flat(3))[name].enough, name).toBe(true)
    }
  })
})

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
    const minute = metricsOf({ ...facts, toMs: facts.fromMs + 60_000 })
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

  it('-0 is 0', () => {
    expect(
      Object.is(
        metricsOf(factsOf([1000, 1000], { exposure: { ...ordinary.exposure, netMean: -0 } })).netMeanPct.value,
        0,
      ),
    ).toBe(true)
  })
})

describe('S47: benchmarks', () => {
  const market = (id: string, closes: readonly number[], startOpen = 100) => ({
    instrument: id,
    startOpen,
    daily: Float64Array.from(closes),
    endClose: closes.at(-1) ?? Number.NaN,
  })

  it('puts equal capital into each symbol and keeps cash until one begins', () => {
    // First 1 -> 2 -> 2; second has no bar on the first day: 1, 1, 3.
    const facts = factsOf([1000, 1010, 1000], {
      benchmark: [market('a', [100, 200, 200]), market('b', [Number.NaN, Number.NaN, 300])],
    })
    // Wealth 1, 1.5, 2.5.
    expect(metricsOf(facts).buyHoldReturnPct.value).toBeCloseTo(150, 12)
    // r market 0.5, 2/3; r run 0.01, -0.00990099...: beta = difference / difference.
    expect(metricsOf(facts).beta.value).toBeCloseTo((1000 / 1010 - 1 - 0.01) / (2 / 3 - 0.5), 12)
  })

  it('does not lend the close before the start to the first sample', () => {
    const facts = factsOf([1000, 1010, 1000], { benchmark: [market('a', [90, 110, 121])] })
    expect(metricsOf(facts).beta.why).toBe('the market did not move')
  })

  it('without any bar there is none', () => {
    const facts = factsOf([1000, 1010, 1000], {
      benchmark: [market('a', [Number.NaN, Number.NaN, Number.NaN], Number.NaN)],
    })
    expect(metricsOf(facts).buyHoldReturnPct.why).toBe('no bar to buy at in the range')
  })

  it('an equal-risk holder who is wiped out stays so', () => {
    const facts = factsOf([1000, 2000, 500, 1500], { benchmark: [market('a', [100, 101, 99, 101])] })
    expect(metricsOf(facts).equalRiskReturnPct.value).toBe(-100)
  })

  it('a run that never moved has beta 0 and no correlation', () => {
    const facts = factsOf([1000, 1000, 1000], { benchmark: [market('a', [100, 110, 100])] })
    expect(metricsOf(facts).beta.value).toBe(0)
    expect(metricsOf(facts).alphaPct.value).toBe(0)
    expect(metricsOf(facts).correlation.why).toBe('the daily returns do not vary')
    expect(metricsOf(facts).equalRiskReturnPct.value).toBe(0)
  })

  it('part days at the ends count for the return, not for the volatility', () => {
    // From noon: 100 -> 110 | 121 -> 108.9 | -> 217.8 at noon. Whole days: +10 %, -10 % for the run's +5 %, -5 %.
    const facts = factsOf([1000, 1000, 1050, 997.5, 997.5], {
      fromMs: newYear + dayMs / 2,
      toMs: newYear + 3.5 * dayMs,
      sampleMs: Float64Array.of(newYear + dayMs, newYear + 2 * dayMs, newYear + 3 * dayMs),
      sampleEquity: Float64Array.of(1000, 1050, 997.5),
      benchmark: [{ instrument: 'a', startOpen: 100, daily: Float64Array.of(110, 121, 108.9), endClose: 217.8 }],
    })
    const values = valuesOf(facts)
    // Weight 1/2: 1.05 x 1.05 x 0.95 x 1.5
    near(values, {
      buyHoldReturnPct: 117.8,
      equalRiskReturnPct: 100 * (1.05 * 1.05 * 0.95 * 1.5 - 1),
      beta: 0.5,
      correlation: 1,
    })
  })
})
