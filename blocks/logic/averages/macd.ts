// MACD: a fast minus a slow EMA, each from its own seed, and an EMA of the difference.
import { averageMemory, restartAverage, stepAverage } from '../../kit/kernels/average'
import { finite } from '../../kit/kernels/window'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { out, series } from '../../kit/port'
import { sided } from '../../kit/socket'

export default defineLogic({
  type: 'macd',
  major: 1,
  family: 'averages',
  summary: 'Difference of two moving averages, its own average (signal) and the distance between them.',
  inputs: { of: series('P') },
  params: { fast: bars(12, 1, 500), slow: bars(26, 1, 500), signal: bars(9, 1, 500) },
  outputs: { macd: out(sided('D')), signal: out(sided('D')), histogram: out(sided('D')) },
  refuse: ({ params: { fast, slow } }) =>
    Number(fast) < Number(slow)
      ? null
      : { refuse: 'fast_not_below_slow', port: 'fast', message: '`fast` must be shorter than `slow`' },
  firstValid: ({ slow }) => slow - 1,
  settled: ({ slow, signal }) => Math.ceil(4.5 * slow) + Math.ceil(4.5 * signal),
  memory: () => ({ fast: averageMemory(), slow: averageMemory(), signal: averageMemory() }),
  run(memory, { of }, { macd, signal, histogram }, params, i0, i1) {
    const fastWeight = 2 / (params.fast + 1)
    const slowWeight = 2 / (params.slow + 1)
    const signalWeight = 2 / (params.signal + 1)
    for (let i = i0; i < i1; i++) {
      const x = finite(of[i])
      let line = Number.NaN
      let smooth = Number.NaN
      if (!Number.isNaN(x)) {
        const fast = stepAverage(memory.fast, x, params.fast, fastWeight)
        line = fast - stepAverage(memory.slow, x, params.slow, slowWeight)
        if (!Number.isNaN(line)) smooth = stepAverage(memory.signal, line, params.signal, signalWeight)
      } else {
        restartAverage(memory.fast)
        restartAverage(memory.slow)
        restartAverage(memory.signal)
      }
      macd[i] = line
      signal[i] = smooth
      histogram[i] = line - smooth
    }
  },
  examples: [
    {
      about: 'fast 1 is the price itself, slow 3 starts at the mean of 1, 2, 6 and moves by halves, signal 3 likewise',
      params: { fast: 1, slow: 3, signal: 3 },
      inputs: { of: [1, 2, 6, 5, 8, 2, 12, null, 4, 4, 7, 9] },
      outputs: {
        macd: [null, null, 3, 1, 2, -2, 4, null, null, null, 2, 2],
        signal: [null, null, null, null, 2, 0, 2, null, null, null, null, null],
        histogram: [null, null, null, null, 0, -2, 2, null, null, null, null, null],
      },
    },
  ],
})
