// Loading a market: which series fills (S8), proxies, funding, mark price, filters, and the sentence when something lacks.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MarketRows } from '../../../blocks/engine/rows'
import { Failure } from '../../../server/core/failure'
import { decimalText, resolveInstrument } from '../../../server/core/instruments'
import { instrumentTable } from '../../../server/core/instrumentTable'
import { isInstrumentId } from '../../../server/core/series'
import { syntheticMarket } from '../../../server/core/syntheticMarket'
import { loadMarket } from '../../../server/run/data/loadMarket'
import { fillSeries, type MarketRequest } from '../../../server/run/data/planMarket'
import { csv, lines, minute, openWorkshop, start } from '../../fixtures/data/workshop'

const spot = 'binance:BTCUSDT'
const perp = 'binance:BTCUSDT.P'
const hour = 60 * minute

const market = async (request: MarketRequest, port: Parameters<typeof loadMarket>[1]): Promise<MarketRows> => {
  const result = await loadMarket(request, port)
  if (result instanceof Failure) throw result
  return result
}

describe('S8 fill interval', () => {
  /** 1m from hour 2 to 4, 5m from hour 0 to 6. */
  const twoSeries = async () => {
    const workshop = openWorkshop()
    const { took, file } = workshop
    await took({ files: [file('fine.csv', csv(lines(120, start + 2 * hour)))], instrument: spot })
    await took({ files: [file('coarse.csv', csv(lines(72, start, 5 * minute)))], instrument: spot })
    return workshop.store
  }
  it.each<[string, Partial<MarketRequest>, string]>([
    ['no range: the finest', {}, '1m'],
    ['inside both: the finest', { fromMs: start + 2 * hour, toMs: start + 4 * hour }, '1m'],
    ['one minute before the fine one: the coarse', { fromMs: start + 2 * hour - minute, toMs: start + 4 * hour }, '5m'],
    ['one minute beyond the fine one: the coarse', { fromMs: start + 2 * hour, toMs: start + 4 * hour + minute }, '5m'],
    ['the whole', { fromMs: start, toMs: start + 6 * hour }, '5m'],
    ['only an end', { toMs: start + 4 * hour + minute }, '5m'],
    ['asked for', { tf: '5m' }, '5m'],
  ])('%s', async (_, range, tf) => {
    const store = await twoSeries()
    expect(await fillSeries({ instrument: spot, ...range }, store)).toMatchObject({ tf })
    expect((await market({ instrument: spot, ...range }, store)).bars.tf).toBe(tf)
  })

  it.each<[string, Partial<MarketRequest>, string]>([
    ['before the first bar', { fromMs: start - minute }, 'range_not_covered'],
    ['after the last bar', { toMs: start + 6 * hour + minute }, 'range_not_covered'],
    ['a timeframe that is not stored', { tf: '15m' }, 'range_not_covered'],
    ['empty', { fromMs: start + hour, toMs: start + hour }, 'range_empty'],
    ['an end at the first bar', { toMs: start + 2 * hour }, 'range_empty'],
    ['backwards', { fromMs: start + 2 * hour, toMs: start + hour }, 'range_empty'],
  ])('%s is refused with what is stored', async (_, range, code) => {
    const failure = await loadMarket({ instrument: spot, ...range }, await twoSeries())
    expect(failure).toMatchObject({ code })
    if (code === 'range_not_covered')
      expect((failure as Failure).message).toContain('5m from 2024-01-01 00:00 to 2024-01-01 06:00')
  })

  it('bars reach from the first stored one to toMs, whatever the start', async () => {
    const { bars } = await market(
      { instrument: spot, fromMs: start + 3 * hour, toMs: start + 4 * hour },
      await twoSeries(),
    )
    expect([bars.openMs[0], bars.openMs.at(-1)]).toEqual([start + 2 * hour, start + 4 * hour - minute])
  })
})

describe('a perpetual', () => {
  const stocked = async () => {
    const workshop = openWorkshop()
    const { took, file } = workshop
    await took({ files: [file('bars.csv', csv(lines(1440)))], instrument: perp })
    await took({
      files: [
        file('spot.csv', csv(lines(1440).map(([ms = 0, ...rest]) => [ms, ...rest.map((x) => Number(x) + 1000)]))),
      ],
      instrument: spot,
    })
    return workshop
  }
  const funding = csv(
    [
      [start + 3, 0.0001],
      [start + 8 * hour + 5, -0.0002],
      [start + 16 * hour, 0.0003],
    ],
    'funding_time,funding_rate',
  )

  it('takes its own bars, funding before toMs and mark bars', async () => {
    const { took, file, store } = await stocked()
    await took({ files: [file('f.csv', funding)], instrument: perp })
    const mark = lines(10, start, 8 * hour).map((line) => line.slice(0, 5))
    await took({ files: [file('m.csv', csv(mark, 'open_time,open,high,low,close'))], instrument: perp, kind: 'mark' })
    const loaded = await market({ instrument: perp, toMs: start + 16 * hour }, store)
    expect(loaded).toMatchObject({
      barsOf: perp,
      synthetic: false,
      instrument: { id: perp, kind: 'perp', tick: '0.1', brackets: [] },
    })
    expect(loaded.bars.open[0]).toBe(100)
    expect([...(loaded.funding?.rate ?? [])]).toEqual([0.0001, -0.0002])
    expect(loaded.funding?.intervalMs).toBeNull()
    expect([loaded.mark?.tf, loaded.mark?.openMs.length]).toEqual(['8h', 2])
  })

  it('keeps the intervals of settlements where the file tells them', async () => {
    const { took, file, store } = await stocked()
    const told = [
      [start + 3, 8, 0.0001],
      [start + 8 * hour, 4, 0.0002],
    ]
    await took({
      files: [file('f.csv', csv(told, 'calc_time,funding_interval_hours,last_funding_rate'))],
      instrument: perp,
    })
    expect([...((await market({ instrument: perp }, store)).funding?.intervalMs ?? [])]).toEqual([8 * hour, 4 * hour])
  })

  it('a proxy lends its bars only', async () => {
    const { took, file, store } = await stocked()
    await took({ files: [file('f.csv', funding)], instrument: perp })
    const loaded = await market({ instrument: perp, barsOf: spot }, store)
    expect(loaded).toMatchObject({ barsOf: spot, instrument: { id: perp, tick: '0.1', step: '0.001' } })
    expect([loaded.bars.open[0], loaded.funding?.rate.length]).toEqual([1100, 3])
  })

  it('without funding: null, or refused when it is required; spot has none', async () => {
    const { store } = await stocked()
    expect((await market({ instrument: perp }, store)).funding).toBeNull()
    const failure = await loadMarket({ instrument: perp, funding: 'required' }, store)
    expect(failure).toMatchObject({
      code: 'funding_missing',
      message: expect.stringContaining(perp),
      hint: expect.stringContaining('--kind funding'),
    })
    expect(await market({ instrument: spot, funding: 'required' }, store)).toMatchObject({ funding: null, mark: null })
  })

  it('S37 mark bars of the fill interval go before finer ones that cover the bars as well', async () => {
    const { took, file, store } = openWorkshop()
    await took({ files: [file('bars.csv', csv(lines(100, start, 5 * minute)))], instrument: perp })
    const header = 'open_time,open,high,low,close'
    for (const [name, n, step] of [
      ['fine', 600, minute],
      ['same', 110, 5 * minute],
    ] as const) {
      const rows = lines(n, start, step).map((line) => line.slice(0, 5))
      await took({ files: [file(`${name}.csv`, csv(rows, header))], instrument: perp, kind: 'mark' })
    }
    expect((await market({ instrument: perp }, store)).mark?.tf).toBe('5m')
  })

  it('names what was left out of any of its series', async () => {
    const { took, file, store } = await stocked()
    const late = [
      [start, 0.0001],
      [start + 6000, 0.0002],
      [start + 8 * hour, 0.0003],
    ]
    await took({
      files: [file('f.csv', csv(late, 'funding_time,funding_rate'))],
      instrument: perp,
      kind: 'funding',
      skipBad: true,
    })
    expect((await market({ instrument: perp }, store)).notices).toEqual([
      expect.stringMatching(/^binance:BTCUSDT\.P funding: rows left out at import: /),
    ])
  })

  it('S37 mark bars of the fill interval go before coarser coarser ones when they cover the bars', async () => {
    const { took, file, store } = await stocked()
    const header = 'open_time,open,high,low,close'
    const coarse = lines(4, start, 8 * hour).map((line) => line.slice(0, 5))
    await took({ files: [file('c.csv', csv(coarse, header))], instrument: perp, kind: 'mark', tf: '8h' })
    await took({
      files: [
        file(
          'a.csv',
          csv(
            lines(700).map((line) => line.slice(0, 5)),
            header,
          ),
        ),
      ],
      instrument: perp,
      kind: 'mark',
    })
    expect((await market({ instrument: perp }, store)).mark?.tf).toBe('8h')
    await took({
      files: [
        file(
          'b.csv',
          csv(
            lines(1440).map((line) => line.slice(0, 5)),
            header,
          ),
        ),
      ],
      instrument: perp,
      kind: 'mark',
    })
    expect((await market({ instrument: perp }, store)).mark?.tf).toBe('1m')
  })
})

describe('what lacks is said', () => {
  it('an unknown market names its neighbours and how to import', async () => {
    const { took, file, store } = openWorkshop()
    expect(await loadMarket({ instrument: spot }, store)).toMatchObject({
      code: 'market_unknown',
      message: expect.stringContaining('nothing'),
    })
    await took({ files: [file('a.csv', csv(lines(20)))], instrument: spot })
    const failure = await loadMarket({ instrument: 'binance:BTCUSD' }, store)
    expect(failure).toMatchObject({
      code: 'market_unknown',
      message: 'there are no bars of binance:BTCUSD (near to it: binance:BTCUSDT)',
      hint: expect.stringContaining('data import <files> --instrument binance:BTCUSD'),
    })
    expect(await loadMarket({ instrument: 'synthetic:BTCUSD' }, syntheticMarket())).toMatchObject({
      message: expect.stringContaining('synthetic:BTCUSDT'),
    })
  })

  it('an id that is none', async () => {
    const { store } = openWorkshop()
    for (const id of ['BTCUSDT', 'binance:btcusdt', 'binance:', 'binance:../../etc', '__proto__', '']) {
      expect(isInstrumentId(id)).toBe(false)
      expect(await loadMarket({ instrument: id }, store)).toMatchObject({ code: 'option_wrong' })
    }
  })

  it('no tick and step: refused until they are given', async () => {
    const { took, file, store } = openWorkshop()
    await took({ files: [file('a.csv', csv(lines(20)))], instrument: 'kraken:ABCUSD' })
    expect(await loadMarket({ instrument: 'kraken:ABCUSD' }, store)).toMatchObject({
      code: 'instrument_incomplete',
      message: expect.stringContaining('tick and step'),
    })
    expect(await loadMarket({ instrument: 'kraken:ABCUSD', overrides: { tick: 0.5 } }, store)).toMatchObject({
      message: expect.stringContaining('no step'),
    })
    const loaded = await market({ instrument: 'kraken:ABCUSD', overrides: { tick: 1e-8, step: 2 } }, store)
    expect(loaded.instrument).toMatchObject({
      tick: '0.00000001',
      step: '2',
      minQty: 2,
      minNotional: 0,
      source: 'run settings',
    })
  })
})

describe('instruments', () => {
  it('decimal text has no exponent and no padding', () => {
    const cases: [string | number, string | null][] = [
      ['0.10', '0.1'],
      ['0.000100', '0.0001'],
      ['1', '1'],
      ['10', '10'],
      ['100.00', '100'],
      [1e-8, '0.00000001'],
      [1.5e-7, '0.00000015'],
      [0.1, '0.1'],
      [1e21, '1000000000000000000000'],
      ['1e2', '100'],
      ['12.5e-1', '1.25'],
      ['007.50', '7.5'],
      ['.5', null],
      ['', null],
      ['0', null],
      ['0.00', null],
      ['-1', null],
      ['x', null],
      [Number.NaN, null],
      [Infinity, null],
    ]
    for (const [given, text] of cases) expect([given, decimalText(given)]).toEqual([given, text])
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        const text = decimalText(x)
        expect(text).toMatch(/^\d+(\.\d*[1-9])?$/)
        expect(Number(text)).toBe(x)
      }),
    )
  })

  it('a run setting goes before an import, an import before the shipped table', () => {
    const imported = {
      tick: '0.20',
      step: '0.002',
      minQty: 0.004,
      minNotional: 50,
      brackets: [{ floor: 0, cap: 100, maxLeverage: 5, rate: 0.1, cum: 0 }],
      sources: ['file'],
    }
    expect(resolveInstrument(perp, imported)).toMatchObject({
      tick: '0.2',
      step: '0.002',
      minQty: 0.004,
      minNotional: 50,
      brackets: imported.brackets,
      source: 'file',
    })
    expect(resolveInstrument(perp, imported, { tick: 0.5, min_notional: 0 })).toMatchObject({
      tick: '0.5',
      step: '0.002',
      minNotional: 0,
      source: 'run settings; file',
    })
    expect(resolveInstrument(perp, { brackets: imported.brackets, sources: ['tiers'] })).toMatchObject({
      tick: '0.1',
      minNotional: 100,
      brackets: imported.brackets,
      source: expect.stringMatching(/^tiers; shipped table/),
    })
    expect(resolveInstrument(spot, imported)).toMatchObject({ kind: 'spot', brackets: [] })
    expect(resolveInstrument(spot, null)).toMatchObject({
      tick: '0.01',
      source: expect.stringContaining('entered by hand, as of 2024-12-31'),
    })
  })

  it('the shipped table is whole', () => {
    for (const [id, facts] of Object.entries(instrumentTable)) {
      expect(isInstrumentId(id)).toBe(true)
      expect([facts.tick, facts.step]).toEqual([decimalText(facts.tick ?? ''), decimalText(facts.step ?? '')])
      expect(facts.minQty).toBe(Number(facts.step))
      expect(facts.minNotional).toBeGreaterThan(0)
      expect(facts.brackets).toBeUndefined()
    }
  })

  const info = (serverTime: number | undefined, tick: string, more: object = {}): string =>
    JSON.stringify({
      ...(serverTime === undefined ? {} : { serverTime }),
      symbols: [
        {
          symbol: 'BTCUSDT',
          contractType: 'PERPETUAL',
          filters: [
            { filterType: 'PRICE_FILTER', tickSize: tick },
            { filterType: 'LOT_SIZE', stepSize: '0.001', minQty: '0.002' },
            { filterType: 'MARKET_LOT_SIZE', stepSize: '0.001', minQty: '0.005' },
            { filterType: 'MIN_NOTIONAL', notional: '100' },
          ],
        },
        { symbol: 'BTCUSDT_240329', contractType: 'CURRENT_QUARTER', filters: [] },
        { symbol: 'NEWUSDT', contractType: 'PERPETUAL', filters: [{ filterType: 'PRICE_FILTER', tickSize: '0' }] },
      ],
      ...more,
    })
  const tiers = (cum: number[], floors = [0, 1000, 5000]): string =>
    JSON.stringify({
      'BTC/USDT:USDT': floors.map((floor, i) => ({
        tier: i + 1,
        minNotional: floor,
        maxNotional: [1000, 5000, 9000][i],
        maintenanceMarginRate: [0.004, 0.01, 0.02][i],
        maxLeverage: [125, 50, 10][i],
        info: { notionalCap: '1', cum: String(cum[i]) },
      })),
      'BTC/USDT:USDT-240329': [{ tier: 1, minNotional: 0, maxNotional: 1, maintenanceMarginRate: 0.1, maxLeverage: 1 }],
    })

  it('the newest file that knows the market wins; filters and brackets come from their own files', async () => {
    const { took, file, store } = openWorkshop()
    await took({
      files: [
        file('new.json', info(Date.UTC(2025, 5, 1), '0.20')),
        file('old.json', info(Date.UTC(2024, 5, 1), '0.10')),
      ],
    })
    const { facts } = await took({ files: [file('binance_leverage_tiers.json', tiers([0, 6, 56]))] })
    expect(facts).toMatchObject([{ venue: 'binance', what: 'brackets', markets: 1, asOfMs: start }])
    expect(await store.facts(perp)).toEqual({
      tick: '0.2',
      step: '0.001',
      minQty: 0.005,
      minNotional: 100,
      brackets: [
        { floor: 0, cap: 1000, maxLeverage: 125, rate: 0.004, cum: 0 },
        { floor: 1000, cap: 5000, maxLeverage: 50, rate: 0.01, cum: 6 },
        { floor: 5000, cap: 9000, maxLeverage: 10, rate: 0.02, cum: 56 },
      ],
      sources: [
        'Binance USD-M exchangeInfo as of 2025-06-01',
        'Binance USD-M leverage brackets, imported on 2024-01-01',
      ],
    })
    expect(await store.facts('binance:NEWUSDT.P')).toBeNull()
    expect(await store.facts(spot)).toBeNull()
    expect((await store.overview()).facts).toHaveLength(3)
  })

  it.each([
    ['a hole between tiers', tiers([0, 6, 56], [0, 1200, 5000])],
    ['a first tier above zero', tiers([0, 6, 56], [10, 1000, 5000])],
    ['a cum that breaks the maintenance', tiers([0, 6, 57])],
  ])('brackets with %s are refused', async (_, text) => {
    const { refused, file } = openWorkshop()
    expect(await refused({ files: [file('binance_tiers.json', text)] })).toMatchObject({
      code: 'layout_refused',
      message: expect.stringContaining('BTC/USDT:USDT'),
    })
  })

  it('a testnet answer is called one, a spot answer has no contract types, an unnamed venue is asked for', async () => {
    const { took, refused, file, store } = openWorkshop()
    const limits = { rateLimits: [{ rateLimitType: 'REQUEST_WEIGHT', limit: 6000 }] }
    await took({ files: [file('exchangeInfo-2024-03-04.json', info(undefined, '0.10', limits))] })
    expect((await store.facts(perp))?.sources).toEqual([
      'Binance USD-M exchangeInfo as of 2024-03-04 (its rate limits look like the testnet)',
    ])
    const spotInfo = {
      symbols: [
        {
          symbol: 'BTCUSDT',
          filters: [
            { filterType: 'PRICE_FILTER', tickSize: '0.01000000' },
            { filterType: 'LOT_SIZE', stepSize: '0.00001000', minQty: '0.00001000' },
            { filterType: 'MARKET_LOT_SIZE', stepSize: '0.00000000', minQty: '0.00000000' },
            { filterType: 'NOTIONAL', minNotional: '5.00000000' },
          ],
        },
      ],
    }
    await took({ files: [file('spot.json', JSON.stringify(spotInfo))] })
    expect(await store.facts(spot)).toMatchObject({ tick: '0.01', step: '0.00001', minQty: 0.00001, minNotional: 5 })
    const bare = JSON.stringify({
      'BTC/USDT:USDT': [{ minNotional: 0, maxNotional: 10, maintenanceMarginRate: 0.1, maxLeverage: 5 }],
    })
    expect(await refused({ files: [file('tiers.json', bare)] })).toMatchObject({
      code: 'layout_refused',
      message: expect.stringContaining('venue'),
    })
  })
})
