// Civil dates by arithmetic against the platform's calendar, month tables and the cuts of trades by time.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { civilOf, dateText, timeText } from '../../../../blocks/engine/metrics/calendar'
import { monthlyOf } from '../../../../blocks/engine/metrics/monthly'
import type { ClosedTrade } from '../../../../blocks/engine/metrics/outcome'
import { splitsOf } from '../../../../blocks/engine/metrics/splits'
import { toTimeMs } from '../../../../blocks/kit/brand'
import { dayMs, factsOf, newYear, tradeOf, walkOf } from './facts'

const hourMs = 3_600_000

describe('civil dates', () => {
  it('equal those of the platform from year 1 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (second) => {
        const date = new Date(second * 1000)
        expect(civilOf(second * 1000)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          weekday: (date.getUTCDay() + 6) % 7,
          hour: date.getUTCHours(),
          minute: date.getUTCMinutes(),
          second: date.getUTCSeconds(),
        })
      }),
      { numRuns: 2000 },
    )
  })
  it('know leap days and centuries', () => {
    expect(dateText(Date.UTC(2024, 1, 29))).toBe('2024-02-29')
    expect(dateText(Date.UTC(2100, 1, 28) + dayMs)).toBe('2100-03-01')
    expect(dateText(Date.UTC(2000, 1, 28) + dayMs)).toBe('2000-02-29')
    expect(dateText(-1)).toBe('1969-12-31')
    expect(timeText(Date.UTC(2024, 0, 5, 7, 3))).toBe('2024-01-05 07:03')
    expect(timeText(Date.UTC(2024, 0, 5, 7, 3, 9))).toBe('2024-01-05 07:03:09')
  })
})

describe('monthly returns', () => {
  it('go from first sample of a month to the first of the next, part months at the ends', () => {
    // 2024-01-30 12:00 to 2024-03-02: samples from the 31st to 2 March, 33 of them.
    const fromMs = newYear + 29.5 * dayMs
    const count = 32
    const sampleMs = Float64Array.from({ length: count }, (_, i) => newYear + (30 + i) * dayMs)
    // 1000 on Jan 30, 1100 on Feb 1 (sample 1), 880 on Mar 1 (sample 30), 924 at the end.
    const sampleEquity = Float64Array.from({ length: count }, (_, i) =>
      i < 1 ? 1050 : i < 30 ? 1100 : i < 31 ? 880 : 924,
    )
    const facts = factsOf([], {
      fromMs,
      toMs: newYear + 61 * dayMs,
      firstEquity: 1000,
      lastEquity: 924,
      sampleMs,
      sampleEquity,
    })
    const rows = monthlyOf(facts)
    expect(rows.map(({ year, month, partial }) => [year, month, partial])).toEqual([
      [2024, 1, true],
      [2024, 2, false],
      [2024, 3, true],
    ])
    const [january, february, march] = rows.map((row) => row.returnPct)
    expect(january).toBeCloseTo(10, 12)
    expect(february).toBeCloseTo(-20, 12)
    expect(march).toBeCloseTo(5, 12)
  })

  it('of whole months: no empty rows at the edges', () => {
    const equities = Array.from({ length: 61 }, (_, i) => (i < 31 ? 1000 : i < 60 ? 1200 : 1500))
    expect(monthlyOf(factsOf(equities))).toEqual([
      { year: 2024, month: 1, returnPct: 100 * (1200 / 1000 - 1), partial: false },
      { year: 2024, month: 2, returnPct: 100 * (1500 / 1200 - 1), partial: false },
    ])
  })

  it('compound to the whole return', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.2, max: 0.25, noNaN: true }), { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 0, max: 400 * dayMs }),
        (rs, shift) => {
          const base = factsOf(walkOf(rs, 1000))
          const days = Math.floor(shift / dayMs) * dayMs
          const sampleMs = base.sampleMs.map((ms) => ms + days)
          const facts = {
            ...base,
            sampleMs,
            fromMs: toTimeMs(base.fromMs + days),
            toMs: toTimeMs(base.toMs + days + 1),
          }
          const whole = monthlyOf(facts).reduce((product, row) => product * (1 + Number(row.returnPct) / 100), 1)
          expect(Math.abs((whole * facts.firstEquity) / facts.lastEquity - 1)).toBeLessThan(1e-9)
        },
      ),
    )
  })

  it('are null once equity is gone', () => {
    const equities = Array.from({ length: 61 }, (_, i) => (i < 30 ? 1000 : -250))
    expect(monthlyOf(factsOf(equities)).map((row) => row.returnPct)).toEqual([-125, null])
  })
})

const closed = (over: Parameters<typeof tradeOf>[0]): ClosedTrade => tradeOf(over) as ClosedTrade

describe('splits', () => {
  // Monday 2024-01-01 00:00 and so on; nets 10 20 -5 0 -7 -8 in the order of exits 1 2 3 4 6 5.
  const trades = [
    closed({ no: 1, netUsdt: 10, r: 1, feesUsdt: 1, exitMs: newYear + 2 * hourMs, exitReason: 'target' }),
    closed({
      no: 2,
      netUsdt: 20,
      r: 3,
      side: 'short',
      entryMs: newYear + 23 * hourMs,
      exitMs: newYear + 27 * hourMs,
      exitReason: 'target',
    }),
    closed({ no: 3, netUsdt: -5, r: -1, fundingUsdt: -2, entryMs: newYear + 2 * dayMs, exitMs: newYear + 3 * dayMs }),
    closed({
      no: 4,
      netUsdt: 0,
      r: null,
      setup: 'retest',
      entryMs: newYear + 6 * dayMs,
      exitMs: newYear + 6 * dayMs + hourMs,
      exitReason: 'time',
    }),
    closed({ no: 5, netUsdt: -7, entryMs: newYear + 7 * dayMs, exitMs: newYear + 35 * dayMs }),
    closed({
      no: 6,
      netUsdt: -8,
      instrument: 'binance:ETHUSDT',
      entryMs: newYear + 8 * dayMs,
      exitMs: newYear + 9 * dayMs,
      exitReason: 'signal',
    }),
  ]
  const splits = splitsOf(trades)
  const table = (rows: typeof splits.side) => rows.map(({ key, trades: count, netUsdt }) => [key, count, netUsdt])

  it('cut by side, reason, setup and symbol', () => {
    expect(table(splits.side)).toEqual([
      ['long', 5, -10],
      ['short', 1, 20],
    ])
    expect(table(splits.exitReason)).toEqual([
      ['signal', 1, -8],
      ['stop', 2, -12],
      ['target', 2, 30],
      ['time', 1, 0],
    ])
    expect(table(splits.setup)).toEqual([
      ['enter', 5, 10],
      ['retest', 1, 0],
    ])
    expect(table(splits.instrument)).toEqual([
      ['binance:BTCUSDT', 5, 18],
      ['binance:ETHUSDT', 1, -8],
    ])
    expect(splits.exitReason[2]).toEqual({
      key: 'target',
      trades: 2,
      wins: 2,
      losses: 0,
      breakeven: 0,
      netUsdt: 30,
      feesUsdt: 1,
      fundingUsdt: 0,
      winRatePct: 100,
      expectancyR: 2,
    })
    expect(splits.setup[1]?.expectancyR).toBeNull()
  })

  it('setups of longs before those of shorts, each in the order of their first trades', () => {
    const of = (setup: string, side: 'long' | 'short') => closed({ setup, side })
    const mixed = [
      of('short/b', 'short'),
      of('z', 'long'),
      of('short/a', 'short'),
      of('y', 'long'),
      of('short/b', 'short'),
    ]
    expect(splitsOf(mixed).setup.map(({ key, trades: count }) => [key, count])).toEqual([
      ['z', 1],
      ['y', 1],
      ['short/b', 2],
      ['short/a', 1],
    ])
  })

  it('cut by month of the exit, weekday and hour of the entry', () => {
    expect(table(splits.exitMonth)).toEqual([
      ['2024-01', 5, 17],
      ['2024-02', 1, -7],
    ])
    expect(table(splits.entryWeekday)).toEqual([
      ['Monday', 3, 23],
      ['Tuesday', 1, -8],
      ['Wednesday', 1, -5],
      ['Sunday', 1, 0],
    ])
    expect(table(splits.entryHour)).toEqual([
      ['00', 5, -10],
      ['23', 1, 20],
    ])
  })

  it('count streaks in the order of exits, and holding times', () => {
    expect(splits.streaks).toEqual({ wins: 2, losses: 2 })
    expect(splitsOf(trades.filter((trade) => trade.no !== 4)).streaks).toEqual({ wins: 2, losses: 3 })
    expect(splits.holding.winners).toEqual({ trades: 2, meanMs: 3 * hourMs, medianMs: 3 * hourMs, maxMs: 4 * hourMs })
    expect(splits.holding.losers).toEqual({ trades: 3, meanMs: 10 * dayMs, medianMs: dayMs, maxMs: 28 * dayMs })
    expect(splits.holding.all.trades).toBe(6)
    expect([splits.best?.no, splits.worst?.no]).toEqual([2, 6])
  })

  it('follow exits, not entries, and name the earlier of equals', () => {
    // Entered won, lost, lost; left in the order lost, won, lost.
    const crossed = [
      closed({ no: 1, netUsdt: 5, exitMs: newYear + 10 * dayMs }),
      closed({ no: 2, netUsdt: -5, entryMs: newYear + 1, exitMs: newYear + dayMs }),
      closed({ no: 3, netUsdt: -5, entryMs: newYear + 2, exitMs: newYear + 11 * dayMs }),
      closed({ no: 4, netUsdt: 5, entryMs: newYear + 3, exitMs: newYear + 12 * dayMs }),
    ]
    const { streaks, best, worst } = splitsOf(crossed)
    expect(streaks).toEqual({ wins: 1, losses: 1 })
    expect([best?.no, worst?.no]).toEqual([1, 2])
  })

  it('of no trades are empty', () => {
    const none = splitsOf([])
    expect([none.side, none.best, none.worst, none.holding.all.meanMs]).toEqual([[], null, null, null])
    expect(none.streaks).toEqual({ wins: 0, losses: 0 })
  })
})
