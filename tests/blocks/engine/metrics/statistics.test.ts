// The numbers under the metrics: moments, percentiles, the Normal distribution, and the golden values of the PSR.
import { describe, expect, it } from 'vitest'
import { probabilisticSharpe } from '../../../../blocks/engine/metrics/daily'
import { normalCdf } from '../../../../blocks/engine/metrics/normal'
import { deviationOf, kurtosisOf, medianOf, percentileOf, skewOf } from '../../../../blocks/engine/metrics/series'

describe('Normal distribution function', () => {
  // Abramowitz and Stegun, Table 26.1 (15 decimals), and 1 - of them.
  it.each([
    [0, 0.5],
    [0.5, 0.691462461274013],
    [1, 0.841344746068543],
    [1.5, 0.933192798731142],
    [2, 0.977249868051821],
    [3, 0.99865010196837],
    [4, 0.999968328758167],
  ])('at %f is %f', (x, p) => {
    expect(Math.abs(normalCdf(x) - p)).toBeLessThan(1e-14)
    expect(Math.abs(normalCdf(-x) - (1 - p))).toBeLessThan(1e-14)
  })

  it('agrees with the continued fraction in the far tail, and ends at 0 and 1', () => {
    for (const x of [5, 6.5, 7, 7.07, 7.08, 8, 12, 30]) {
      let fraction = x
      for (let k = 200; k > 0; k--) fraction = x + k / fraction
      const tail = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI) / fraction
      expect(Math.abs(normalCdf(-x) / tail - 1), String(x)).toBeLessThan(1e-8)
    }
    expect(normalCdf(40)).toBe(1)
    expect(normalCdf(-40)).toBe(0)
    expect(normalCdf(Infinity)).toBe(1)
  })

  it('has no step where its two branches meet', () => {
    const at = 5 * Math.SQRT2
    expect(Math.abs(normalCdf(-at + 1e-9) - normalCdf(-at - 1e-9))).toBeLessThan(1e-19)
  })
})

describe('probabilistic Sharpe ratio', () => {
  const moments = { ratio: 1.585 / Math.sqrt(12), periods: 24, skew: -2.448, kurtosis: 10.164 }

  it('gives the golden values of Bailey and Lopez de Prado (2012)', () => {
    expect(probabilisticSharpe(moments, 0)).toBeCloseTo(0.9132343, 7)
    expect(probabilisticSharpe({ ...moments, skew: 0, kurtosis: 3 }, 0)).toBeCloseTo(0.9815912, 7)
  })
  it('takes raw kurtosis and asks against another ratio', () => {
    // The 2012 form for SR 0.036 / 0.079 over 24 periods, against 0 and against 0.1.
    const other = { ...moments, ratio: 0.036 / 0.079 }
    expect(probabilisticSharpe(other, 0)).toBeCloseTo(0.9127, 4)
    expect(probabilisticSharpe(other, 0.1)).toBeCloseTo(0.8554, 4)
  })
  it('is undefined where its error is', () => {
    // skew 2 with kurtosis 5 = skew^2 + 1 is the two-point distribution: 1 - 2 + 1 = 0.
    expect(probabilisticSharpe({ ratio: 1, periods: 24, skew: 2, kurtosis: 5 }, 0)).toMatch(/not defined/)
  })
})

describe('statistics of a list', () => {
  it('S46: percentile lies linearly at (N - 1) p', () => {
    expect(percentileOf([40, 10, 30, 20], 0.05)).toBeCloseTo(11.5, 12)
    expect(percentileOf([40, 10, 30, 20], 0.95)).toBeCloseTo(38.5, 12)
    expect(percentileOf([3], 0.05)).toBe(3)
    // 10 before 9 would be sorted as text.
    expect(medianOf([9, 10, 100])).toBe(10)
    expect(medianOf([1, 2, 3, 10])).toBe(2.5)
  })
  it('deviation divides by N - 1, skew and kurtosis by N', () => {
    // Mean 3, deviations -2 -2 -2 6: squares 48, cubes 192, fourth powers 1344.
    const xs = [1, 1, 1, 9]
    expect(deviationOf(xs)).toBe(4)
    expect(skewOf(xs)).toBeCloseTo(48 / 12 ** 1.5, 14)
    expect(kurtosisOf(xs)).toBeCloseTo(336 / 144, 14)
  })
})
