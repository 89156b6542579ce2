// A Play in plain words: every type has a phrase, the shipped examples read as they were read by a person, nothing that
// acts is left out, and half-built Plays are spoken too.
import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examples, logicTypes } from '../../../../blocks/catalogue'
import { portsIn, wiresOf } from '../../../../blocks/play/references'
import { describePlay, sayPlay, unspoken } from '../../../../blocks/play/sentence'
import { parseDocument } from '../../../../blocks/play/text/parse'
import type { PlayTree } from '../../../../blocks/play/tree'
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
      'Buys at market when the 50-bar SMA of the 4 h close is above the 50-bar SMA of the 4 h close 2 bars of 4 h earlier.',
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
