// Simple moving average, anchored: its sum never depends on where the run began (semantics.md, indicators).
import { windowMean, windowMemory } from '../../kit/kernels/window'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { same, series } from '../../kit/port'

export default defineLogic({
  type: 'sma',
  major: 1,
  family: 'averages',
  summary: 'Simple moving average: the plain mean of the last bars.',
  inputs: { of: series() },
  params: { length: bars(20, 1, 2000) },
  outputs: { value: same('of') },
  firstValid: ({ length }) => length - 1,
  settled: ({ length }) => length - 1,
  memory: ({ length }) => windowMemory(length),
  run(memory, { of }, { value }, { length }, i0, i1, row0) {
    windowMean(memory, of, value, length, i0, i1, row0)
  },
  examples: [
    {
      about: 'length 3: a value that is not known blanks the three windows that hold it',
      params: { length: 3 },
      inputs: { of: [1, 2, 6, 4, null, 2, 2, 5, 8, 8, 8, 2] },
      outputs: { value: [null, null, 3, 4, null, null, null, 3, 5, 7, 8, 6] },
    },
  ],
})
