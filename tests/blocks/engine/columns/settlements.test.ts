// S38 where the interval of settlements changes: what is a new cycle, and what is a settlement that is missing.
import { describe, expect, it } from 'vitest'
import { fundingPlan } from '../../../../blocks/engine/funding'
import type { MarketRows } from '../../../../blocks/engine/rows'
import { monday } from '../../../fixtures/bars'

const hourMs = 3_600_000
const at = (hour: number): number => monday + hour * hourMs

const perp = (hours: readonly number[], intervals: readonly number[] | null = null): MarketRows => {
  const bar = Float64Array.of(100)
  return {
    instrument: {
      id: 'x:A.P',
      kind: 'perp',
      tick: '0.1',
      step: '0.001',
      minQty: 0.001,
      minNotional: 5,
      brackets: [],
      source: 'by hand',
    },
    barsOf: 'x:A.P',
    synthetic: false,
    bars: { tf: '1m', openMs: Float64Array.of(monday), open: bar, high: bar, low: bar, close: bar, volume: bar },
    funding: {
      stampMs: Float64Array.from(hours, at),
      rate: new Float64Array(hours.length).fill(0.0001),
      intervalMs: intervals === null ? null : Float64Array.from(intervals, (hour) => hour * hourMs),
    },
    mark: null,
    notices: [],
  }
}

/** Hours of the settlements that a run from hour `from` to hour `to` would miss. */
const missing = (market: MarketRows, [from, to]: readonly [number, number]): number[] => {
  const { plan } = fundingPlan(market, { fromMs: at(from), toMs: at(to), gaps: 'mark' })
  if (plan === null) throw new Error('no plan')
  return [...plan.ms].filter((_, j) => Number.isNaN(plan.rate[j])).map((ms) => (ms - monday) / hourMs)
}
const refusal = (market: MarketRows, [from, to]: readonly [number, number]): string | null =>
  fundingPlan(market, { fromMs: at(from), toMs: at(to), gaps: 'refuse' }).problem?.code ?? null

describe('S38 distances alone', () => {
  it('from 4 to 8 hours is a new cycle once three distances in a row say so', () => {
    const changed = perp([0, 4, 8, 16, 24, 32])
    expect(missing(changed, [0, 33])).toEqual([])
    expect(refusal(changed, [0, 33])).toBeNull()
  })

  it('two longer distances could be two settlements missing: refused', () => {
    expect(missing(perp([0, 4, 8, 16, 24]), [0, 25])).toEqual([12])
    expect(missing(perp([0, 4, 8, 16, 24, 28, 32]), [0, 33])).toEqual([12])
    expect(refusal(perp([0, 4, 8, 16, 24]), [0, 25])).toBe('funding_missing')
  })

  it('from 8 to 4 and from 1 to 8 hours', () => {
    expect(missing(perp([0, 8, 16, 20, 24]), [0, 25])).toEqual([])
    expect(missing(perp([5, 6, 7, 8, 16, 24, 32]), [5, 33])).toEqual([])
  })

  it('a settlement that is missing at the change is not taken for the change', () => {
    // 16 is missing, and so by the shorter interval are 12 and 20: nothing says which cycle held.
    expect(missing(perp([0, 4, 8, 24, 32, 40]), [0, 41])).toEqual([12, 16, 20])
  })

  it('no venue changes to more than 8 hours: every second settlement of an 8 hour cycle is missing', () => {
    expect(missing(perp([0, 8, 16, 32, 48, 64]), [0, 65])).toEqual([24])
    expect(refusal(perp([0, 8, 16, 32, 48, 64]), [0, 65])).toBe('funding_missing')
  })
})

describe('S38 the interval column', () => {
  it('of the settlement at either end of a distance may say that nothing is missing in it', () => {
    // The column speaks of the time before each settlement, or of the time behind it.
    expect(missing(perp([0, 4, 8, 16, 24], [4, 4, 4, 8, 8]), [0, 25])).toEqual([])
    expect(missing(perp([0, 4, 8, 16, 24], [4, 4, 8, 8, 8]), [0, 25])).toEqual([])
    expect(missing(perp([0, 8, 16, 20, 24], [8, 8, 8, 4, 4]), [0, 25])).toEqual([])
  })

  it('a distance that neither end explains has settlements missing in it', () => {
    expect(missing(perp([0, 4, 8, 16, 20], [4, 4, 4, 4, 4]), [0, 21])).toEqual([12])
    expect(missing(perp([0, 4, 8, 24, 32], [4, 4, 4, 8, 8]), [0, 33])).toEqual([12, 16, 20])
  })

  it('the settlements before the first stored one are expected too', () => {
    expect(missing(perp([8, 12, 16], [4, 4, 4]), [0, 17])).toEqual([4])
  })
})
