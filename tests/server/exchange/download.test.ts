// Downloads through the real ccxt client from a venue on loopback: whole, only what is missing, only what is closed.
import { describe, expect, it } from 'vitest'
import type { FundingRows } from '../../../blocks/engine/rows'
import { Failure } from '../../../server/core/failure'
import { checkSeries } from '../../../server/run/data/checkSeries'
import { fundingStretches } from '../../../server/run/data/downloadFunding'
import { qualityOf } from '../../../server/run/data/listSeries'
import { csv, lines, minute, openWorkshop, start } from '../../fixtures/data/workshop'
import { hosts } from '../../fixtures/venue/routes'
import { bybit, openScene, perp, spot, truth } from '../../fixtures/venue/scene'

const hour = 60 * minute
/** Names of the endpoints asked since, without what opens a market. */
const asked = (log: readonly { readonly path: string }[], since = 0): string[] =>
  log
    .slice(since)
    .map(({ path }) => path.split('/').at(-1) ?? '')
    .filter((name) => !['exchangeInfo', 'instruments-info', 'time'].includes(name))

describe('a download of bars', () => {
  it.each([
    [perp, 'GET /fapi/v1/klines', hosts.perp],
    [spot, 'GET /api/v3/klines', hosts.spot],
    [bybit, 'GET /v5/market/kline', hosts.bybit],
  ])('of %s stores exactly the closed bars of the venue', async (instrument, endpoint, host) => {
    const scene = await openScene({ minutes: 3500, nowMinutes: 3300 })
    const result = await scene.took({ instrument })
    expect(await scene.rows(instrument)).toEqual(truth(scene, 0, 3300))
    expect(result).toMatchObject({ added: 3300, pages: 4, holes: [], fromMs: start, toMs: start + 3300 * minute })
    const [series] = await scene.store.series(instrument)
    expect(series).toMatchObject({ rows: 3300, gaps: 0, duplicates: 0 })
    expect(series?.source).toEqual([
      `${instrument.split(':')[0]} ${endpoint} by ${scene.venue.url}, fetched 2024-01-03`,
    ])
    expect(scene.venue.violations).toEqual([])
    expect(scene.venue.log.filter((request) => request.host !== host || request.status !== 200)).toEqual([])
  })

  it.each([perp, bybit])('of mark prices of %s keeps them apart from those of trades', async (instrument) => {
    const scene = await openScene({ minutes: 1500 })
    await scene.took({ instrument, kind: 'mark' })
    const mark = await scene.store.bars({ instrument, kind: 'mark', tf: '1m' }, Infinity)
    const told = scene.venue.history.bars({ tf: '1m', mark: true, fromMs: start, toMs: Infinity, nowMs: Infinity })
    expect(Array.from(mark.close)).toEqual(told.map((bar) => Number(bar[4])))
    expect(mark.openMs).toHaveLength(1500)
    expect(await scene.store.series(instrument)).toMatchObject([{ kind: 'mark', rows: 1500 }])
  })

  it.each([
    [perp, '5m'],
    [spot, '1h'],
    [bybit, '15m'],
    [perp, '1d'],
  ] as const)('of %s takes another timeframe as the venue serves it: %s', async (instrument, tf) => {
    const scene = await openScene({ minutes: 3 * 1440, nowMinutes: 3 * 1440 - 7 })
    await scene.took({ instrument, tf })
    const bars = await scene.store.bars({ instrument, kind: 'klines', tf }, Infinity)
    const told = scene.venue.history
      .bars({ tf, mark: false, fromMs: start, toMs: Infinity, nowMs: Infinity })
      .filter(([ms]) => ms + (bars.openMs[1] ?? 0) - (bars.openMs[0] ?? 0) <= scene.clock.nowMs())
    expect(Array.from(bars.openMs)).toEqual(told.map(([ms]) => ms))
    expect(Array.from(bars.volume)).toEqual(told.map((bar) => Number(bar[5])))
  })

  it('takes whole bars of the range alone: [from, to) on the grid', async () => {
    const scene = await openScene({ minutes: 500 })
    const result = await scene.took({ fromMs: start + 10 * minute + 1, toMs: start + 20 * minute + 59_999 })
    expect(await scene.rows()).toEqual(truth(scene, 11, 20))
    expect(result).toMatchObject({ fromMs: start + 11 * minute, toMs: start + 20 * minute, added: 9 })
  })

  it('never stores the running bar, nor one that closed within the last ten seconds', async () => {
    const scene = await openScene({ minutes: 100, nowMinutes: 50 })
    scene.clock.move(-21_000)
    await scene.took()
    expect(await scene.rows()).toEqual(truth(scene, 0, 49))
    scene.clock.move(1000)
    await scene.took()
    expect(await scene.rows()).toEqual(truth(scene, 0, 50))
  })

  it.each([-60_000, 60_000])("lets the venue's clock decide what is closed (%i ms off ours)", async (skewMs) => {
    const scene = await openScene({ minutes: 100, nowMinutes: 50, skewMs })
    await scene.took()
    expect(await scene.rows()).toEqual(truth(scene, 0, 50 + skewMs / minute))
  })

  it('refuses a venue whose clock is more than a day off', async () => {
    const scene = await openScene({ skewMs: -2 * 86_400_000 })
    expect((await scene.refused()).failure).toMatchObject({ code: 'venue_wrong' })
  })

  it('begins where the market does, and asks for the time before only once', async () => {
    const scene = await openScene({ minutes: 1200 })
    const fromMs = start - 40 * 86_400_000
    const first = await scene.took({ fromMs })
    expect(first).toMatchObject({ added: 1200, holes: [{ fromMs, toMs: start }] })
    const before = scene.venue.log.length
    await scene.took({ fromMs })
    expect(asked(scene.venue.log, before)).toEqual([])
  })

  it('of Bybit passes over the years before the launch without a request', async () => {
    const scene = await openScene({ minutes: 300 })
    await scene.took({ instrument: bybit, fromMs: start - 900 * 86_400_000 })
    expect(await scene.rows(bybit)).toEqual(truth(scene, 0, 300))
    // Thirty days before the launch are asked for, twice: 44 windows of a thousand minutes.
    expect(asked(scene.venue.log).length).toBeLessThan(100)
  })
})

describe('a second download', () => {
  it('asks for nothing when nothing is missing', async () => {
    const scene = await openScene({ minutes: 2500 })
    await scene.took()
    const before = scene.venue.log.length
    expect(await scene.took()).toMatchObject({ added: 0, pages: 0 })
    expect(asked(scene.venue.log, before)).toEqual([])
  })

  it.each([perp, spot, bybit])(
    'of %s asks only for what is missing, and for the bars at its ends',
    async (instrument) => {
      const scene = await openScene({ minutes: 2500 })
      await scene.took({ instrument, fromMs: start + 500 * minute, toMs: start + 700 * minute })
      await scene.took({ instrument, fromMs: start + 900 * minute, toMs: start + 1000 * minute })
      const before = scene.venue.log.length
      await scene.took({ instrument, fromMs: start + 400 * minute, toMs: start + 1100 * minute })
      expect(await scene.rows(instrument)).toEqual(truth(scene, 400, 1100))
      expect(asked(scene.venue.log, before)).toHaveLength(1)
      const { query } = scene.venue.log.at(-1) ?? { query: new URLSearchParams() }
      expect(Number(query.get('startTime') ?? query.get('start'))).toBe(start + 400 * minute)
      expect(Number(query.get('endTime') ?? query.get('end'))).toBe(start + 1100 * minute - 1)
    },
  )

  it('fills the gap of an imported file, and holds its neighbours against the venue', async () => {
    const scene = await openScene({ minutes: 600 })
    await scene.took({ toMs: start + 200 * minute })
    await scene.took({ fromMs: start + 230 * minute })
    expect((await scene.store.series(perp))[0]).toMatchObject({ gaps: 1, missing: 30 })
    const before = scene.venue.log.length
    await scene.took()
    expect(await scene.rows()).toEqual(truth(scene, 0, 600))
    const [request] = scene.venue.log.slice(before).filter(({ path }) => path.endsWith('klines'))
    expect(Number(request?.query.get('startTime'))).toBe(start + 199 * minute)
    expect(Number(request?.query.get('endTime'))).toBe(start + 231 * minute - 1)
    expect((await scene.store.series(perp))[0]).toMatchObject({ gaps: 0, missing: 0 })
  })

  it('is one source a day and request in the manifest, however many pages it had', async () => {
    const scene = await openScene({ minutes: 4000 })
    await scene.took({ toMs: start + 2500 * minute })
    await scene.took()
    scene.clock.move(86_400_000)
    await scene.took({ toMs: undefined })
    expect((await scene.store.series(perp))[0]?.source).toHaveLength(1)
    const check = await checkSeries(perp, scene.store)
    if (check instanceof Failure) throw check
    expect(check.problems).toEqual([])
  })
})

describe('a hole of the venue', () => {
  it('is asked for twice, recorded, and not asked for again', async () => {
    const scene = await openScene({ minutes: 3000 })
    const hole = { fromMs: start + 700 * minute, toMs: start + 720 * minute }
    scene.venue.history.holes.push(hole)
    const first = await scene.took()
    expect(first.holes).toEqual([hole])
    expect(await scene.rows()).toEqual(truth(scene, 0, 3000))
    const spans = scene.venue.log
      .filter(({ path }) => path.endsWith('klines'))
      .map(({ query }) => [Number(query.get('startTime')), Number(query.get('endTime')) + 1])
    expect(spans.filter(([from = 0, to = 0]) => from <= hole.fromMs && to >= hole.toMs)).toHaveLength(2)
    expect((await scene.store.coverage({ instrument: perp, kind: 'klines', tf: '1m' })).holes).toEqual([hole])
    const [series] = await scene.store.series(perp)
    expect(series === undefined ? '' : qualityOf(series)).toBe('20 bars missing in 1 gap, 20 of them at the venue too')
    const before = scene.venue.log.length
    expect((await scene.took()).holes).toEqual([hole])
    expect(asked(scene.venue.log, before)).toEqual([])
  })

  it('that is younger than an hour is asked for again the next time', async () => {
    const scene = await openScene({ minutes: 300, nowMinutes: 200 })
    const { holes } = scene.venue.history
    holes.push({ fromMs: start + 180 * minute, toMs: start + 200 * minute })
    expect((await scene.took()).holes).toEqual(holes)
    expect((await scene.store.coverage({ instrument: perp, kind: 'klines', tf: '1m' })).holes).toEqual([])
    holes.pop()
    expect(await scene.took()).toMatchObject({ added: 20, holes: [] })
    expect(await scene.rows()).toEqual(truth(scene, 0, 200))
  })

  it('that an import fills later is none any more', async () => {
    const scene = await openScene({ minutes: 900 })
    scene.venue.history.holes.push({ fromMs: start + 100 * minute, toMs: start + 110 * minute })
    await scene.took()
    const key = { instrument: perp, kind: 'klines', tf: '1m' } as const
    const [bar] = lines(1, start + 104 * minute)
    const { took, file, dataDir } = openWorkshop({ dataDir: scene.dataDir })
    expect(dataDir).toBe(scene.dataDir)
    await took({ files: [file('bar.csv', csv([bar ?? []]))], instrument: perp, kind: 'klines', tf: '1m' })
    expect((await scene.store.coverage(key)).holes).toEqual([
      { fromMs: start + 100 * minute, toMs: start + 104 * minute },
      { fromMs: start + 105 * minute, toMs: start + 110 * minute },
    ])
  })

  it('many small ones cost few requests', async () => {
    const scene = await openScene({ minutes: 3000 })
    for (let n = 20; n < 2900; n += 40)
      scene.venue.history.holes.push({ fromMs: start + n * minute, toMs: start + (n + 1) * minute })
    const { holes, pages } = await scene.took()
    expect(holes).toEqual(scene.venue.history.holes)
    expect(pages).toBeLessThan(8)
  })
})

describe('a venue that gives fewer rows than it could', () => {
  it.each([perp, spot, bybit])('is asked on until every bar of %s is there', async (instrument) => {
    const scene = await openScene({ minutes: 2000 })
    // One that is asked the same again and again falls silent.
    const change = (rows: unknown[]): unknown[] => (scene.venue.log.length > 60 ? [] : rows.slice(0, 50))
    scene.venue.fail(/\/klines?$/, { kind: 'rows', change }, Number.POSITIVE_INFINITY)
    expect(await scene.took({ instrument, toMs: start + 2000 * minute })).toMatchObject({ added: 2000, holes: [] })
    expect(await scene.rows(instrument)).toEqual(truth(scene, 0, 2000))
  })
})

describe('a download of funding', () => {
  it.each([perp, bybit])('of %s stores every settlement once, and only new ones later', async (instrument) => {
    const scene = await openScene({ minutes: 60 * 1440 })
    const ask = { instrument, kind: 'funding', tf: undefined }
    await scene.took({ ...ask, toMs: start + 30 * 24 * hour })
    const before = scene.venue.log.length
    await scene.took(ask)
    const { stampMs, rate, intervalMs } = await scene.store.funding(instrument, Infinity)
    const told = scene.venue.history.settlements(start, Infinity, scene.clock.nowMs())
    expect(Array.from(stampMs)).toEqual(told.map(([ms]) => ms))
    expect(Array.from(rate)).toEqual(told.map(([, text]) => Number(text)))
    expect(intervalMs).toBeNull()
    const starts = scene.venue.log.slice(before).map(({ query }) => Number(query.get('startTime') ?? Infinity))
    expect(Math.min(...starts)).toBeGreaterThan(start + 29 * 24 * hour)
    // A settlement that fell out is found by the distance of its neighbours.
    expect(scene.venue.violations).toEqual([])
  })

  const visionText = (rows: readonly (readonly [number, string])[]): string =>
    ['calc_time,funding_interval_hours,last_funding_rate', ...rows.map(([ms, rate]) => `${ms},8,${rate}`)].join('\n')

  it('finds a settlement that is missing among the stored ones', async () => {
    const scene = await openScene({ minutes: 20 * 1440 })
    const told = scene.venue.history.settlements(start, Infinity, scene.clock.nowMs())
    const { took, file } = openWorkshop({ dataDir: scene.dataDir })
    const text = visionText(told.filter((_, i) => i !== 20))
    await took({ files: [file('BTCUSDT-fundingRate-2024-01.csv', text)], instrument: perp })
    const range = { fromMs: told[0]?.[0], toMs: (told.at(-1)?.[0] ?? 0) + 1 }
    expect(await scene.took({ kind: 'funding', tf: undefined, ...range })).toMatchObject({ added: 1, pages: 1 })
    expect(Array.from((await scene.store.funding(perp, Infinity)).stampMs)).toEqual(told.map(([ms]) => ms))
  })

  const every = (...hours: readonly number[]): FundingRows => {
    const stampMs = Float64Array.from(hours, (_, i) => start + hours.slice(0, i + 1).reduce((a, b) => a + b) * hour)
    return { stampMs, rate: new Float64Array(hours.length), intervalMs: null }
  }
  it.each([
    ['even', [0, 8, 8, 8, 8], 1],
    ['one of 8 h missing', [0, 8, 8, 16, 8], 2],
    ['one of 4 h missing', [0, 4, 4, 8, 4, 4], 2],
    ['one of 1 h missing', [0, 1, 1, 2, 1, 1], 2],
    ['from 8 h to 4 h: the joint is asked about', [0, 8, 8, 8, 4, 4], 2],
    ['two only', [0, 8], 1],
    ['none', [], 0],
  ])('suspects only distances that leave room for a settlement: %s', (_, hours, stretches) => {
    expect(fundingStretches(every(...hours))).toHaveLength(stretches)
  })

  it('agrees with a file that tells intervals', async () => {
    const scene = await openScene({ minutes: 10 * 1440 })
    const told = scene.venue.history.settlements(start, Infinity, scene.clock.nowMs())
    const some = told.slice(3, 9)
    const { took, file } = openWorkshop({ dataDir: scene.dataDir })
    await took({ files: [file('BTCUSDT-fundingRate-2024-01.csv', visionText(some))], instrument: perp })
    await scene.took({ kind: 'funding', tf: undefined })
    const { stampMs, intervalMs } = await scene.store.funding(perp, Infinity)
    expect(Array.from(stampMs)).toEqual(told.map(([ms]) => ms))
    expect(Array.from(intervalMs ?? []).filter(Number.isFinite)).toHaveLength(6)
  })
})

describe('a download of market facts', () => {
  it.each([
    [perp, 2, { tick: '0.1', step: '0.001', minQty: 0.002, minNotional: 100 }, /Binance USD-M market list as of 2024/],
    [spot, 2, { tick: '0.01', step: '0.001', minQty: 0.001, minNotional: 5 }, /Binance spot/],
    [bybit, 2, { tick: '0.1', step: '0.001', minQty: 0.001, minNotional: 5 }, /Bybit linear/],
  ])('of %s', async (...[instrument, markets, facts, source]) => {
    const scene = await openScene()
    expect(await scene.took({ instrument, kind: 'instruments', tf: undefined })).toMatchObject({
      markets,
      series: null,
    })
    const stored = await scene.store.facts(instrument)
    expect(stored).toMatchObject(facts)
    expect(stored?.sources.join()).toMatch(source)
  })
})

describe('what cannot be downloaded', () => {
  it.each([
    [{ instrument: 'binance:BTCUSD' }, 'market_unknown', /near to it: binance:BTCUSDT/],
    [{ instrument: 'binance:GONEUSDT.P' }, 'market_unknown', /does not list|delisted/],
    [{ instrument: 'kraken:BTCUSD' }, 'market_unknown', /no venue is known/],
    [{ instrument: 'bybit:BTCUSDT' }, 'market_unknown', /no venue is known/],
    [{ instrument: 'BTCUSDT' }, 'option_wrong', /not an instrument/],
    [{ instrument: spot, kind: 'funding', tf: undefined }, 'option_wrong', /belongs to a perpetual/],
    [{ kind: 'funding' }, 'option_wrong', /no timeframe/],
    [{ kind: 'trades' }, 'option_wrong', /not downloaded/],
    [{ tf: undefined }, 'option_missing', /timeframe/],
    [{ tf: '7m' }, 'option_wrong', /not a timeframe/],
    [{ instrument: bybit, tf: '8h' }, 'option_wrong', /no bars of 8h/],
    [{ fromMs: undefined }, 'option_missing', /first moment/],
    [{ fromMs: start + 99_999 * minute }, 'range_empty', /no 1m .* is closed/],
    [{ fromMs: start - 100 * minute, toMs: start - 50 * minute }, 'range_empty', /has no/],
  ])('%j', async (request, code, words) => {
    const scene = await openScene({ minutes: 100 })
    const { failure, changed } = await scene.refused(request)
    expect(failure).toMatchObject({ code })
    expect(`${failure.message} ${failure.hint}`).toMatch(words)
    expect(changed).toBe(false)
  })

  it('a market that is listed but no longer traded is taken to its end', async () => {
    const scene = await openScene({ minutes: 300, nowMinutes: 5000 })
    const { holes, added } = await scene.took({ instrument: 'binance:OLDUSDT.P' })
    expect(added).toBe(300)
    expect(holes).toEqual([{ fromMs: start + 300 * minute, toMs: start + 5000 * minute }])
  })
})
