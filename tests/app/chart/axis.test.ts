// The time axis, the level of detail and where the chart looks.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detailOf, type Held, leastPixels, mostBars, wants, windowFor } from '../../../app/chart/detail'
import { barAt, closedAt, closeOf, cursorBar, type Grid, msAt, openOf, placeOf } from '../../../app/chart/grid'
import { centred, homeSpan, kept, reaching, tradeSpan, zoomed } from '../../../app/chart/spans'
import { rowOf, type Timeframe, tfMs, timeframes } from '../../../blocks/kit/timeframe'

const hour = tfMs['1h']
const t0 = Date.UTC(2024, 0, 1)
const gridFrom = (tf: Timeframe, ms: number, rows = 100): Grid => ({ tf, row0: rowOf(tf, ms), rows })
const anyTf = fc.constantFrom(...timeframes)
const anyMs = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2030, 0, 1) })

describe('the grid', () => {
  it('holds an instant in exactly one bar, on every timeframe', () => {
    fc.assert(
      fc.property(anyTf, anyMs, anyMs, (tf, first, ms) => {
        const grid = gridFrom(tf, first)
        const at = barAt(grid, ms)
        expect(openOf(grid, at)).toBeLessThanOrEqual(ms)
        expect(closeOf(grid, at)).toBeGreaterThan(ms)
        expect(closedAt(grid, ms)).toBe(at - 1)
      }),
    )
  })

  it('maps instants to places and back without loss', () => {
    fc.assert(
      fc.property(anyTf, anyMs, anyMs, (tf, first, ms) => {
        const grid = gridFrom(tf, first)
        expect(msAt(grid, placeOf(grid, ms))).toBeCloseTo(ms, 0)
      }),
    )
  })

  it('puts the open half a bar left of the middle and the close half a bar right', () => {
    const grid = gridFrom('1h', t0)
    expect(placeOf(grid, t0)).toBe(-0.5)
    expect(placeOf(grid, t0 + hour / 2)).toBe(0)
    expect(placeOf(grid, t0 + 3 * hour)).toBe(2.5)
    expect(msAt(grid, -10)).toBe(t0 - 9.5 * hour)
  })

  it('shows the cursor of a decision on the bar that closed then, and inside a coarser bar on that', () => {
    const grid = gridFrom('1h', t0)
    expect(cursorBar(grid, t0 + hour)).toBe(0)
    expect(cursorBar(grid, t0 + hour + 1)).toBe(1)
    expect(cursorBar(gridFrom('4h', t0), t0 + hour)).toBe(0)
    expect(cursorBar(gridFrom('4h', t0), t0 + 5 * hour)).toBe(1)
  })

  it('knows weeks that begin on Monday', () => {
    const monday = Date.UTC(2024, 0, 8)
    const grid = gridFrom('1w', monday, 4)
    expect(openOf(grid, 0)).toBe(monday)
    expect(barAt(grid, monday - 1)).toBe(-1)
  })
})

describe('the level of detail', () => {
  const ask = { width: 500, finest: '15m' as Timeframe, shown: null }
  const view = (bars: number, tf: Timeframe) => ({ fromMs: t0, toMs: t0 + bars * tfMs[tf] })

  it('takes the finest timeframe whose bars can be seen, never finer than the Play', () => {
    expect(detailOf(view(100, '15m'), ask)).toBe('15m')
    expect(detailOf(view(333, '15m'), ask)).toBe('15m')
    expect(detailOf(view(334, '15m'), ask)).toBe('30m')
    expect(detailOf(view(2, '1m'), ask)).toBe('15m')
    expect(detailOf(view(5000, '1w'), ask)).toBe('1w')
  })

  it('gives bars of at least the least width, whenever any timeframe does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 200, max: 3000 }), (days, width) => {
        const span = { fromMs: t0, toMs: t0 + days * tfMs['1d'] }
        const tf = detailOf(span, { width, finest: '1m', shown: null })
        expect((width * tfMs[tf]) / (span.toMs - span.fromMs)).toBeGreaterThanOrEqual(leastPixels)
        const finer = timeframes[timeframes.indexOf(tf) - 1]
        if (finer !== undefined) expect((width * tfMs[finer]) / (span.toMs - span.fromMs)).toBeLessThan(leastPixels)
      }),
    )
  })

  it('comes back to finer bars only when they have room: no flicker at the border', () => {
    const border = view(330, '15m')
    expect(detailOf(border, ask)).toBe('15m')
    expect(detailOf(border, { ...ask, shown: '30m' })).toBe('30m')
    expect(detailOf(view(240, '15m'), { ...ask, shown: '30m' })).toBe('15m')
    expect(detailOf(view(340, '15m'), { ...ask, shown: '15m' })).toBe('30m')
  })

  it('forgets a timeframe that the Play no longer allows', () => {
    expect(detailOf(view(100, '15m'), { ...ask, shown: '1m' })).toBe('15m')
  })

  it('asks for whole bars around what is seen, and never for more than one answer holds', () => {
    fc.assert(
      fc.property(anyTf, anyMs, fc.integer({ min: 1, max: 4000 }), (tf, from, bars) => {
        const seen = { fromMs: from, toMs: from + bars * tfMs[tf] }
        const window = windowFor(seen, tf)
        expect(openOf(gridFrom(tf, window.fromMs), 0)).toBe(window.fromMs)
        expect((window.toMs - window.fromMs) / tfMs[tf]).toBeLessThanOrEqual(mostBars)
        expect(window.fromMs).toBeLessThanOrEqual(seen.fromMs)
        expect(window.toMs).toBeGreaterThanOrEqual(seen.toMs)
      }),
    )
  })

  const held: Held = {
    tf: '1h',
    grid: gridFrom('1h', t0, 1000),
    asked: { fromMs: t0, toMs: t0 + 1000 * hour },
  }
  const seen = (from: number, bars: number) => ({ fromMs: t0 + from * hour, toMs: t0 + (from + bars) * hour })

  it('asks anew before an edge comes into sight, and not before', () => {
    expect(wants(seen(400, 100), '1h', held)).toBe(false)
    expect(wants(seen(101, 100), '1h', held)).toBe(false)
    expect(wants(seen(99, 100), '1h', held)).toBe(true)
    expect(wants(seen(801, 100), '1h', held)).toBe(true)
    expect(wants(seen(799, 100), '1h', held)).toBe(false)
  })

  it('asks anew for another timeframe and while nothing is held', () => {
    expect(wants(seen(400, 100), '2h', held)).toBe(true)
    expect(wants(seen(400, 100), '1h', { ...held, grid: { ...held.grid, rows: 0 } })).toBe(true)
  })

  it('does not ask for what is not there: the window ended before what was asked', () => {
    const end = { ...held, asked: { fromMs: t0 - 500 * hour, toMs: t0 + 1500 * hour } }
    expect(wants(seen(-50, 100), '1h', end)).toBe(false)
    expect(wants(seen(960, 100), '1h', end)).toBe(false)
  })

  it('is content with coarser bars than asked for, where no finer ones are stored', () => {
    const coarse = { tf: '15m' as Timeframe, grid: gridFrom('1h', t0, 1000), asked: held.asked }
    expect(wants(seen(400, 100), '15m', coarse)).toBe(false)
  })
})

describe('where the chart looks', () => {
  it('begins at the newest bars with room behind them', () => {
    const home = homeSpan(t0, '1h', 600)
    expect((home.toMs - home.fromMs) / hour).toBe(100)
    expect(home.toMs).toBe(t0 + 11 * hour)
  })

  it('shows the whole of a trade, in its middle, whatever its length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 10, max: 100_000 }), (held, bars) => {
        const trade = { entryMs: t0, endMs: t0 + held * hour }
        const span = tradeSpan(trade, centred(t0 - 1e9, bars * hour), '1h')
        expect(span.fromMs).toBeLessThan(trade.entryMs)
        expect(span.toMs).toBeGreaterThan(trade.endMs)
        expect((span.fromMs + span.toMs) / 2).toBeCloseTo((trade.entryMs + trade.endMs) / 2, 0)
        // Long enough to be seen: a sixth of the picture, or the bars are as wide as they should be.
        const length = span.toMs - span.fromMs
        expect(length <= Math.max(6 * (trade.endMs - trade.entryMs), 60 * hour)).toBe(true)
      }),
    )
  })

  it('zooms around a point that stays where it is', () => {
    const span = zoomed({ fromMs: 0, toMs: 100 }, 25, 0.5)
    expect(span).toEqual({ fromMs: 12.5, toMs: 62.5 })
    expect((25 - span.fromMs) / (span.toMs - span.fromMs)).toBe(0.25)
  })

  it('leaves no more than a quarter of the picture behind the newest bar', () => {
    expect(kept({ fromMs: 0, toMs: 100 }, 75)).toEqual({ fromMs: 0, toMs: 100 })
    expect(kept({ fromMs: 0, toMs: 100 }, 50)).toEqual({ fromMs: -25, toMs: 75 })
  })

  it('moves no further than it must to reach an instant', () => {
    const span = { fromMs: 0, toMs: 100 }
    expect(reaching(span, 50)).toEqual(span)
    expect(reaching(span, 95)).toEqual({ fromMs: 5, toMs: 105 })
    expect(reaching(span, -20)).toEqual({ fromMs: -30, toMs: 70 })
  })
})
