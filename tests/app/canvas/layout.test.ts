// Where nodes stand of themselves: columns, stacks, rails, and how nodes line up.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { align } from '../../../app/canvas/align'
import { besideLast, evened, folded, lastRank, ranksOf } from '../../../app/canvas/columns'
import { lanesOf, placesOf } from '../../../app/canvas/lanes'
import { railEnd, railLevels } from '../../../app/canvas/rail'
import { freeSpot, placeMissing } from '../../../app/canvas/room'
import { stack } from '../../../app/canvas/stack'
import { textWidth } from '../../../app/canvas/textWidth'

const box = (id: string, { width = 100, height = 50 } = {}) => ({ id, width, height })
const link = (source: string, target: string) => ({ source, target })
const pull = (source: string, target: string) => ({ source, sourceY: 0, target, targetY: 0 })

describe('columns', () => {
  const boxes = ['price', 'fast', 'slow', 'up', 'dip', 'lately', 'entry'].map((id) =>
    box(id, { width: { up: 180, dip: 180, lately: 120 }[id] ?? 100 }),
  )
  const pulls = [
    link('price', 'fast'),
    link('price', 'slow'),
    link('fast', 'up'),
    link('slow', 'up'),
    link('fast', 'dip'),
    link('dip', 'lately'),
    link('up', 'entry'),
    link('lately', 'entry'),
    link('entry', '$long/entries'),
  ]
  const places = new Map(boxes.map(({ id }) => [id, 'long/entries']))
  const scene = { boxes, pulls, places, sources: new Set(['price']) }

  it('nodes of a kind stand together; a wide one does not go right where that would widen a column', () => {
    expect(Object.fromEntries(ranksOf(scene))).toEqual({ fast: 1, slow: 1, up: 2, dip: 2, lately: 3, entry: lastRank })
  })
  it('a node goes right, to what it feeds, where that costs no width', () => {
    const wider = boxes.map((one) => (one.id === 'lately' ? { ...one, width: 180 } : one))
    expect(ranksOf({ ...scene, boxes: wider }).get('up')).toBe(3)
  })
  it('what feeds stands before what it feeds, and a ring of wires ends', () => {
    const ranks = ranksOf(scene)
    for (const { source, target } of pulls)
      if (ranks.has(source) && ranks.has(target)) expect(ranks.get(source)).toBeLessThan(ranks.get(target) ?? 0)
    const ring = { ...scene, pulls: [link('fast', 'slow'), link('slow', 'fast')] }
    expect(ranksOf(ring).size).toBe(6)
  })
  it('boxes of a column are as wide as the widest', () => {
    const widths = evened(scene, ranksOf(scene))
    expect(Object.fromEntries(widths)).toEqual({
      price: 100,
      fast: 100,
      slow: 100,
      up: 180,
      dip: 180,
      lately: 120,
      entry: 100,
    })
  })
  it('a high stack of roles becomes two where a wider lane leaves room; a role that is fed stays last', () => {
    const roles = ['stop', 'ladder', 'even', 'time'].map((id) => box(id, { width: 120, height: 90 }))
    const exits = {
      boxes: [...boxes, ...roles],
      pulls: [...pulls, link('price', 'stop'), ...roles.map(({ id }) => link(id, '$long/exits'))],
      places: new Map([...places, ...roles.map(({ id }): [string, string] => [id, 'long/exits'])]),
      sources: scene.sources,
    }
    const moved = (of: typeof exits) =>
      [...folded(of, ranksOf(of))].filter(([, rank]) => rank === besideLast).map(([id]) => id)
    expect(moved(exits)).toEqual(['even', 'time'])
    expect(moved({ ...exits, boxes: exits.boxes.map((one) => ({ ...one, height: 60 })) })).toEqual([])
    const alone = { ...exits, boxes: roles }
    expect(moved(alone)).toEqual([])
  })
})

describe('a stack', () => {
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
        const all = list.map(({ y, height }, i) => ({ box: box(String(i), { height }), y, level: y + i * 1e-6 }))
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

describe('the rail of a lane', () => {
  const span = { top: 100, bottom: 300 }
  it('sockets stand level with what they take, the empty one below', () => {
    expect(railLevels([150, 200, null], span)).toEqual([150, 200, 220])
  })
  it('the empty one goes up when there is no room below, between others when there is none above', () => {
    expect(railLevels([290, null], span)).toEqual([290, 270])
    expect(railLevels([120, 290, null], span)).toEqual([120, 290, 140])
  })
  it('an empty lane has it in the middle', () => {
    expect(railLevels([null], span)).toEqual([200])
  })
  it('sockets never lie upon each other, whatever the order, and none above the lane', () => {
    const wish = fc.option(fc.integer({ min: 90, max: 320 }), { nil: null })
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 9 }), (wishes) => {
        const levels = railLevels(wishes, span)
        const sorted = [...levels].sort((a, b) => a - b)
        for (const [i, y] of sorted.entries()) if (i > 0) expect(y - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(20)
        expect(sorted[0]).toBeGreaterThanOrEqual(114)
        expect(railEnd(levels)).toBe((sorted.at(-1) ?? 0) + 14)
      }),
    )
  })
})

describe('lanes', () => {
  const links = [
    link('price', 'ema'),
    link('price', 'dip'),
    link('ema', 'up'),
    link('up', 'go'),
    link('dip', 'go'),
    link('price', 'atr'),
    link('atr', 'stop'),
  ]
  const roots = new Map([
    ['go', 'long/entries'],
    ['stop', 'long/exits'],
  ])
  it('a node stands where it leads; what feeds two roles with most of it; what leads nowhere is loose', () => {
    const places = placesOf(['price', 'ema', 'dip', 'up', 'go', 'atr', 'stop', 'alone'], links, roots)
    expect(Object.fromEntries(places)).toEqual({
      price: 'long/entries',
      ema: 'long/entries',
      dip: 'long/entries',
      up: 'long/entries',
      go: 'long/entries',
      atr: 'long/exits',
      stop: 'long/exits',
      alone: 'loose',
    })
  })
  it('what feeds as much of both stands with the first in reading order, whichever was wired first', () => {
    const both = [link('atr', 'stop'), link('atr', 'go')]
    expect(placesOf(['atr'], both, roots).get('atr')).toBe('long/entries')
    const sides = new Map([
      ['down', 'short/entries'],
      ['up', 'long/entries'],
    ])
    expect(placesOf(['ema'], [link('ema', 'down'), link('ema', 'up')], sides).get('ema')).toBe('long/entries')
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

describe('room', () => {
  it('goes down until nothing is covered; touching is not covering', () => {
    const standing = [{ at: [0, 0] as const, width: 100, height: 50 }]
    expect(freeSpot([0, 0], { width: 100, height: 50 }, standing)).toEqual([0, 50])
    expect(freeSpot([0, 10], { width: 100, height: 50 }, standing)).toEqual([0, 50])
    expect(freeSpot([100, 0], { width: 100, height: 50 }, standing)).toEqual([100, 0])
    expect(freeSpot([0, 50], { width: 100, height: 50 }, standing)).toEqual([0, 50])
  })
  it('a node without a place stands behind what feeds it, else before what it feeds, covering nothing', () => {
    const boxes = [box('a'), box('b'), box('c')]
    const known = new Map([['a', [0, 0] as const]])
    const after = placeMissing({ boxes, pulls: [pull('a', 'b'), pull('c', 'a')] }, known)
    expect(after.get('b')).toEqual([120, 0])
    expect(after.get('c')).toEqual([-120, 0])
    expect(placeMissing({ boxes, pulls: [] }, known).get('b')).toEqual([0, 60])
  })
})

describe('words', () => {
  it('widths: figures are all alike, more text is wider, bold is wider', () => {
    expect(textWidth('1111', 10)).toBe(textWidth('8888', 10))
    expect(textWidth('32,604', 11.5)).toBe(41)
    expect(textWidth('\u2212', 100)).toBe(65)
    expect(textWidth('iii', 12)).toBeLessThan(textWidth('mmm', 12))
    expect(textWidth('Uptrend', 12, true)).toBeGreaterThan(textWidth('Uptrend', 12))
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
