// The record of a run as lines: every setting by its name, markets as they are called; prices as fine as they were.
import { describe, expect, it } from 'vitest'
import { tickOfFills } from '../../../app/results/useReport'
import { disagreeing, settingLines } from '../../../app/run/facts'
import { leg, trade } from '../results/sample'

describe('settings as run', () => {
  it('are told each, names of ours in words and those of markets as they are', () => {
    const settings = {
      fees: { maker: 0.0002 },
      latencyMs: 0,
      funding_gaps: 'refuse',
      proxies: { 'binance:BTCUSDT.P': 'binance:BTCUSDT' },
      markets: { main: ['a:B', 'a:C'] },
      low: -1.5,
      none: {},
    }
    expect(settingLines(settings)).toEqual([
      ['fees, maker', '0.0002'],
      ['latency ms', '0'],
      ['funding gaps', 'refuse'],
      ['proxies, binance:BTCUSDT.P', 'binance:BTCUSDT'],
      ['markets, main', 'a:B, a:C'],
      ['low', '\u22121.5'],
    ])
  })
})

describe('other runs of the same', () => {
  const own = { tradesHash: 't', equityHash: 'e' }
  it('agree when both hashes are equal; the first that does not is found', () => {
    expect(disagreeing([], own)).toBeUndefined()
    expect(disagreeing([{ ...own, id: 1 }], own)).toBeUndefined()
    expect(disagreeing([own, { ...own, equityHash: 'f', id: 2 }, { ...own, tradesHash: 'u' }], own)).toMatchObject({
      id: 2,
    })
    expect(disagreeing([{ ...own, tradesHash: 'u' }], own)).toBeDefined()
  })
})

describe('the tick of a kept report', () => {
  it('is the finest price at any fill of that market, liquidations apart', () => {
    const legs = [leg('entry', { referencePrice: 100.25 }), leg('target', { referencePrice: 101.5 })]
    const dear = [leg('liquidation', { referencePrice: 1.23456789 })]
    const trades = [
      trade(1, { legs }),
      trade(2, { legs: dear }),
      trade(3, { instrument: 'a:B', legs: [leg('entry', { referencePrice: 1e-7 })] }),
    ]
    expect(tickOfFills({ trades }, 'binance:BTCUSDT.P')).toBe('0.01')
    expect(tickOfFills({ trades }, 'a:B')).toBe('0.0000001')
    expect(tickOfFills({ trades }, 'nobody')).toBe('1')
  })
})
