// Has it been true on all of the last bars, the current one included; false as soon as one of them is known false.
import { withinMemory, withinRows } from '../../kit/kernels/within'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { conditionPort, outBits } from '../../kit/port'

export default defineLogic({
  type: 'holds',
  major: 1,
  family: 'time',
  summary: 'True while a condition has been true for some bars in a row.',
  inputs: { of: conditionPort() },
  onTrade: true,
  params: { for: bars('3b', 1, 5000) },
  outputs: { '': outBits('C') },
  firstValid: (params) => params.for - 1,
  settled: (params) => params.for - 1,
  memory: (params) => withinMemory(params.for),
  run(memory, { of }, { '': out }, params, i0, i1) {
    // Any false within the bars is no; all true is yes.
    withinRows(memory, of.f, of.t, out.f, out.t, params.for, i0, i1)
  },
  examples: [
    {
      about: 'for 3: a false bar decides for three bars, an unknown one leaves it open',
      params: { for: 3 },
      inputs: { of: 'TTTFTTT?TTTFF?' },
      outputs: { '': '??TFFFT???TFFF' },
    },
  ],
})
