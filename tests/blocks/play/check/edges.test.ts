// What is legal stays legal: the near side of each limit, and Blocks whose parts stand in unusual order.
import { describe, expect, it } from 'vitest'
import { checkPlay } from '../../../../blocks/play/check'
import { codes } from '../../../../blocks/play/check/codes'
import { textCodes } from '../../../../blocks/play/text/codes'
import { base, type Changes, changed, codesOf } from './base'

const top = (of: string, compare: string, a: string): Changes => ({
  'nodes.top': { highest: { of, over: '20b' } },
  'nodes.up': { [compare]: [a, 'top'] },
})

const legal: readonly (readonly [string, Changes])[] = [
  ['S3 the close against the highest open', top('price.open', 'above', 'price.close')],
  ['S3 the close against the highest low', top('price.low', 'above', 'price.close')],
  ['S3 at least the highest close', top('price.close', 'at_least', 'price.close')],
  ['S3 below the highest high', top('price.high', 'below', 'price.close')],
  [
    'S3 a breakout with an offset',
    {
      ...top('price.high', 'above', 'price.close'),
      'nodes.before': { offset: { of: 'top', by: '1b' } },
      'nodes.up': { above: ['price.close', 'before'] },
    },
  ],
  [
    'S10 the close against the highest high of another clock',
    {
      'nodes.high': { bars: { market: 'main', tf: '4h' } },
      'nodes.top': { highest: { of: 'high.high', over: '20b' } },
      'nodes.up': { above: ['price.close', 'top'] },
    },
  ],
  [
    'touching limits that both hold',
    { 'nodes.up': { at_least: ['rsi', 60] }, 'nodes.strong': { at_most: ['rsi', 60] } },
  ],
  ['two limits on one side', { 'nodes.up': { above: ['rsi', 60] } }],
  [
    'S27 shares of exactly the whole',
    {
      'nodes.a': { target: { at: 'slow', close: '30%' } },
      'nodes.b': {
        ladder: {
          steps: [
            { at: '1R', close: '30%' },
            { at: '2R', close: '40%' },
          ],
        },
      },
      'long.exits': ['stop', 'a', 'b'],
    },
  ],
  [
    'S14 a stop just inside the margin',
    { 'nodes.stop': { stop: { by: '19.9%' } }, 'nodes.atr': null, 'risk.leverage': { max: 5 } },
  ],
  ['S34 spot, long only, leverage 1', { 'markets.main': 'binance:BTCUSDT', short: 'none' }],
  [
    'a constraint at its limit',
    { 'params.b': { value: 20 }, 'nodes.slow.sma.length': '$b', constraints: [{ at_most: ['$fast', '$b'] }] },
  ],
  [
    'a trail to a level of the trade',
    {
      'nodes.then': { at_entry: ['slow'] },
      'nodes.follow': { trail: { to: 'then', pad: 'atr' } },
      'long.exits': ['stop', 'follow'],
    },
  ],
  [
    'an event where a condition is asked',
    {
      'nodes.cross': { crosses_above: ['quick', 'slow'] },
      'nodes.go.entry.when': 'cross',
      'nodes.allow': { filter: { allow: 'ready' } },
      'nodes.calm': null,
    },
  ],
]

const own = (outputs: Record<string, string>, more: Record<string, unknown> = {}) => ({
  role: 'filter',
  inputs: { bars: { type: 'bars' } },
  nodes: {
    adx: { adx: { bars: 'bars', length: 14 } },
    t: { above: ['adx.adx', 20] },
    only: { filter: { allow: 't' } },
  },
  outputs,
  ...more,
})
const using = (block: unknown, body: Record<string, unknown> = { bars: 'price' }): Changes => ({
  'blocks.own': block,
  'nodes.f': { 'here/own': body },
  'long.filters': ['f'],
  'nodes.allow': null,
  'nodes.calm': null,
})

describe('the near side of a limit', () => {
  it.each(legal)('%s', (_, changes) => {
    // What a change leaves unread is no fault here.
    expect(codesOf(changed(base, changes)).filter((code) => code !== 'unreachable')).toEqual([])
  })

  it('500 nodes are legal, 501 are not; a chain of 32 is legal, of 33 not', () => {
    const have = Object.keys(base.nodes).length
    const some = (count: number): Changes =>
      Object.fromEntries(Array.from({ length: count }, (_, k) => [`nodes.n${k}`, { not: ['up'] }]))
    expect(codesOf(changed(base, some(500 - have)))).not.toContain('too_many_nodes')
    expect(codesOf(changed(base, some(501 - have)))).toContain('too_many_nodes')
    // price, quick, up stand before the chain, the entry behind it.
    const chain = (length: number): Changes => ({
      ...Object.fromEntries(Array.from({ length }, (_, k) => [`nodes.n${k}`, { not: [k === 0 ? 'up' : `n${k - 1}`] }])),
      'nodes.go.entry.when': `n${length - 1}`,
    })
    expect(codesOf(changed(base, chain(28)))).not.toContain('too_deep')
    expect(codesOf(changed(base, chain(29)))).toContain('too_deep')
  })
})

describe('Blocks', () => {
  it('are used by their role, whichever output comes first', () => {
    for (const outputs of [
      { adx: 'adx.adx', filter: 'only' },
      { filter: 'only', adx: 'adx.adx' },
    ])
      expect(codesOf(changed(base, using(own(outputs))))).toEqual([])
  })

  it('a value for an input that the Block does not read is judged all the same', () => {
    const block = own({ filter: 'only' }, { inputs: { bars: { type: 'bars' }, spare: { type: 'price' } } })
    expect(codesOf(changed(base, using(block, { bars: 'price', spare: 'price.close' })))).toEqual([])
    expect(codesOf(changed(base, using(block, { bars: 'price', spare: 'nothing' })))).toContain('unknown_node')
  })

  it('a data output is a wire like any other, and a literal can be an input', () => {
    const block = own(
      { filter: 'only', adx: 'adx.adx' },
      {
        inputs: { bars: { type: 'bars' }, least: { type: 'oscillator' } },
        nodes: {
          adx: { adx: { bars: 'bars', length: 14 } },
          t: { above: ['adx.adx', 'least'] },
          only: { filter: { allow: 't' } },
        },
      },
    )
    const play = changed(base, {
      ...using(block, { bars: 'price', least: 25 }),
      'nodes.strong': { above: ['f.adx', 30] },
      'nodes.rsi': null,
    })
    const { problems, flat } = checkPlay(play)
    expect(problems).toEqual([])
    expect(flat?.nodes.find(({ path }) => path === 'f/t')?.inputs.b).toEqual([{ constant: 25 }])
    const wild = changed(play, { 'nodes.f': { 'here/own': { bars: 'price', least: 250 } } })
    expect(new Set(codesOf(wild))).toEqual(new Set(['out_of_bounds']))
  })

  it('an input of another socket than the Block declares is refused at the instance', () => {
    const block = own({ filter: 'only' }, { inputs: { bars: { type: 'bars' }, spare: { type: 'price' } } })
    expect(codesOf(changed(base, using(block, { bars: 'price', spare: 'rsi' })))).toEqual(['wrong_socket'])
    expect(codesOf(changed(base, using(block, { bars: 'price', spare: '1%' })))).toEqual(['wrong_unit'])
  })
})

describe('codes', () => {
  it('mean one thing: those of text and checker share a name only for the same fault', () => {
    const shared = Object.keys(codes).filter((code) => Object.hasOwn(textCodes, code))
    expect(shared.sort()).toEqual(['bad_value', 'name_taken', 'too_deep', 'unknown_key'])
    for (const { meaning } of Object.values(codes)) expect(meaning.length).toBeGreaterThan(15)
  })
})
