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
  examples: [],
})
