// The Play of the guided first backtest: half built, on the practice market. Two wires and a stop are left to the trader.
import { produce } from 'immer'
import { parseDocument } from '../../blocks/play/text/parse'
import type { PlayTree, Sidecar } from '../../blocks/play/tree'
import { drawnPlaces } from '../canvas/drawn'
import type { PlayDocument } from '../document/store'
import { guideSteps } from './guide'

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

const half = (): PlayDocument => {
  const { tree, sidecar } = parseDocument(text)
  if (tree === undefined || !('play' in tree)) throw new Error('the first Play is no Play')
  return { id: '', tree, sidecar }
}

/** Nodes stand before the lanes until they are wired, each at the height of the lane that it will belong to. */
const placesOf = (begun: PlayDocument): Sidecar['positions'] => {
  const done = produce(begun, (draft) => {
    for (const { act } of guideSteps) act?.(draft)
  })
  const rows = drawnPlaces(done)
  return Object.fromEntries(
    Object.entries(drawnPlaces(begun)).map(([id, [x, y]]): [string, [number, number]] => [id, [x, rows[id]?.[1] ?? y]]),
  )
}

export const firstPlay = (): { readonly tree: PlayTree; readonly sidecar: Sidecar } => {
  const begun = half()
  return { tree: begun.tree, sidecar: { ...begun.sidecar, positions: placesOf(begun) ?? {} } }
}
