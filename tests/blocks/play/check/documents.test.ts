// The documents of the specification, the library, the examples, random Plays and bent ones through the checker.
import { describe, expect, it } from 'vitest'
import { examples, library, logicTypes } from '../../../../blocks/catalogue'
import { playHash } from '../../../../blocks/play/canonical'
import { checkPlay } from '../../../../blocks/play/check'
import { libraryBlock, libraryRefs } from '../../../../blocks/play/check/blocks'
import { checkBlock } from '../../../../blocks/play/checkBlock'
import { applyEdit, applyFix } from '../../../../blocks/play/edit'
import { checkStructure } from '../../../../blocks/play/structure'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { printDocument } from '../../../../blocks/play/text/print'
import type { PlayTree } from '../../../../blocks/play/tree'
import { Dice } from '../../../fixtures/dice'
import { specDocuments } from '../../../fixtures/documents'
import { randomPlay } from '../../../fixtures/randomPlay'
import { blockOf, playOf } from './base'

describe('documents of the specification', () => {
  it('the EMA pullback: no problem, 32 nodes, hand-checked places', () => {
    const { problems, flat } = checkPlay(playOf(specDocuments.emaPullback))
    expect(problems).toEqual([])
    expect(flat?.nodes.length).toBe(32)
    expect(flat?.playHash).toBe('4fc3d58f645aad07341d50be4b9ffc4dc1d847eea3dd12959d6bd00162742f5c')
    const node = (path: string) => flat?.nodes.find((one) => one.path === path)
    expect(node('cheap_to_hold')).toMatchObject({ type: 'below', clock: '15m', scope: 'market' })
    expect(node('cheap_to_hold')?.inputs.b).toEqual([{ constant: 0.0003 }])
    expect(node('short/cheap_to_hold')).toMatchObject({ type: 'above', inputs: { b: [{ constant: -0.0003 }] } })
    expect(node('short/dipped')?.inputs.a).toEqual([
      { node: flat?.nodes.findIndex(({ path }) => path === 'price'), output: 'high' },
    ])
    expect(node('short/swing_at_entry')?.scope).toBe('trade')
    expect(flat?.nodes.filter(({ type }) => type === 'ema').length).toBe(2)
    expect(flat?.risk).toEqual({
      size: { risk: 0.01 },
      leverage: 5,
      cooldown: { after: 'loss', for: { ms: 14_400_000 } },
      limits: { tradesPerDay: 4, dailyLoss: 0.03 },
      scaleIn: null,
    })
    for (const [i, one] of (flat?.nodes ?? []).entries())
      for (const operand of Object.values(one.inputs).flat())
        if ('node' in operand) expect(operand.node).toBeLessThan(i)
  })

  it('the liquidity grab names exactly its five types that are not yet there', () => {
    const { problems } = checkPlay(playOf(specDocuments.liquidityGrabReversal))
    expect(problems.map(({ code }) => code)).toEqual(Array.from({ length: 5 }, () => 'not_yet_there'))
    expect(problems.map(({ where }) => where.path?.[2])).toEqual([
      'open_interest',
      'liquidations',
      'market_structure',
      'premium_discount',
      'basis',
    ])
  })

  it('the library ships the Block of the specification under its pin', () => {
    expect(library['liquidity_grab@2']).toBe(specDocuments.liquidityGrabBlock)
    const block = libraryBlock('lib/liquidity_grab@2')
    expect(block && playHash(block)).toBe('82271c7e2f58f14c2b1c6cdc80a1ec46f3241be3bc8b5b7ca33aaa095fe26a9d')
  })
})

describe('shipped documents', () => {
  it('eight Blocks, two of each role, each without problems and in canonical text', () => {
    const blocks = libraryRefs.map((ref) => libraryBlock(ref))
    const roles = blocks.map((block) => block?.role ?? '').sort((a, b) => (a < b ? -1 : 1))
    expect(roles).toEqual(['entry', 'entry', 'exit', 'exit', 'filter', 'filter', 'invalidation', 'invalidation'])
    for (const [name, text] of Object.entries(library)) {
      const { tree, sidecar } = parseDocument(text)
      const block = blockOf(text)
      expect(checkBlock(block), name).toEqual([])
      expect(`${block.block}@${block.version}`).toBe(`lib/${name}`)
      expect(block.title && block.about).toBeTruthy()
      expect(tree && printDocument(tree, sidecar)).toBe(text)
    }
  })

  it('six examples, each without problems and in canonical text', () => {
    expect(Object.keys(examples).length).toBe(6)
    for (const [name, text] of Object.entries(examples)) {
      const { tree, sidecar } = parseDocument(text)
      const play = playOf(text)
      expect(checkPlay(play).problems, name).toEqual([])
      expect(play.play).toBe(name)
      expect(play.title).toBeTruthy()
      expect(name === 'ema_pullback' || play.about).toBeTruthy()
      expect(play.markets).toEqual({ main: 'binance:BTCUSDT.P' })
      expect(tree && printDocument(tree, sidecar)).toBe(text)
    }
  })

  it('the examples use every role and four fifths of the logic types', () => {
    const used = new Set(
      Object.values(examples).flatMap((text) => (checkPlay(playOf(text)).flat?.nodes ?? []).map(({ type }) => type)),
    )
    const missing = logicTypes.filter(({ type }) => !used.has(type))
    expect(missing.filter(({ part }) => part !== undefined)).toEqual([])
    expect(used.size).toBeGreaterThanOrEqual(43)
  })
})

describe('random Plays', () => {
  it('400 random Plays have no problem at all, those of the mirror law neither', () => {
    const seen = new Set<string>()
    const sides = { mirrored: 0, both: 0, long: 0, short: 0, trade: 0 }
    for (let seed = 1; seed <= 200; seed++) {
      for (const mirrorLaw of [false, true]) {
        const play = randomPlay({ seed, mirrorLaw })
        const { problems, flat } = checkPlay(play)
        expect(problems, `seed ${seed}`).toEqual([])
        for (const node of flat?.nodes ?? []) seen.add(node.type)
        if (flat?.nodes.some(({ scope }) => scope === 'trade')) sides.trade += 1
        if (play.short === 'mirror') sides.mirrored += 1
        else if (play.long === 'none') sides.short += 1
        else if (play.short === 'none') sides.long += 1
        else sides.both += 1
      }
    }
    expect(logicTypes.map(({ type }) => type).filter((type) => !seen.has(type))).toEqual([])
    for (const count of Object.values(sides)) expect(count).toBeGreaterThan(10)
  })

  it('Plays of the mirror law hold no share of a price', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const play = randomPlay({ seed, mirrorLaw: true })
      const flat = checkPlay(play).flat
      const socketOf = (operand: { node: number; output: string }) =>
        flat?.nodes[operand.node]?.sockets[operand.output]?.letter
      for (const { type, inputs, params } of flat?.nodes ?? []) {
        const [of] = inputs.of ?? []
        const price = of !== undefined && 'node' in of && socketOf(of) === 'P'
        if (price) expect([type, params.as]).not.toEqual(['change', 'rate'])
        if (price) expect(type).not.toBe('percent_of')
        if (type === 'near') expect(inputs.by).toBeDefined()
        for (const operand of Object.values(inputs).flat()) expect('share' in operand).toBe(false)
      }
      expect([play.short, play.risk.size]).toEqual(['mirror', { risk: '1%' }])
    }
  })

  it('the same seed gives the same Play; another market and a spot market are legal', () => {
    expect(randomPlay({ seed: 7 })).toEqual(randomPlay({ seed: 7 }))
    for (let seed = 1; seed <= 30; seed++) {
      const spot = randomPlay({ seed, main: 'bybit:ETHUSDT', funding: false, tfs: ['1h'] })
      expect(checkPlay(spot).problems).toEqual([])
      expect([spot.short, spot.tf]).toEqual(['none', '1h'])
      const basket = randomPlay({ seed, main: ['bybit:ETHUSDT.P', 'bybit:BTCUSDT.P'] })
      expect(checkPlay(basket).flat?.markets.main).toEqual(['bybit:ETHUSDT.P', 'bybit:BTCUSDT.P'])
    }
  })
})

describe('bent documents', () => {
  it('4,000 Plays with pieces changed for pieces of others: an answer each time, fixes that keep the form', () => {
    const dice = new Dice(5)
    const sources = [
      ...Object.values(examples).map(playOf),
      ...Array.from({ length: 30 }, (_, seed) => randomPlay({ seed })),
    ]
    const pieces = sources.flatMap((play) => leaves(play))
    let faulty = 0
    for (let k = 0; k < 4000; k++) {
      let tree: unknown = dice.pick(sources)
      for (let n = dice.int(1, 3); n > 0; n--) {
        const path = dice.pick(leaves(tree))?.path ?? []
        tree = applyEdit(tree, {
          path: path.slice(0, path.length - dice.pick([0, 0, 0, 1])),
          value: dice.pick(pieces)?.value,
        })
      }
      if (checkStructure(tree).tree === undefined) continue
      const { problems, flat } = checkPlay(tree as PlayTree)
      expect(flat === undefined).toBe(problems.some(({ severity }) => severity === 'error'))
      if (problems.length > 0) faulty += 1
      for (const { fixes } of problems.slice(0, 3)) for (const fix of fixes.slice(0, 2)) applyFix(tree, fix)
    }
    expect(faulty).toBeGreaterThan(1000)
  })
})

interface Leaf {
  readonly path: readonly (string | number)[]
  readonly value: unknown
}
const leaves = (value: unknown, path: readonly (string | number)[] = []): readonly Leaf[] => {
  if (Array.isArray(value)) return value.flatMap((one, i) => leaves(one, [...path, i]))
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  return Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key]))
}
