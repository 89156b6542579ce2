// The diff names every change once, and nothing else.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diff } from '../../../../blocks/play/diff'
import { rename } from '../../../../blocks/play/rename'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { arbitraryDocument } from '../../../fixtures/arbitraryDocument'
import { specDocuments } from '../../../fixtures/documents'

const read = (text: string) => {
  const { tree, problems } = parseDocument(text)
  if (tree === undefined) throw new Error(JSON.stringify(problems))
  return tree
}
const base = specDocuments.emaPullback
const words = (from: string, to: string): readonly string[] =>
  diff(read(base), read(base.replace(from, to))).map((change) => change.words)

describe('diff', () => {
  it.each<[name: string, from: string, to: string, words: readonly string[]]>([
    [
      'a port',
      'atr: { atr: { bars: price, length: 14 } }',
      'atr: { atr: { bars: price, length: 20 } }',
      ['atr.length: 14 became 20'],
    ],
    [
      'a wire',
      '[ema_fast, ema_slow]',
      '[ema_slow, ema_fast]',
      ['uptrend.0: ema_fast became ema_slow', 'uptrend.1: ema_slow became ema_fast'],
    ],
    [
      'a parameter that was left out',
      'offset: 0.05%',
      'offset: 0.05%, cover_fees: true',
      ['free_ride.cover_fees added: true'],
    ],
    [
      'a type',
      '{ below: [price.low, ema_fast] }',
      '{ at_most: [price.low, ema_fast] }',
      ['dipped: { below: [price.low, ema_fast] } became { at_most: [price.low, ema_fast] }'],
    ],
    ['a value of a parameter', 'value: 21,', 'value: 34,', ['parameter fast: 21 became 34']],
    ['a range', 'max: 55,', 'max: 60,', ['max of parameter fast: 55 became 60']],
    [
      'a constraint',
      '  - less: [$fast, $slow]',
      '  - at_most: [$fast, $slow]',
      ['constraint removed (was { less: [$fast, $slow] })', 'constraint added: { at_most: [$fast, $slow] }'],
    ],
    ['risk', 'max: 5 }', 'max: 3 }', ['risk leverage: { max: 5 } became { max: 3 }']],
    [
      'a brake that is gone',
      '  cooldown: { after: loss, for: 4h }\n',
      '',
      ['risk cooldown removed (was { after: loss, for: 4h })'],
    ],
    [
      'a role',
      'exits: [stop, scale_out, free_ride]',
      'exits: [stop, scale_out]',
      ['long exits removed (was free_ride)'],
    ],
    [
      'the order of a role',
      'exits: [stop, scale_out, free_ride]',
      'exits: [scale_out, stop, free_ride]',
      ['long exits: the order [stop, scale_out, free_ride] became [scale_out, stop, free_ride]'],
    ],
    ['a side', 'short: mirror', 'short: none', ['short: mirror became none']],
    ['the timeframe', 'tf: 15m', 'tf: 1h', ['tf: 15m became 1h']],
    [
      'a market',
      'markets: { main: binance:BTCUSDT.P }',
      'markets: { main: binance:ETHUSDT.P }',
      ['market main: binance:BTCUSDT.P became binance:ETHUSDT.P'],
    ],
    ['a node that is new', '  atr: {', '  extra: { bars: {} }\n  atr: {', ['extra added: { bars: {  } }']],
    ['only digits', '0.03%', '0.030%', []],
    ['only notes and order', '  # The setup: an uptrend', '  # the setup: an uptrend', []],
  ])('says what changed: %s', (...[, from, to, expected]) => {
    expect(base).toContain(from)
    expect(words(from, to)).toEqual(expected)
  })

  it('a rename is one change, whatever follows from it', () => {
    const tree = read(base)
    const { tree: renamed } = rename({ tree, sidecar: {} }, { from: 'swing', to: 'pivots' })
    expect(diff(tree, renamed).map(({ words }) => words)).toEqual(['swing is now called pivots'])
    const { tree: twice } = rename({ tree: renamed, sidecar: {} }, { from: 'swing_at_entry', to: 'low_then' })
    expect(diff(tree, twice).map(({ kind }) => kind)).toEqual(['renamed', 'renamed'])
  })

  it('a pin and a Block of the document are named', () => {
    const play = specDocuments.liquidityGrabReversal
    const changed = read(play.replace('82271c7e', '12271c7e'))
    expect(diff(read(play), changed).map(({ what, kind, path }) => [what, kind, ...path])).toEqual([
      ['pin', 'changed', 'pins', 'lib/liquidity_grab@2'],
    ])
    const blocks = 'blocks:\n  calm: { role: filter, nodes: {}, outputs: {} }\nnodes:'
    expect(diff(read(base), read(base.replace('nodes:', blocks))).map(({ words }) => words)).toEqual([
      'Block here/calm added',
    ])
  })

  it('nothing changed: nothing said; and there and back name the same places', () => {
    fc.assert(
      fc.property(arbitraryDocument, arbitraryDocument, (a, b) => {
        expect(diff(a, a)).toEqual([])
        const opposite = {
          added: 'removed',
          removed: 'added',
          changed: 'changed',
          renamed: 'renamed',
          moved: 'moved',
        } as const
        const there = diff(a, b).map(({ kind, what }) => `${kind} ${what}`)
        const back = diff(b, a).map(({ kind, what }) => `${opposite[kind]} ${what}`)
        expect([...back].sort()).toEqual([...there].sort())
      }),
      { numRuns: 300 },
    )
  })

  it('every single rename of a generated document is found as one', () => {
    const some = arbitraryDocument.filter((tree) => Object.keys(tree.nodes).length > 0)
    fc.assert(
      fc.property(some, fc.nat(), (tree, pick) => {
        const names = Object.keys(tree.nodes)
        const from = names[pick % names.length] as string
        const changes = diff(tree, rename({ tree, sidecar: {} }, { from, to: 'zz_not_used_before' }).tree)
        expect(changes.map(({ kind, before, after }) => [kind, before, after])).toEqual([
          ['renamed', from, 'zz_not_used_before'],
        ])
      }),
      { numRuns: 300 },
    )
  })
})
