// Figures, money, prices, times and durations as the page writes them.
import { describe, expect, it } from 'vitest'
import * as f from '../../../app/results/format'

describe('figures', () => {
  it('have a true minus, a thousands comma and fixed decimals', () => {
    expect(f.fixed(-1234567.891, 2)).toBe('\u22121,234,567.89')
    expect(f.fixed(999, 0)).toBe('999')
    expect(f.fixed(1000, 0)).toBe('1,000')
    expect(f.fixed(0.1234567, 7)).toBe('0.1234567')
    expect(f.fixed(1234.5678, 4)).toBe('1,234.5678')
  })
  it('have no sign when they round to zero', () => {
    expect(f.fixed(-0.004, 2)).toBe('0.00')
    expect(f.signed(0.004, 2)).toBe('0.00')
    expect(f.signed(-0, 1)).toBe('0.0')
    expect(f.signed(0.006, 2)).toBe('+0.01')
    expect(f.signed(-0.006, 2)).toBe('\u22120.01')
    expect(f.signOf(-0.004, 2)).toBe(0)
    expect(f.signOf(-0.006, 2)).toBe(-1)
    expect(f.signOf(0.006, 2)).toBe(1)
  })
  it('are a dash where there is none', () => {
    expect(f.fixed(Number.NaN, 2)).toBe('\u2013')
    expect(f.signed(Number.POSITIVE_INFINITY, 2)).toBe('\u2013')
    expect(f.plain(Number.NaN)).toBe('\u2013')
  })
  it('carry their unit after a space', () => {
    expect(f.percent(12.34)).toBe('12.3 %')
    expect(f.signedPercent(-13.31)).toBe('\u221213.3 %')
    expect(f.riskMultiple(2.868)).toBe('+2.87 R')
    expect(f.counted(1, 'trade')).toBe('1 trade')
    expect(f.counted(1234, 'trade')).toBe('1,234 trades')
    expect(f.counted(2, 'entry', 'entries')).toBe('2 entries')
  })
  it('leave cents out of great sums only', () => {
    expect(f.money(99_999.99)).toBe('99,999.99')
    expect(f.money(123_456.78)).toBe('123,457')
    expect(f.signedMoney(-214.3)).toBe('\u2212214.30')
  })
  it('follow tick and step', () => {
    expect(f.price(67785.8, '0.10')).toBe('67,785.8')
    expect(f.price(0.00001234, '1e-8')).toBe('0.00001234')
    expect(f.price(5, '1')).toBe('5')
    expect(f.quantity(0.12, '0.001')).toBe('0.120')
  })
  it('of nodes have about five figures and no dust', () => {
    expect(f.plain(67737.456)).toBe('67,737.5')
    expect(f.plain(17.5)).toBe('17.5')
    expect(f.plain(20)).toBe('20')
    expect(f.plain(1000)).toBe('1,000')
    expect(f.plain(0.00037)).toBe('0.00037')
    expect(f.plain(-0.1)).toBe('\u22120.1')
    expect(f.plain(0)).toBe('0')
  })
  it('side by side can be told apart unless they are equal', () => {
    expect(f.pair(17.5, 18)).toEqual(['17.50', '18.00'])
    expect(f.pair(42_498.04, 42_498.01)).toEqual(['42,498.04', '42,498.01'])
    expect(f.pair(18, 18)).toEqual(['18.00', '18.00'])
    expect(f.pair(0, 0)).toEqual(['0.00', '0.00'])
    expect(f.pair(0.00037, 0.0003)).toEqual(['0.000370', '0.000300'])
  })
})

describe('times', () => {
  const ms = Date.UTC(2024, 9, 28, 3, 0)
  it('are UTC', () => {
    expect(f.day(ms)).toBe('28 Oct 2024')
    expect(f.time(ms)).toBe('28 Oct 2024 03:00')
    expect(f.shortTime(ms)).toBe('28 Oct 24 03:00')
    expect(f.clock(ms + 59_000)).toBe('03:00:59')
    expect(f.monthName(12)).toBe('Dec')
    expect(f.monthName(1)).toBe('Jan')
  })
  it('last in their two greatest units', () => {
    expect(f.duration(0)).toBe('0 s')
    expect(f.duration(45_000)).toBe('45 s')
    expect(f.duration(60_000)).toBe('1 min')
    expect(f.duration(90 * 60_000)).toBe('1 h 30 min')
    expect(f.duration(86_400_000 + 30 * 60_000)).toBe('1 d')
    expect(f.duration(342.2 * 86_400_000)).toBe('342 d 4 h')
  })
  it('of a computer say at least a millisecond for what took any', () => {
    expect(f.megabytes(1024 * 1024 * 12.64)).toBe('12.6 MB')
    expect(f.megabytes(600 * 1024 * 1024)).toBe('600 MB')
    expect([f.briefMoney(9.123), f.briefMoney(-912.34), f.briefMoney(2014.3), f.briefMoney(-99_999.6)]).toEqual([
      '+9.12',
      '\u2212912.3',
      '+2,014',
      '\u2212100,000',
    ])
    expect(f.elapsed(0)).toBe('0 ms')
    expect(f.elapsed(0.3)).toBe('1 ms')
    expect(f.elapsed(9.4)).toBe('9 ms')
    expect(f.elapsed(1440)).toBe('1.4 s')
  })
})

it('names of markets and hashes are short', () => {
  expect(f.marketName('binance:BTCUSDT.P')).toBe('BTCUSDT perp')
  expect(f.marketName('synthetic:ETHUSDT')).toBe('ETHUSDT')
  expect(f.shortHash('b41f9c07aabb')).toBe('b41f9c07')
})
