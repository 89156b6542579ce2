// Words of the chart: times, values, places of labels, pivots, equity lines and the sentence that is spoken.
import { describe, expect, it } from 'vitest'
import { deepestOf, drawBesideName, drawDeepest } from '../../../app/chart/drawEquity'
import { keptDrawings } from '../../../app/chart/drawing'
import { equityLines, sampleAt } from '../../../app/chart/equityLines'
import { inUnit } from '../../../app/chart/equityPicture'
import { overlaps } from '../../../app/chart/labels'
import { drawnPivots } from '../../../app/chart/pivots'
import {
  cursorTime,
  decimalsOf,
  fullText,
  rText,
  shareText,
  spoken,
  tagText,
  tickText,
  valueText,
} from '../../../app/chart/text'
import { holdingOf, underwaterOf } from '../../../app/chart/underwater'
import { whatText } from '../../../app/chart/whatText'
import type { PivotMark } from '../../../app/engine/protocol'
import { hour, sheetOf, t0 as sheetStart, texts } from './paper'

const t0 = Date.UTC(2024, 9, 28, 2)
const day = 86_400_000
const sheetMs = (bar: number): number => sheetStart + bar * hour

describe('times', () => {
  it('at the cursor are those of the close, at which decisions are made; of days the day itself', () => {
    expect(cursorTime(t0, '15m')).toBe(t0 + 900_000)
    expect(cursorTime(Date.UTC(2024, 0, 1), '1d')).toBe(Date.UTC(2024, 0, 1))
  })

  it('are UTC, with the hour only where bars are shorter than a day', () => {
    expect(tagText(t0, '1h')).toBe('28 Oct 02:00')
    expect(fullText(t0, '15m')).toBe('28 Oct 2024 02:00')
    expect(tagText(Date.UTC(2024, 0, 1), '1d')).toBe('01 Jan 2024')
    expect([0, 1, 2, 3].map((weight) => tickText(t0, weight))).toEqual(['2024', 'Oct', '28 Oct', '02:00'])
  })
})

describe('values', () => {
  it('are written as what they are', () => {
    expect(valueText(67737.5, 'P', 1)).toBe('67,737.5')
    expect(valueText(0.0003, 'R', 1)).toBe('0.030 %')
    expect(valueText(-0.00021, 'R', 1)).toBe('\u22120.021 %')
    expect(valueText(29.24, 'O', 1)).toBe('29.2')
    expect(valueText(254.46, 'D', 1)).toBe('254.5')
    expect(valueText(0.012345, 'D', 1)).toBe('0.0123')
    expect(valueText(1_234_567, 'A', 1)).toBe('1.23 M')
    expect(valueText(12, 'T', 1)).toBe('12 bars')
    expect(valueText(1.23456, 'N', 1)).toBe('1.235')
    expect(valueText(Number.NaN, 'P', 1)).toBe('\u2013')
  })

  it('take the decimals of the finest price', () => {
    expect(decimalsOf([1, 2.5, 3.25])).toBe(2)
    expect(decimalsOf([67785.8, 67786])).toBe(1)
    expect(decimalsOf([0.00001234])).toBe(8)
    expect(decimalsOf([])).toBe(0)
  })

  it('write R and shares without dead decimals', () => {
    expect([1, 1.5, -0.98, 2.004, 10, 0].map(rText)).toEqual(['+1 R', '+1.5 R', '\u22120.98 R', '+2 R', '+10 R', '0 R'])
    expect([0.5, 1, 0.333].map(shareText)).toEqual(['50 %', '100 %', '33 %'])
  })
})

describe('the spoken bar', () => {
  const bar = { open: 100, high: 110, low: 90, close: 101 }
  it('says when, prices, move and what else is there', () => {
    expect(spoken({ openMs: t0, tf: '1h', bar, decimals: 1, also: ['long trade 3 opened'] })).toBe(
      '28 Oct 2024 03:00, open 100.0, high 110.0, low 90.0, close 101.0, +1.00 %, long trade 3 opened.',
    )
    expect(spoken({ openMs: t0, tf: '1h', bar: null, decimals: 1, also: [] })).toBe('28 Oct 2024 03:00, no data.')
  })
})

describe('pivots', () => {
  const pivot = ([kind, knownMs, price, node = 'swing']: readonly [
    'high' | 'low',
    number,
    number,
    string?,
  ]): PivotMark => ({
    node,
    kind,
    formedMs: knownMs - 3,
    knownMs,
    price,
  })

  it('are named against the one of the same kind and node before, and hold until the next is known', () => {
    const drawn = drawnPivots([
      pivot(['high', 10, 100]),
      pivot(['low', 12, 90]),
      pivot(['high', 14, 105]),
      pivot(['low', 16, 80]),
      pivot(['high', 18, 101]),
      pivot(['low', 20, 85]),
      pivot(['high', 22, 101]),
      pivot(['high', 23, 1, 'other']),
    ])
    const known = [...drawn].sort((a, b) => a.knownMs - b.knownMs)
    expect(known.map(({ label }) => label)).toEqual([null, null, 'HH', 'LL', 'LH', 'HL', null, null])
    expect(known.map(({ untilMs }) => untilMs)).toEqual([14, 16, 18, 20, 22, null, null, null])
  })

  it('count by the longer of their two legs, the greatest first; of one node alone', () => {
    const drawn = drawnPivots([
      pivot(['high', 10, 100]),
      pivot(['low', 12, 90]),
      pivot(['high', 14, 105]),
      pivot(['low', 16, 101]),
      pivot(['low', 17, 1, 'other']),
    ])
    expect(drawn.map(({ knownMs, size }) => [knownMs, size])).toEqual([
      [12, 15],
      [14, 15],
      [10, 10],
      [16, 4],
      [17, 0],
    ])
  })
})

describe('what is under the mouse', () => {
  const swing = {
    node: 'swing',
    kind: 'high',
    formedMs: t0,
    knownMs: t0 + 5 * 3_600_000,
    price: 67786,
    size: 1,
  } as const
  it('is explained: where a pivot formed, and since when a Play could know it', () => {
    const pivot = { ...swing, label: 'HH', untilMs: null } as const
    const titleOf = (path: string): string => `<${path}>`
    expect(whatText({ kind: 'formed', pivot }, { decimals: 1, titleOf })).toBe(
      'Swing high 67,786.0, a higher high (HH). It formed on the bar of 28 Oct 2024 02:00; nobody could know it yet.',
    )
    expect(whatText({ kind: 'known', pivot: { ...pivot, label: null } }, { decimals: 0, titleOf })).toBe(
      'Swing high 67,786. Known from 28 Oct 2024 07:00 on, 5 h after its bar opened.',
    )
    const miss = { ms: t0, side: 'short', setup: 'sell', node: 'short/trend_up' } as const
    expect(whatText({ kind: 'miss', miss }, { decimals: 1, titleOf })).toBe(
      'Only <short/trend_up> said no to a short here. Click to see why.',
    )
  })
})

describe('equity', () => {
  it('is under water by its distance from its own top, the start included', () => {
    expect(underwaterOf([100, 120, 90, 130])).toEqual([0, 0, -0.25, 0])
    expect(underwaterOf([90], 100)).toEqual([90 / 100 - 1])
    expect(underwaterOf([])).toEqual([])
  })

  it('beside holding from the first price, the last known held over a day without bars', () => {
    expect(holdingOf([Number.NaN, 50, Number.NaN, 75], 1000)).toEqual([Number.NaN, 1000, 1000, 1500])
    expect(holdingOf([Number.NaN], 1000)).toEqual([Number.NaN])
  })

  it('takes for midnight the close of the day that ended then', () => {
    const column = Float64Array.from([50, 60])
    const daily = {
      tf: '1d' as const,
      openMs: Float64Array.from([0, day]),
      open: column,
      high: column,
      low: column,
      close: column,
      volume: column,
      firstMs: 0,
      lastMs: day,
    }
    const settings = { equity: 1000 } as Parameters<typeof equityLines>[0]['settings']
    const report = {
      equity: [
        [day, 1000],
        [2 * day, 900],
      ] as const,
      settings,
    }
    const lines = equityLines(report, daily)
    expect(lines.holding).toEqual([1000, 1200])
    expect(lines.underwater).toEqual([0, 900 / 1000 - 1])
    expect(equityLines(report, null).holding).toEqual([])
    // Too long for daily bars: nothing is better than weeks taken for days.
    expect(equityLines(report, { ...daily, tf: '1w' }).holding).toEqual([])
  })

  it('is read in percent of the start or in USDT', () => {
    expect(inUnit(11_000, { unit: 'percent', start: 10_000 })).toBeCloseTo(10, 10)
    expect(inUnit(11_000, { unit: 'usdt', start: 10_000 })).toBe(11_000)
  })

  it('names its deepest point, and none where it never was under water', () => {
    expect(deepestOf([0, -0.1, -0.3, -0.3, -0.2])).toBe(2)
    expect(deepestOf([0, 0])).toBe(-1)
    const { sheet, done } = sheetOf({ y: (share) => -200 * share })
    const underwater = Array.from({ length: 100 }, (_, i) => (i === 40 ? -0.133 : 0))
    const dayMs = underwater.map((_, i) => Date.UTC(2023, 7, 3) + i * day)
    drawDeepest(sheet, { underwater, dayMs, equity: [], holding: [] }, { lockboxMs: null, top: 0 })
    expect(done[0]).toMatchObject({ what: 'fill', colour: 'neg', at: [[162, 26.6]] })
    expect(texts(done)).toEqual(['\u221213.3 % at the close of 12 Sep 2023'])
  })

  it('has its words neither on a line, nor where the data are unseen, nor under the figures', () => {
    const { sheet, done } = sheetOf({ y: (share) => -200 * share, width: 480 })
    const underwater = Array.from({ length: 100 }, (_, i) => -i / 200)
    const dayMs = underwater.map((_, i) => sheetMs(i))
    // The deepest day is the last one before those that are unseen.
    drawDeepest(sheet, { underwater, dayMs, equity: [], holding: [] }, { lockboxMs: sheetMs(100), top: 20 })
    const [text, at] = [done.at(-1)?.text ?? '', done.at(-1)?.at[0] ?? [0, 0]]
    const box = { x: at[0], y: at[1] - 7, w: 6 * text.length, h: 14 }
    expect(text).toContain('at the close of')
    expect(box.x + box.w).toBeLessThanOrEqual(sheet.x(99.5))
    underwater.forEach((value, i) => {
      expect(overlaps(box, { x: sheet.x(i), y: sheet.y(value), w: 0.1, h: 0.1 })).toBe(false)
    })
  })

  it('names holding off both lines, further along where there is no room', () => {
    const flat = (value: number): number[] => Array.from({ length: 100 }, () => value)
    const named = (values: readonly number[], own: readonly number[]) => {
      const { sheet, done } = sheetOf()
      drawBesideName(sheet, { values, own, name: 'buy and hold' }, { lockboxMs: null, top: 38 })
      return done.find(({ text }) => text === 'buy and hold')?.at[0]
    }
    expect(named(flat(50), flat(20))).toEqual([162 - 36, 100 - 6 - 7])
    // The run's own line stands where the name would: below instead.
    expect(named(flat(50), flat(55))?.[1]).toBeGreaterThan(100)
    // Unknown at the first places.
    const late = flat(50).map((value, i) => (i < 60 ? Number.NaN : value))
    expect(named(late, flat(20))?.[0]).toBeGreaterThan(200)
    expect(named(flat(Number.NaN), flat(20))).toBeUndefined()
  })

  it('stands at the newest sample before an instant', () => {
    expect([5, 10, 15, 20, 99].map((ms) => sampleAt([10, 20], ms))).toEqual([-1, 0, 0, 1, 1])
  })
})

describe('what was switched', () => {
  it('is kept by document, as far as it can still be read', () => {
    const own = { switched: { 'ema.value': false }, structure: false, volume: true }
    expect(keptDrawings({ byDocument: { a: own, b: { switched: 1 } } })).toEqual({ a: own })
    expect(keptDrawings(null)).toEqual({})
    expect(keptDrawings({ byDocument: [] })).toEqual({})
  })
})
