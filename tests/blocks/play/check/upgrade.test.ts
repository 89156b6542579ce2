// Upgrades: a chain of majors of a private type, Blocks with newer versions, and what is held back.
import { describe, expect, it } from 'vitest'
import { logicTypes } from '../../../../blocks/catalogue'
import { defineLogic, type LogicType } from '../../../../blocks/kit/logic'
import { bars } from '../../../../blocks/kit/param'
import { same, series } from '../../../../blocks/kit/port'
import { playHash } from '../../../../blocks/play/canonical'
import { checkPlay } from '../../../../blocks/play/check'
import type { BlockTree } from '../../../../blocks/play/tree'
import { upgrade } from '../../../../blocks/play/upgrade'
import { base, blockOf, changed } from './base'

type Body = Readonly<Record<string, unknown>>
const mean = (
  major: number,
  upgrades: Readonly<Record<number, (body: unknown) => unknown>>,
  length: string,
): LogicType => ({
  ...defineLogic({
    type: 'mean',
    major,
    family: 'averages',
    summary: 'A mean that has changed its words twice.',
    inputs: { of: series() },
    params: {},
    outputs: { value: same('of') },
    upgrades,
    examples: [],
  }),
  params: { [length]: bars(20, 1, 100) },
})
const renamed = (from: string, to: string) => (body: unknown) => {
  const { [from]: value, ...rest } = body as Body
  return value === undefined ? rest : { ...rest, [to]: value }
}
const types = [
  ...logicTypes,
  mean(1, {}, 'period'),
  mean(2, { 1: renamed('period', 'over') }, 'over'),
  mean(3, { 2: renamed('over', 'length') }, 'length'),
]
const play = changed(base, { 'nodes.slow': { mean: { of: 'price.close', period: 30 } } })

describe('upgrades of types', () => {
  it('go through every major, and the plan shows before and after', () => {
    const { steps, tree } = upgrade(play, { types })
    expect(steps).toEqual([
      {
        path: ['nodes', 'slow'],
        from: 'mean',
        to: 'mean@3',
        before: { of: 'price.close', period: 30 },
        after: { of: 'price.close', length: 30 },
      },
    ])
    expect(tree.nodes.slow).toEqual({ 'mean@3': { of: 'price.close', length: 30 } })
    expect(Object.keys(tree.nodes)).toEqual(Object.keys(play.nodes))
    expect(checkPlay(play, { types }).problems).toEqual([])
    expect('play' in tree && checkPlay(tree, { types }).problems).toEqual([])
    expect(play.nodes.slow).toEqual({ mean: { of: 'price.close', period: 30 } })
  })

  it('begin where the node stands', () => {
    const second = changed(base, { 'nodes.slow': { 'mean@2': { of: 'price.close', over: 30 } } })
    expect(upgrade(second, { types }).tree.nodes.slow).toEqual({ 'mean@3': { of: 'price.close', length: 30 } })
    const third = changed(base, { 'nodes.slow': { 'mean@3': { of: 'price.close', length: 30 } } })
    expect(upgrade(third, { types })).toEqual({ steps: [], tree: third })
  })

  it('a missing step of the chain blocks, and the node stays', () => {
    const broken = types.map((type) => (type.type === 'mean' && type.major === 2 ? mean(2, {}, 'over') : type))
    const { steps, tree } = upgrade(play, { types: broken })
    expect(steps.map(({ blocked }) => blocked)).toEqual(['there is no way from mean@1 to mean@3'])
    expect(tree).toBe(play)
  })

  it('the shipped types have one major: nothing to upgrade, and the same object', () => {
    expect(upgrade(base)).toEqual({ steps: [], tree: base })
    expect(upgrade(base).tree).toBe(base)
  })
})

const block = (version: number, lines: string): BlockTree =>
  blockOf(`dsl: 1
block: my/trend
version: ${version}
role: filter
${lines}
outputs: { filter: only }
`)
const nodes =
  'nodes: { adx: { adx: { bars: bars, length: 14 } }, t: { above: [adx.adx, $least] }, only: { filter: { allow: t } } }'
const params = 'params: { least: { value: 20, min: 10, max: 40, step: 5 } }'
const one = block(1, `inputs: { bars: { type: bars } }\n${params}\n${nodes}`)
const two = block(2, `inputs: { bars: { type: bars } }\n${params}\n${nodes.replace('14', '20')}`)
const stricter = block(
  2,
  `inputs: { bars: { type: bars }, at: { type: price } }\n${params}\n${nodes.replace('[adx.adx, $least]', '[at, bars.open]')}`,
)
const bare = block(2, `inputs: { bars: { type: bars } }\n${nodes.replace('$least', '20')}`)
const offer = (next: BlockTree) => ({
  refs: ['my/trend@1', 'my/trend@2'],
  block: (ref: string) => (ref === 'my/trend@1' ? one : ref === 'my/trend@2' ? next : undefined),
})
const user = changed(base, {
  'nodes.f': { 'my/trend@1': { bars: 'price', least: 25 } },
  'long.filters': ['f'],
  'nodes.allow': null,
  'nodes.calm': null,
  'pins.my/trend@1': `sha256:${playHash(one)}`,
})

describe('upgrades of Blocks', () => {
  it('change the word and the pin', () => {
    const { steps, tree } = upgrade(user, offer(two))
    expect(steps.map(({ from, to, blocked }) => [from, to, blocked])).toEqual([['my/trend@1', 'my/trend@2', undefined]])
    expect('pins' in tree && tree.pins).toEqual({ 'my/trend@2': `sha256:${playHash(two)}` })
    const blocks = offer(two).block
    expect(checkPlay(user, { blocks }).problems).toEqual([])
    expect('play' in tree && checkPlay(tree, { blocks }).problems).toEqual([])
  })

  it.each([
    ['a new input', stricter, 'needs `at`'],
    ['a parameter that is gone', bare, 'has no `least`'],
  ])('%s is held back with its reason', (_, next, reason) => {
    const { steps, tree } = upgrade(user, offer(next))
    expect(steps[0]?.blocked).toContain(reason)
    expect(tree).toBe(user)
  })
})
