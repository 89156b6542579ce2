// A trailing stop: follows the best price at a distance or share, or a level; it only ever tightens (semantics.md S25).
import type { Refusal, Resolved } from '../../kit/logic'
import { defineLogic } from '../../kit/logic'
import { choice, type RShare, rShare } from '../../kit/param'
import { optional, roleOut, value } from '../../kit/port'
import { refuseSided } from '../../kit/sides'

const refuseTrail = ({ sockets, params }: Resolved): Refusal | null => {
  if ('by' in sockets === 'to' in sockets)
    return { refuse: 'trail_needs_one', message: 'a trail takes either `by` (distance or %) or `to` (price level)' }
  if ('pad' in sockets && !('to' in sockets))
    return { refuse: 'pad_needs_level', port: 'pad', message: '`pad` belongs to a level: it needs `to`' }
  const after = params.after as RShare | undefined
  if (after !== undefined && ('r' in after ? after.r : after.share) < 0)
    return { refuse: 'after_below_zero', port: 'after', message: '`after` is a gain: it cannot be below 0' }
  return null
}

export default defineLogic({
  type: 'trail',
  major: 1,
  family: 'roles',
  summary: 'Moves the stop behind the price: by a distance from the best price, or to a level.',
  inputs: {
    by: { ...optional(value('D')), shareOfFill: true, about: 'Distance from the best price, or a percentage of it.' },
    to: { ...optional(value('P')), about: 'A level that is read at every close.' },
    pad: { ...optional(value('D')), about: 'Moves the level away from the price, on the losing side.' },
  },
  params: { after: rShare('0R'), from: choice('extreme', 'close'), update: choice('fill', 'decision') },
  outputs: { '': roleOut('X') },
  part: 'trail',
  onTrade: true,
  refuse: refuseTrail,
  mirror: refuseSided('by', 'pad'),
  examples: [],
})
