// The value of some bars ago, of any kind. It passes on what it was given, unknown included.
import { shiftMemory, shiftNumbers, shiftVerdicts } from '../../kit/kernels/shift'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { anything, sameAny } from '../../kit/port'

export default defineLogic({
  type: 'offset',
  major: 1,
  family: 'extremes',
  summary: 'The value of some bars ago.',
  inputs: { of: anything() },
  params: { by: bars('1b', 1, 5000) },
  outputs: { value: sameAny('of') },
  firstValid: ({ by }) => by,
  settled: ({ by }) => by,
  memory: ({ by }, { of }) => shiftMemory(by, of === 'bits' ? 0 : Number.NaN),
  run(memory, { of }, { value }, _params, i0, i1) {
    if (of instanceof Float64Array) shiftNumbers(memory, of, value as Float64Array, i0, i1)
    else shiftVerdicts(memory, of, value as typeof of, i0, i1)
  },
  examples: [
    {
      about: 'two bars ago; a number that was not known then is not known now',
      params: { by: 2 },
      inputs: { of: [1, 2, null, 4, 5, 6] },
      outputs: { value: [null, null, 1, 2, null, 4] },
    },
    {
      about: 'a condition of one bar ago',
      params: { by: 1 },
      inputs: { of: 'TF?TTF' },
      outputs: { value: '?TF?TT' },
    },
  ],
})
