// What could be done about a step that never decides: a value from the data, and a Play that runs without it.
import { describe, expect, it } from 'vitest'
import { constantAt } from '../../../app/results/constants'
import { comparedWith, loose, servingOnly, tighter, without } from '../../../app/results/remedies'
import { checkPlay } from '../../../blocks/play/check'
import type { PlayTree } from '../../../blocks/play/tree'
import { pullback } from './sample'

const tree = pullback()
const constant = (play: PlayTree, node: string) => {
  const found = constantAt(play, node)
  if (found === null) throw new Error(`no constant at ${node}`)
  return found
}
/** The funding filter of the example: its constant is a parameter, in percent. */
const funding = constant(tree, 'not_crowded')
const line = {
  step: 'not_crowded',
  title: 'Not crowded',
  left: 10,
  stopped: 0,
  onlyIt: 0,
  share: 1,
  before: 1,
  here: false,
}

describe('a tighter constant', () => {
  const values = Array.from({ length: 101 }, (_, i) => i / 10_000)
  it('says no on one bar in twenty, in the unit that is typed', () => {
    expect(funding).toMatchObject({ label: 'Funding rate below', value: 0.03, unit: '%', place: { kind: 'param' } })
    // 0 to 1 % in steps of 0.01 %: the 95th percentile is 0.95 %.
    expect(tighter({ ...funding, value: 2 }, values)).toBe(0.95)
    expect(tighter({ ...funding, value: 0.95 }, values)).toBeNull()
    expect(tighter({ ...funding, value: 0.9 }, values)).toBeNull()
  })
  it('lies at the other end where the value must be above it, or stands on the left', () => {
    const above = { ...funding, type: 'above', unit: null, value: 0 }
    expect(tighter(above, values)).toBe(0.0005)
    expect(tighter({ ...above, value: 0.0005 }, values)).toBeNull()
    expect(tighter({ ...above, onRight: false, value: 1 }, values)).toBe(0.0095)
  })
  it('comes from known values alone', () => {
    expect(tighter(funding, [])).toBeNull()
    expect(tighter(funding, [Number.NaN])).toBeNull()
    expect(tighter({ ...funding, value: 9 }, [Number.NaN, ...values])).toBe(0.95)
  })
  it('is offered of a step that never says no, never of the mirror', () => {
    expect(loose(tree, { ...line, doubt: 'x' })).toEqual(funding)
    expect(loose(tree, { ...line, doubt: 'x', stopped: 3 })).toBeNull()
    expect(loose(tree, { ...line, doubt: null })).toBeNull()
    expect(loose(tree, { ...line, step: 'short/not_crowded', doubt: 'x' })).toBeNull()
  })
  it('knows where its values come from', () => {
    expect(comparedWith(tree, funding)).toEqual({ node: 'funding', output: 'rate' })
    const { step } = { step: constantAt(tree, 'uptrend') }
    expect(step).toBeNull()
  })
})

describe('doing without a step', () => {
  const document = { id: 'one', tree, sidecar: {} }
  it('takes what serves it alone along, and nothing else', () => {
    const gone = servingOnly(tree, 'not_crowded')
    expect([...gone].sort()).toEqual(['cheap_to_hold', 'funding', 'not_crowded'])
    // The fast average serves others too.
    expect(servingOnly(tree, 'uptrend')).toEqual(expect.arrayContaining(['uptrend', 'ema_slow']))
    expect(servingOnly(tree, 'uptrend')).not.toContain('ema_fast')
  })
  it('leaves a Play that runs', () => {
    const next = without(document, 'not_crowded')
    expect(Object.keys(next?.tree.nodes ?? {})).not.toContain('funding')
    expect(next && checkPlay(next.tree, {}).problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(document.tree.nodes.funding).toBeDefined()
    expect(without(document, 'dipped_lately')).not.toBeNull()
  })
  it('is not offered where the Play would not run', () => {
    expect(without(document, 'stop')).toBeNull()
    expect(without(document, 'no_such_node')).toBeNull()
  })
})
