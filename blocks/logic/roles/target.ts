// A profit target: a resting limit at a price level that closes a share of the first size.
import { defineLogic } from '../../kit/logic'
import { share } from '../../kit/param'
import { roleOut, value } from '../../kit/port'

export default defineLogic({
  type: 'target',
  major: 1,
  family: 'roles',
  summary: 'Closes a share of the position at a price level.',
  inputs: { at: value('P') },
  params: { close: share('100%', 0.0001, 1) },
  outputs: { '': roleOut('X') },
  part: 'target',
  examples: [],
})
