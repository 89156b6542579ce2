// What is known of the open trade at each close (semantics.md S29). No kernel: the simulation hands the values out.
import { defineLogic } from '../../kit/logic'
import { out } from '../../kit/port'
import { price, unsided } from '../../kit/socket'

export default defineLogic({
  type: 'trade',
  major: 1,
  family: 'trade',
  summary: 'The open trade: its prices, age, result in R, best and worst so far.',
  inputs: {},
  params: {},
  outputs: {
    entry_price: out(price),
    stop_price: out(price),
    bars: out(unsided('T')),
    r: { ...out(unsided('N')), about: 'Unrealised result in multiples of the initial risk.' },
    mae_r: { ...out(unsided('N')), about: 'Worst excursion so far in R.' },
    mfe_r: { ...out(unsided('N')), about: 'Best excursion so far in R.' },
    open_share: { ...out(unsided('N')), about: 'Share of the first size that is still open, 0 to 1.' },
  },
  feed: 'trade',
  scope: 'trade',
  examples: [],
})
