// Numbers, prices and durations as a trader reads them, and the columns they stand in.
import { describe, expect, it } from 'vitest'
import { table, wrap } from '../../../server/cli/render/table'
import { durationText, figure, numberText, plural, pricesText } from '../../../server/cli/render/words'

describe('numbers', () => {
  it.each([
    [0, 2, '0.00'],
    [-0.001, 2, '0.00'],
    [-0.005001, 2, '-0.01'],
    [999.999, 2, '1,000.00'],
    [1234567.891, 2, '1,234,567.89'],
    [-1234567.891, 1, '-1,234,567.9'],
    [123456, 0, '123,456'],
    [0.123456, 5, '0.12346'],
  ])('%f with %i decimals is %s', (value, decimals, text) => {
    expect(numberText(value, decimals)).toBe(text)
  })
  it('count things', () => {
    expect([plural(1, 'exit'), plural(2, 'exit'), plural(1200, 'entry', 'entries')]).toEqual([
      '1 exit',
      '2 exits',
      '1,200 entries',
    ])
  })
})

describe('prices', () => {
  it('share the decimals that the finest of a column needs, seven digits at most', () => {
    const price = pricesText([28_500.1, 28_600])
    expect([price(28_500.1), price(28_600)]).toEqual(['28,500.1', '28,600.0'])
    expect(pricesText([28_500.133_333])(28_500.133_333)).toBe('28,500.13')
    expect(pricesText([0.000_012_34])(0.000_012_34)).toBe('0.0000123400'.slice(0, 10))
    expect(pricesText([100])(100)).toBe('100')
  })
})

describe('durations', () => {
  it.each([
    [0, '0m'],
    [59 * 60_000, '59m'],
    [60 * 60_000, '1h'],
    [195 * 60_000, '3h 15m'],
    [24 * 3_600_000, '1d'],
    [(12 * 24 + 4) * 3_600_000 + 59_000, '12d 4h'],
  ])('%i ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text)
  })
})

describe('figures', () => {
  const text = (...given: Parameters<typeof figure>) => {
    const cell = figure(...given)
    return typeof cell === 'string' ? cell : cell.text
  }
  it('are shown, not shown for want of data, or undefined', () => {
    expect(text({ value: 1.234, enough: true }, 'ratio')).toBe('1.23')
    expect(text({ value: 1.234, enough: false }, 'ratio')).toBe('not enough data')
    expect(text({ value: null, enough: true, why: 'no day lost' }, 'ratio')).toBe('undefined')
    expect(text({ value: null, enough: false, why: 'no day lost' }, 'ratio')).toBe('not enough data')
    expect(text({ value: 0.9132, enough: true }, 'probability')).toBe('91.3 %')
    expect(text({ value: 1.5, enough: true }, 'days')).toBe('1d 12h')
    expect(text({ value: 2.66e60, enough: true }, 'percent')).toBe('2.66e+60')
  })
})

describe('columns', () => {
  it('are as wide as their widest cell', () => {
    const columns = [
      { head: 'Name', align: 'left' },
      { head: 'N', align: 'right' },
    ] as const
    const rows = [
      ['a', '1'],
      ['longer', '1,000'],
    ]
    expect(table({ colour: false, width: 100 }, { columns, rows })).toEqual([
      '  Name        N',
      '  a           1',
      '  longer  1,000',
    ])
  })
  it('wrap words and keep long ones whole', () => {
    expect(wrap('one two three', 7, '  ')).toEqual(['one two', '  three'])
    expect(wrap('extraordinary x', 5, '')).toEqual(['extraordinary', 'x'])
    expect(wrap('a bb ccc', 4, ' ')).toEqual(['a bb', ' ccc'])
  })
})
