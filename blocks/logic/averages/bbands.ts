// Bollinger Bands: mean +- std x the population standard deviation of the same window.
import { varianceMemory, windowMean, windowMemory, windowVariance } from '../../kit/kernels/window'
import { defineLogic } from '../../kit/logic'
import { bars, number } from '../../kit/param'
import { out, series } from '../../kit/port'
import { price, sided, unsided } from '../../kit/socket'

export default defineLogic({
  type: 'bbands',
  major: 1,
  family: 'averages',
  summary: 'Bollinger Bands: a moving average with bands at a multiple of the standard deviation.',
  inputs: { of: series('P') },
  params: { length: bars(20, 2, 2000), std: number(2, 0.1, 10) },
  outputs: {
    lower: out(price),
    middle: out(price),
    upper: out(price),
    bandwidth: { ...out(unsided('R')), about: '(upper - lower) / middle' },
    percent_b: {
      ...out(sided('N', 0.5)),
      about: '(value - lower) / (upper - lower): 0 at the lower, 1 at the upper band',
    },
  },
  firstValid: ({ length }) => length - 1,
  settled: ({ length }) => length - 1,
  mirror: () => ({ outputs: { lower: 'upper', upper: 'lower' } }),
  memory: ({ length }) => ({ mean: windowMemory(length), variance: varianceMemory(length) }),
  run(memory, { of }, { lower, middle, upper, bandwidth, percent_b: percentB }, { length, std }, i0, i1, row0) {
    windowMean(memory.mean, of, middle, length, i0, i1, row0)
    windowVariance(memory.variance, of, upper, length, i0, i1, row0)
    for (let i = i0; i < i1; i++) {
      const mean = middle[i]
      const wide = std * Math.sqrt(upper[i])
      const low = mean - wide
      const high = mean + wide
      lower[i] = low
      upper[i] = high
      bandwidth[i] = mean === 0 ? Number.NaN : (high - low) / mean
      // A flat window has no width: its place in it is unknown.
      percentB[i] = high > low ? (of[i] - low) / (high - low) : Number.NaN
    }
  },
  examples: [
    {
      about: 'length 4, std 2: 2, 2, 6, 6 has mean 4 and deviation 2; a flat window has bands but no place in them',
      params: { length: 4, std: 2 },
      inputs: { of: [2, 2, 6, 6, 2, null, 5, 5, 5, 5, null, 10, 20, 20, 10] },
      outputs: {
        lower: [null, null, null, 0, 0, null, null, null, null, 5, null, null, null, null, 5],
        middle: [null, null, null, 4, 4, null, null, null, null, 5, null, null, null, null, 15],
        upper: [null, null, null, 8, 8, null, null, null, null, 5, null, null, null, null, 25],
        bandwidth: [null, null, null, 2, 2, null, null, null, null, 0, null, null, null, null, 4 / 3],
        percent_b: [null, null, null, 0.75, 0.25, null, null, null, null, null, null, null, null, null, 0.25],
      },
    },
  ],
})
