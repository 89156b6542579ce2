// a > b, three-valued.
import { compareRows } from '../../kit/compare'
import { defineLogic } from '../../kit/logic'
import { outBits, value } from '../../kit/port'
import { turns } from '../../kit/socket'

export default defineLogic({
  type: 'above',
  major: 1,
  family: 'comparison',
  summary: 'True while the first value is greater than the second.',
  inputs: { a: value(), b: value() },
  ordered: true,
  equal: true,
  onTrade: true,
  params: {},
  outputs: { '': outBits('C') },
  mirror: (node) => (turns(node.sockets.a[0]) || turns(node.sockets.b[0]) ? { type: 'below' } : {}),
  memory: () => ({}),
  run(_memory, { a, b }, { '': out }, _params, i0, i1) {
    compareRows(a, b, out, i0, i1)
  },
  examples: [
    {
      about: 'strictly greater; a value that is not known makes the answer unknown',
      inputs: { a: [1, 2, 3, null, 5], b: [2, 2, 2, 2, null] },
      outputs: { '': 'FFT??' },
    },
  ],
})
