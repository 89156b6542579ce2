// A filter: entries of the side are taken only while it is true. It binds entries alone.
import { defineLogic } from '../../kit/logic'
import { conditionPort, roleOut } from '../../kit/port'

export default defineLogic({
  type: 'filter',
  major: 1,
  family: 'roles',
  summary: 'Lets entries through only while its condition is true.',
  inputs: { allow: conditionPort() },
  params: {},
  outputs: { '': roleOut('F') },
  part: 'filter',
  examples: [],
})
