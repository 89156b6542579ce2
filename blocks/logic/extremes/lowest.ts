// The least of the last bars, the current one included: a breakout compares with its `offset` by one.
import { windowExtreme, windowMemory } from '../../kit/kernels/window'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { same, series } from '../../kit/port'
import { turnedOver } from '../../kit/sides'

export default defineLogic({
  type: 'lowest',
  major: 1,
  family: 'extremes',
  summary: 'Least value of the last bars, the current one included.',
  inputs: { of: series() },
  reading: { extreme: 'of', most: false },
  params: { over: bars('20b', 1, 5000) },
  outputs: { value: same('of') },
  firstValid: ({ over }) => over - 1,
  settled: ({ over }) => over - 1,
  mirror: turnedOver({ type: 'highest' }, 'of'),
  memory: ({ over }) => windowMemory(over),
  run(memory, { of }, { value }, { over }, i0, i1, row0) {
    windowExtreme(memory, of, value, -1, over, i0, i1, row0)
  },
  examples: [
    {
      about: 'over 3: unknown until three bars in a row are known',
      params: { over: 3 },
      inputs: { of: [1, 2, 6, 5, 3, null, 4, 4, 7, 9, 6, 2] },
      outputs: { value: [null, null, 1, 2, 3, null, null, null, 4, 4, 6, 2] },
    },
  ],
})
