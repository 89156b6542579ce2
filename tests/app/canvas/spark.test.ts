// Short lines on nodes, what is kept of a picture drawn anew, and ways around nodes.
import { describe, expect, it } from 'vitest'
import { asideWithin } from '../../../app/canvas/figures'
import { isSame, kept } from '../../../app/canvas/kept'
import { type Ends, pathThrough, routesOf } from '../../../app/canvas/routes'
import { hasSpark, knownBy, sparkPath } from '../../../app/canvas/spark'

describe('the short line on a node', () => {
  it('fills its box from the lowest to the highest value', () => {
    expect(sparkPath([1, 3, 2], 40, 12)).toBe('M0 12L20 0L40 6')
  })
  it('is flat in the middle where nothing changed', () => {
    expect(sparkPath([5, 5, 5], 40, 12)).toBe('M0 6L20 6L40 6')
  })
  it('has a gap where nothing is known, and is none where there is too little', () => {
    expect(sparkPath([1, Number.NaN, 3, 2], 30, 10)).toBe('M0 10M20 0L30 5')
    expect(sparkPath([1, Number.NaN, 3], 30, 10)).toBeNull()
  })
  it('knows nothing of a bar that closes later', () => {
    const window = {
      node: 'a',
      output: '',
      knownMs: Float64Array.of(10, 20, 30),
      values: Float64Array.of(1, 2, 3),
      kinds: null,
    }
    expect(knownBy(window, 20)).toEqual([1, 2])
    expect(knownBy(window, 9)).toEqual([])
  })
  it('numbers have one, conditions and sources not', () => {
    const output = { name: '', handle: null, wired: true, label: '' }
    expect(hasSpark({ form: 'indicator' }, { ...output, letter: 'P' })).toBe(true)
    expect(hasSpark({ form: 'condition' }, { ...output, letter: 'C' })).toBe(false)
    expect(hasSpark({ form: 'source' }, { ...output, letter: 'P' })).toBe(false)
  })
})

describe('a distance on the value line', () => {
  const line = { text: '32,829 \u2264 32,604', aside: '224 short' }
  it('is whole where there is room, then without its word, then not there; never cut', () => {
    expect(asideWithin(line, 200)).toBe('224 short')
    expect(asideWithin(line, 140)).toBe('\u2212224')
    expect(asideWithin(line, 110)).toBeNull()
    expect(asideWithin({ ...line, aside: null }, 200)).toBeNull()
  })
})

describe('what is kept', () => {
  const one = { id: 'a', data: { x: [1, { y: 2 }] } }
  const other = { id: 'b', data: { x: [] } }
  it('the object of before where it holds the same, the whole list where all do', () => {
    const before = [one, other]
    expect(kept(before, [structuredClone(one), structuredClone(other)])).toBe(before)
    const next = kept(before, [structuredClone(one), { id: 'b', data: { x: [1] } }])
    expect(next[0]).toBe(one)
    expect(next[1]).toEqual({ id: 'b', data: { x: [1] } })
  })
  it('another order or length is another list', () => {
    expect(kept([one, other], [structuredClone(other), structuredClone(one)])).toEqual([other, one])
    expect(kept([one, other], [structuredClone(one)])).toEqual([one])
  })
  it('functions and maps by identity, absent is not undefined', () => {
    const call = () => 1
    expect(isSame({ call }, { call })).toBe(true)
    expect(isSame({ call }, { call: () => 1 })).toBe(false)
    expect(isSame(new Map(), new Map())).toBe(false)
    expect(isSame({ a: undefined }, {})).toBe(false)
    expect(isSame({ a: undefined }, { b: undefined })).toBe(false)
    expect(isSame(Number.NaN, Number.NaN)).toBe(true)
  })
})

describe('ways of wires', () => {
  const ends = (part: Partial<Ends>): Ends => ({
    source: 'a',
    target: 'b',
    output: 'a.',
    from: [0, 0],
    to: [200, 100],
    ...part,
  })
  const wall = { id: 'wall', left: 80, top: 60, right: 120, bottom: 140 }
  it('a near one is a curve, a far one bends once behind its source', () => {
    expect(routesOf([ends({ to: [60, 100] })], [])).toEqual([null])
    expect(routesOf([ends({})], [])).toEqual([
      [
        [10, 0],
        [10, 100],
      ],
    ])
    expect(routesOf([ends({ to: [200, 0] })], [])).toEqual([null])
  })
  it('a wall is gone around on its near side', () => {
    const [way] = routesOf([ends({})], [wall])
    expect(way).toEqual([
      [10, 0],
      [10, 55],
      [190, 55],
      [190, 100],
    ])
  })
  it('its own ends are no wall', () => {
    expect(routesOf([ends({})], [{ ...wall, id: 'b' }])).toEqual([
      [
        [10, 0],
        [10, 100],
      ],
    ])
  })
  it('two outputs run beside one another, two wires of one output upon each other', () => {
    const far = ends({ to: [300, 200] })
    expect(routesOf([far, ends({ output: 'a.low' })], [])[1]).toEqual([
      [14, 0],
      [14, 100],
    ])
    expect(routesOf([far, ends({})], [])[1]).toEqual([
      [10, 0],
      [10, 100],
    ])
  })
  it('a wire backwards is a curve', () => {
    expect(routesOf([ends({ to: [-50, 100] })], [])).toEqual([null])
  })
  it('corners are round, tight ones less', () => {
    expect(
      pathThrough(
        [0, 0],
        [
          [10, 0],
          [10, 100],
        ],
        [200, 100],
      ),
    ).toBe('M0 0L5 0Q10 0 10 5L10 93Q10 100 17 100L200 100')
  })
})
