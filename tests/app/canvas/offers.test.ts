// Blocks at the end of a wire: by the letter of an input, or by the role that the place asks for; every one is a legal wire.
import { describe, expect, it } from 'vitest'
import { offersFor, type WiredOffer } from '../../../app/canvas/offers'
import { wiringOf } from '../../../blocks/play/connect'
import type { PlayTree } from '../../../blocks/play/tree'

const tree: PlayTree = {
  dsl: 1,
  play: 'ground',
  markets: { main: 'binance:BTCUSDT.P' },
  tf: '1h',
  blocks: {
    calm: {
      role: 'filter',
      title: 'Calm tape',
      inputs: { width: { type: 'distance' }, close: { type: 'price' } },
      nodes: { quiet: { below: ['width', 'close'] }, out: { filter: { allow: 'quiet' } } },
      outputs: { out: 'out' },
    },
  },
  nodes: {
    price: { bars: { market: 'main' } },
    noise: { atr: { bars: 'price' } },
    rate: { funding: { market: 'main' } },
  },
  long: { entries: [], exits: [] },
  short: 'none',
  risk: { size: { risk: '1%' } },
}
const wiring = wiringOf(tree)
const blocksOf = (offers: readonly WiredOffer[]): Record<string, string | null> =>
  Object.fromEntries(offers.filter(({ type }) => type.includes('/')).map(({ type, socket }) => [type, socket]))
const out = (node: string, name: string | null) =>
  blocksOf(offersFor(wiring, { node, socket: { side: 'out', name } }, tree.blocks))
const into = (name: string) => blocksOf(offersFor(wiring, { node: '$long', socket: { side: 'in', name } }, tree.blocks))

describe('Blocks at the end of a wire', () => {
  it('stand there with the first input of the letter that comes', () => {
    expect(out('noise', null)).toEqual({ 'here/calm': 'width', 'lib/liquidity_grab@2': 'atr' })
    expect(out('price', 'close')).toEqual({ 'here/calm': 'close', 'lib/liquidity_grab@2': 'level' })
    expect(out('rate', 'rate')).toEqual({ 'lib/calm_funding@1': 'rate' })
  })

  it('stand there with the role that the place asks for', () => {
    expect(into('filters[0]')).toEqual({ 'here/calm': null, 'lib/calm_funding@1': null, 'lib/no_chop@1': null })
    expect(into('invalidations[0]')).toEqual({ 'lib/swing_lost@1': null, 'lib/thesis_timeout@1': null })
  })

  it('take the wire that they are offered for', () => {
    for (const [source, output] of [
      ['noise', null],
      ['price', 'close'],
      ['rate', 'rate'],
      ['price', null],
    ] as const) {
      const offers = Object.entries(out(source, output))
      expect(offers.length).toBeGreaterThan(0)
      for (const [type, handle] of offers) {
        const grown = wiringOf({ ...tree, nodes: { ...tree.nodes, fresh: { [type]: {} } } })
        expect(grown.can({ source, output, target: 'fresh', handle: handle ?? '' })).toMatchObject({ ok: true })
      }
    }
  })

  it('follow the types, which are what is meant most often', () => {
    const types = offersFor(wiring, { node: 'noise', socket: { side: 'out', name: null } }, tree.blocks).map(
      ({ type }) => type.includes('/'),
    )
    expect(types.indexOf(true)).toBeGreaterThan(3)
    expect(types.slice(types.indexOf(true))).not.toContain(false)
  })

  it('are named as the Play names them', () => {
    const offers = offersFor(wiring, { node: '$long', socket: { side: 'in', name: 'filters[0]' } }, tree.blocks)
    expect(offers.find(({ type }) => type === 'here/calm')?.label).toBe('Calm tape')
  })
})
