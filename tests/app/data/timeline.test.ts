// Gaps on a line of pixels: none is too small to be seen, none is lost, and every view lies inside the whole.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisTimes, gapMarks, isAtVenue, viewOn, zoomed } from '../../../app/data/timeline'

const minute = 60_000
const whole = { fromMs: 0, toMs: 1000 * minute }
const gap = (from: number, n: number) => ({ fromMs: from * minute, toMs: (from + n) * minute, missing: n })
const marks = (gaps: ReturnType<typeof gap>[], width = 100) => gapMarks({ gaps, holes: [] }, whole, width)

const someGaps = fc
  .uniqueArray(fc.integer({ min: 0, max: 499 }), { minLength: 1, maxLength: 60 })
  .map((starts) => starts.sort((a, b) => a - b).map((start) => gap(2 * start, 1)))
const someView = fc
  .tuple(fc.integer({ min: 0, max: 990 }), fc.integer({ min: 1, max: 1000 }))
  .map(([from, n]) => ({ fromMs: from * minute, toMs: Math.min(1000, from + n) * minute }))

describe('marks of gaps', () => {
  it('stand where the gap is, in its width', () => {
    expect(marks([gap(100, 200)])).toEqual([{ x: 10, width: 20, first: 0, count: 1, missing: 200, venue: false }])
  })
  it('can be seen however small the gap, also at the right end', () => {
    expect(marks([gap(500, 1)])).toMatchObject([{ x: 50, width: 2 }])
    expect(marks([gap(999, 1)])).toMatchObject([{ x: 98, width: 2 }])
  })
  it('join what is nearer than a pixel', () => {
    expect(marks([gap(500, 1), gap(505, 1), gap(800, 1)])).toMatchObject([
      { first: 0, count: 2, missing: 2 },
      { first: 2, count: 1 },
    ])
  })
  it('say when the venue lacks all of it', () => {
    const holes = [{ fromMs: 100 * minute, toMs: 105 * minute }]
    const of = (gaps: ReturnType<typeof gap>[]) => gapMarks({ gaps, holes }, whole, 100).map(({ venue }) => venue)
    expect(of([gap(100, 5)])).toEqual([true])
    expect(of([gap(100, 6)])).toEqual([false])
    expect(of([gap(100, 5), gap(106, 1)])).toEqual([false])
    expect(isAtVenue(gap(100, 8), [...holes, { fromMs: 105 * minute, toMs: 200 * minute }])).toBe(true)
  })
  it('count each gap of the view once, never overlap and stay on the line', () => {
    fc.assert(
      fc.property(someGaps, someView, fc.integer({ min: 10, max: 2000 }), (gaps, view, width) => {
        const drawn = gapMarks({ gaps, holes: [] }, view, width)
        const inView = gaps.filter(({ fromMs, toMs }) => toMs > view.fromMs && fromMs < view.toMs)
        expect(drawn.reduce((sum, { count }) => sum + count, 0)).toBe(inView.length)
        for (const [i, mark] of drawn.entries()) {
          expect(mark.x).toBeGreaterThanOrEqual(0)
          expect(mark.x + mark.width).toBeLessThanOrEqual(width + 1e-6)
          expect(mark.x).toBeGreaterThanOrEqual((drawn[i - 1]?.x ?? -9) + (drawn[i - 1]?.width ?? 0))
        }
      }),
    )
  })
})

describe('views', () => {
  it('lie inside the whole, whatever is asked for', () => {
    fc.assert(
      fc.property(someView, fc.constantFrom(0.5, 2), (view, by) => {
        const limits = { whole, barMs: minute }
        for (const made of [viewOn(view, whole, minute), zoomed(view, by, limits)]) {
          expect(made.fromMs).toBeGreaterThanOrEqual(whole.fromMs)
          expect(made.toMs).toBeLessThanOrEqual(whole.toMs + 1e-6)
          expect(made.toMs).toBeGreaterThan(made.fromMs)
        }
      }),
    )
  })
  it('hold a gap in their middle with bars at both sides', () => {
    expect(viewOn(gap(500, 2), whole, minute)).toEqual({ fromMs: 471 * minute, toMs: 531 * minute })
    expect(viewOn(gap(500, 100), whole, minute)).toEqual({ fromMs: 400 * minute, toMs: 700 * minute })
    expect(viewOn(gap(0, 2), whole, minute)).toEqual({ fromMs: 0, toMs: 60 * minute })
  })
  it('come nearer by half, about the middle, and not nearer than 20 bars', () => {
    const limits = { whole, barMs: minute }
    expect(zoomed(whole, 0.5, limits)).toEqual({ fromMs: 250 * minute, toMs: 750 * minute })
    expect(zoomed({ fromMs: 0, toMs: 20 * minute }, 0.5, limits)).toEqual({ fromMs: 0, toMs: 20 * minute })
  })
})

describe('the axis', () => {
  it('has whole steps of UTC', () => {
    const day = 86_400_000
    const from = Date.UTC(2024, 0, 1, 5)
    expect(axisTimes({ fromMs: from, toMs: from + 3 * day }, 8)).toEqual(
      [12, 24, 36, 48, 60, 72].map((hours) => Date.UTC(2024, 0, 1, hours)),
    )
    expect(axisTimes({ fromMs: from, toMs: from + 730 * day }, 8)).toEqual(
      [3, 6, 9, 12, 15, 18, 21].map((month) => Date.UTC(2024, month)),
    )
    expect(axisTimes({ fromMs: from, toMs: from + 9000 * day }, 8).length).toBeLessThanOrEqual(9)
  })
})
