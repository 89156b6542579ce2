// The initial stop: a price that rests at the venue. R exists because of it.
import { defineLogic } from '../../kit/logic'
import { optional, roleOut, value } from '../../kit/port'
import { refuseSided } from '../../kit/sides'

export default defineLogic({
  type: 'stop',
  major: 1,
  family: 'roles',
  summary: 'Initial stop, a distance from the fill or a price level. Exactly one a side.',
  inputs: {
    by: { ...optional(value('D')), shareOfFill: true, about: 'Distance from the fill, or a percentage of it.' },
    at: { ...optional(value('P')), about: 'A price level, read when the entry is decided.' },
    pad: { ...optional(value('D')), about: 'Moves the level away from the price, on the losing side.' },
  },
  params: {},
  outputs: { '': roleOut('X') },
  part: 'stop',
  refuse: ({ sockets }) => {
    if ('by' in sockets === 'at' in sockets)
      return { refuse: 'stop_needs_one', message: 'a stop takes either `by` (distance or %) or `at` (price level)' }
    if ('pad' in sockets && !('at' in sockets))
      return { refuse: 'pad_needs_level', port: 'pad', message: '`pad` belongs to a level: it needs `at`' }
    return null
  },
  mirror: refuseSided('by', 'pad'),
  examples: [],
})
