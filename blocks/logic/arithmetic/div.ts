// a / b, where the units allow it (dsl.md section 6); over 0 is unknown.
import { divSocket, literalOfProduct, mirrorOfProduct } from '../../kit/arithmetic'
import { finite } from '../../kit/kernels/window'
import { defineLogic } from '../../kit/logic'
import { derived, value } from '../../kit/port'

export default defineLogic({
  type: 'div',
  major: 1,
  family: 'arithmetic',
  summary: 'One value over another: a ratio, or a value over a plain number. Over 0 it is unknown.',
  inputs: { a: value(), b: value() },
  ordered: true,
  onTrade: true,
  literal: literalOfProduct,
  params: {},
  outputs: { value: derived(divSocket) },
  firstValid: () => 0,
  mirror: mirrorOfProduct,
  memory: () => ({}),
  run(_memory, { a, b }, { value }, _params, i0, i1) {
    // Over infinity it would be a known 0.
    for (let i = i0; i < i1; i++) value[i] = a[i] / finite(b[i])
  },
  examples: [
    {
      about: 'row by row; over 0 unknown, 0 over 0 too',
      inputs: { a: [1, 3, null, 0, 2, 0, -1], b: [2, 2, 2, null, 0, 0, 4] },
      outputs: { value: [0.5, 1.5, null, null, null, null, -0.25] },
    },
  ],
})
