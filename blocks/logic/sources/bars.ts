// The bars of a market on one timeframe. No kernel: the engine hands out the frame's own columns.
import type { BarColumns, Output } from '../../kit/logic'
import { defineLogic } from '../../kit/logic'
import { market, timeframe } from '../../kit/param'
import { out } from '../../kit/port'
import { price, unsided } from '../../kit/socket'

const bundle: Output<BarColumns> = { socket: unsided('B') }

export default defineLogic({
  type: 'bars',
  major: 1,
  family: 'sources',
  summary: 'Open, high, low, close and volume of a market, closed bars only.',
  inputs: {},
  params: { market: market(), tf: timeframe() },
  outputs: {
    '': bundle,
    open: out(price),
    high: out(price),
    low: out(price),
    close: out(price),
    volume: out(unsided('A')),
  },
  feed: 'bars',
  mirror: () => ({ outputs: { high: 'low', low: 'high' } }),
  examples: [],
})
