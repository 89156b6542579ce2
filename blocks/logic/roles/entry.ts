// A setup: fires on the rise of `when`, as a market, limit or stop order (semantics.md S4, S20-S22).
import { defineLogic } from '../../kit/logic'
import { choice, flag, lifetime } from '../../kit/param'
import { conditionPort, optional, roleOut, value } from '../../kit/port'

export default defineLogic({
  type: 'entry',
  major: 1,
  family: 'roles',
  summary: 'Sends an entry order when its condition becomes true.',
  inputs: {
    when: conditionPort(),
    at: { ...optional(value('P')), about: 'Price of a limit or stop order, read when it is sent.' },
  },
  params: {
    order: choice('market', 'limit', 'stop'),
    expires: lifetime('1b'),
    fires: choice('rise', 'while_true'),
    post_only: flag(false),
  },
  outputs: { '': roleOut('S') },
  part: 'entry',
  refuse: ({ sockets, params }) => {
    const market = params.order === 'market'
    if (market && 'at' in sockets)
      return {
        refuse: 'market_has_no_price',
        port: 'at',
        message: 'a market order has no price: leave `at` out, or set `order`',
      }
    if (!market && !('at' in sockets))
      return { refuse: 'order_needs_price', port: 'at', message: 'a limit or stop order needs its price: wire `at`' }
    if (params.post_only === true && params.order !== 'limit')
      return { refuse: 'post_only_limit', port: 'post_only', message: 'only a limit order can be `post_only`' }
    return null
  },
  examples: [],
})
