// And of two or more conditions (Kleene): false as soon as one is false, otherwise unknown while one is unknown.
import type { Bits } from '../../kit/bits'
import { everyRow, someRow } from '../../kit/kernels/words'
import type { Output } from '../../kit/logic'
import { defineLogic } from '../../kit/logic'
import { conditionPort, many } from '../../kit/port'
import { condition, event } from '../../kit/socket'

/** With an event among them it is true on one bar at a time. */
const itself: Output<Bits> = {
  socket: ({ sockets }) => (sockets.of.some((socket) => socket.letter === 'E') ? event : condition),
}

export default defineLogic({
  type: 'all',
  major: 1,
  family: 'logic',
  summary: 'True while all conditions are true.',
  inputs: { of: many(conditionPort(), 2) },
  ordered: true,
  onTrade: true,
  commutative: true,
  reading: 'every',
  params: {},
  outputs: { '': itself },
  firstValid: () => 0,
  memory: () => ({}),
  run(_memory, { of }, { '': out }, _params, i0, i1) {
    everyRow(of, 't', out.t, i0, i1)
    someRow(of, 'f', out.f, i0, i1)
  },
  examples: [
    {
      about: 'all nine pairs of true, false and unknown',
      inputs: { of: ['TTTFFF???', 'TF?TF?TF?'] },
      outputs: { '': 'TF?FFF?F?' },
    },
  ],
})
