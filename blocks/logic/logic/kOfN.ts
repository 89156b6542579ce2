// At least k of n conditions: true when k are true, false when n - k + 1 are false (semantics.md S1).
import { countRow } from '../../kit/kernels/words'
import { defineLogic } from '../../kit/logic'
import { whole } from '../../kit/param'
import { conditionPort, many, outBits } from '../../kit/port'

export default defineLogic({
  type: 'k_of_n',
  major: 1,
  family: 'logic',
  summary: 'True while at least k of the conditions are true.',
  inputs: { of: many(conditionPort(), 1) },
  onTrade: true,
  commutative: true,
  params: { k: whole(2, 1, 500) },
  outputs: { '': outBits('C') },
  refuse: ({ sockets, params }) =>
    Number(params.k) <= sockets.of.length
      ? null
      : { refuse: 'k_above_n', port: 'of', message: '`k` is greater than the number of conditions: it is never true' },
  firstValid: () => 0,
  memory: () => ({}),
  run(_memory, { of }, { '': out }, { k }, i0, i1) {
    countRow(of, 't', k, out.t, i0, i1)
    countRow(of, 'f', of.length - k + 1, out.f, i0, i1)
  },
  examples: [
    {
      about: '2 of 3: two true decide, two false decide, otherwise the unknown one would',
      params: { k: 2 },
      inputs: { of: ['TTTF?T?F', 'TTFF?F?T', 'TF?TTTF?'] },
      outputs: { '': 'TT?F?T??' },
    },
  ],
})
