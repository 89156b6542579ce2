// Average true range after Wilder; the true range counts from the second bar.
import { averageMemory, restartAverage, stepAverage } from '../../kit/kernels/average'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { barsPort, out } from '../../kit/port'
import { unsided } from '../../kit/socket'

export default defineLogic({
  type: 'atr',
  major: 1,
  family: 'averages',
  summary: 'Average true range: how far the price usually travels in one bar, gaps included.',
  inputs: { bars: barsPort() },
  params: { length: bars(14, 1, 500) },
  outputs: { value: out(unsided('D')) },
  firstValid: ({ length }) => length,
  settled: ({ length }) => 8 * length,
  memory: () => ({ last: Number.NaN, average: averageMemory() }),
  run(memory, inputs, { value }, { length }, i0, i1) {
    const { high, low, close } = inputs.bars
    const { average } = memory
    let { last } = memory
    const weight = 1 / length
    for (let i = i0; i < i1; i++) {
      const range = Math.max(high[i] - low[i], Math.abs(high[i] - last), Math.abs(low[i] - last))
      last = close[i]
      if (range - range === 0 && last - last === 0) {
        value[i] = stepAverage(average, range, length, weight)
      } else {
        restartAverage(average)
        value[i] = Number.NaN
      }
    }
    memory.last = last
  },
  examples: [
    {
      about:
        'length 3: ranges 2, 4, 3 seed 3; then 6 (from the close before), 7 (a gap down), 2; seeded anew at the end',
      params: { length: 3 },
      inputs: {
        bars: {
          open: [9, 10, 12, 13, 12, 9, 9, null, 9, 10, 9, 8],
          high: [10, 11, 14, 13, 17, 9, 10, null, 10, 10, 9, 11],
          low: [8, 9, 12, 10, 12, 7, 8, null, 9, 8, 8, 8],
          close: [9, 10, 13, 11, 14, 8, 9, null, 9, 8, 8, 9],
          volume: [1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1],
        },
      },
      outputs: { value: [null, null, null, 3, 4, 5, 4, null, null, null, null, 2] },
    },
  ],
})
