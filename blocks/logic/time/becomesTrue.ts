// The rise of a condition: true now and known false one bar before (semantics.md S1).
import { riseMemory, riseRows } from '../../kit/kernels/rise'
import { defineLogic } from '../../kit/logic'
import { conditionPort, outBits } from '../../kit/port'

export default defineLogic({
  type: 'becomes_true',
  major: 1,
  family: 'time',
  summary: 'True on the bar on which a condition turns from false to true.',
  inputs: { of: conditionPort() },
  ordered: true,
  params: {},
  outputs: { '': outBits('E') },
  firstValid: () => 1,
  settled: () => 1,
  memory: riseMemory,
  run(memory, { of }, { '': out }, _params, i0, i1) {
    riseRows(memory, of, out, i0, i1)
  },
  examples: [
    {
      about: 'from unknown to true is no rise; after a true bar there is none',
      inputs: { of: 'TFTTF?T?F?TT' },
      outputs: { '': '?FTFF??FF??F' },
    },
  ],
})
