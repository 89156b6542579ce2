// Places of wires: which are needed, which are wired, and what an output is called.
import { describe, expect, it } from 'vitest'
import { wiringOf } from '../../../blocks/play/connect'
import type { NodeTree, PlayTree } from '../../../blocks/play/tree'

const sketch = (nodes: Readonly<Record<string, NodeTree>>): PlayTree => ({
  dsl: 1,
  play: 'sketch',
  markets: { main: 'binance:BTCUSDT.P' },
  tf: '15m',
  nodes,
  long: { entries: [], exits: [] },
  short: 'mirror',
  risk: { size: { risk: '1%' } },
})

describe('places of a list', () => {
  it('are needed as far as the type needs them, and one more is free', () => {
    const places = (type: string, body: NodeTree[string]) =>
      wiringOf(sketch({ up: { above: [1, 2] }, one: { [type]: body } })).node('one')?.inputs ?? []
    expect(places('all', ['up']).map(({ handle, optional }) => [handle, optional])).toEqual([
      ['0', false],
      ['1', false],
    ])
    expect(places('all', ['up', 'up', 'up']).map(({ handle, optional }) => [handle, optional])).toEqual([
      ['0', false],
      ['1', false],
      ['2', true],
      ['3', true],
    ])
  })
})

describe('names of places', () => {
  it('a port that names a node that is not there is not wired', () => {
    const inputs = (of: string) =>
      wiringOf(sketch({ price: { bars: { market: 'main' } }, one: { ema: { of, length: 5 } } })).node('one')?.inputs
    expect(inputs('nobody.close')?.map(({ wired }) => wired)).toEqual([false])
    expect(inputs('price.close')?.map(({ wired }) => wired)).toEqual([true])
  })

  it('a Block without an output named is its role', () => {
    const tree = sketch({ calm: { 'lib/calm_funding@1': {} }, out: { 'lib/donchian_breakout@1': {} } })
    const { reference } = wiringOf(tree)
    expect(reference({ source: 'calm', output: '' })).toBe('calm')
    expect(reference({ source: 'out', output: null })).toBe('out')
    expect(reference({ source: 'out', output: 'level' })).toBe('out.level')
    expect(reference({ source: 'out', output: 'nothing' })).toBeNull()
  })
})
