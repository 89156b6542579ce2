// Words on the chart: never over one another, never outside, never under what stands above; numbers at the axis likewise.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Box, type LabelAsk, overlaps, Places } from '../../../app/chart/labels'
import { clearOf, spread } from '../../../app/chart/ticks'

const room = { width: 200, height: 100 }
const ask: LabelAsk = { x: 100, y: 50, w: 40, h: 14 }

describe('a word', () => {
  it('stands left of its mark, a little above; else right, above or below', () => {
    const places = new Places(room)
    expect(places.take(ask)).toEqual({ x: 54, y: 37, w: 40, h: 14 })
    expect(new Places(room).take({ ...ask, prefer: 'right' })).toEqual({ x: 106, y: 37, w: 40, h: 14 })
    expect(new Places(room).take({ ...ask, prefer: 'above' })).toEqual({ x: 80, y: 30, w: 40, h: 14 })
    expect(new Places(room).take({ ...ask, prefer: 'below' })).toEqual({ x: 80, y: 56, w: 40, h: 14 })
  })

  it('keeps off what is blocked: at the other side, then further away', () => {
    const places = new Places(room)
    places.block({ x: 0, y: 0, w: 100, h: 100 })
    expect(places.take(ask)?.x).toBe(106)
    const below = new Places(room)
    below.block({ x: 0, y: 0, w: 200, h: 60 })
    expect(below.take(ask)?.y).toBeGreaterThanOrEqual(60)
  })

  it('that may stand in one place only is left out where that is taken', () => {
    const places = new Places(room)
    const one: LabelAsk = { ...ask, prefer: 'above', only: true }
    expect(places.take(one)).toEqual({ x: 80, y: 30, w: 40, h: 14 })
    expect(places.take(one)).toBeNull()
  })

  it('takes the emptiest place when bars lie under the nearest', () => {
    const bars: Box = { x: 0, y: 0, w: 100, h: 100 }
    expect(new Places(room, (box) => (overlaps(box, bars) ? 9 : 0)).take(ask)?.x).toBe(106)
    expect(new Places(room, () => 9).take(ask)?.x).toBe(54)
  })

  it('that is larger than the picture is left out', () => {
    expect(new Places({ width: 30, height: 100 }).take(ask)).toBeNull()
    expect(new Places({ width: 200, height: 10 }).take(ask)).toBeNull()
  })

  it('never lies over another, over what is blocked or outside, whatever is asked', () => {
    const place = fc.double({ min: -50, max: 650, noNaN: true })
    const asks = fc.array(
      fc.record({
        x: place,
        y: place,
        w: fc.double({ min: 5, max: 120, noNaN: true }),
        h: fc.constantFrom(12, 14),
        prefer: fc.constantFrom('left', 'right', 'above', 'below'),
        only: fc.boolean(),
      }),
      { maxLength: 40 },
    )
    const box = fc.record({ x: place, y: place, w: fc.constant(60), h: fc.constant(20) })
    fc.assert(
      fc.property(asks, fc.array(box, { maxLength: 6 }), (wanted, blocked) => {
        const places = new Places({ width: 600, height: 300 })
        for (const one of blocked) places.block(one)
        const taken = wanted.flatMap((one) => places.take(one) ?? [])
        taken.forEach((a, i) => {
          expect(a.x >= 0 && a.y >= 0 && a.x + a.w <= 600 + 1e-9 && a.y + a.h <= 300 + 1e-9).toBe(true)
          for (const b of [...taken.slice(i + 1), ...blocked]) expect(overlaps(a, b)).toBe(false)
        })
      }),
    )
  })
})

describe('a claim', () => {
  it('goes to who comes first', () => {
    const places = new Places(room)
    expect(places.claim({ x: 10, y: 10, w: 10, h: 10 })).toBe(true)
    expect(places.claim({ x: 19, y: 19, w: 10, h: 10 })).toBe(false)
    expect(places.claim({ x: 20, y: 10, w: 10, h: 10 })).toBe(true)
  })

  it('is found across the borders of cells', () => {
    const places = new Places({ width: 1000, height: 1000 })
    places.block({ x: 60, y: 60, w: 200, h: 10 })
    expect(places.claim({ x: 250, y: 65, w: 2, h: 2 })).toBe(false)
    expect(places.claim({ x: 63, y: 69, w: 2, h: 2 })).toBe(false)
    expect(places.claim({ x: 262, y: 65, w: 2, h: 2 })).toBe(true)
  })
})

describe('numbers at the axis', () => {
  it('are left out where a tag covers them', () => {
    const ticks = [100, 118, 140, 200].map((y) => ({ y, text: String(y) }))
    expect(clearOf(ticks, { tags: [110] })).toEqual(['', '', '140', '200'])
    expect(clearOf(ticks, { tags: [] })).toEqual(['100', '118', '140', '200'])
    expect(clearOf([{ y: null, text: 'x' }], { tags: [110] })).toEqual(['x'])
    // Half of a number at the edge of its pane is cut off.
    expect(clearOf(ticks, { tags: [], height: 205 })).toEqual(['100', '118', '140', ''])
    expect(clearOf([{ y: 3, text: '3' }], { tags: [], height: 205 })).toEqual([''])
  })

  it('also where tags move apart', () => {
    expect(spread([100, 104, 50], 17)).toEqual([100, 117, 50])
    expect(clearOf([{ y: 130, text: '130' }], { tags: [100, 104] })).toEqual([''])
  })
})
