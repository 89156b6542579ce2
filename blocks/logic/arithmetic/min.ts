// The least of two or more values of one unit; unknown when one of them is.
import { finite } from '../../kit/kernels/window'
import { defineLogic } from '../../kit/logic'
import { many, same, value } from '../../kit/port'
import { turnedOver } from '../../kit/sides'

export default defineLogic({
  type: 'min',
  major: 1,
  family: 'arithmetic',
  summary: 'Least of two or more values.',
  inputs: { of: many(value(), 2) },
  ordered: true,
  equal: true,
  onTrade: true,
  commutative: true,
  params: {},
  outputs: { value: same('of') },
  firstValid: () => 0,
  mirror: turnedOver({ type: 'max' }, 'of'),
  memory: () => ({}),
  run(_memory, { of }, { value }, _params, i0, i1) {
    for (let i = i0; i < i1; i++) value[i] = finite(of[0][i])
    for (let k = 1; k < of.length; k++) {
      const operand = of[k]
      for (let i = i0; i < i1; i++) value[i] = Math.min(value[i], finite(operand[i]))
    }
  },
  examples: [
    {
      about: 'of three, row by row',
      inputs: {
        of: [
          [1, 7, null, 4, 2, 0],
          [2, 2, 2, null, 2, -1],
          [3, 5, 1, 1, 2, 5],
        ],
      },
      outputs: { value: [1, 2, null, null, 2, -1] },
    },
  ],
})
