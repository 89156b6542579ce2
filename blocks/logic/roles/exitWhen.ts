// An exit at market when its condition is true at a close.
import { defineLogic } from '../../kit/logic'
import { conditionPort, roleOut } from '../../kit/port'

export default defineLogic({
  type: 'exit_when',
  major: 1,
  family: 'roles',
  summary: 'Closes the position at market when its condition is true.',
  inputs: { when: conditionPort() },
  params: {},
  outputs: { '': roleOut('X') },
  part: 'exit_when',
  onTrade: true,
  examples: [],
})
