// The opposite of a condition; of unknown it is unknown.
import { everyRow } from '../../kit/kernels/words'
import { defineLogic } from '../../kit/logic'
import { conditionPort, outBits } from '../../kit/port'

export default defineLogic({
  type: 'not',
  major: 1,
  family: 'logic',
  summary: 'True while a condition is false.',
  inputs: { of: conditionPort() },
  ordered: true,
  onTrade: true,
  reading: 'not',
  params: {},
  outputs: { '': outBits('C') },
  firstValid: () => 0,
  memory: () => ({}),
  run(_memory, { of }, { '': out }, _params, i0, i1) {
    everyRow([of], 'f', out.t, i0, i1)
    everyRow([of], 't', out.f, i0, i1)
  },
  examples: [
    {
      about: 'unknown stays unknown',
      inputs: { of: 'TF?TF' },
      outputs: { '': 'FT?FT' },
    },
  ],
})
