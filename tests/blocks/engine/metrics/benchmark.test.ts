// Holding instead of trading (semantics.md S47), worked by hand.
import { describe, expect, it } from 'vitest'
import { metricsOf } from '../../../../blocks/engine/metrics/metrics'
import { dayMs, factsOf, newYear } from './facts'
import { near, valuesOf } from './ordinary'

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
