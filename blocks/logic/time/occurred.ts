// Was it true on any of the last bars, the current one included; false only when it was known false on all of them.
import { withinMemory, withinRows } from '../../kit/kernels/within'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { conditionPort, outBits } from '../../kit/port'

export default defineLogic({
  type: 'occurred',
  major: 1,
  family: 'time',
  summary: 'True while a condition was true on any of the last bars.',
  inputs: { of: conditionPort() },
  onTrade: true,
  params: { within: bars('6b', 1, 5000) },
  outputs: { '': outBits('C') },
  firstValid: ({ within }) => within - 1,
  settled: ({ within }) => within - 1,
  memory: ({ within }) => withinMemory(within),
  run(memory, { of }, { '': out }, { within }, i0, i1) {
    withinRows(memory, of.t, of.f, out.t, out.f, within, i0, i1)
  },
  examples: [
    {
      about: 'within 3: bars before the first are unknown, and so is a stretch with an unknown bar and no true one',
      params: { within: 3 },
      inputs: { of: 'FFFTFFF?FFFTT?' },
      outputs: { '': '??FTTTF???FTTT' },
    },
  ],
})
