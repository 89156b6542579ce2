// a + b, where the units allow it (dsl.md section 6).
import { addSocket, literalOfAdd, mirrorOfSum } from '../../kit/arithmetic'
import { defineLogic } from '../../kit/logic'
import { derived, value } from '../../kit/port'

export default defineLogic({
  type: 'add',
  major: 1,
  family: 'arithmetic',
  summary: 'Sum of two values of one unit, or a price moved by a distance.',
  inputs: { a: value(), b: value() },
  ordered: true,
  onTrade: true,
  literal: literalOfAdd,
  commutative: true,
  params: {},
  outputs: { value: derived(addSocket) },
  firstValid: () => 0,
  mirror: mirrorOfSum('sub'),
  memory: () => ({}),
  run(_memory, { a, b }, { value }, _params, i0, i1) {
    for (let i = i0; i < i1; i++) value[i] = a[i] + b[i]
  },
  examples: [
    {
      about: 'row by row; unknown when one of the two is',
      inputs: { a: [1, 3, null, 4, 2, 0.5], b: [2, 2, 2, null, -3, 0.25] },
      outputs: { value: [3, 5, null, null, -1, 0.75] },
    },
  ],
})
