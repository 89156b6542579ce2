// A small valid Play, and how a test changes it: dotted paths and new values (null removes).
import { checkPlay } from '../../../../blocks/play/check'
import { applyEdit } from '../../../../blocks/play/edit'
import { parseDocument } from '../../../../blocks/play/text/parse'
import type { BlockTree, PlayTree } from '../../../../blocks/play/tree'

export const playOf = (text: string): PlayTree => {
  const { tree, problems } = parseDocument(text)
  if (tree === undefined || !('play' in tree)) throw new Error(`no Play: ${JSON.stringify(problems)}`)
  return tree
}
export const blockOf = (text: string): BlockTree => {
  const { tree, problems } = parseDocument(text)
  if (tree === undefined || !('block' in tree)) throw new Error(`no Block: ${JSON.stringify(problems)}`)
  return tree
}

export const base = playOf(`dsl: 1
play: base
markets: { main: binance:BTCUSDT.P }
tf: 15m
params:
  fast: { value: 20, min: 10, max: 40, step: 5 }
nodes:
  price: { bars: { market: main } }
  quick: { ema: { of: price.close, length: $fast } }
  slow: { sma: { of: price.close, length: 100 } }
  rsi: { rsi: { of: price.close, length: 14 } }
  atr: { atr: { bars: price, length: 14 } }
  up: { above: [quick, slow] }
  strong: { above: [rsi, 50] }
  calm: { below: [rsi, 90] }
  ready: { all: [up, strong] }
  allow: { filter: { allow: calm } }
  go: { entry: { when: ready } }
  stop: { stop: { by: atr } }
long: { filters: [allow], entries: [go], exits: [stop] }
short: mirror
risk: { size: { risk: 1% } }
`)

export type Changes = Readonly<Record<string, unknown>>

/** The tree with values set at dotted paths; digits are places in lists; null removes. */
export const changed = (tree: PlayTree, changes: Changes): PlayTree =>
  Object.entries(changes).reduce<unknown>((now, [path, value]) => {
    const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    return applyEdit(now, value === null ? { path: steps } : { path: steps, value })
  }, tree) as PlayTree

export const codesOf = (tree: PlayTree): string[] => checkPlay(tree).problems.map(({ code }) => code)
