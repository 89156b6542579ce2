// Where the current value stands among the last bars: (values below + half of the values equal to it, itself among
// them) / length of the window x 100. Needs a whole window of known values; after an unknown one the window starts anew.
import { rankMemory, restartRank, stepRank } from '../../kit/kernels/rank'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { series } from '../../kit/port'
import { sidedAs } from '../../kit/sides'

export default defineLogic({
  type: 'percentile',
  major: 1,
  family: 'extremes',
  summary: 'Place of the current value among the last bars, 0 (lowest) to 100 (highest).',
  inputs: { of: series() },
  params: { over: bars('500b', 10, 20_000) },
  outputs: { value: sidedAs('of', 'O', 50) },
  firstValid: ({ over }) => over - 1,
  settled: ({ over }) => over - 1,
  memory: ({ over }) => rankMemory(over),
  run(memory, { of }, { value }, { over }, i0, i1) {
    for (let i = i0; i < i1; i++) {
      const x = of[i]
      if (x - x === 0) {
        value[i] = 100 * stepRank(memory, x, over)
      } else {
        restartRank(memory)
        value[i] = Number.NaN
      }
    }
  },
  examples: [
    {
      about: 'over 10: 10 of 1..10 has 9 below and itself: 95 %; 1 has only itself (and, one bar later, its equal)',
      params: { over: 10 },
      inputs: { of: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 1, 5, 11, 0] },
      outputs: { value: [null, null, null, null, null, null, null, null, null, 95, 5, 10, 40, 95, 5] },
    },
    {
      about: 'a flat window stands in the middle; an unknown value empties the window',
      params: { over: 10 },
      inputs: { of: [7, null, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4] },
      outputs: { value: [null, null, null, null, null, null, null, null, null, null, null, 50, 95] },
    },
  ],
})
