// The rise of `below`: now strictly below, one bar before not, both known (semantics.md S1, S2). Not the negation of the other.
import { greaterRows } from '../../kit/compare'
import { riseMemory, riseRows } from '../../kit/kernels/rise'
import { defineLogic } from '../../kit/logic'
import { outBits, value } from '../../kit/port'
import { turnedOver } from '../../kit/sides'

export default defineLogic({
  type: 'crosses_below',
  major: 1,
  family: 'comparison',
  summary: 'True on the bar on which the first value comes to stand below the second.',
  inputs: { a: value(), b: value() },
  ordered: true,
  equal: true,
  onTrade: true,
  reading: { compares: 'smaller', strict: true },
  params: {},
  outputs: { '': outBits('E') },
  firstValid: () => 1,
  mirror: turnedOver({ type: 'crosses_above' }, 'a', 'b'),
  memory: riseMemory,
  run(memory, { a, b }, { '': out }, _params, i0, i1) {
    greaterRows(b, a, out.t, out.f, i0, i1)
    riseRows(memory, out, out, i0, i1)
  },
  examples: [
    {
      about: 'three to one is a cross, an equal bar is not below; unknown after a bar not below stays open',
      inputs: { a: [3, 2, 3, 4, null, 3, 1, 2, 3, 1, 3, 3, 1], b: [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2] },
      outputs: { '': 'FFFF?FTFFTFFT' },
    },
  ],
})
