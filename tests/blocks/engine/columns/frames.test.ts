// Dense frames against a slow re-implementation on random minutes with holes, and by hand (semantics.md S5).
import { describe, expect, it } from 'vitest'
import { aggregate, densify, type Frame } from '../../../../blocks/engine/frame'
import type { BarRows } from '../../../../blocks/engine/rows'
import { Workspace } from '../../../../blocks/engine/workspace'
import { getBit } from '../../../../blocks/kit/bits'
import { type Timeframe, tfMs, timeframes } from '../../../../blocks/kit/timeframe'
import { marketOf, minuteMs, monday } from '../../../fixtures/bars'
import { Dice } from '../../../fixtures/dice'
import { difference } from '../laws/difference'

interface Row {
  readonly openMs: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly hole: boolean
  readonly partial: boolean
}

const rowsOf = (bars: BarRows): Omit<Row, 'hole' | 'partial'>[] =>
  Array.from(bars.openMs, (openMs, j) => {
    const at = (column: Float64Array): number => column[j] ?? Number.NaN
    return {
      openMs,
      open: at(bars.open),
      high: at(bars.high),
      low: at(bars.low),
      close: at(bars.close),
      volume: at(bars.volume),
    }
  })

const shown = (frame: Frame, openMs: (i: number) => number): Row[] =>
  Array.from({ length: frame.rows }, (_, i) => {
    const at = (column: Float64Array): number => column[i] ?? Number.NaN
    return {
      openMs: openMs(i),
      open: at(frame.open),
      high: at(frame.high),
      low: at(frame.low),
      close: at(frame.close),
      volume: at(frame.volume),
      hole: getBit(frame.hole, i),
      partial: getBit(frame.partial, i),
    }
  })

/** Start of the bar that holds an instant, by the calendar: weeks begin on Monday. */
const startOf = (tf: Timeframe, ms: number): number => {
  if (tf !== '1w') return ms - (ms % tfMs[tf])
  const day = ms - (ms % 86_400_000)
  return day - ((new Date(day).getUTCDay() + 6) % 7) * 86_400_000
}

/** Bars one by one, each of the minutes that the calendar puts into it. */
const slowly = (bars: BarRows, tf: Timeframe): Row[] => {
  const minutes = rowsOf(bars)
  const [first, last] = [minutes[0], minutes.at(-1)]
  if (first === undefined || last === undefined) return []
  const endMs = last.openMs + minuteMs
  const inBar = new Map<number, (typeof minutes)[number][]>()
  for (const minute of minutes) {
    const start = startOf(tf, minute.openMs)
    const list = inBar.get(start)
    if (list === undefined) inBar.set(start, [minute])
    else list.push(minute)
  }
  const out: Row[] = []
  for (let openMs = startOf(tf, first.openMs); openMs <= last.openMs; openMs += tfMs[tf]) {
    const own = inBar.get(openMs) ?? []
    const complete = openMs >= first.openMs && openMs + tfMs[tf] <= endMs
    const [a, b] = [own[0], own.at(-1)]
    if (!complete || a === undefined || b === undefined) {
      const close = out.at(-1)?.close ?? Number.NaN
      out.push({ openMs, open: close, high: close, low: close, close, volume: 0, hole: true, partial: false })
      continue
    }
    out.push({
      openMs,
      open: a.open,
      high: Math.max(...own.map((minute) => minute.high)),
      low: Math.min(...own.map((minute) => minute.low)),
      close: b.close,
      volume: own.reduce((sum, minute) => sum + minute.volume, 0),
      hole: false,
      partial: own.length < tfMs[tf] / minuteMs,
    })
  }
  return out
}

describe('S5', () => {
  it.each(timeframes)('%s bars of random minutes with holes are those of a slow count', (tf) => {
    for (let seed = 1; seed <= 6; seed++) {
      const dice = new Dice(seed * 101)
      const minutes = tf === '1w' || tf === '1d' ? 26_000 : 5000
      const market = marketOf({
        seed,
        minutes,
        fromMs: monday - dice.int(0, 9000) * minuteMs,
        holes: dice.pick([0, 8, 300]),
      })
      const frame = new Workspace([market]).frame(market.instrument.id, tf)
      const first = market.bars.openMs[0] ?? Number.NaN
      const wanted = slowly(market.bars, tf)
      // Bit for bit, as toEqual() would, in a tenth of its time: up to 26,000 rows.
      expect(
        difference(
          shown(frame, (i) => startOf(tf, first) + i * tfMs[tf]),
          wanted,
        ),
      ).toEqual([])
    }
  })

  const bars = (
    minutes: readonly (readonly [minute: number, o: number, h: number, l: number, c: number, v: number])[],
  ): BarRows => {
    const column = (j: number): Float64Array => Float64Array.from(minutes, (row) => row[j] ?? Number.NaN)
    return {
      tf: '1m',
      openMs: column(0).map((k) => monday + k * minuteMs),
      open: column(1),
      high: column(2),
      low: column(3),
      close: column(4),
      volume: column(5),
    }
  }
  const span = (from: number, to: number) => ({ fromMs: monday + from * minuteMs, toMs: monday + to * minuteMs })

  it('missing minutes repeat the last close with volume 0', () => {
    const frame = densify(
      bars([
        [0, 10, 12, 9, 11, 5],
        [3, 13, 14, 12, 12, 7],
      ]),
      span(0, 4),
    )
    expect(
      shown(frame, (i) => i).map(({ open, high, low, close, volume, hole }) => [open, high, low, close, volume, hole]),
    ).toEqual([
      [10, 12, 9, 11, 5, false],
      [11, 11, 11, 11, 0, true],
      [11, 11, 11, 11, 0, true],
      [13, 14, 12, 12, 7, false],
    ])
  })

  it('nothing is known before the first bar of all', () => {
    const frame = densify(bars([[2, 10, 10, 10, 10, 1]]), span(0, 3))
    expect([...frame.close]).toEqual([Number.NaN, Number.NaN, 10])
    expect([0, 1, 2].map((i) => getBit(frame.hole, i))).toEqual([true, true, false])
  })

  it('a slower bar: open of the first, extremes, close of the last, volume left to right; partial and hole told apart', () => {
    const minutes = bars([
      [0, 10, 11, 9, 10, 0.1],
      [1, 10, 15, 10, 12, 0.2],
      [2, 12, 13, 8, 9, 0.3],
      [4, 9, 10, 9, 10, 1],
      [9, 10, 12, 10, 11, 2],
      [10, 11, 11, 11, 11, 3],
      [11, 11, 11, 11, 11, 3],
    ])
    const frame = aggregate(densify(minutes, span(0, 12)), '3m', span(0, 12))
    expect(shown(frame, (i) => i)).toEqual([
      // 0.1 + 0.2 + 0.3 from the left is 0.6000000000000001.
      { openMs: 0, open: 10, high: 15, low: 8, close: 9, volume: 0.6000000000000001, hole: false, partial: false },
      { openMs: 1, open: 9, high: 10, low: 9, close: 10, volume: 1, hole: false, partial: true },
      { openMs: 2, open: 10, high: 10, low: 10, close: 10, volume: 0, hole: true, partial: false },
      { openMs: 3, open: 10, high: 12, low: 10, close: 11, volume: 8, hole: false, partial: false },
    ])
  })

  it('incomplete bars at either end are dropped', () => {
    const minutes = bars([1, 2, 3, 4, 5, 6].map((k) => [k, k, k, k, k, 1] as const))
    const frame = aggregate(densify(minutes, span(1, 7)), '3m', span(1, 7))
    // Minutes 1..2 and minute 6 belong to bars that began earlier or end later.
    expect(shown(frame, (i) => i).map(({ close, hole }) => [close, hole])).toEqual([
      [Number.NaN, true],
      [5, false],
      [5, true],
    ])
  })

  it('weeks begin on Monday 00:00 UTC', () => {
    const week = 7 * 1440
    const minutes = bars(Array.from({ length: week + 1440 }, (_, k) => [k - 1440, k, k, k, k, 1] as const))
    const frame = aggregate(densify(minutes, span(-1440, week)), '1w', span(-1440, week))
    // A Sunday, then a whole week: the first row is the Sunday's week, incomplete.
    expect(frame.rows).toBe(2)
    expect([getBit(frame.hole, 0), getBit(frame.hole, 1)]).toEqual([true, false])
    expect([frame.open[1], frame.close[1]]).toEqual([1440, 1440 + week - 1])
  })
})
