// The greatest of the last bars, the current one included: a breakout compares with its `offset` by one.
import { windowExtreme, windowMemory } from '../../kit/kernels/window'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { same, series } from '../../kit/port'
import { turnedOver } from '../../kit/sides'

export default defineLogic({
  type: 'highest',
  major: 1,
  family: 'extremes',
  summary: 'Greatest value of the last bars, the current one included.',
  inputs: { of: series() },
  reading: { extreme: 'of', most: true },
  params: { over: bars('20b', 1, 5000) },
  outputs: { value: same('of') },
  firstValid: ({ over }) => over - 1,
  settled: ({ over }) => over - 1,
  mirror: turnedOver({ type: 'lowest' }, 'of'),
  memory: ({ over }) => windowMemory(over),
  run(memory, { of }, { value }, { over }, i0, i1, row0) {
    windowExtreme(memory, of, value, 1, over, i0, i1, row0)
  },
  examples: [
    {
      about: 'over 3: unknown until three bars in a row are known',
      params: { over: 3 },
      inputs: { of: [1, 2, 6, 5, 3, null, 4, 4, 7, 9, 6, 2] },
      outputs: { value: [null, null, 6, 6, 6, null, null, null, 7, 9, 9, 9] },
    },
  ],
})
