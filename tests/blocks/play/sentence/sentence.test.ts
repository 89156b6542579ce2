// A Play in plain words: every type has a phrase, the shipped examples read as they were read by a person, nothing that
// acts is left out, and half-built Plays are spoken too.
import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examples, logicTypes } from '../../../../blocks/catalogue'
import { portsIn, wiresOf } from '../../../../blocks/play/references'
import { describePlay, sayPlay, unspoken } from '../../../../blocks/play/sentence'
import { parseDocument } from '../../../../blocks/play/text/parse'
import type { Body, PlayTree, SideTree } from '../../../../blocks/play/tree'
import { unfold } from '../../../../blocks/play/unfold'
import { arbitraryPlay } from '../../../fixtures/arbitraryDocument'
import { randomPlay } from '../../../fixtures/randomPlay'

const playOf = (text: string): PlayTree => {
  const { tree } = parseDocument(text)
  if (tree === undefined || !('play' in tree)) throw new Error('the text is a Play')
  return tree
}
const ema = playOf(examples.ema_pullback ?? '')
const withNodes = (nodes: PlayTree['nodes']): PlayTree => ({ ...ema, nodes: { ...ema.nodes, ...nodes } })
const entryOf = (nodes: PlayTree['nodes']): string =>
  describePlay(withNodes(nodes)).parts.find(({ role }) => role === 'entry')?.text ?? ''

describe('every type', () => {
  it('has a phrase', () => {
    expect(unspoken).toEqual([])
    expect(logicTypes).toHaveLength(54)
  })
})

const golden = new URL('./examples.txt', import.meta.url)

describe('the shipped examples', () => {
  it('read as they were written down', () => {
    const said = Object.entries(examples).map(([name, text]) => `## ${name}\n${sayPlay(playOf(text))}\n`)
    if (process.env.PLAYLOOM_WRITE_GOLDEN === '1') writeFileSync(golden, said.join('\n'))
    expect(said.join('\n')).toBe(readFileSync(golden, 'utf8'))
  })
})

describe('phrases', () => {
  it('take values of parameters, and write units and signs as they are', () => {
    const tree = { ...ema, params: { ...ema.params, fast: { value: 34 } } }
    expect(sayPlay(tree)).toContain('the 34-bar EMA is above')
    expect(sayPlay(tree)).toContain('funding rate is below 0.03 %')
    expect(entryOf({ pullback: { above: ['ema_fast', -0.5] } })).toBe(
      'Buys at market when the 21-bar EMA is above \u22120.5.',
    )
  })

  it('put a list inside a list in brackets, a list of its own not', () => {
    const nodes = { either: { any: ['dipped', 'uptrend'] } }
    expect(entryOf({ ...nodes, pullback: { all: ['either', 'reclaimed'] } })).toBe(
      'Buys at market when (the low is below the 21-bar EMA or the 21-bar EMA is above the 200-bar EMA) and ' +
        'the close crosses above the 21-bar EMA.',
    )
  })

  it('keep the order of a difference, and put sums inside products in brackets', () => {
    const nodes = { gap: { sub: ['ema_fast', 'ema_slow'] }, twice: { mul: ['gap', 2] } }
    expect(entryOf({ ...nodes, pullback: { above: ['twice', 'atr'] } })).toBe(
      'Buys at market when 2 times (the 21-bar EMA minus the 200-bar EMA) is above the 14-bar ATR.',
    )
  })

  it('say the timeframe where it is not that of the Play', () => {
    const nodes = {
      high: { bars: { market: 'main', tf: '4h' } },
      slow: { sma: { of: 'high.close', length: 50 } },
      was: { offset: { of: 'slow', by: '2b' } },
    }
    expect(entryOf({ ...nodes, pullback: { above: ['slow', 'was'] } })).toBe(
      'Buys at market when the 50-bar SMA of the 4 h close is above the 50-bar SMA of the 4 h close as it was 2 bars of 4 h earlier.',
    )
  })

  it('sell on the short side', () => {
    const tree = { ...ema, long: 'none' as const, short: ema.long }
    expect(sayPlay(tree)).toContain('it sells short.\nSells short at market when')
  })

  it('name each node that they speak of', () => {
    const [entry] = describePlay(ema).parts
    expect(entry?.spans.map(({ text }) => text).join('')).toBe(entry?.text)
    expect(entry?.nodes).toEqual(expect.arrayContaining(['buy_pullback', 'uptrend', 'ema_fast', 'dipped', 'reclaimed']))
    expect(entry?.spans.find(({ text }) => text === 'the 200-bar EMA')?.node).toBe('ema_slow')
  })
})

describe('the mirrored side', () => {
  const roleOf = (tree: PlayTree, role: string, mirrored: boolean): readonly string[] =>
    describePlay(tree)
      .parts.filter((part) => part.role === role && part.mirrored === mirrored)
      .map(({ text }) => text)

  it('is said where it reads otherwise, and linked to the nodes that it mirrors', () => {
    expect(roleOf(ema, 'filter', true)).toEqual(['Only while the funding rate is above \u22120.03 %.'])
    expect(roleOf(ema, 'exit', true)).toEqual([])
    expect(roleOf(ema, 'mirror', true)).toEqual([
      'All else is the same for short trades, where a gain is a falling price.',
    ])
    const entry = describePlay(ema).parts.find(({ role, mirrored }) => role === 'entry' && mirrored)
    expect(entry?.text).toContain('the 21-bar EMA is below the 200-bar EMA, the high is above the 21-bar EMA')
    expect(entry?.side).toBe('short')
    for (const node of entry?.nodes ?? []) expect(Object.keys(ema.nodes)).toContain(node)
    expect(entry?.nodes).toEqual(expect.arrayContaining(['buy_pullback', 'uptrend', 'dipped_lately', 'ema_slow']))
  })

  it('is said of a short side that is written too', () => {
    const tree = { ...ema, long: 'mirror' as const, short: ema.long }
    expect(sayPlay(tree)).toContain('it sells short, and buys by the same rules mirrored.')
    expect(roleOf(tree, 'filter', false)).toEqual(['Only while the funding rate is below 0.03 %.'])
    expect(roleOf(tree, 'filter', true)).toEqual(['Only while the funding rate is above \u22120.03 %.'])
    expect(roleOf(tree, 'mirror', true)).toEqual([
      'All else is the same for long trades, where a gain is a rising price.',
    ])
  })

  it('says what the written-out side says, to the word', () => {
    const plain = (text: string): string => text.replaceAll(', mirrored\u201d', ' short\u201d')
    const trees = [
      ...Object.values(examples).map(playOf),
      ...Array.from({ length: 30 }, (_, seed) => randomPlay({ seed })),
    ]
    let compared = 0
    for (const tree of trees.filter(({ short }) => short === 'mirror')) {
      const whole = unfold(tree)
      if (whole === tree) continue
      const said = describePlay(whole).parts.map(({ text }) => text)
      const mirrored = describePlay(tree).parts.filter((part) => part.mirrored && part.role !== 'mirror')
      for (const part of mirrored) {
        const words = plain(part.text)
        // The title of a Block stands before its words; written out it is no Block any more.
        const bare = words.replace(/^[A-Z][^:.\u201c]*: /, '')
        const isSaid = said.some((one) => plain(one) === words || plain(one).toLowerCase() === bare.toLowerCase())
        const isNamed = words.includes('\u201c')
        expect(isSaid || isNamed, part.text).toBe(true)
        compared += isSaid ? 1 : 0
      }
    }
    expect(compared).toBeGreaterThan(40)
  })

  it('of a Play with errors is the general word', () => {
    const { stop: _, ...nodes } = ema.nodes
    expect(roleOf({ ...ema, nodes }, 'mirror', true)).toEqual([
      'Short trades are the mirror image: above becomes below, highs become lows, and signs turn.',
    ])
  })
})

describe('Blocks', () => {
  const donchian = playOf(examples.donchian_trail ?? '')

  it('are said by their parts with the numbers of this Play, and linked to the Block', () => {
    const [entry] = describePlay(donchian).parts
    expect(entry?.text).toBe(
      'Donchian breakout: buys at market when the close crosses above the highest high of the last 40 bars as it was 1 bar earlier.',
    )
    expect(entry?.nodes).toEqual(['breakout', 'price'])
    expect(sayPlay(donchian)).toContain('No chop: only while the 14-bar ADX is above 18.')
    expect(sayPlay(donchian)).not.toContain('the level of')
  })

  it('of this document are said too, and by their author where their parts say too much', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 18 }, (_, i) => [`high_${i}`, { above: ['bars.close', 1000 + i] }]),
    )
    const block = (nodes: PlayTree['nodes']) => ({
      role: 'filter' as const,
      title: 'High enough',
      about: 'Only high prices.',
      inputs: { bars: { type: 'bars' as const } },
      nodes: { ...nodes, allowed: { filter: { allow: 'ok' } } },
      outputs: { filter: 'allowed' },
    })
    const withBlock = (nodes: PlayTree['nodes'], short: 'none' | 'mirror' = 'none'): string =>
      sayPlay({
        ...ema,
        blocks: { high: block(nodes) },
        nodes: { ...ema.nodes, high: { 'here/high': { bars: 'price' } } },
        long: { ...(ema.long as SideTree), filters: ['not_crowded', 'high'] },
        short,
      })
    expect(withBlock({ ok: { above: ['bars.close', 1000] } })).toContain(
      'High enough: only while the close is above 1000.',
    )
    expect(withBlock({ ...wide, ok: { all: Object.keys(wide) } })).toContain('High enough: Only high prices.')
    const turned = Object.fromEntries(
      Object.keys(wide).map((id, i) => [id, { above: ['bars.close', `bars.${i % 2 ? 'low' : 'open'}`] }]),
    )
    const both = withBlock({ ...turned, ok: { all: Object.keys(turned) } }, 'mirror')
    expect(both).toContain('High enough: Only high prices.')
    expect(both).toContain('High enough: the mirror image of what it does on the other side.')
  })
})

describe('numbers', () => {
  const stateOf = (even: Body): string => sayPlay({ ...ema, nodes: { ...ema.nodes, free_ride: { break_even: even } } })

  it('of break-even hold for both sides', () => {
    expect(stateOf({ after: '1R' })).toContain('The stop moves to the entry price once the gain reached 1 R.')
    expect(stateOf({ after: '1R', offset: '0.05%', cover_fees: true })).toContain(
      'The stop moves to the entry price, 0.05 % plus the fees of both orders in profit, once the gain reached 1 R.',
    )
    expect(stateOf({ after: '1R', offset: '-0.5R' })).toContain('the entry price, 0.5 R in loss, once')
    expect(stateOf({ after: '1R', offset: '-0.1%', cover_fees: true })).toContain(
      'the entry price, the fees of both orders less 0.1 % in profit, once',
    )
  })

  it('in R carry it', () => {
    const nodes = {
      state: { trade: {} },
      lost: { below: ['state.mae_r', 0.5] },
      thesis: { invalidation: { when: 'lost' } },
    }
    expect(sayPlay(withNodes(nodes))).toContain('the worst loss of the trade so far is below 0.5 R.')
  })
})

describe('half-built Plays', () => {
  it('are spoken: what is open, missing or runs in a circle', () => {
    const tree: PlayTree = {
      ...ema,
      nodes: {
        a: { above: ['missing', 'nobody'] },
        b: { all: ['b', 'c'] },
        c: { not: ['b'] },
        buy: { entry: { when: 'b' } },
        sell: { stop: {} },
        only: { filter: { allow: 'a' } },
      },
      long: { filters: ['only'], entries: ['buy', 'gone'], exits: [] },
    }
    const said = sayPlay(tree)
    expect(said).toContain('(not wired yet) is above (there is no nobody)')
    expect(said).toContain('\u201cb\u201d')
    expect(said).toContain('Gone is not there.')
    expect(said).toContain('No stop is wired yet.')
  })

  it('never make it fail', () => {
    fc.assert(
      fc.property(arbitraryPlay, (tree) => {
        for (const { text, spans } of describePlay(tree).parts)
          expect(spans.map((span) => span.text).join('')).toBe(text)
      }),
      { numRuns: 200 },
    )
  })
})

describe('nothing is left out', () => {
  /** Bars are spoken of by what is taken from them. */
  const silent = ['bars', 'swing']
  it('every node that reaches a side is spoken of, and the text stays short', () => {
    for (let seed = 0; seed < 120; seed++) {
      const tree = randomPlay({ seed })
      const { parts } = describePlay(tree)
      const spoken = new Set(parts.flatMap(({ nodes }) => nodes))
      const wires = wiresOf(tree, portsIn(tree))
      const reached = new Set<string>()
      const visit = (id: string): void => {
        if (reached.has(id)) return
        reached.add(id)
        for (const { target, from } of wires) if (target === id) visit(from.node)
      }
      for (const { target, from } of wires) if (target.startsWith('$')) visit(from.node)
      const lacking = [...reached].filter(
        (id) => !spoken.has(id) && !silent.includes(Object.keys(tree.nodes[id] ?? {})[0] ?? ''),
      )
      expect(lacking, `seed ${seed}`).toEqual([])
      expect(sayPlay(tree).length).toBeLessThan(400 * (Object.keys(tree.nodes).length + 10))
    }
  })
})
