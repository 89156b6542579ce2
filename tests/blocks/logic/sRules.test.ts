// Hand-made vectors with literal results for the rules that logic types carry: S1, S2, S3, S11, S49 (semantics.md).
import { describe, expect, it } from 'vitest'
import type { Timeframe } from '../../../blocks/kit/timeframe'
import { openMsOf, rowOf } from '../../../blocks/kit/timeframe'
import { typeOf } from './cases'
import { given, inputOf, type PlainColumn, type PlainInput, plainOf, runWhole, type Sockets, socketsOf } from './runner'

const lengthOf = (input: PlainInput): number => {
  if (typeof input === 'string') return input.length
  if (!Array.isArray(input)) return given(Object.values(input as Record<string, PlainColumn>)[0]).length
  const [first] = input as readonly unknown[]
  return typeof first === 'string' || Array.isArray(first) ? first.length : input.length
}
const letterOf = (input: PlainInput): 'C' | 'B' | 'N' =>
  typeof input === 'string' || (Array.isArray(input) && typeof input[0] === 'string')
    ? 'C'
    : Array.isArray(input)
      ? 'N'
      : 'B'

/** Outputs of a type over plain inputs. */
const outputsOf = (name: string, plain: Readonly<Record<string, PlainInput>>, params = {}) => {
  const type = typeOf(name)
  const rows = lengthOf(given(Object.values(plain)[0]))
  const inputs = Object.fromEntries(Object.entries(plain).map(([port, x]) => [port, inputOf(x)]))
  const sockets: Sockets = Object.fromEntries(
    Object.entries(plain).map(([port, x]) => [port, [{ letter: letterOf(x), centre: null }]]),
  )
  const outputs = runWhole({ type, inputs, params, sockets: socketsOf(type, sockets, params), rows })
  return Object.fromEntries(Object.entries(outputs).map(([key, column]) => [key, plainOf(column, rows)]))
}
/** The node itself, or its only value. */
const of = (name: string, plain: Readonly<Record<string, PlainInput>>, params = {}) => {
  const outputs = outputsOf(name, plain, params)
  return outputs[''] ?? outputs.value
}
const a = 'TTTFFF???'
const b = 'TF?TF?TF?'

describe('S1 unknown is not false', () => {
  it('not, all, any over all nine pairs (Kleene)', () => {
    expect(of('not', { of: a })).toBe('FFFTTT???')
    expect(of('all', { of: [a, b] })).toBe('TF?FFF?F?')
    expect(of('any', { of: [a, b] })).toBe('TTTTF?T??')
  })
  it('k of n: true from k true ones, false from n - k + 1 false ones', () => {
    const three = ['TTTTFFF?', 'TTFF?FF?', '?FF??FT?']
    expect(of('k_of_n', { of: three }, { k: 1 })).toBe('TTTT?FT?')
    expect(of('k_of_n', { of: three }, { k: 2 })).toBe('TTF??FF?')
    expect(of('k_of_n', { of: three }, { k: 3 })).toBe('?FFFFFF?')
  })
  it('rise: true is T and F before; false is F now or T before; all nine pairs', () => {
    // Pairs (before, now): FT TF FF F? ?T T? ?F TT ??
    expect(of('becomes_true', { of: 'FT' })).toBe('FT')
    expect(of('becomes_true', { of: 'TF' })).toBe('?F')
    expect(of('becomes_true', { of: 'FF' })).toBe('FF')
    expect(of('becomes_true', { of: 'F?' })).toBe('F?')
    expect(of('becomes_true', { of: '?T' })).toBe('??')
    expect(of('becomes_true', { of: 'T?' })).toBe('?F')
    expect(of('becomes_true', { of: '?F' })).toBe('?F')
    expect(of('becomes_true', { of: 'TT' })).toBe('?F')
    expect(of('becomes_true', { of: '??' })).toBe('??')
  })
  it('holds: n times T is true, one F within n is false', () => {
    expect(of('holds', { of: 'TTT?TTTFTTT' }, { for: 3 })).toBe('??T???TFFFT')
    expect(of('holds', { of: 'TF?TF' }, { for: 1 })).toBe('TF?TF')
  })
  it('occurred: one T within n is true, n times F is false', () => {
    expect(of('occurred', { of: 'FFF?FFFTFFF' }, { within: 3 })).toBe('??F???FTTTF')
    expect(of('occurred', { of: '?F?FTFF' }, { within: 2 })).toBe('????TTF')
    expect(of('occurred', { of: 'TF?TF' }, { within: 1 })).toBe('TF?TF')
  })
  it('sequence: false when the last is false, or the one before is false on all of i-n..i-1', () => {
    expect(of('sequence', { of: ['FFFT?FFFF', 'TFT?TTTT?'] }, { within: 2 })).toBe('?FFFTT?FF')
  })
  it('only T stands in a comparison: a non-finite operand makes it unknown, infinity too', () => {
    const x = [1, 2, 3, null, Infinity, -Infinity, 2, 2]
    const y = [2, 2, 2, 2, 2, 2, null, Infinity]
    expect(of('above', { a: x, b: y })).toBe('FFT?????')
    expect(of('below', { a: x, b: y })).toBe('TFF?????')
    expect(of('at_least', { a: x, b: y })).toBe('FTT?????')
    expect(of('at_most', { a: x, b: y })).toBe('TTF?????')
  })
  it('arithmetic on an infinite value is unknown, also where infinity would vanish', () => {
    const x = [Infinity, 1, -Infinity, 1, 2]
    const y = [1, Infinity, 1, -Infinity, 4]
    const expected = { add: 6, sub: -2, mul: 8, div: 0.5 }
    for (const [name, last] of Object.entries(expected))
      expect(of(name, { a: x, b: y }), name).toEqual([null, null, null, null, last])
    for (const [name, last] of Object.entries({ min: 2, max: 4, avg: 3 }))
      expect(of(name, { of: [x, y] }), name).toEqual([null, null, null, null, last])
    expect(of('abs', { of: x })).toEqual([null, 1, null, 1, 2])
    expect(of('percent_of', { of: x }, { share: 0.5 })).toEqual([null, 0.5, null, 0.5, 1])
  })
  it('zero has no sign: 0 and -0 compare as equal, in whole words and at their edges', () => {
    const zeros = Array.from({ length: 33 }, (_, i) => (i % 2 === 0 ? 0 : -0))
    const others = Array.from({ length: 33 }, (_, i) => (i % 3 === 0 ? 0 : -0))
    expect(of('above', { a: zeros, b: others })).toBe('F'.repeat(33))
    expect(of('at_least', { a: zeros, b: others })).toBe('T'.repeat(33))
  })
  it('a difference that is too large for a double is compared all the same', () => {
    const huge = Array.from({ length: 33 }, () => 1.5e308)
    expect(of('above', { a: huge, b: huge.map((x) => -x) })).toBe('T'.repeat(33))
    expect(of('above', { a: huge.map((x) => -x), b: huge })).toBe('F'.repeat(33))
    const tiny = Array.from({ length: 33 }, () => 5e-324)
    expect(of('above', { a: tiny, b: tiny.map(() => 0) })).toBe('T'.repeat(33))
  })
})

describe('S2 comparison and cross', () => {
  const x = [1, 2, 3, 3, 2, 1, 3, null, 3, 1]
  const y = x.map(() => 2)
  it('crosses_above: above now, not above one bar before, both known; an equal bar before counts as not above', () => {
    expect(of('crosses_above', { a: x, b: y })).toBe('FFTFFFTF?F')
  })
  it('crosses_below is crosses_above with the operands exchanged, and not its negation', () => {
    expect(of('crosses_below', { a: x, b: y })).toBe('?FFFFTF?FT')
    expect(of('crosses_above', { a: y, b: x })).toBe('?FFFFTF?FT')
  })
})

describe('S3 windows include the current bar', () => {
  it('occurred: any of i-n+1..i; holds: all of them', () => {
    expect(of('occurred', { of: 'FFTFFFFTTF' }, { within: 3 })).toBe('??TTTFFTTT')
    expect(of('holds', { of: 'TTFTTTTFFT' }, { for: 3 })).toBe('??FFFTTFFF')
  })
  it('sequence: strictly before, at most n bars ago', () => {
    expect(of('sequence', { of: ['TFFFFTFFF', 'TTTTFTFTF'] }, { within: 2 })).toBe('?TTFFFFTF')
  })
  it('highest and lowest include the current bar: price is never above its own highest', () => {
    const price = [5, 6, 4, 7, 8, 3, 9]
    expect(of('highest', { of: price }, { over: 3 })).toEqual([null, null, 6, 7, 8, 8, 9])
    expect(of('lowest', { of: price }, { over: 3 })).toEqual([null, null, 4, 4, 4, 3, 3])
    expect(of('above', { a: price, b: of('highest', { of: price }, { over: 3 }) ?? [] })).toBe('??FFFFF')
  })
  it('before the first row: unknown', () => {
    expect(of('offset', { of: [1, 2, 3] }, { by: 2 })).toEqual([null, null, 1])
    expect(of('offset', { of: 'TFT' }, { by: 2 })).toBe('??T')
    expect(of('change', { of: [1, 2, 3] }, { over: 1, as: 'difference' })).toEqual([null, 1, 1])
  })
  it('between and near include their ends; near is a share of the absolute second value', () => {
    expect(of('between', { of: [1, 2, 3, 4, 5], low: [2, 2, 2, 2, 2], high: [4, 4, 4, 4, 4] })).toBe('FTTTF')
    expect(of('near', { of: [-125, -126, 75, 74], to: [-100, -100, 100, 100] }, { share: 0.25 })).toBe('TFTF')
  })
  it('x / 0 is unknown, also as a rate', () => {
    expect(of('div', { a: [1, 0, -1, 4], b: [0, 0, -0, 2] })).toEqual([null, null, null, 2])
    expect(of('change', { of: [0, 5, 10] }, { over: 1, as: 'rate' })).toEqual([null, null, 1])
  })
})

describe('S11 funding is known one minute after its settlement, held, and unknown when too old', () => {
  const hour = 3_600_000
  const day = 1_704_067_200_000
  /** Settlements at 00:00, 08:00 and 12:00: the venue went over to every four hours. */
  const feed = (rates: readonly number[], stamps: readonly number[], intervals: readonly number[]) => ({
    stampMs: Float64Array.from(stamps),
    values: { rate: Float64Array.from(rates), intervalMs: Float64Array.from(intervals) },
    delayMs: 60_000,
  })
  const series = feed([0.0001, -0.0002, 0.0004], [day, day + 8 * hour, day + 12 * hour], [8 * hour, 8 * hour, 4 * hour])
  const type = typeOf('funding')
  interface Query {
    readonly clock: Timeframe
    readonly fromMs: number
    readonly rows: number
    readonly maxAge?: number
    readonly rates?: typeof series
  }
  const run = ({ clock, fromMs, rows, maxAge = 9 * hour, rates = series }: Query) => {
    const outputs = runWhole({
      type,
      inputs: { feed: rates } as never,
      params: { clock, max_age: maxAge },
      sockets: socketsOf(type, {}, {}),
      rows,
      row0: rowOf(clock, fromMs),
    })
    return Object.fromEntries(Object.entries(outputs).map(([name, column]) => [name, plainOf(column, rows)]))
  }

  it('on minutes: not at the close at the settlement itself, from the next close on', () => {
    // Bars that open 23:58 .. 00:01 close at 23:59, 00:00, 00:01, 00:02.
    const { rate } = run({ clock: '1m', fromMs: day - 2 * 60_000, rows: 4 })
    expect(rate).toEqual([null, null, 0.0001, 0.0001])
  })
  it('on hours: the close at 08:00 still shows the rate of 00:00; per 8 h and the wait follow the interval', () => {
    // Closes 07:00 .. 13:00.
    const { rate, per_8h, next_in } = run({ clock: '1h', fromMs: day + 6 * hour, rows: 7 })
    expect(rate).toEqual([0.0001, 0.0001, -0.0002, -0.0002, -0.0002, -0.0002, 0.0004])
    expect(per_8h).toEqual([0.0001, 0.0001, -0.0002, -0.0002, -0.0002, -0.0002, 0.0008])
    expect(next_in).toEqual([1, 0, 7, 6, 5, 4, 3])
  })
  it('too old: known at the age itself, unknown after; a wait beyond a missed settlement goes on to the next', () => {
    const one = feed([0.0001], [day], [8 * hour])
    // Closes 08:00 .. 11:00.
    expect(run({ clock: '1h', fromMs: day + 7 * hour, rows: 4, maxAge: 9 * hour, rates: one }).rate).toEqual([
      0.0001,
      0.0001,
      null,
      null,
    ])
    expect(run({ clock: '1h', fromMs: day + 7 * hour, rows: 4, maxAge: 10 * hour, rates: one }).next_in).toEqual([
      0,
      7,
      6,
      null,
    ])
  })
  it('an interval that is not known yet leaves the rate known', () => {
    const early = feed([0.0003], [day], [Number.NaN])
    const outputs = run({ clock: '1h', fromMs: day, rows: 2, maxAge: 9 * hour, rates: early })
    expect(outputs).toEqual({ rate: [0.0003, 0.0003], per_8h: [null, null], next_in: [null, null] })
  })
  it('the chunk law, with a series that is longer or shorter the next time', () => {
    const whole = run({ clock: '15m', fromMs: day - hour, rows: 60 })
    const parts = [0, 7, 8, 33, 60]
    const memory = type.memory?.({}, {}) ?? {}
    const joined: Record<string, (number | null)[]> = { rate: [], per_8h: [], next_in: [] }
    for (let k = 0; k + 1 < parts.length; k++) {
      const [i0, i1] = [given(parts[k]), given(parts[k + 1])]
      // Only what has been settled by the end of the part, and no longer what was settled a day before.
      const endMs = openMsOf('15m', rowOf('15m', day - hour) + i1)
      const n = series.stampMs.filter((x) => x + 60_000 <= endMs).length
      const drop = k === 3 ? 1 : 0
      const cut = (x: Float64Array) => x.slice(drop, n)
      const part = {
        ...series,
        stampMs: cut(series.stampMs),
        values: { rate: cut(series.values.rate), intervalMs: cut(series.values.intervalMs) },
      }
      const out = {
        rate: new Float64Array(i1 - i0),
        per_8h: new Float64Array(i1 - i0),
        next_in: new Float64Array(i1 - i0),
      }
      type.run?.(
        memory,
        { feed: part },
        out,
        { clock: '15m', max_age: 9 * hour },
        0,
        i1 - i0,
        rowOf('15m', day - hour) + i0,
      )
      for (const [name, column] of Object.entries(out)) joined[name]?.push(...(plainOf(column, i1 - i0) as number[]))
    }
    expect(joined).toEqual(whole)
    expect(whole.rate).toContain(-0.0002)
  })
})

describe('S49 structure: pivots', () => {
  const bars = (high: readonly (number | null)[], low: readonly (number | null)[]) => ({
    bars: { open: low, high, low, close: high, volume: high },
  })
  it('strict on both sides: a tie before or after is no pivot', () => {
    const flat = [1, 1, 1, 1, 1, 1, 1, 1]
    expect(outputsOf('swing', bars([5, 6, 6, 5, 5, 7, 5, 5], flat), { left: 1, right: 1 })).toMatchObject({
      high_new: '??FFFFTF',
      high_level: [null, null, null, null, null, null, 7, 7],
      low_new: '??FFFFFF',
    })
    expect(outputsOf('swing', bars([7, 5, 7, 5, 6, 5, 5, 5], flat), { left: 2, right: 1 }).high_new).toBe('???FFFFF')
  })
  it('a tie at the far end of the longer side is a tie all the same', () => {
    const flat = [1, 1, 1, 1, 1, 1]
    const news = (high: readonly number[], left: number, right: number) =>
      outputsOf('swing', bars(high, flat), { left, right }).high_new
    expect(news([5, 9, 5, 5, 8, 5], 1, 3)).toBe('????TF')
    expect(news([5, 9, 5, 5, 9, 5], 1, 3)).toBe('????FF')
    expect(news([8, 5, 5, 9, 5, 5], 3, 1)).toBe('????TF')
    expect(news([9, 5, 5, 9, 5, 5], 3, 1)).toBe('????FF')
  })
  it('the level appears `right` bars after the pivot and is held; idx is the row of the pivot', () => {
    const outputs = outputsOf('swing', bars([3, 4, 9, 5, 4, 6, 4, 3], [2, 3, 8, 4, 3, 5, 3, 2]), { left: 2, right: 2 })
    expect(outputs.high_new).toBe('????TFFT')
    expect(outputs.high_level).toEqual([null, null, null, null, 9, 9, 9, 6])
    expect(outputs.high_idx).toEqual([null, null, null, null, 2, 2, 2, 5])
    // The low 3 of row 4 has its equal in row 6 after it: no pivot.
    expect(outputs.low_new).toBe('????FFFF')
  })
  it('a bar that is both: the kind that was not last comes first, so last_kind stays', () => {
    //        row:      0  1  2  3  4  5  6  7  8
    const high = [5, 9, 5, 5, 5, 8, 5, 5, 5]
    const low = [3, 3, 3, 2, 3, 1, 3, 3, 3]
    const outputs = outputsOf('swing', bars(high, low), { left: 1, right: 1 })
    // Row 1 is a high, row 3 a low, row 5 both.
    expect(outputs.last_kind).toEqual([null, null, 0, 0, 1, 1, 1, 1, 1])
    expect(outputs.high_new).toBe('??TFFFTFF')
    expect(outputs.low_new).toBe('??FFTFTFF')
  })
  it('both at the first pivot of all: the last kind is unknown until the next', () => {
    const outputs = outputsOf('swing', bars([5, 9, 5, 7, 5], [3, 1, 3, 3, 3]), { left: 1, right: 1 })
    expect(outputs.last_kind).toEqual([null, null, null, null, 0])
    expect(outputs.high_level).toEqual([null, null, 9, 9, 7])
    expect(outputs.low_level).toEqual([null, null, 1, 1, 1])
  })
  it('a bar that is not known starts everything anew', () => {
    const outputs = outputsOf('swing', bars([5, 9, 5, null, 5, 6, 5], [3, 3, 3, null, 3, 3, 3]), { left: 1, right: 1 })
    expect(outputs.high_level).toEqual([null, null, 9, null, null, null, 6])
    expect(outputs.high_new).toBe('??T???T')
  })
})

describe('S29 at_entry keeps what the first row of its memory shows', () => {
  it('for numbers, unknown ones and conditions', () => {
    expect(of('at_entry', { of: [7, 8, null] })).toEqual([7, 7, 7])
    expect(of('at_entry', { of: [null, 8, 9] })).toEqual([null, null, null])
    expect(of('at_entry', { of: '?TF' })).toBe('???')
  })
})
