// What changes the logic and what does not; the mirror; unfolding; values set from outside.
import { describe, expect, it } from 'vitest'
import { examples } from '../../../../blocks/catalogue'
import { checkPlay } from '../../../../blocks/play/check'
import type { Flat } from '../../../../blocks/play/flat'
import { rename } from '../../../../blocks/play/rename'
import type { PlayTree } from '../../../../blocks/play/tree'
import { unfold } from '../../../../blocks/play/unfold'
import { randomPlay } from '../../../fixtures/randomPlay'
import { base, type Changes, changed, playOf } from './base'

const flatOf = (tree: PlayTree, set: Record<string, string | number | boolean> = {}): Flat => {
  const { flat, problems } = checkPlay(tree, { set })
  if (flat === undefined) throw new Error(JSON.stringify(problems))
  return flat
}
const logic = (tree: PlayTree): string => flatOf(tree).logicHash
const reversed = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).reverse())
const node = (flat: Flat, path: string) => {
  const found = flat.nodes.find((one) => one.path === path)
  if (found === undefined) throw new Error(`no ${path} in ${flat.nodes.map((one) => one.path).join()}`)
  return found
}

const same: readonly (readonly [string, Changes])[] = [
  ['a title', { title: 'Another name' }],
  ['a wider range', { 'params.fast.max': 60 }],
  ['a parameter in place of its value', { 'nodes.quick.ema.length': 20, 'params.fast': null }],
  ['a default written out', { 'nodes.go.entry.order': 'market', 'nodes.go.entry.expires': '1b' }],
  ['the timeframe of the Play written out', { 'nodes.price.bars.tf': '15m' }],
  ['a length written with its unit', { 'nodes.slow.sma.length': '100b' }],
  ['a length written as time', { 'nodes.slow.sma.length': '1500m' }],
  ['operands of `all` exchanged', { 'nodes.ready': { all: ['strong', 'up'] } }],
  ['leverage 1 written out', { 'risk.leverage': { max: 1 } }],
  ['a node that nothing reads', { 'nodes.idle': { atr: { bars: 'price', length: 3 } } }],
  [
    'a twin of a node',
    { 'nodes.twin': { rsi: { of: 'price.close', length: 14 } }, 'nodes.calm': { below: ['twin', 90] } },
  ],
  ['a major written out', { 'nodes.up': { 'above@1': ['quick', 'slow'] } }],
  ['the output written out', { 'nodes.up': { above: ['quick.value', 'slow.value'] } }],
]
const other: readonly (readonly [string, Changes])[] = [
  ['a length', { 'nodes.slow.sma.length': 101 }],
  ['the value of a parameter', { 'params.fast.value': 25 }],
  ['a wire', { 'nodes.slow.sma.of': 'price.open' }],
  ['operands of `above` exchanged', { 'nodes.up': { above: ['slow', 'quick'] } }],
  ['a type', { 'nodes.quick': { sma: { of: 'price.close', length: '$fast' } } }],
  ['a literal', { 'nodes.strong': { above: ['rsi', 51] } }],
  ['a setting of a role', { 'nodes.go.entry.fires': 'while_true' }],
  ['the risk', { 'risk.size': { risk: '1.5%' } }],
  ['the leverage', { 'risk.leverage': { max: 2 } }],
  ['the timeframe', { tf: '30m' }],
  ['the market', { 'markets.main': 'binance:ETHUSDT.P' }],
  ['a side less', { short: 'none' }],
  ['a filter less', { 'long.filters': [] }],
  ['a lifetime in time in place of bars', { 'nodes.go.entry.expires': '15m' }],
]

describe('logicHash', () => {
  it.each(same)('%s leaves it', (_, changes) => expect(logic(changed(base, changes))).toBe(logic(base)))
  it.each(other)('%s changes it', (_, changes) => expect(logic(changed(base, changes))).not.toBe(logic(base)))

  it('the order of the document, of filters, exits and invalidations leaves it; that of entries changes it', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const play = randomPlay({ seed })
      const turned = (side: PlayTree['long']): PlayTree['long'] =>
        typeof side === 'string'
          ? side
          : { ...side, filters: [...(side.filters ?? [])].reverse(), exits: [...side.exits].reverse() }
      const shuffled = { ...play, nodes: reversed(play.nodes), long: turned(play.long), short: turned(play.short) }
      const [a, b] = [flatOf(play), flatOf(shuffled)]
      expect(b.logicHash).toBe(a.logicHash)
      expect(b.playHash).not.toBe(a.playHash)
    }
    const two = changed(base, { 'nodes.again': { entry: { when: 'strong' } }, 'long.entries': ['go', 'again'] })
    expect(logic(changed(two, { 'long.entries': ['again', 'go'] }))).not.toBe(logic(two))
  })

  it('renaming every node leaves it', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const play = randomPlay({ seed })
      let tree: PlayTree = play
      for (const id of Object.keys(play.nodes)) {
        const { tree: next } = rename({ tree, sidecar: {} }, { from: id, to: `other_${id}` })
        tree = next as PlayTree
      }
      expect(Object.keys(tree.nodes)).toEqual(Object.keys(play.nodes).map((id) => `other_${id}`))
      expect(logic(tree)).toBe(logic(play))
    }
  })
})

describe('flattening', () => {
  it('equal nodes are one, and operands of a commutative type stand in one order', () => {
    const twin = changed(base, {
      'nodes.twin': { rsi: { of: 'price.close', length: 14 } },
      'nodes.calm': { below: ['twin', 90] },
    })
    expect(flatOf(twin).nodes.length).toBe(flatOf(base).nodes.length)
    const swapped = changed(base, { 'nodes.ready': { all: ['strong', 'up'] } })
    const of = (tree: PlayTree) =>
      node(flatOf(tree), 'ready').inputs.of?.map((one) => ('node' in one ? flatOf(tree).nodes[one.node]?.path : one))
    expect(of(swapped)).toEqual(of(base))
  })

  it('sums and products are computed in one order, with a literal too', () => {
    const sum = (a: unknown, b: unknown) =>
      changed(base, { 'nodes.far': { mul: [a, b] }, 'nodes.stop': { stop: { by: 'far' } } })
    expect(flatOf(sum('atr', 2)).nodes).toEqual(flatOf(sum(2, 'atr')).nodes)
  })

  it('a share of the fill, times, bars and percentages come in base units', () => {
    const flat = flatOf(
      changed(base, {
        'nodes.stop': { stop: { by: '0.07%' } },
        'nodes.atr': null,
        'nodes.held': { holds: { of: 'ready', for: '1h' } },
        'nodes.go': { entry: { when: 'held', order: 'limit', at: 'quick', expires: '3h' } },
        'nodes.out': { time_stop: { after: '12b' } },
        'long.exits': ['stop', 'out'],
      }),
    )
    expect(node(flat, 'stop').inputs.by).toEqual([{ constant: 0.0007, share: true }])
    expect(node(flat, 'held').params).toEqual({ for: 4 })
    expect(node(flat, 'go').params).toEqual({
      order: 'limit',
      expires: { ms: 10_800_000 },
      fires: 'rise',
      post_only: false,
    })
    expect(node(flat, 'out').params).toEqual({ after: { bars: 12 } })
  })

  it('a node runs on the fastest clock of its inputs, its times count that clock, roles count the Play', () => {
    const flat = flatOf(
      changed(base, {
        'nodes.high': { bars: { market: 'main', tf: '4h' } },
        'nodes.mean': { sma: { of: 'high.close', length: '2d' } },
        'nodes.up': { above: ['price.close', 'mean'] },
        'nodes.trend': { above: ['high.close', 'mean'] },
        'nodes.allow': { filter: { allow: 'trend' } },
        'nodes.calm': null,
      }),
    )
    expect([node(flat, 'mean').clock, node(flat, 'mean').params.length]).toEqual(['4h', 12])
    expect(node(flat, 'up').clock).toBe('15m')
    expect(node(flat, 'trend').clock).toBe('4h')
    expect(node(flat, 'allow').clock).toBe('15m')
  })

  it('what hangs on the trade is of trade scope, and only that', () => {
    const flat = flatOf(playOf(examples.donchian_trail ?? ''))
    const trade = flat.nodes.filter(({ scope }) => scope === 'trade').map(({ path }) => path)
    expect(trade.filter((path) => !path.startsWith('short/')).sort()).toEqual(
      ['back_inside', 'failed', 'false_break', 'level_then', 'state', 'young'].sort(),
    )
    expect(node(flat, 'level_then').clock).toBe('4h')
  })
})

describe('Blocks', () => {
  it('expand to path ids; unset ranged parameters can be set by address, set ones cannot', () => {
    const play = playOf(examples.donchian_trail ?? '')
    const flat = flatOf(play)
    expect(node(flat, 'trend/trending').inputs.b).toEqual([{ constant: 18 }])
    expect(node(flat, 'breakout/channel').params).toEqual({ over: 40 })
    expect(node(flatOf(play, { over: '45b' }), 'breakout/channel').params).toEqual({ over: 45 })
    expect(node(flat, 'stop/distance').inputs).toMatchObject({
      b: [{ node: flat.nodes.findIndex(({ path }) => path === 'stop/atr') }],
    })
    const wider = flatOf(play, { 'stop.multiple': 3.25 })
    expect(node(wider, 'stop/distance').inputs.a).toEqual([{ constant: 3.25 }])
    expect(wider.playHash).toBe(flat.playHash)
    expect(wider.logicHash).not.toBe(flat.logicHash)
    expect(checkPlay(play, { set: { 'trend.least': 25 } }).problems.map(({ code }) => code)).toEqual(['set_unknown'])
    expect(checkPlay(play, { set: { 'stop.multiple': 3.3 } }).problems.map(({ code }) => code)).toEqual(['set_value'])
  })

  it('a Block written by hand as nodes has the same logic', () => {
    const inside = {
      role: 'filter',
      inputs: { bars: { type: 'bars' } },
      params: { least: { value: 20, min: 10, max: 40, step: 5 } },
      nodes: {
        adx: { adx: { bars: 'bars', length: 14 } },
        trend: { above: ['adx.adx', '$least'] },
        only: { filter: { allow: 'trend' } },
      },
      outputs: { filter: 'only' },
    }
    const used = changed(base, {
      'blocks.trend': inside,
      'nodes.f': { 'here/trend': { bars: 'price', least: 25 } },
      'long.filters': ['f'],
      'nodes.allow': null,
      'nodes.calm': null,
    })
    const plain = changed(base, {
      'nodes.adx': { adx: { bars: 'price', length: 14 } },
      'nodes.trend': { above: ['adx.adx', 25] },
      'nodes.f': { filter: { allow: 'trend' } },
      'long.filters': ['f'],
      'nodes.allow': null,
      'nodes.calm': null,
    })
    expect(checkPlay(used).problems).toEqual([])
    expect(logic(used)).toBe(logic(plain))
  })

  it('Blocks inside Blocks multiply out and are counted before they are built', () => {
    const twice = (name: string) => ({
      role: 'filter',
      nodes: { a: { [`here/${name}`]: {} }, b: { [`here/${name}`]: {} } },
      outputs: { filter: 'a' },
    })
    const blocks = Object.fromEntries(Array.from({ length: 28 }, (_, k) => [`b${k}`, twice(`b${k + 1}`)]))
    const bomb = changed(base, {
      blocks: { ...blocks, b28: { role: 'filter', nodes: {}, outputs: {} } },
      'nodes.x': { 'here/b0': {} },
    })
    expect(checkPlay(bomb).problems.map(({ code }) => code)).toContain('too_many_nodes')
  })
})

describe('the mirror', () => {
  it('sections 6 to 8: each socket turns in its own way', () => {
    const flat = flatOf(
      changed(base, {
        'nodes.bands': { bbands: { of: 'price.close' } },
        'nodes.swing': { swing: { bars: 'price' } },
        'nodes.m': { macd: { of: 'price.close' } },
        'nodes.fund': { funding: {} },
        'nodes.low_band': { below: ['price.close', 'bands.lower'] },
        'nodes.b': { below: ['bands.percent_b', 0.1] },
        'nodes.weak': { below: ['rsi', 35] },
        'nodes.push': { above: ['m.histogram', 5] },
        'nodes.cheap': { below: ['fund.rate', '0.01%'] },
        'nodes.wide': { above: ['atr', 12] },
        'nodes.last': { equals: { of: 'swing.last_kind', is: 'low' } },
        'nodes.floor': { sub: ['price.low', 'atr'] },
        'nodes.under': { above: ['price.close', 'floor'] },
        'nodes.between_1': { between: { of: 'rsi', low: 20, high: 40 } },
        'nodes.signs': {
          k_of_n: { of: ['low_band', 'b', 'weak', 'push', 'cheap', 'wide', 'last', 'under', 'between_1'], k: 2 },
        },
        'nodes.go.entry.when': 'signs',
        'nodes.stop': { stop: { at: 'swing.low_level', pad: 'atr' } },
      }),
    )
    const at = (path: string, port: string) => {
      const operand = node(flat, path).inputs[port]?.[0]
      return operand !== undefined && 'node' in operand
        ? `${flat.nodes[operand.node]?.path}.${operand.output}`
        : operand
    }
    expect([node(flat, 'short/low_band').type, at('short/low_band', 'b')]).toEqual(['above', 'bands.upper'])
    expect([node(flat, 'short/b').type, at('short/b', 'b')]).toEqual(['above', { constant: 0.9 }])
    expect([node(flat, 'short/weak').type, at('short/weak', 'b')]).toEqual(['above', { constant: 65 }])
    expect([node(flat, 'short/push').type, at('short/push', 'b')]).toEqual(['below', { constant: -5 }])
    expect([node(flat, 'short/cheap').type, at('short/cheap', 'b')]).toEqual(['above', { constant: -0.0001 }])
    expect(flat.nodes.filter(({ path }) => path.endsWith('wide')).length).toBe(1)
    expect(node(flat, 'last').params.is).not.toBe(node(flat, 'short/last').params.is)
    expect([node(flat, 'short/floor').type, at('short/floor', 'a'), at('short/floor', 'b')]).toEqual([
      'add',
      expect.anything(),
      expect.anything(),
    ])
    expect([at('short/between_1', 'low'), at('short/between_1', 'high')]).toEqual([{ constant: 60 }, { constant: 80 }])
    expect([at('short/stop', 'at'), at('short/stop', 'pad')]).toEqual(['swing.high_level', 'atr.value'])
    expect(node(flat, 'swing')).toBeDefined()
    expect(flat.nodes.some(({ path }) => path === 'short/swing')).toBe(false)
  })

  it('mirrored twice it is the Play again', () => {
    for (let seed = 1; seed <= 120; seed++) {
      const play = randomPlay({ seed })
      if (play.short !== 'mirror') continue
      const there = unfold(play)
      const back = unfold({ ...there, long: 'mirror' })
      expect(logic(back), `seed ${seed}`).toBe(logic(play))
    }
  })

  it('a short written by hand is mirrored for the long side', () => {
    const short = changed(base, { short: base.long, long: 'mirror' })
    const [a, b] = [flatOf(base), flatOf(short)]
    const hashes = (flat: Flat, side: 'long' | 'short') => flat[side]?.entries.map((place) => flat.nodes[place]?.hash)
    expect(hashes(b, 'short')).toEqual(hashes(a, 'long'))
    expect(hashes(b, 'long')).toEqual(hashes(a, 'short'))
    expect(b.nodes.some(({ path }) => path === 'long/go')).toBe(true)
  })
})

describe('unfold', () => {
  it('the logic stays, no problem comes, nothing is left to mirror', () => {
    const plays = [
      ...Object.values(examples).map(playOf),
      ...Array.from({ length: 200 }, (_, seed) => randomPlay({ seed })),
    ]
    let unfolded = 0
    for (const play of plays) {
      if (play.short !== 'mirror') {
        expect(unfold(play)).toBe(play)
        continue
      }
      unfolded += 1
      const tree = unfold(play)
      expect(typeof tree.short).toBe('object')
      expect(checkPlay(tree).problems).toEqual([])
      expect(logic(tree)).toBe(logic(play))
    }
    expect(unfolded).toBeGreaterThan(80)
  })

  it('names nodes `<id>_short`, reflects parameters with their ranges, keeps those that do not turn', () => {
    const play = changed(base, {
      'params.limit': { value: 60, min: 55, max: 75, step: 5 },
      'nodes.strong': { above: ['rsi', '$limit'] },
      'nodes.up_short': { below: ['rsi', 95] },
      'nodes.ready': { all: ['up', 'strong', 'up_short'] },
    })
    const tree = unfold(play)
    expect(tree.params?.limit_short).toEqual({ value: 40, min: 25, max: 45, step: 5 })
    expect(tree.nodes.strong_short).toEqual({ below: ['rsi', '$limit_short'] })
    expect(tree.nodes.up_short_2).toEqual({ below: ['quick', 'slow'] })
    expect(tree.nodes.quick_short).toBeUndefined()
    expect(tree.short).toEqual({ filters: ['allow_short'], entries: ['go_short'], exits: ['stop'], invalidations: [] })
    expect(logic(tree)).toBe(logic(play))
  })

  it('gives the tree back when there is no mirror of it', () => {
    const none = changed(base, { 'nodes.up': { above: ['price.close', 50_000] } })
    expect(unfold(none)).toBe(none)
  })
})
