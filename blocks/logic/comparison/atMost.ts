// a <= b, three-valued.
import { greaterRows } from '../../kit/compare'
import { defineLogic } from '../../kit/logic'
import { outBits, value } from '../../kit/port'
import { turnedOver } from '../../kit/sides'

export default defineLogic({
  type: 'at_most',
  major: 1,
  family: 'comparison',
  summary: 'True while the first value is less than the second or equal to it.',
  inputs: { a: value(), b: value() },
  ordered: true,
  equal: true,
  onTrade: true,
  reading: { compares: 'smaller', strict: false },
  params: {},
  outputs: { '': outBits('C') },
  firstValid: () => 0,
  mirror: turnedOver({ type: 'at_least' }, 'a', 'b'),
  memory: () => ({}),
  run(_memory, { a, b }, { '': out }, _params, i0, i1) {
    greaterRows(a, b, out.f, out.t, i0, i1)
  },
  examples: [
    {
      about: 'less or equal; a value that is not known makes the answer unknown',
      inputs: { a: [1, 2, 3, null, 5], b: [2, 2, 2, 2, null] },
      outputs: { '': 'TTF??' },
    },
  ],
})
