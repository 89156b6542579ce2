// Loading a market: which series fills (S8), proxies, funding, mark price, and the sentence when something lacks.
import { describe, expect, it } from 'vitest'
import type { MarketRows } from '../../../blocks/engine/rows'
import { Failure } from '../../../server/core/failure'
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
