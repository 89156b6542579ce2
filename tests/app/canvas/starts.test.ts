// Numbers on ports: where the graph offers one, the checker accepts it as it is; where it would refuse every one, none is offered.
import { describe, expect, it } from 'vitest'
import { startOf } from '../../../app/canvas/fields'
import { logicTypes } from '../../../blocks/catalogue'
import { isNumeric } from '../../../blocks/kit/socket'
import { checkPlay } from '../../../blocks/play/check'
import { wiringOf } from '../../../blocks/play/connect'
import { playWith } from '../../../blocks/play/connect/wires'
import type { NodeTree, PlayTree, Scalar } from '../../../blocks/play/tree'

/** A source of each numeric socket. */
const givers = {
  P: 'price.close',
  D: 'noise',
  A: 'price.volume',
  R: 'rate.rate',
  O: 'rsi',
  N: 'width',
  T: 'rate.next_in',
} as const

const ground: PlayTree = {
  dsl: 1,
  play: 'ground',
  markets: { main: 'binance:BTCUSDT.P' },
  tf: '1h',
  nodes: {
    price: { bars: { market: 'main' } },
    rate: { funding: { market: 'main' } },
    noise: { atr: { bars: 'price' } },
    rsi: { rsi: { of: 'price.close' } },
    width: { div: ['noise', 'price.close'] },
  },
  long: { entries: [], exits: [] },
  short: 'none',
  risk: { size: { risk: '1%' } },
}
const withNode = (node: NodeTree): PlayTree => ({ ...ground, nodes: { ...ground.nodes, one: node } })

/** What the checker says of a literal at a place of the node. */
const refused = (tree: PlayTree, value: Scalar): readonly string[] => {
  const found = checkPlay(playWith(tree, { target: 'one', handle: '1' }, value)).problems
  return found.flatMap(({ where, code, severity }) => (severity === 'error' && where.node === 'one' ? [code] : []))
}
const literals = [1, 50, '1%', '12b'] as const

const ordered = logicTypes.filter(({ inputs, ordered: isOrdered, major }) => {
  const ports = Object.values(inputs)
  return isOrdered && major === 1 && ports.every(({ accept }) => accept.some(isNumeric))
})

describe.each(Object.entries(givers))('beside a wire of socket %s', (_, giver) => {
  it.each(ordered.map(({ type }) => type))('%s', (type) => {
    const tree = withNode({ [type]: [giver] })
    const place = { target: 'one', handle: '1' }
    if (
      wiringOf(tree)
        .node('one')
        ?.inputs.some(({ handle }) => handle === '1') !== true
    )
      return
    const start = startOf(wiringOf(tree).constant(place))
    if (start === null) for (const value of literals) expect(refused(tree, value), String(value)).not.toEqual([])
    else expect(refused(tree, start), `${start}`).toEqual([])
  })
})

describe('a number alone', () => {
  it.each(['above', 'mul', 'max'])('has no meaning in %s before a wire is there', (type) => {
    expect(wiringOf(withNode({ [type]: [] })).constant({ target: 'one', handle: '1' })).toBeNull()
  })
  it('a stop is a share of the fill price, an indicator takes none, and what is not there has none', () => {
    const wiring = wiringOf({
      ...withNode({ stop: {} }),
      nodes: { ...ground.nodes, one: { stop: {} }, ema: { ema: {} } },
    })
    expect(startOf(wiring.constant({ target: 'one', handle: 'by' }))).toBe('2%')
    expect(wiring.constant({ target: 'ema', handle: 'of' })).toBeNull()
    expect(wiring.constant({ target: 'nobody', handle: 'of' })).toBeNull()
    expect(wiring.constant({ target: '$long', handle: 'entries[0]' })).toBeNull()
  })
  it('waits for a unit that hangs on a missing wire', () => {
    const tree = { ...ground, nodes: { ...ground.nodes, two: { add: [] }, one: { above: ['two'] } } }
    expect(wiringOf(tree as PlayTree).constant({ target: 'one', handle: '1' })).toBeNull()
  })
})
