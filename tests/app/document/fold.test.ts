// Folding nodes into a Block: the engine does the same as before, whatever is chosen, or it is refused in a sentence.
import fc from 'fast-check'
import { produce } from 'immer'
import { describe, expect, it } from 'vitest'
import { portsOf } from '../../../app/document/edits/draft'
import { fold, foldNodes } from '../../../app/document/edits/fold'
import { withBlocks } from '../../../app/library/library'
import { examples } from '../../../blocks/catalogue'
import { checkPlay } from '../../../blocks/play/check'
import { checkBlock } from '../../../blocks/play/checkBlock'
import { wiresOf } from '../../../blocks/play/references'
import { parseDocument } from '../../../blocks/play/text/parse'
import { printDocument } from '../../../blocks/play/text/print'
import type { BlockTree, PlayTree } from '../../../blocks/play/tree'

const playOf = (text: string): PlayTree => {
  const { tree, problems } = parseDocument(text)
  if (tree === undefined || !('play' in tree)) throw new Error(JSON.stringify(problems))
  return tree
}
const shipped = Object.values(examples)
  .map(playOf)
  .filter((tree) => checkPlay(tree, withBlocks).flat !== undefined)

const known = new Map<PlayTree, string>()
const logicOf = (tree: PlayTree): string => {
  const before = known.get(tree)
  if (before !== undefined) return before
  const { flat, problems } = checkPlay(tree, withBlocks)
  if (flat === undefined) throw new Error(JSON.stringify(problems))
  known.set(tree, flat.logicHash)
  return flat.logicHash
}

const lane = (side: PlayTree['long']): readonly string[] =>
  typeof side === 'string' ? [] : (Object.values(side).flat() as string[])

/** Nodes that stand in a lane. */
const makersOf = (tree: PlayTree): readonly string[] => [
  ...new Set([...lane(tree.long), ...lane(tree.short)].map((word) => word.split('.')[0] ?? word)),
]

/** All that leads to a node. */
const under = (tree: PlayTree, id: string): readonly string[] => {
  const wires = wiresOf(tree, portsOf(tree))
  const seen = new Set([id])
  for (const one of seen) for (const { from, target } of wires) if (target === one) seen.add(from.node)
  return [...seen].filter((one) => Object.hasOwn(tree.nodes, one))
}

const small = playOf(`dsl: 1
play: small
markets: { main: binance:BTCUSDT.P }
tf: 1h
params:
  slow: { value: 50, min: 20, max: 200, step: 10 }
  near: { value: 2, min: 1, max: 4, step: 0.5 }
nodes:
  price: { bars: { market: main } }
  average: { ema: { of: price.close, length: $slow } }
  atr: { atr: { bars: price, length: 14 } }
  trend: { above: [price.close, average] }
  quiet: { filter: { allow: trend } }
  crossed: { crosses_above: [price.close, average] }
  buy: { entry: { when: crossed } }
  gap: { mul: [atr, $near] }
  stop: { stop: { by: gap } }
long: { filters: [quiet], entries: [buy], exits: [stop] }
short: mirror
risk: { size: { risk: 1% } }
`)

const folded = (ids: readonly string[], name = 'calm', tree = small) => {
  const made = fold(tree, { ids, name })
  if ('fault' in made) throw new Error(made.fault)
  return made
}
const faultOf = (ids: readonly string[], name = 'calm', tree = small): string => {
  const made = fold(tree, { ids, name })
  return 'fault' in made ? made.fault : 'it was folded'
}

describe('a Block made of nodes', () => {
  it('takes wires from outside as inputs of their socket, parameters as its own, and what is read outside as outputs', () => {
    const { tree, id, block } = folded(['quiet', 'trend', 'average'])
    expect(id).toBe('calm')
    expect(block).toEqual({
      role: 'filter',
      inputs: { close: { type: 'price' } },
      params: { slow: { value: 50, min: 20, max: 200, step: 10 } },
      nodes: {
        average: { ema: { of: 'close', length: '$slow' } },
        trend: { above: ['close', 'average'] },
        quiet: { filter: { allow: 'trend' } },
      },
      outputs: { filter: 'quiet', average: 'average' },
    })
    expect(tree.nodes.calm).toEqual({ 'here/calm': { close: 'price.close', slow: '$slow' } })
    expect(tree.nodes.crossed).toEqual({ crosses_above: ['price.close', 'calm.average'] })
    expect(tree.long).toEqual({ filters: ['calm'], entries: ['buy'], exits: ['stop'] })
    expect(logicOf(tree)).toBe(logicOf(small))
  })

  it('stands as a document of the library as well', () => {
    const { block } = folded(['stop', 'gap', 'atr'], 'wide')
    const whole: BlockTree = { dsl: 1, block: 'my/wide', version: 1, ...block }
    expect(checkBlock(whole, withBlocks)).toEqual([])
    expect(parseDocument(printDocument(whole)).tree).toEqual(whole)
    expect(block.inputs).toEqual({ price: { type: 'bars' } })
    expect(block.role).toBe('exit')
  })

  it('gives inputs other names than its nodes, and parameters others than its inputs', () => {
    const tree = playOf(
      printDocument(small)
        .replaceAll('trend', 'close')
        .replace('  near:', '  price: { value: 7, min: 1, max: 9, step: 1 }\n  near:')
        .replace('length: 14', 'length: $price'),
    )
    const filter = folded(['quiet', 'close'], 'calm', tree)
    expect(Object.keys(filter.block.inputs ?? {})).toEqual(['price_close', 'average'])
    const exit = folded(['stop', 'gap', 'atr'], 'wide', tree)
    expect(exit.block.nodes.atr).toEqual({ atr: { bars: 'price', length: '$price_2' } })
    expect(exit.tree.nodes.wide).toMatchObject({ 'here/wide': { price: 'price', price_2: '$price' } })
    expect(logicOf(exit.tree)).toBe(logicOf(tree))
  })

  it('says in a sentence why it cannot be', () => {
    expect(faultOf([])).toMatch(/^Choose the nodes/)
    expect(faultOf(['trend', 'average'])).toMatch(/^None of these makes a role/)
    expect(faultOf(['quiet', 'trend', 'buy'])).toBe('A Block has one role, and “quiet” and “buy” make 2.')
    expect(faultOf(['quiet'], 'Calm days')).toMatch(/is no name/)
    expect(faultOf(['quiet'], '')).toBe('Write a name.')
    expect(faultOf(['buy'], 'calm', folded(['quiet']).tree)).toBe('There is a Block calm in this Play already.')
    const loose = { ...small, long: { filters: [], entries: ['buy'], exits: ['stop'] } }
    expect(faultOf(['quiet', 'trend'], 'calm', loose)).toMatch(/stands in no lane yet/)
    const broken = { ...small, long: { filters: ['quiet'], entries: [], exits: ['stop'] } } as PlayTree
    expect(faultOf(['quiet'], 'calm', broken)).toMatch(/^First mend the Play: /)
  })

  it('refuses what would feed itself', () => {
    expect(faultOf(['stop', 'atr'])).toBe(
      '“gap” stands between them: choose it as well, or the Block would feed itself.',
    )
    expect(faultOf(['stop', 'gap', 'price'])).toMatch(/^“atr” stands between them/)
  })

  it('is one step, stands in the middle of what it replaced and keeps their notes', () => {
    const document = {
      id: 'x',
      tree: small,
      sidecar: {
        positions: { trend: [100, 40] as const, quiet: [300, 80] as const, price: [0, 0] as const },
        notes: { trend: 'Only with it.', price: 'Hourly.' },
        collapsed: ['trend', 'atr'],
      },
    }
    let made = ''
    const next = produce(document, (draft) => {
      expect(foldNodes(draft, { ids: ['quiet', 'trend'], name: 'calm' }, (id) => (made = id))).toBeNull()
    })
    expect(made).toBe('calm')
    expect(next.sidecar.positions).toEqual({ price: [0, 0], calm: [200, 60] })
    expect(next.sidecar.notes).toEqual({ price: 'Hourly.', 'here/calm/trend': 'Only with it.' })
    expect(next.sidecar.collapsed).toEqual(['atr'])
    const back = parseDocument(printDocument(next.tree, next.sidecar))
    expect(back.sidecar.notes).toEqual(next.sidecar.notes)
    expect(back.tree).toEqual(next.tree)
    expect(produce(document, (draft) => void foldNodes(draft, { ids: ['trend'], name: 'calm' }, () => {}))).toBe(
      document,
    )
  })

  it('takes the name of the Block where it is free, and another where a node bears it', () => {
    expect(folded(['quiet', 'trend'], 'atr').id).toBe('atr_2')
    expect(folded(['quiet', 'trend'], 'trend').id).toBe('trend')
  })
})

describe('the law of folding', () => {
  it('has Plays of every kind to stand on', () => {
    expect(shipped.length).toBeGreaterThan(5)
    expect(shipped.some(({ short }) => short === 'mirror')).toBe(true)
  })

  it('every role with all that only it stands on folds', () => {
    for (const tree of shipped) {
      const wires = wiresOf(tree, portsOf(tree))
      const makers = makersOf(tree)
      for (const maker of makers) {
        const mine = new Set([maker])
        for (const one of under(tree, maker)) {
          const uses = wires.filter(({ from }) => from.node === one)
          if (one !== maker && !makers.includes(one) && uses.every(({ target }) => mine.has(target))) mine.add(one)
        }
        const made = fold(tree, { ids: [...mine], name: 'folded_block' })
        expect('fault' in made ? `${tree.play} ${[...mine].join()}: ${made.fault}` : logicOf(made.tree)).toBe(
          logicOf(tree),
        )
      }
    }
  })

  it('any choice folds to the same logic, or says why not and changes nothing', () => {
    let done = 0
    const choice = fc.integer({ min: 0, max: shipped.length - 1 }).chain((i) => {
      const tree = shipped[i] as PlayTree
      return fc.constantFrom(...makersOf(tree)).chain((maker) =>
        fc.record({
          tree: fc.constant(tree),
          maker: fc.constant(maker),
          more: fc.subarray([...under(tree, maker)].filter((id) => id !== maker)),
        }),
      )
    })
    fc.assert(
      fc.property(choice, ({ tree, maker, more }) => {
        const ids = [maker, ...more]
        const made = fold(tree, { ids, name: 'folded_block' })
        if ('fault' in made) {
          expect(made.fault).toMatch(/^[A-Z“].+\.$/s)
          return
        }
        done += 1
        expect(logicOf(made.tree)).toBe(logicOf(tree))
        expect(Object.keys(made.tree.nodes)).toHaveLength(Object.keys(tree.nodes).length - ids.length + 1)
        for (const id of ids) expect(Object.keys(made.block.nodes)).toContain(id)
        const text = printDocument(made.tree)
        expect(parseDocument(text).tree).toEqual(
          parseDocument(printDocument(parseDocument(text).tree as PlayTree)).tree,
        )
      }),
      { numRuns: 60 },
    )
    // Most choices are Blocks: a law about none would hold for nothing.
    expect(done).toBeGreaterThan(20)
  })
})
