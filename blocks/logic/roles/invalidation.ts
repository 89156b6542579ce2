// The thesis is wrong: cancels the pending entry, or closes the open trade at market (dsl.md section 7).
import { defineLogic } from '../../kit/logic'
import { choice } from '../../kit/param'
import { conditionPort, roleOut } from '../../kit/port'

export default defineLogic({
  type: 'invalidation',
  major: 1,
  family: 'roles',
  summary: 'Gives the idea up: cancels a pending entry, closes an open trade.',
  inputs: { when: conditionPort() },
  params: { on: choice('both', 'pending', 'open') },
  outputs: { '': roleOut('I') },
  part: 'invalidation',
  onTrade: true,
  examples: [],
})
