// Where nodes stand of themselves, and how they line up.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { align } from '../../../app/canvas/align'
import { lanesOf, placesOf } from '../../../app/canvas/lanes'
import { freeSpot, layersOf, stack } from '../../../app/canvas/layout'

const box = (id: string, height = 50) => ({ id, width: 100, height })
const pull = (source: string, target: string) => ({ source, sourceY: 0, target, targetY: 0 })

describe('layers', () => {
  it('the longest way to a gate counts', () => {
    const boxes = ['price', 'ema', 'above', 'entry'].map((id) => box(id))
    const pulls = [
      pull('price', 'ema'),
      pull('ema', 'above'),
      pull('price', 'above'),
      pull('above', 'entry'),
      pull('entry', 'gate'),
    ]
    expect(Object.fromEntries(layersOf(boxes, pulls))).toEqual({ entry: 1, above: 2, ema: 3, price: 4 })
  })

  it('a ring of wires ends', () => {
    expect(layersOf([box('a'), box('b')], [pull('a', 'b'), pull('b', 'a')]).size).toBe(2)
  })
})

describe('a column', () => {
  it('keeps wishes that leave room, and shares a conflict evenly', () => {
    const wish = (id: string, y: number) => ({ box: box(id), y, level: y })
    expect(Object.fromEntries(stack([wish('a', 0), wish('b', 200)], 10))).toEqual({ a: 0, b: 200 })
    expect(Object.fromEntries(stack([wish('a', 0), wish('b', 20)], 10))).toEqual({ a: -20, b: 40 })
  })

  it('never overlaps and keeps the order of levels', () => {
    const wishes = fc.array(
      fc.record({ y: fc.integer({ min: -500, max: 500 }), height: fc.integer({ min: 20, max: 200 }) }),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(wishes, (list) => {
        const all = list.map(({ y, height }, i) => ({ box: box(String(i), height), y, level: y + i * 1e-6 }))
        const tops = stack(all, 14)
        const sorted = [...all].sort((a, b) => a.level - b.level)
        for (const [i, { box: one }] of sorted.entries()) {
          const next = sorted[i + 1]
          if (next === undefined) continue
          expect((tops.get(one.id) ?? 0) + one.height + 14).toBeLessThanOrEqual((tops.get(next.box.id) ?? 0) + 1e-6)
        }
      }),
    )
  })
})

describe('lanes', () => {
  const links = [
    { source: 'price', target: 'ema' },
    { source: 'ema', target: 'up' },
    { source: 'up', target: 'go' },
    { source: 'price', target: 'atr' },
    { source: 'atr', target: 'stop' },
  ]
  const roots = new Map([
    ['go', 'long/entries'],
    ['stop', 'long/exits'],
  ])

  it('a node stands where it leads; what feeds two roles is shared; what leads nowhere is loose', () => {
    const places = placesOf(['price', 'ema', 'up', 'go', 'atr', 'stop', 'alone'], links, roots)
    expect(Object.fromEntries(places)).toEqual({
      price: 'shared',
      ema: 'long/entries',
      up: 'long/entries',
      go: 'long/entries',
      atr: 'long/exits',
      stop: 'long/exits',
      alone: 'loose',
    })
  })

  it('what feeds one role on both sides stands with the first of them', () => {
    const both = [
      { source: 'ema', target: 'up' },
      { source: 'ema', target: 'down' },
    ]
    const sides = new Map([
      ['up', 'long/entries'],
      ['down', 'short/entries'],
    ])
    expect(placesOf(['ema', 'up', 'down'], both, sides).get('ema')).toBe('long/entries')
  })

  it('a mirrored side has no lanes; two written sides are named', () => {
    const side = { entries: [], exits: [] }
    expect(lanesOf({ long: side, short: 'mirror' }).map(({ title }) => title)).toEqual([
      'Filter',
      'Entry long',
      'Exit',
      'Invalidation',
    ])
    expect(
      lanesOf({ long: side, short: side })
        .map(({ title }) => title)
        .slice(4),
    ).toEqual(['Filter short', 'Entry short', 'Exit short', 'Invalidation short'])
    expect(lanesOf({ long: 'none', short: 'none' })).toEqual([])
  })
})

describe('free spot', () => {
  it('goes down until nothing is covered; touching is not covering', () => {
    const standing = [{ at: [0, 0] as const, width: 100, height: 50 }]
    expect(freeSpot([0, 0], { width: 100, height: 50 }, standing)).toEqual([0, 56])
    expect(freeSpot([100, 0], { width: 100, height: 50 }, standing)).toEqual([100, 0])
    expect(freeSpot([0, 50], { width: 100, height: 50 }, standing)).toEqual([0, 50])
  })
})

describe('align', () => {
  const boxes = [
    { id: 'a', at: [10, 0] as const, width: 100, height: 20 },
    { id: 'b', at: [40, 30] as const, width: 50, height: 40 },
    { id: 'c', at: [0, 200] as const, width: 30, height: 10 },
  ]
  it('by each edge', () => {
    expect(align(boxes, 'left')).toEqual({ a: [0, 0], b: [0, 30], c: [0, 200] })
    expect(align(boxes, 'right')).toEqual({ a: [10, 0], b: [60, 30], c: [80, 200] })
    expect(align(boxes, 'top')).toEqual({ a: [10, 0], b: [40, 0], c: [0, 0] })
    expect(align(boxes, 'bottom')).toEqual({ a: [10, 190], b: [40, 170], c: [0, 200] })
  })
  it('evenly: equal gaps, ends stay', () => {
    expect(align(boxes, 'spread')).toEqual({ a: [10, 0], b: [40, 90], c: [0, 200] })
  })
  it('one node has nothing to line up with', () => {
    expect(align(boxes.slice(0, 1), 'left')).toEqual({})
  })
})
