// S48: the hashes of a run, against lines and bytes put together by hand and hashed by the platform.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClosedTrade } from '../../../../blocks/engine/metrics/outcome'
import {
  barsHash,
  decimalsOf,
  decimalText,
  equityHash,
  fundingHash,
  settingsAsRun,
  settingsHash,
  tradesHash,
} from '../../../../blocks/engine/report/hashes'
import type { BarRows } from '../../../../blocks/engine/rows'
import { settingsSchema } from '../../../../blocks/engine/settings'
import { toPrice, toQty, toTimeMs } from '../../../../blocks/kit/brand'
import { tradeOf } from '../metrics/facts'

const sha = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const btc = new Map([['binance:BTCUSDT.P', '0.001']])
const closed = (over: Parameters<typeof tradeOf>[0]) =>
  tradeOf({ instrument: 'binance:BTCUSDT.P', ...over }) as ClosedTrade

const long = closed({
  entryMs: 1672531260000,
  entryPrice: 28500.1,
  qtyBase: 0.3,
  exitMs: 1672534800000,
  exitPrice: 28600,
  exitReason: 'target',
  netUsdt: 0.1 + 0.2,
})
const short = closed({
  side: 'short',
  entryMs: 1672617600000,
  entryPrice: 1e21,
  qtyBase: 12,
  exitMs: 1672617660000,
  exitPrice: 0.0000001,
  exitReason: 'liquidation',
  netUsdt: -0,
})

describe('S48 tradesHash', () => {
  it('hashes one line a closed trade', () => {
    const lines =
      'long|1672531260000|28500.1|0.300|1672534800000|28600|target|0.30000000000000004\n' +
      'short|1672617600000|1e+21|12.000|1672617660000|1e-7|liquidation|0\n'
    expect(tradesHash([long, short], btc)).toBe(sha(lines))
  })
  it('of no trades is the hash of nothing', () => {
    expect(tradesHash([], btc)).toBe(empty)
  })
  it('orders by entry, then by the symbols of the Play, and names the instrument when there are several', () => {
    const steps = new Map([
      ['b:ETH', '0.01'],
      ['b:BTC', '1'],
    ])
    const at = { entryPrice: 1, exitPrice: 2, qtyBase: 3, exitMs: 9 }
    const trades = [
      closed({ ...at, instrument: 'b:BTC', entryMs: 5, netUsdt: 1 }),
      closed({ ...at, instrument: 'b:ETH', entryMs: 5, netUsdt: 2 }),
      closed({ ...at, instrument: 'b:BTC', entryMs: 4, netUsdt: 3 }),
    ]
    const lines = 'b:BTC|long|4|1|3|9|2|stop|3\nb:ETH|long|5|1|3.00|9|2|stop|2\nb:BTC|long|5|1|3|9|2|stop|1\n'
    expect(tradesHash(trades, steps)).toBe(sha(lines))
    expect(tradesHash([...trades].reverse(), steps)).toBe(sha(lines))
  })
  it('orders two Plays of one minute and symbol as the wallet does', () => {
    const [first, second] = [closed({ play: 0, netUsdt: 1 }), closed({ play: 1, netUsdt: 2 })]
    expect(tradesHash([second, first], btc)).toBe(tradesHash([first, second], btc))
  })
  it('changes with every field of the line', () => {
    const base = tradesHash([long], btc)
    const changes: Partial<ClosedTrade>[] = [
      { side: 'short' },
      { entryMs: toTimeMs(1672531320000) },
      { entryPrice: toPrice(28500.2) },
      { qtyBase: toQty(0.301) },
      { exitMs: toTimeMs(1672534860000) },
      { exitPrice: toPrice(28600.1) },
      { exitReason: 'signal' },
      { netUsdt: 0.3 },
    ]
    for (const change of changes)
      expect(tradesHash([{ ...long, ...change }], btc), Object.keys(change)[0]).not.toBe(base)
    const same: ClosedTrade = { ...long, no: 9, r: 7, feesUsdt: 1, setup: 'other' }
    expect(tradesHash([same], btc)).toBe(base)
  })
  it('is the same in one piece and in many', () => {
    const trades = Array.from({ length: 2500 }, (_, i) => closed({ entryMs: i, netUsdt: i / 8 }))
    const lines = trades.map(({ entryMs, netUsdt }) => `long|${entryMs}|100|1.000|1704070800000|100|stop|${netUsdt}\n`)
    expect(tradesHash(trades, btc)).toBe(sha(lines.join('')))
  })
  it('refuses a trade of a market that is not of the run', () => {
    expect(() => tradesHash([closed({ instrument: 'x:Y' })], btc)).toThrow(/x:Y/)
  })
})

describe('S48 numbers as text', () => {
  it.each([
    ['0.001', 3],
    ['0.00100000', 3],
    ['1', 0],
    ['1.0', 0],
    ['10', 0],
    ['1e-8', 8],
    ['2.5E-3', 4],
    ['1e3', 0],
  ])('a step of %s has %i decimals', (step, decimals) => {
    expect(decimalsOf(step)).toBe(decimals)
  })
  it('decimals are the shortest that read back as the same double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(Number(decimalText(x))).toBe(x === 0 ? 0 : x)
      }),
    )
    expect(decimalText(5e-324)).toBe('5e-324')
    expect(decimalText(28500.1)).toBe('28500.1')
  })
})

/** Bytes of 1 and of -2.5 and so on in little-endian IEEE 754, by hand. */
const one = [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]
const minusTwoAndHalf = [0, 0, 0, 0, 0, 0, 0x04, 0xc0]
const zero = [0, 0, 0, 0, 0, 0, 0, 0]
const tenth = [0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f]

describe('S48 equityHash', () => {
  it('hashes little-endian doubles, -0 as +0', () => {
    expect(equityHash([1, -2.5, -0, 0.1])).toBe(sha(Uint8Array.from([...one, ...minusTwoAndHalf, ...zero, ...tenth])))
    expect(equityHash(Float64Array.of(1, -2.5, 0, 0.1))).toBe(equityHash([1, -2.5, -0, 0.1]))
    expect(equityHash([])).toBe(empty)
  })
})

describe('S48 hashes of series', () => {
  const bars = (count: number): BarRows => {
    const column = (offset: number) => Float64Array.from({ length: count }, (_, i) => i + offset / 8)
    const openMs = Float64Array.from({ length: count }, (_, i) => i * 60_000)
    return { tf: '1m', openMs, open: column(1), high: column(4), low: column(0), close: column(2), volume: column(7) }
  }

  it('takes rows as time, open, high, low, close, volume', () => {
    const rows: BarRows = {
      tf: '1m',
      openMs: Float64Array.of(0, 60_000),
      open: Float64Array.of(1, 1),
      high: Float64Array.of(1, 1),
      low: Float64Array.of(-2.5, 1),
      close: Float64Array.of(0.1, 1),
      volume: Float64Array.of(0, 1),
    }
    // 60000 is 1.8310546875 x 2^15: exponent 1023 + 15 = 0x40e, mantissa 0.8310546875 = 0xd4c.
    const minute = [0, 0, 0, 0, 0, 0x4c, 0xed, 0x40]
    const first = [...zero, ...one, ...one, ...minusTwoAndHalf, ...tenth, ...zero]
    const second = [...minute, ...one, ...one, ...one, ...one, ...one]
    expect(barsHash(rows, 60_001)).toBe(sha(Uint8Array.from([...first, ...second])))
    expect(barsHash(rows, 60_000)).toBe(sha(Uint8Array.from(first)))
    expect(barsHash(rows, 0)).toBe(empty)
  })
  it('is the same however many chunks it takes', () => {
    const count = 140_000
    const rows = bars(count)
    const flat = new Float64Array(count * 6)
    for (let i = 0; i < count; i++) {
      flat.set(
        [
          rows.openMs[i] ?? 0,
          rows.open[i] ?? 0,
          rows.high[i] ?? 0,
          rows.low[i] ?? 0,
          rows.close[i] ?? 0,
          rows.volume[i] ?? 0,
        ],
        6 * i,
      )
    }
    // The machines that run these tests are little-endian.
    expect(barsHash(rows, Infinity)).toBe(sha(new Uint8Array(flat.buffer)))
  })
  it('takes funding as stamp and rate, before `to`', () => {
    const rows = { stampMs: Float64Array.of(1, 60_000), rate: Float64Array.of(0.1, -2.5), intervalMs: null }
    expect(fundingHash(rows, 60_000)).toBe(sha(Uint8Array.from([...one, ...tenth])))
  })
})

describe('S48 settingsHash', () => {
  const settings = settingsSchema.parse({})
  const bindings = [{ markets: { main: ['binance:BTCUSDT.P'] }, params: { n: 20 } }]

  it('is the hash of the RFC 8785 text: keys sorted, defaults filled, range and bindings in it', () => {
    const text =
      '{"equity":10000,"fees":{"liquidation":0.005,"maker":0.0002,"taker":0.0005},"from":0,"funding_gaps":"refuse",' +
      '"instruments":{},"latency_ms":0,"margin":"isolated","markets":{"main":["binance:BTCUSDT.P"]},"params":{"n":20},' +
      '"proxies":{},"slippage":{"bps":1,"model":"fixed"},"to":86400000}'
    expect(settingsHash(settingsAsRun(settings, [0, 86_400_000], bindings))).toBe(sha(text))
  })
  it('does not care how a value was written, and does about what it is', () => {
    const hashOf = (given: unknown, to = 86_400_000) =>
      settingsHash(settingsAsRun(settingsSchema.parse(given), [0, to], bindings))
    expect(hashOf({ fees: { taker: '0.05%' }, equity: 10_000 })).toBe(hashOf({}))
    expect(hashOf({ fees: { taker: 0.0006 } })).not.toBe(hashOf({}))
    expect(hashOf({}, 86_400_001)).not.toBe(hashOf({}))
  })
  it('lists the bindings of several Plays', () => {
    const run = settingsAsRun(settings, [0, 1], [...bindings, { markets: { main: ['b:ETH'] }, params: {} }])
    expect(run.markets).toEqual([{ main: ['binance:BTCUSDT.P'] }, { main: ['b:ETH'] }])
    expect(run.params).toEqual([{ n: 20 }, {}])
  })
})
