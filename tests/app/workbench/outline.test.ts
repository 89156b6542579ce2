// The outline for reading: every node once, in its lane, with what stands on it.
import { describe, expect, it } from 'vitest'
import { modelOf } from '../../../app/canvas/model'
import { examplePlay, ideas } from '../../../app/home/ideas'
import { nodeWords, outlineOf } from '../../../app/workbench/outline'
import { wiringOf } from '../../../blocks/play/connect'

const modelled = (name: string) => {
  const { tree, sidecar } = examplePlay(name)
  return modelOf({ tree, sidecar, wiring: wiringOf(tree), problems: [], open: new Set() })
}

describe('the outline', () => {
  it('holds every node of every example once, and no empty part', () => {
    for (const { name } of ideas) {
      const model = modelled(name)
      const parts = outlineOf(model)
      const ids = parts.flatMap(({ nodes }) => nodes.map(({ view }) => view.id))
      expect([name, [...ids].sort()]).toEqual([name, model.nodes.map(({ view }) => view.id).sort()])
      expect(parts.every(({ nodes }) => nodes.length > 0)).toBe(true)
    }
  })

  it('goes from filter to invalidation, each lane with its own nodes', () => {
    const parts = outlineOf(modelled('ema_pullback')).filter(({ key }) => key !== 'shared')
    expect(parts.map(({ role }) => role)).toEqual(['filter', 'entry', 'exit', 'inval'])
    const ids = (role: string) => parts.find((part) => part.role === role)?.nodes.map(({ view }) => view.id)
    expect(ids('filter')).toEqual(['funding', 'cheap_to_hold', 'not_crowded'])
    expect(ids('inval')).toContain('swing_lost')
  })

  it('says what stands on a node: lengths with their unit, sentences, rungs', () => {
    const words = new Map(modelled('ema_pullback').nodes.map(({ view }) => [view.id, nodeWords(view)]))
    expect(words.get('ema_fast')).toBe('length 21 bars')
    expect(words.get('uptrend')).toBe('EMA fast above EMA slow')
    expect(words.get('cheap_to_hold')).toBe('funding rate below 0.03 %')
    expect(words.get('pullback')).toBe('uptrend, dipped lately, reclaimed')
    expect(words.get('scale_out')).toContain('50 % at 1 R, 30 % at 2 R, the rest at 3 R')
  })
})
