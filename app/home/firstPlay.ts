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
  take_profit: { ladder: { steps: [{ at: 2R, close: rest }] } }
  wrong: { invalidation: {} }
long:
  entries: [enter]
  exits: [stop, take_profit]
  invalidations: [wrong]
short: none
risk:
  size: { risk: 1% }
`

/** Nodes that lead nowhere yet stand where they will be needed: each row is one step of the guide. */
const positions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  price: [0, 110],
  ema: [150, 70],
  reclaim: [300, 90],
  enter: [560, 90],
  atr: [150, 220],
  stop_distance: [300, 220],
  stop: [560, 220],
  take_profit: [560, 300],
  slow: [150, 420],
  lost: [300, 420],
  wrong: [560, 430],
}

export const firstPlay = (): { readonly tree: PlayTree; readonly sidecar: Sidecar } => {
  const { tree, sidecar } = parseDocument(text)
  if (tree === undefined || !('play' in tree)) throw new Error('the first Play is no Play')
  return { tree, sidecar: { ...sidecar, positions } }
}
