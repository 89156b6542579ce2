// How results lie: every trade in one bin and the right one, zero an edge, nothing lost beyond the ends of the scales.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  againstText,
  briefExcursion,
  edgeText,
  excursionsOf,
  excursionText,
  histogramOf,
  inSpan,
  type MeasuredTrade,
  measuredTrades,
  spanText,
  ticksOf,
} from '../../../app/results/distribution'
import { nearest, spotOf } from '../../../app/results/drawExcursions'
import { everything, filtered, filterParts, isFiltering } from '../../../app/results/tradeFilter'
import { trade } from './sample'

const ended = (...rs: readonly number[]): MeasuredTrade[] => rs.map((r, i) => ({ ...trade(i + 1), r }))
const anyR = fc.oneof(
  fc.double({ min: -40, max: 200, noNaN: true }),
  // Edges of bins themselves, which sums of decimals miss by their last bit.
  fc.integer({ min: -30, max: 80 }).map((tenths) => tenths * 0.1),
  fc.constantFrom(-1, 0, -0, 0.30000000000000004, -0.9999999999),
)

describe('R per trade', () => {
  it('every trade lies in exactly one bin, and a click on it finds just as many', () => {
    fc.assert(
      fc.property(fc.array(anyR, { minLength: 1, maxLength: 200 }), (rs) => {
        const trades = ended(...rs)
        const { bins, most } = histogramOf(trades)
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(rs.length)
        for (const r of rs) expect(bins.filter(({ span }) => inSpan(r, span))).toHaveLength(1)
        for (const { span, count } of bins) expect(filtered(trades, { ...everything, r: span })).toHaveLength(count)
        expect(most).toBe(Math.max(...bins.map(({ count }) => count)))
        expect(bins.length).toBeLessThanOrEqual(20)
      }),
    )
  })

  it('zero and full stops are on an edge or inside, in bins of one width side by side', () => {
    fc.assert(
      fc.property(fc.array(anyR, { minLength: 1, maxLength: 50 }), (rs) => {
        const { bins, from, to } = histogramOf(ended(...rs))
        expect(bins.some((bin) => bin.from === 0)).toBe(true)
        expect(from).toBeLessThanOrEqual(-1)
        expect(to).toBeGreaterThan(1)
        bins.forEach((bin, i) => {
          expect(bin.to - bin.from).toBeCloseTo((to - from) / bins.length, 9)
          if (i > 0) expect(bin.from).toBe(bins[i - 1]?.to)
        })
      }),
    )
  })

  it('takes the finest width of tenths that leaves bars one can point at', () => {
    const { bins } = histogramOf(ended(-1, -1, 0, 0.5, 0.7, 0.9))
    expect(bins.map(({ from }) => from).slice(0, 3)).toEqual([-1, -0.8, -0.6])
    expect(bins.find(({ from }) => from === -1)?.count).toBe(2)
    expect(bins.find(({ from }) => from === 0)?.count).toBe(1)
    expect(bins.find(({ from }) => from === 0.4)?.count).toBe(1)
    // 0.7 and 0.9 are not in one: [0.6, 0.8) and [0.8, 1).
    expect(bins.filter(({ count }) => count === 1).map(({ from }) => from)).toEqual([0, 0.4, 0.6, 0.8])
  })

  it('one far out does not flatten the others: the bar at the end is open, and says so', () => {
    const { bins, to } = histogramOf(ended(...Array.from({ length: 200 }, () => 0.5), 90))
    expect(to).toBeLessThan(2)
    expect(bins.at(-1)?.count).toBe(1)
    expect(spanText(bins.at(-1)?.span ?? { low: null, high: null })).toMatch(/^\+1 R and more$/)
    expect(bins[0]?.span.low).toBe(-1)
    const low = histogramOf(ended(...Array.from({ length: 200 }, () => -0.5), -90)).bins[0]
    expect(spanText(low?.span ?? { low: null, high: null })).toBe('below \u22120.8 R')
    expect(low?.count).toBe(1)
  })

  it('counts what has an R alone', () => {
    const trades = [trade(1), trade(2, { r: null }), trade(3, { r: 0 })]
    expect(measuredTrades({ trades }).map(({ no }) => no)).toEqual([1, 3])
    expect(filtered(trades, { ...everything, r: { low: null, high: null } }).map(({ no }) => no)).toEqual([1, 3])
  })

  it('names a span in the table, with the way out', () => {
    const r = { low: -0.2, high: 0 }
    expect(filterParts({ ...everything, r })).toEqual([{ key: 'r', label: '\u22120.2 to 0 R' }])
    expect(isFiltering({ ...everything, r })).toBe(true)
    expect([edgeText(1), edgeText(-2.5), edgeText(0)]).toEqual(['+1', '\u22122.5', '0'])
  })
})

describe('ticks', () => {
  it('are round, inside the scale, and few', () => {
    expect(ticksOf(-1, 1.2, 6)).toEqual([-1, -0.5, 0, 0.5, 1])
    expect(ticksOf(0, 6, 5)).toEqual([0, 2, 4, 6])
    expect(ticksOf(0, 1.5, 5)).toEqual([0, 0.5, 1, 1.5])
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 0, noNaN: true }),
        fc.double({ min: 0.5, max: 300, noNaN: true }),
        (from, to) => {
          const ticks = ticksOf(from, to, 6)
          expect(ticks.length).toBeLessThanOrEqual(6)
          expect(ticks).toContain(0)
          for (const tick of ticks) expect(tick >= from - 1e-6 && tick <= to + 1e-6).toBe(true)
        },
      ),
    )
  })
})

describe('worst and best moments', () => {
  const of = (no: number, maeR: number | null, mfeR: number | null): MeasuredTrade => ({
    ...trade(no, { maeR, mfeR }),
    r: 1.5,
  })
  const ground = { width: 227, height: 124 }

  it('stand across and up, zero at the lower left; beyond the ends on the edge', () => {
    const many = Array.from({ length: 98 }, (_, i) => of(i + 1, 0.5, 1))
    const ends = excursionsOf([...many, of(99, 0, 0), of(100, 30, 50), of(101, null, 3)])
    expect(ends).toMatchObject({ mae: 1.2, mfe: 1.2, beyond: 1 })
    expect(ends.points).toHaveLength(100)
    expect(spotOf({ mae: 0, mfe: 0 }, ends, ground)).toEqual({ x: 22, y: 106 })
    expect(spotOf({ mae: 30, mfe: 50 }, ends, ground)).toEqual({ x: 222, y: 6 })
    expect(spotOf({ mae: 0.6, mfe: 0.6 }, ends, ground)).toEqual({ x: 122, y: 56 })
  })

  it('have scales beyond a full stop, round, that nearly all trades are within', () => {
    const endsOf = (mfe: number) => excursionsOf([of(1, 0, mfe), of(2, 1, mfe)]).mfe
    expect([0.1, 1.16, 1.2, 1.94, 2, 3, 5.7].map(endsOf)).toEqual([1.2, 1.2, 1.4, 2, 2.5, 3.5, 6])
  })

  it('are found by the pointer where one is near, the nearest first', () => {
    const ends = excursionsOf([of(1, 0.6, 0.6), of(2, 0.64, 0.6), of(3, 1.15, 1.15)])
    expect(nearest(ends, ground, { x: 121, y: 56 })).toBe(0)
    expect(nearest(ends, ground, { x: 128, y: 56 })).toBe(1)
    expect(nearest(ends, ground, { x: 213, y: 19 })).toBe(2)
    expect(nearest(ends, ground, { x: 213, y: 21 })).toBeNull()
  })

  it('are told in a sentence', () => {
    const [point] = excursionsOf([of(12, 0.4, 1.6)]).points
    expect(point === undefined ? '' : excursionText(point)).toBe(
      'Trade 12, long: 0.40 R against it, 1.60 R for it, ended at +1.50 R',
    )
    expect(point === undefined ? '' : briefExcursion(point)).toBe('#12: \u22120.40 to +1.60, ended +1.50 R')
    expect([againstText(0), againstText(0.5), againstText(1)]).toEqual(['0', '\u22120.5', '\u22121'])
  })
})
