// a x b: one of the two is a plain number (dsl.md section 6).
import { literalOfProduct, mirrorOfProduct, mulSocket } from '../../kit/arithmetic'
import { defineLogic } from '../../kit/logic'
import { derived, value } from '../../kit/port'

export default defineLogic({
  type: 'mul',
  major: 1,
  family: 'arithmetic',
  summary: 'A value times a plain number.',
  inputs: { a: value(), b: value() },
  ordered: true,
  onTrade: true,
  literal: literalOfProduct,
  commutative: true,
  params: {},
  outputs: { value: derived(mulSocket) },
  firstValid: () => 0,
  mirror: mirrorOfProduct,
  memory: () => ({}),
  run(_memory, { a, b }, { value }, _params, i0, i1) {
    for (let i = i0; i < i1; i++) value[i] = a[i] * b[i]
  },
  examples: [
    {
      about: 'row by row; unknown when one of the two is, even beside 0',
      inputs: { a: [1, 3, null, 0, 2, 0.5], b: [2, 2, 0, null, -3, 0.25] },
      outputs: { value: [2, 6, null, null, -6, 0.125] },
    },
  ],
})
