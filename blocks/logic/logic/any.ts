// Or of two or more conditions (Kleene): true as soon as one is true, otherwise unknown while one is unknown.
import type { Bits } from '../../kit/bits'
import { everyRow, someRow } from '../../kit/kernels/words'
import type { Output } from '../../kit/logic'
import { defineLogic } from '../../kit/logic'
import { conditionPort, many } from '../../kit/port'
import { condition, event } from '../../kit/socket'

/** Only events together are an event. */
const itself: Output<Bits> = {
  socket: ({ sockets }) => (sockets.of.every((socket) => socket.letter === 'E') ? event : condition),
}

export default defineLogic({
  type: 'any',
  major: 1,
  family: 'logic',
  summary: 'True while at least one condition is true.',
  inputs: { of: many(conditionPort(), 2) },
  ordered: true,
  onTrade: true,
  commutative: true,
  params: {},
  outputs: { '': itself },
  firstValid: () => 0,
  memory: () => ({}),
  run(_memory, { of }, { '': out }, _params, i0, i1) {
    someRow(of, 't', out.t, i0, i1)
    everyRow(of, 'f', out.f, i0, i1)
  },
  examples: [
    {
      about: 'all nine pairs of true, false and unknown',
      inputs: { of: ['TTTFFF???', 'TF?TF?TF?'] },
      outputs: { '': 'TTTTF?T??' },
    },
  ],
})
