// Intervals of figures of one run, against values worked by hand and the golden numbers of the formula they stand on.
import { describe, expect, it } from 'vitest'
import { probabilisticSharpe, ratioVariance } from '../../../../blocks/engine/metrics/daily'
import { meanInterval, sharpeInterval } from '../../../../blocks/engine/metrics/intervals'
import { normalCdf } from '../../../../blocks/engine/metrics/normal'

/** Equity that makes these daily returns. */
const equityOf = (returns: readonly number[]): Float64Array => {
  const equity = [1000]
  for (const r of returns) equity.push((equity.at(-1) ?? 0) * (1 + r))
  return Float64Array.from(equity)
}

const interval = (found: ReturnType<typeof meanInterval>) => {
  if (typeof found === 'string') throw new Error(found)
  return found
}

describe('the interval of the Sharpe ratio', () => {
  it('is that of the hand: returns of +3 % and -1 % in turn, forty of them', () => {
    // mean 0.01, deviation 0.02 sqrt(40/39), ratio 0.49371; skew 0 and raw kurtosis 1 of two equal points: variance 1.
    const { low, high } = interval(
      sharpeInterval(equityOf(Array.from({ length: 40 }, (_, i) => (i % 2 ? -0.01 : 0.03)))),
    )
    const middle = 0.5 * Math.sqrt(39 / 40) * Math.sqrt(365)
    const half = 1.959963984540054 * Math.sqrt(1 / 39) * Math.sqrt(365)
    expect((low + high) / 2).toBeCloseTo(middle, 9)
    expect((high - low) / 2).toBeCloseTo(half, 9)
    expect(middle).toBeCloseTo(9.432, 3)
    expect(half).toBeCloseTo(5.996, 3)
  })
  it('stands on the error of the probabilistic ratio: skew -2.448, kurtosis 10.164 on 24 months', () => {
    const moments = { ratio: 1.585 / Math.sqrt(12), periods: 24, skew: -2.448, kurtosis: 10.164 }
    const error = Math.sqrt(ratioVariance(moments) / 23)
    expect(normalCdf(moments.ratio / error)).toBeCloseTo(0.9132343, 6)
    expect(probabilisticSharpe(moments, 0)).toBeCloseTo(0.9132343, 6)
    expect(ratioVariance(moments)).toBeCloseTo(2.59971, 5)
  })
  it('is none where nothing moves, of one day, and after ruin', () => {
    expect(sharpeInterval(equityOf(Array(40).fill(0)))).toMatch(/not defined/)
    expect(sharpeInterval(equityOf([0.01]))).toMatch(/two whole days/)
    expect(sharpeInterval(Float64Array.from([100, 0, 50, 60]))).toMatch(/zero or below/)
  })
})

describe('the interval of a mean', () => {
  it('is that of the hand: fifteen of +2 R and fifteen of -1 R, 29 degrees of freedom', () => {
    const { low, high } = interval(meanInterval(Array.from({ length: 30 }, (_, i) => (i < 15 ? 2 : -1))))
    // Deviation 1.5 sqrt(30/29), over sqrt(30): 1.5 / sqrt(29); t(0.975, 29) = 2.045230 in the tables.
    expect((low + high) / 2).toBeCloseTo(0.5, 12)
    expect((high - low) / 2).toBeCloseTo((2.0452296 * 1.5) / Math.sqrt(29), 5)
  })
  it('has the percentiles of the tables of Student', () => {
    const t = (n: number): number => {
      const values = Array.from({ length: n }, (_, i) => i)
      const { low, high } = interval(meanInterval(values))
      const mean = (n - 1) / 2
      const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1))
      return ((high - low) / 2 / deviation) * Math.sqrt(n)
    }
    expect(t(31)).toBeCloseTo(2.0422725, 5)
    expect(t(61)).toBeCloseTo(2.0002978, 5)
    expect(t(121)).toBeCloseTo(1.9799304, 5)
  })
  it('shrinks with the root of how many there are', () => {
    const width = (n: number): number => {
      const { low, high } = interval(meanInterval(Array.from({ length: n }, (_, i) => (i % 2 ? 1 : -1))))
      return high - low
    }
    expect(width(100) / width(10_000)).toBeCloseTo(10 * (1.98422 / 1.9602) * Math.sqrt(9999 / 9900), 2)
  })
  it('is none of one value', () => {
    expect(meanInterval([1])).toMatch(/two/)
  })
})
