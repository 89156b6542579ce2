// An exit at market after some bars or time in the trade (semantics.md S28).
import { defineLogic } from '../../kit/logic'
import { lifetime } from '../../kit/param'
import { roleOut } from '../../kit/port'

export default defineLogic({
  type: 'time_stop',
  major: 1,
  family: 'roles',
  summary: 'Closes the position after some bars or time.',
  inputs: {},
  params: { after: lifetime('24b') },
  outputs: { '': roleOut('X') },
  part: 'time_stop',
  examples: [],
})
