// a >= b, three-valued.
import { greaterRows } from '../../kit/compare'
import { defineLogic } from '../../kit/logic'
import { outBits, value } from '../../kit/port'
import { turnedOver } from '../../kit/sides'

export default defineLogic({
  type: 'at_least',
  major: 1,
  family: 'comparison',
  summary: 'True while the first value is greater than the second or equal to it.',
  inputs: { a: value(), b: value() },
  ordered: true,
  equal: true,
  onTrade: true,
  reading: { compares: 'greater', strict: false },
  params: {},
  outputs: { '': outBits('C') },
  firstValid: () => 0,
  mirror: turnedOver({ type: 'at_most' }, 'a', 'b'),
  memory: () => ({}),
  run(_memory, { a, b }, { '': out }, _params, i0, i1) {
    greaterRows(b, a, out.f, out.t, i0, i1)
  },
  examples: [
    {
      about: 'greater or equal; a value that is not known makes the answer unknown',
      inputs: { a: [1, 2, 3, null, 5], b: [2, 2, 2, 2, null] },
      outputs: { '': 'FTT??' },
    },
  ],
})
