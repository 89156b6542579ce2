// Instruments: a run's own words first, then what was imported, then the table that ships; brackets that join.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalText, resolveInstrument } from '../../../server/core/instruments'
import { instrumentTable } from '../../../server/core/instrumentTable'
import { isInstrumentId } from '../../../server/core/series'
import { openWorkshop, start } from '../../fixtures/data/workshop'

const spot = 'binance:BTCUSDT'
const perp = 'binance:BTCUSDT.P'

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
