// Every metric recomputed from random runs by textbook formulas written another way.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunFacts } from '../../../../blocks/engine/facts'
import { metricsOf } from '../../../../blocks/engine/metrics/metrics'
import { type MetricName, metricNames } from '../../../../blocks/engine/metrics/names'
import { dayMs, factsOf, newYear, tradeOf, walkOf } from './facts'

const amount = (min: number, max: number) => fc.double({ min, max, noNaN: true })
/** In millionths: a return is zero or well above the rounding of a quotient. */
const share = (min: number, max: number) => fc.integer({ min: min * 1e6, max: max * 1e6 }).map((n) => n / 1e6)
/** Net amounts as exchanges book them: never a hair's breadth from zero. */
const cents = fc.integer({ min: -50_000, max: 50_000 }).map((n) => n / 100)

const trade = fc
  .record({
    long: fc.boolean(),
    entryPrice: amount(1, 1000),
    exitPrice: amount(1, 1000),
    qtyBase: amount(0.01, 10),
    netUsdt: cents,
    initialRiskUsdt: amount(1, 100),
    hasR: fc.boolean(),
    worst: amount(0, 3),
    best: amount(0, 5),
  })
  .map(({ long, hasR, worst, best, ...rest }) => {
    // One entry: R is the risk a unit.
    const inPct = (r: number) => (100 * r * rest.initialRiskUsdt) / rest.qtyBase / rest.entryPrice
    return {
      ...tradeOf({ ...rest, maePct: inPct(worst), mfePct: inPct(best) }),
      side: long ? ('long' as const) : ('short' as const),
      r: hasR ? rest.netUsdt / rest.initialRiskUsdt : null,
      maeR: hasR ? worst : null,
      mfeR: hasR ? best : null,
    }
  })

const run: fc.Arbitrary<RunFacts> = fc
  .record({
    returns: fc.array(share(-0.4, 0.6), { minLength: 3, maxLength: 60 }),
    market: fc.array(share(-0.3, 0.5), { minLength: 60, maxLength: 60 }),
    first: amount(100, 100_000),
    trades: fc.array(trade, { maxLength: 40 }),
    money: fc.array(amount(0, 500), { minLength: 8, maxLength: 8 }),
    shares: fc.array(amount(0, 1), { minLength: 6, maxLength: 6 }),
    fee: amount(0, 0.01),
    tail: amount(-0.1, 0.1),
    early: fc.integer({ min: 1, max: dayMs - 1 }),
  })
  .map(({ returns, market, first, trades, money, shares, fee, tail, early }) => {
    const samples = walkOf(returns, first)
    const prices = walkOf(market.slice(0, returns.length), 250)
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = shares
    const [m0 = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, m5 = 0, m6 = 0, m7 = 0] = money
    // Starts part of a day before the first sample and ends an hour after the last.
    return factsOf(samples, {
      fromMs: newYear - early,
      toMs: newYear + returns.length * dayMs + 3_600_000,
      firstEquity: first * 1.01,
      lastEquity: (samples.at(-1) ?? 0) * (1 + tail),
      drawdowns: { maxShare: 0.01 + a, maxUsdt: 1 + m0, longestMs: m1 * dayMs, recoveryMs: m2 * dayMs },
      exposure: {
        timeShare: b,
        grossMean: c,
        grossMax: d,
        netMean: -e,
        netMax: f,
        leverageMean: 2 * c,
        equityMean: first,
      },
      costs: {
        makerFeesUsdt: m3,
        takerFeesUsdt: m4,
        liquidationFeesUsdt: m5,
        fundingPaidUsdt: m6,
        fundingReceivedUsdt: m7,
        slippageUsdt: m0,
        slippedNotionalUsdt: 1e6 * (1 + a),
        gapLossUsdt: m1,
      },
      filledNotionalUsdt: m1 * 1000,
      trades,
      liquidations: Math.round(m2),
      closestLiquidationShare: d,
      lowestMarginRatio: 1 + e,
      takerFee: fee,
      benchmark: [
        { instrument: 'x', startOpen: 240, daily: Float64Array.from(prices), endClose: (prices.at(-1) ?? 0) * 1.02 },
      ],
    })
  })

// Textbook helpers, deliberately not the module's: raw moments, sorting by comparison, products for sums.
const total = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0)
const avg = (xs: readonly number[]) => total(xs) / xs.length
const raw = (xs: readonly number[], p: number) => avg(xs.map((x) => x ** p))
const cov = (xs: readonly number[], ys: readonly number[]) => {
  const [mx, my] = [avg(xs), avg(ys)]
  return total(xs.map((x, i) => (x - mx) * ((ys[i] ?? 0) - my))) / (xs.length - 1)
}
const sd = (xs: readonly number[]) => Math.sqrt(cov(xs, xs))
const quantile = (xs: readonly number[], p: number) => {
  const s = [...xs].sort((a, b) => a - b)
  const h = (s.length - 1) * p
  const [lo, hi] = [s[Math.floor(h)] ?? 0, s[Math.ceil(h)] ?? 0]
  return lo * (1 - (h % 1)) + hi * (h % 1)
}
/** Normal distribution function by Taylor's series of erf about 0: exact enough for |x| < 6. */
const phi = (x: number) => {
  let term = x
  let sum = x
  for (let k = 1; k < 300; k++) {
    term *= (-x * x) / (2 * k)
    sum += term / (2 * k + 1)
  }
  return x > 6 ? 1 : x < -6 ? 0 : 0.5 + sum / Math.sqrt(2 * Math.PI)
}

type Expected = Partial<Record<MetricName, number | null>>

const expectDaily = (facts: RunFacts): Expected => {
  const e = [...facts.sampleEquity]
  const r = e.slice(1).map((x, i) => (x - (e[i] ?? 0)) / (e[i] ?? 0))
  const n = r.length
  const m = avg(r)
  const up = total(r.filter((x) => x > 0))
  const down = -total(r.filter((x) => x < 0))
  const v = raw(r, 2) - m * m
  const m3 = raw(r, 3) - 3 * m * raw(r, 2) + 2 * m ** 3
  const m4 = raw(r, 4) - 4 * m * raw(r, 3) + 6 * m * m * raw(r, 2) - 3 * m ** 4
  const sr = m / sd(r)
  const [g3, g4] = [m3 / v ** 1.5, m4 / v ** 2]
  const var5 = quantile(r, 0.05)
  return {
    volatilityPct: 100 * sd(r) * 365 ** 0.5,
    sharpe: sr * 365 ** 0.5,
    sortino: down === 0 ? null : (m / Math.sqrt(total(r.map((x) => Math.min(x, 0) ** 2)) / n)) * 365 ** 0.5,
    omega: down === 0 ? null : up / down,
    gainToPain: down === 0 ? null : total(r) / down,
    tailRatio: var5 === 0 ? null : Math.abs(quantile(r, 0.95) / var5),
    skew: g3,
    excessKurtosis: g4 - 3,
    var95Pct: 100 * var5,
    cvar95Pct: 100 * avg(r.filter((x) => x <= var5 + 1e-15)),
    psr: phi((sr * Math.sqrt(n - 1)) / Math.sqrt(1 - g3 * sr + ((g4 - 1) * sr * sr) / 4)),
  }
}

const expectGrowth = (facts: RunFacts): Expected => {
  const { firstEquity: e0, lastEquity: e1, drawdowns, exposure, costs } = facts
  const years = (facts.toMs - facts.fromMs) / (365 * 24 * 60 * 60 * 1000)
  const cagr = Math.exp(Math.log(e1 / e0) / years) - 1
  const dd = [...facts.sampleEquity].map((x, i, all) => 1 - x / Math.max(e0, ...all.slice(0, i + 1)))
  const ulcer = Math.sqrt(avg(dd.map((x) => x * x)))
  const fees = costs.makerFeesUsdt + costs.takerFeesUsdt + costs.liquidationFeesUsdt
  const all = fees + costs.fundingPaidUsdt + costs.slippageUsdt
  const gross = e1 - e0 + all
  return {
    netProfitUsdt: e1 - e0,
    returnPct: (100 * (e1 - e0)) / e0,
    cagrPct: 100 * cagr,
    maxDrawdownPct: 100 * drawdowns.maxShare,
    maxDrawdownUsdt: drawdowns.maxUsdt,
    drawdownDays: drawdowns.longestMs / dayMs,
    recoveryDays: (drawdowns.recoveryMs ?? 0) / dayMs,
    calmar: cagr / drawdowns.maxShare,
    ulcer,
    upi: cagr / ulcer,
    recoveryFactor: (e1 - e0) / drawdowns.maxUsdt,
    turnover: facts.filledNotionalUsdt / exposure.equityMean / years,
    exposurePct: 100 * exposure.timeShare,
    grossMeanPct: 100 * exposure.grossMean,
    grossMaxPct: 100 * exposure.grossMax,
    netMeanPct: 100 * exposure.netMean,
    netMaxPct: 100 * exposure.netMax,
    leverageMean: exposure.leverageMean,
    feesUsdt: fees,
    makerFeesUsdt: costs.makerFeesUsdt,
    takerFeesUsdt: costs.takerFeesUsdt,
    liquidationFeesUsdt: costs.liquidationFeesUsdt,
    fundingUsdt: costs.fundingReceivedUsdt - costs.fundingPaidUsdt,
    fundingPaidUsdt: costs.fundingPaidUsdt,
    fundingReceivedUsdt: costs.fundingReceivedUsdt,
    slippageUsdt: costs.slippageUsdt,
    slippageBps: (costs.slippageUsdt / costs.slippedNotionalUsdt) * 1e4,
    costsOfGrossPct: gross > 0 ? (100 * all) / gross : null,
    liquidations: facts.liquidations,
    closestLiquidationPct: 100 * (facts.closestLiquidationShare ?? 0),
    lowestMarginRatio: facts.lowestMarginRatio,
  }
}

const expectTrades = ({ trades }: RunFacts): Expected => {
  const nets = trades.map((t) => t.netUsdt)
  const [won, lost] = [nets.filter((x) => x > 0), nets.filter((x) => x < 0)]
  const withR = trades.filter((t) => t.r !== null)
  const rs = withR.map((t) => Number(t.r))
  const some = (xs: readonly number[]) => (xs.length > 0 ? avg(xs) : null)
  const p = won.length / nets.length
  const payoff = won.length > 0 && lost.length > 0 ? avg(won) / Math.abs(avg(lost)) : null
  const given = withR.map((t) => {
    const perUnit = t.side === 'long' ? Number(t.exitPrice) - t.entryPrice : t.entryPrice - Number(t.exitPrice)
    return Number(t.mfeR) - (perUnit * t.qtyBase) / t.initialRiskUsdt
  })
  return {
    wins: won.length,
    losses: lost.length,
    breakeven: nets.length - won.length - lost.length,
    winRatePct: nets.length > 0 ? 100 * p : null,
    profitFactor: lost.length > 0 ? Math.abs(total(won) / total(lost)) : null,
    expectancyUsdt: some(nets),
    expectancyR: some(rs),
    payoff,
    expectancyRatio: payoff === null ? null : (1 + payoff) * p - 1,
    sqn: rs.length > 1 && sd(rs) > 1e-12 ? (Math.sqrt(Math.min(100, rs.length)) * avg(rs)) / sd(rs) : null,
    maePct: some(trades.map((t) => t.maePct)),
    mfePct: some(trades.map((t) => t.mfePct)),
    maeR: some(withR.map((t) => Number(t.maeR))),
    mfeR: some(withR.map((t) => Number(t.mfeR))),
    endDrawdownR: some(given),
  }
}

const expectBenchmark = (facts: RunFacts): Expected => {
  const e = [...facts.sampleEquity]
  const r = e.slice(1).map((x, i) => x / (e[i] ?? 0) - 1)
  const [market] = facts.benchmark
  const p = [...(market?.daily ?? [])]
  const rb = p.slice(1).map((x, i) => x / (p[i] ?? 0) - 1)
  const open = 240 * (1 + facts.takerFee)
  const beta = cov(r, rb) / cov(rb, rb)
  const w = sd(r) / sd(rb)
  const steps = [(p[0] ?? 0) / open - 1, ...rb, 0.02]
  const growth = steps.map((x) => 1 + w * x)
  return {
    buyHoldReturnPct: 100 * ((market?.endClose ?? 0) / open - 1),
    beta,
    correlation: cov(r, rb) / (sd(r) * sd(rb)),
    alphaPct: 36_500 * (avg(r) - beta * avg(rb)),
    equalRiskReturnPct: growth.some((x) => x <= 0) ? -100 : 100 * (growth.reduce((a, b) => a * b, 1) - 1),
  }
}

describe('every metric', () => {
  it('equals its textbook formula on random runs', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(run, (facts) => {
        const spread = sd([...facts.sampleEquity].slice(1).map((x, i) => x / (facts.sampleEquity[i] ?? 0) - 1))
        const [first] = facts.benchmark
        const marketSpread = sd([...(first?.daily ?? [])].slice(1).map((x, i) => x / (first?.daily[i] ?? 0) - 1))
        // Below this the textbook's raw moments lose their digits, not the module.
        fc.pre(spread > 1e-3 && marketSpread > 1e-3)
        const metrics = metricsOf(facts)
        const expected = {
          ...expectDaily(facts),
          ...expectGrowth(facts),
          ...expectTrades(facts),
          ...expectBenchmark(facts),
        }
        expect(Object.keys(expected).sort()).toEqual([...metricNames].sort())
        for (const name of metricNames) {
          const { value } = metrics[name]
          const wanted = expected[name] ?? null
          if (value === null || wanted === null) expect([name, value]).toEqual([name, wanted])
          else
            expect(Math.abs(value - wanted) <= 1e-7 * Math.max(1, Math.abs(wanted)), `${name} ${value} ${wanted}`).toBe(
              true,
            )
          seen.add(`${name} ${value === null}`)
        }
      }),
      { numRuns: 400, seed: 20_240_101 },
    )
    // Both sides of every gate that random runs can reach were walked.
    for (const name of metricNames) expect(seen.has(`${name} false`), name).toBe(true)
    expect([...seen].filter((key) => key.endsWith('true')).length).toBeGreaterThan(8)
  })
})
