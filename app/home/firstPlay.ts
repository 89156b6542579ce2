// The Play of the guided first backtest: half built, on the practice market. Two wires and a stop are left to the trader.
import { parseDocument } from '../../blocks/play/text/parse'
import type { PlayTree, Sidecar } from '../../blocks/play/tree'

const text = `dsl: 1
play: first_backtest
title: My first backtest
markets: { main: synthetic:BTCUSDT.P }
tf: 1h
nodes:
  price: { bars: { market: main } }
  ema: { ema: { of: price.close, length: 13 } }
  reclaim: { crosses_above: [price.close, ema] }
  atr: { atr: { bars: price, length: 14 } }
  stop_distance: { mul: [atr, 2.5] }
  slow: { ema: { of: price.close, length: 50 } }
  lost: { below: [price.close, slow] }
  enter: { entry: {} }
  stop: { stop: {} }
  wrong: { invalidation: {} }
long:
  entries: [enter]
  exits: [stop]
  invalidations: [wrong]
short: none
risk:
  size: { risk: 1% }
`

export const firstPlay = (): { readonly tree: PlayTree; readonly sidecar: Sidecar } => {
  const { tree, sidecar } = parseDocument(text)
  if (tree === undefined || !('play' in tree)) throw new Error('the first Play is no Play')
  return { tree, sidecar }
}
