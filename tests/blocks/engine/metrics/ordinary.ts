// A run of four days and five trades whose metrics can be worked by hand, and how tests hold metrics to numbers.
import { expect } from 'vitest'
import type { RunFacts } from '../../../../blocks/engine/facts'
import { metricsOf } from '../../../../blocks/engine/metrics/metrics'
import { type MetricName, metricNames } from '../../../../blocks/engine/metrics/names'
import { dayMs, factsOf, tradeOf } from './facts'

/** Null where undefined. */
export const valuesOf = (facts: RunFacts): Record<MetricName, number | null> => {
  const metrics = metricsOf(facts)
  return Object.fromEntries(metricNames.map((name) => [name, metrics[name].value])) as Record<MetricName, number | null>
}

/** Within 1e-9 relative. */
export const near = (values: Record<MetricName, number | null>, expected: Partial<Record<MetricName, number>>) => {
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
export const ordinary = factsOf([1000, 1100, 1045, 1149.5, 1034.55], {
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
      maePct: 16,
      maeR: 0.5,
      mfePct: 80,
      mfeR: 2.5,
    }),
    tradeOf({
      no: 2,
      netUsdt: -30,
      r: -1.5,
      side: 'short',
      exitPrice: 128,
      initialRiskUsdt: 20,
      maePct: 30,
      maeR: 1.5,
      mfePct: 12,
      mfeR: 0.6,
    }),
    tradeOf({
      no: 3,
      netUsdt: 20,
      r: 1,
      exitPrice: 122,
      initialRiskUsdt: 20,
      maePct: 8,
      maeR: 0.4,
      mfePct: 22,
      mfeR: 1.1,
    }),
    tradeOf({
      no: 4,
      netUsdt: -10,
      r: -1,
      exitPrice: 91,
      initialRiskUsdt: 10,
      maePct: 10,
      maeR: 1,
      mfePct: 0,
      mfeR: 0,
    }),
    tradeOf({
      no: 5,
      netUsdt: 9e-8,
      r: 0,
      exitPrice: 100,
      initialRiskUsdt: 10,
      maePct: 1,
      maeR: 0.1,
      mfePct: 3,
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
