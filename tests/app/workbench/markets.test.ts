// The list of markets: what is stored, perpetuals that run on bars of spot, and the made-up ones, each said as what it is.
import { describe, expect, it } from 'vitest'
import { marketChoices, marketWord, syntheticMarkets, venueOf } from '../../../app/workbench/markets'

const row = (instrument: string, kind: string) => ({ instrument, kind })

describe('markets to trade', () => {
  it('reads as a trader says it', () => {
    expect(marketWord('binance:BTCUSDT.P')).toBe('BTCUSDT perp')
    expect(marketWord('binance:BTCUSDT')).toBe('BTCUSDT')
    expect(venueOf('binance:BTCUSDT.P')).toBe('binance')
  })

  it('lends bars of spot to a perpetual of which only funding is stored', () => {
    const stored = marketChoices([row('binance:BTCUSDT', 'klines'), row('binance:BTCUSDT.P', 'funding')])
    expect(stored.filter(({ synthetic }) => !synthetic)).toEqual([
      { id: 'binance:BTCUSDT.P', proxy: true, synthetic: false },
      { id: 'binance:BTCUSDT', proxy: false, synthetic: false },
    ])
  })

  it('does not offer a perpetual without any bars', () => {
    const stored = marketChoices([row('binance:ETHUSDT.P', 'funding'), row('binance:*', 'instruments tiers')])
    expect(stored.every(({ synthetic }) => synthetic)).toBe(true)
  })

  it('needs no lender where the perpetual has bars of its own, on any number of timeframes', () => {
    const stored = marketChoices([
      row('binance:BTCUSDT.P', 'klines'),
      row('binance:BTCUSDT.P', 'klines'),
      row('binance:BTCUSDT', 'klines'),
      row('binance:BTCUSDT.P', 'mark'),
    ])
    expect(stored.map(({ id, proxy }) => [id, proxy])).toEqual([
      ['binance:BTCUSDT.P', false],
      ['binance:BTCUSDT', false],
      ...syntheticMarkets.map((id) => [id, false]),
    ])
  })
})
