// Every metric against numbers worked by hand; the arithmetic stands beside them.
import { describe, expect, it } from 'vitest'
import { metricsOf } from '../../../../blocks/engine/metrics/metrics'
import { metricNames } from '../../../../blocks/engine/metrics/names'
import { factsOf, legOf, tradeOf } from './facts'
import { near, ordinary, valuesOf } from './ordinary'

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
      // (16 + 30 + 8 + 10 + 1) / 5 and so on
      maePct: 13,
      maeR: 0.7,
      mfePct: 23.4,
      mfeR: 0.9,
      // MFE - exit in R: 2.5 - 64/32, 0.6 + 28/20, 1.1 - 22/20, 0 + 9/10, 0.3 - 0 = 0.5 2 0 0.9 0.3
      endDrawdownR: 0.74,
    })
  })

  it('counts at most 100 trades into the SQN', () => {
    // R 1 and -0.5 in turn, 200 of them: mean 0.25, squares 200 x 0.75^2 / 199; sqrt 100 x 0.25 / that.
    const trades = Array.from({ length: 200 }, (_, i) => tradeOf({ no: i + 1, r: i % 2 ? -0.5 : 1 }))
    near(valuesOf({ ...ordinary, trades }), { sqn: 2.5 / Math.sqrt((200 * 0.5625) / 199) })
  })

  it('S45: what was given back leaves out trades with a scale-in', () => {
    const simple = tradeOf({ exitPrice: 104, netUsdt: 4, initialRiskUsdt: 4, mfeR: 1.25 })
    const added = tradeOf({ exitPrice: 104, netUsdt: 4, initialRiskUsdt: 9, mfeR: 3, legs: [legOf({ reason: 'add' })] })
    // (105 - 100) / 4 - (104 - 100) / 4
    near(valuesOf({ ...ordinary, trades: [simple, added] }), { endDrawdownR: 0.25, mfeR: 2.125 })
    const { endDrawdownR } = metricsOf({ ...ordinary, trades: [added] })
    expect(endDrawdownR.why).toBe('no closed trade of one entry has an initial risk')
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
    for (const name of [
      'netProfitUsdt',
      'returnPct',
      'feesUsdt',
      'costsOfGrossPct',
      'wins',
      'exposurePct',
      'liquidations',
    ] as const) {
      expect(metricsOf(flat(3))[name].enough, name).toBe(true)
    }
  })
})
