// Exponential moving average, seeded with the mean of its first `length` values.
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { same, series } from '../../kit/port'

export default defineLogic({
  type: 'ema',
  major: 1,
  family: 'averages',
  summary: 'Exponential moving average: recent bars weigh more.',
  inputs: { of: series() },
  params: { length: bars(20, 1, 2000) },
  outputs: { value: same('of') },
  firstValid: ({ length }) => length - 1,
  settled: ({ length }) => Math.ceil(4.5 * length),
  memory: () => ({ sum: 0, seen: 0, ema: Number.NaN }),
  run(memory, { of }, { value }, { length }, i0, i1) {
    let { sum, seen, ema } = memory
    const weight = 2 / (length + 1)
    for (let i = i0; i < i1; i++) {
      const x = of[i]
      if (!Number.isFinite(x)) {
        sum = 0
        seen = 0
        ema = Number.NaN
      } else if (seen >= length) {
        ema += weight * (x - ema)
      } else {
        sum += x
        seen += 1
        if (seen === length) ema = sum / length
      }
      value[i] = ema
    }
    memory.sum = sum
    memory.seen = seen
    memory.ema = ema
  },
  examples: [
    {
      about: 'length 3: seeded with the mean of 1, 2, 6; then half of each step',
      params: { length: 3 },
      inputs: { of: [1, 2, 6, 5, 3, null, 4, 4, 7, 9] },
      outputs: { value: [null, null, 3, 4, 3.5, null, null, null, 5, 7] },
    },
  ],
})
