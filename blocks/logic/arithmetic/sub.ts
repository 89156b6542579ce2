// a - b, where the units allow it (dsl.md section 6).
import { literalOfSub, mirrorOfSum, subSocket } from '../../kit/arithmetic'
import { defineLogic } from '../../kit/logic'
import { derived, value } from '../../kit/port'

export default defineLogic({
  type: 'sub',
  major: 1,
  family: 'arithmetic',
  summary: 'Difference of two values of one unit, or a price moved back by a distance.',
  inputs: { a: value(), b: value() },
  ordered: true,
  onTrade: true,
  literal: literalOfSub,
  params: {},
  outputs: { value: derived(subSocket) },
  firstValid: () => 0,
  mirror: mirrorOfSum('add'),
  memory: () => ({}),
  run(_memory, { a, b }, { value }, _params, i0, i1) {
    for (let i = i0; i < i1; i++) value[i] = a[i] - b[i]
  },
  examples: [
    {
      about: 'row by row; unknown when one of the two is',
      inputs: { a: [1, 3, null, 4, 2, 0.5], b: [2, 2, 2, null, -3, 0.25] },
      outputs: { value: [-1, 1, null, null, 5, 0.25] },
    },
  ],
})
