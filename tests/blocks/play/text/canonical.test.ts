// Canonical form and playHash: the test vectors of the specification, and what may and may not change a hash.
import { describe, expect, it } from 'vitest'
import { canonical, canonicalText, playHash } from '../../../../blocks/play/canonical'
import { parseDocument } from '../../../../blocks/play/text/parse'
import type { PlayTree } from '../../../../blocks/play/tree'
import { emaPullbackCanonical, specDocuments } from '../../../fixtures/documents'

const read = (text: string) => {
  const { tree, problems } = parseDocument(text)
  if (tree === undefined) throw new Error(JSON.stringify(problems))
  return tree
}
const base = specDocuments.emaPullback
const hash = '4fc3d58f645aad07341d50be4b9ffc4dc1d847eea3dd12959d6bd00162742f5c'

describe('canonical form', () => {
  it('section 1: exactly the printed JSON and its hash', () => {
    expect(canonicalText(read(base))).toBe(emaPullbackCanonical)
    expect(playHash(read(base))).toBe(hash)
  })
  it('section 2 has its hash', () => {
    expect(playHash(read(specDocuments.liquidityGrabReversal))).toBe(
      '40016179f0159f7701c329f88f8537a2dd17bf17d67d80f8e8b9493053bbb068',
    )
  })
  it('the Block of section 3 hashes to the pin in section 2', () => {
    const play = read(specDocuments.liquidityGrabReversal) as PlayTree
    expect(play.pins?.['lib/liquidity_grab@2']).toBe(`sha256:${playHash(read(specDocuments.liquidityGrabBlock))}`)
  })

  it.each([
    ['digits', 'value: 0.03%', 'value: 0.030%'],
    ['leading noughts', 'value: 21,', 'value: 021.0,'],
    ['comments', '  # The setup', '  # Another word\n  # The setup'],
    ['blank lines', 'nodes:', '\n\nnodes:\n'],
    ['block style', 'markets: { main: binance:BTCUSDT.P }', 'markets:\n  main: binance:BTCUSDT.P'],
    ['order of keys', '{ of: dipped, within: $dip_window }', '{ within: $dip_window, of: dipped }'],
    ['a document marker', 'dsl: 1\n', '---\ndsl: 1\n'],
    [
      'quotes around text',
      'title: Pullback to the fast EMA in the direction of the slow one',
      'title: "Pullback to the fast EMA in the direction of the slow one"',
    ],
    ['line ends', '\n', '\r\n'],
  ])('%s do not change it', (_, from, to) => {
    expect(base).toContain(from)
    expect(playHash(read(base.replaceAll(from, to)))).toBe(hash)
  })

  it.each([
    ['a value', 'value: 21,', 'value: 22,'],
    ['a unit', 'value: 6b', 'value: 90m'],
    ['a time said otherwise', 'max_age: 9h', 'max_age: 540m'],
    ['the order of operands', '[ema_fast, ema_slow]', '[ema_slow, ema_fast]'],
    [
      'a default that is written out',
      'funding: { funding: { market: main, max_age: 9h } }',
      'funding: { funding: { max_age: 9h } }',
    ],
    ['a title', 'title: Pullback', 'title: Return'],
    ['a name', 'thesis', 'theses'],
  ])('%s does change it', (_, from, to) => {
    expect(base).toContain(from)
    expect(playHash(read(base.replaceAll(from, to)))).not.toBe(hash)
  })

  it('text that looks like a literal stays text', () => {
    const tree = read(base.replace(/title: .*/, 'title: 0.10%').replace('{ value: 21,', '{ about: "007", value: 21,'))
    expect(canonical(tree).title).toBe('0.10%')
    expect(canonical(tree).params?.fast?.about).toBe('007')
  })
  it('numbers follow RFC 8785 in JSON', () => {
    const tree = read(
      base
        .replace('max: 5 }', 'max: 1000000000000000000000 }')
        .replace('left: 3, right: 3', 'left: 0.0000001, right: 3'),
    )
    expect(canonicalText(tree)).toContain('"leverage":{"max":1e+21}')
    expect(canonicalText(tree)).toContain('"left":1e-7')
  })
  it('defaults are not filled in and nothing is changed in place', () => {
    const tree = read(base.replace('0.03%', '0.030%'))
    const before = JSON.stringify(tree)
    expect((canonical(tree) as PlayTree).params?.max_funding?.value).toBe('0.03%')
    expect(JSON.stringify(tree)).toBe(before)
    expect(Object.keys(canonical(tree))).toEqual(Object.keys(tree))
  })
})
