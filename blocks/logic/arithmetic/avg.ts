// The plain mean of two or more values of one unit, added in the order of the operands; unknown when one of them is.
import { defineLogic } from '../../kit/logic'
import { many, same, value } from '../../kit/port'
import { turnedOver } from '../../kit/sides'

export default defineLogic({
  type: 'avg',
  major: 1,
  family: 'arithmetic',
  summary: 'Mean of two or more values.',
  inputs: { of: many(value(), 2) },
  ordered: true,
  equal: true,
  onTrade: true,
  params: {},
  outputs: { value: same('of') },
  firstValid: () => 0,
  mirror: turnedOver({}, 'of'),
  memory: () => ({}),
  run(_memory, { of }, { value }, _params, i0, i1) {
    for (let i = i0; i < i1; i++) value[i] = of[0][i]
    for (let k = 1; k < of.length; k++) {
      const operand = of[k]
      for (let i = i0; i < i1; i++) value[i] += operand[i]
    }
    for (let i = i0; i < i1; i++) value[i] = value[i] / of.length
  },
  examples: [
    {
      about: 'of three, row by row',
      inputs: {
        of: [
          [1, 7, null, 4, 2],
          [2, 2, 2, null, 2],
          [3, 6, 1, 1, -1],
        ],
      },
      outputs: { value: [2, 5, null, null, 1] },
    },
  ],
})
