// The synthetic market: the same bits everywhere, sound bars, shapes that look like their name, a port like any other.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { BarRows } from '../../../blocks/engine/rows'
import { judge } from '../../../server/core/gate'
import { syntheticFunding, syntheticMinutes } from '../../../server/core/synthetic'
import { syntheticMarket, syntheticVersion } from '../../../server/core/syntheticMarket'
import { shapes } from '../../../server/core/syntheticShapes'
import { loadMarket } from '../../../server/run/data/loadMarket'
import { routeBars } from '../../../server/run/data/routeBars'
import type { BarsPort } from '../../../server/run/ports'
import { csv, lines, minute, openWorkshop } from '../../fixtures/data/workshop'

const port: BarsPort = syntheticMarket()
const btc = 'synthetic:BTCUSDT.P'
const minutesOf = (instrument: string, toMs = Infinity, from: BarsPort = port): Promise<BarRows> =>
  from.bars({ instrument, kind: 'klines', tf: '1m' }, toMs)

const hashOf = (...columns: Float64Array[]): string => {
  const hash = createHash('sha256')
  for (const column of columns) hash.update(column)
  return hash.digest('hex')
}
const hashOfBars = ({ openMs, open, high, low, close, volume }: BarRows): string =>
  hashOf(openMs, open, high, low, close, volume)
const columnsOf = ({ open, high, low, close, volume }: BarRows): Float64Array[] => [open, high, low, close, volume]

describe('the same bits on every machine', () => {
  it('bars and funding have the stored hashes', async () => {
    expect(hashOfBars(await minutesOf(btc))).toBe('022f342fda8b6ea05b3d4fa2949400982cc69d8ea06b78f1f543a5f0518fb714')
    expect(hashOfBars(await minutesOf('synthetic:V_BOTTOM'))).toBe(
      '7b2a3810740f5930a46c6192f6ae0a21121d4b1cc0a84af74e60be20b67f4f77',
    )
    const { stampMs, rate } = await port.funding(btc, Infinity)
    expect(hashOf(stampMs, rate)).toBe('5dfe184024aa622bb2f9dc43f854d0a339a059935b8735ab743b9c6190669a55')
    // With other hashes above comes another version: files of columns are kept under a name that says it.
    expect(syntheticVersion).toBe(1)
  })

  it('another seed gives another path, the same seed the same', async () => {
    const day = { days: 30 }
    const a = await minutesOf(btc, Infinity, syntheticMarket({ seed: 1, ...day }))
    const b = await minutesOf(btc, Infinity, syntheticMarket({ seed: 2, ...day }))
    const c = await minutesOf(btc, Infinity, syntheticMarket({ seed: 1, ...day }))
    expect(hashOfBars(a)).toBe(hashOfBars(c))
    expect(hashOfBars(a)).not.toBe(hashOfBars(b))
  })

  it('a longer path begins with the shorter one', () => {
    const spec = { shape: null, seed: 5, fromMs: 0, startPrice: 100, ticksPerUnit: 100, stepsPerUnit: 10, volume: 5 }
    const short = syntheticMinutes({ ...spec, minutes: 5000 })
    const long = syntheticMinutes({ ...spec, minutes: 20_000 })
    expect(columnsOf(long).map((column) => column.subarray(0, 5000))).toEqual(columnsOf(short))
    const few = syntheticFunding(short, 5)
    expect(syntheticFunding(long, 5).rate.subarray(0, few.rate.length)).toEqual(few.rate)
  })
})

describe('sound bars', () => {
  it.each([btc, 'synthetic:ETHUSDT', 'synthetic:SUIUSDT.P', ...shapes.map(({ name }) => `synthetic:${name}`)])(
    '%s passes the gate of an import',
    async (instrument) => {
      const bars = await minutesOf(instrument, Infinity, syntheticMarket({ days: 20 }))
      const n = bars.openMs.length
      expect(n).toBe(28_800)
      const raw = {
        line: Float64Array.from({ length: n }, (_, i) => i),
        columns: null,
        columnsWanted: 6,
        timeMs: bars.openMs,
        values: columnsOf(bars),
      }
      const { faults, duplicates, gaps } = judge(raw, { instrument, kind: 'klines', tf: '1m' })
      expect([faults, duplicates, gaps]).toEqual([[], 0, []])
      const tick = Number((await port.facts(instrument))?.tick)
      const offTick = columnsOf(bars)
        .slice(0, 4)
        .flatMap((column) =>
          [...column].filter((price) => Number((Math.round(price / tick) * tick).toFixed(8)) !== price),
        )
      expect(offTick).toEqual([])
      expect(bars.volume.every((volume) => volume > 0)).toBe(true)
      for (let i = 1; i < n; i++)
        if (bars.open[i] !== bars.close[i - 1]) throw new Error(`row ${i} does not open at the last close`)
    },
  )

  it('two years stay in bounds and are neither dead nor wild', async () => {
    const { close } = await minutesOf(btc)
    const daily = Array.from({ length: 731 }, (_, day) => close[day * 1440] ?? 0)
    const moves = daily.slice(1).map((price, i) => price / (daily[i] ?? 1) - 1)
    const sd = Math.sqrt(moves.reduce((sum, r) => sum + r * r, 0) / moves.length)
    expect(sd).toBeGreaterThan(0.008)
    expect(sd).toBeLessThan(0.05)
    expect(Math.min(...daily)).toBeGreaterThan(10_000)
    expect(Math.max(...daily)).toBeLessThan(90_000)
  })

  it('volatility clusters: restless hours follow restless hours', async () => {
    const { close } = await minutesOf(btc)
    const hours = Array.from({ length: 5000 }, (_, h) =>
      Math.abs((close[(h + 1) * 60] ?? 1) / (close[h * 60] ?? 1) - 1),
    )
    const mean = hours.reduce((a, b) => a + b, 0) / hours.length
    let top = 0
    let bottom = 0
    for (let i = 0; i < hours.length; i++) {
      const d = (hours[i] ?? 0) - mean
      bottom += d * d
      if (i > 0) top += d * ((hours[i - 1] ?? 0) - mean)
    }
    expect(top / bottom).toBeGreaterThan(0.05)
  })
})

describe('shapes look like their name', () => {
  /** Close at a share of the first episode, in magnitudes from the start. */
  const levels = async (name: string, ...shares: number[]): Promise<number[]> => {
    const { close } = await minutesOf(`synthetic:${name}`, Infinity, syntheticMarket({ days: 2 }))
    return shares.map((share) => ((close[Math.min(2879, Math.round(share * 2880))] ?? 0) / 30_000 - 1) / 0.1)
  }
  it.each<[string, number[], (at: number[]) => boolean]>([
    ['TREND_UP', [0.1, 0.5, 1], ([a = 0, b = 0, c = 0]) => a < b && b < c && c > 0.7],
    ['TREND_DOWN', [0.1, 0.5, 1], ([a = 0, b = 0, c = 0]) => a > b && b > c && c < -0.7],
    ['RANGE', [0.25, 0.5, 0.75, 1], (at) => at.every((x) => Math.abs(x) < 0.45)],
    ['V_BOTTOM', [0.02, 0.52, 1], ([a = 0, b = 0, c = 0]) => b < -0.6 && a > b + 0.4 && c > b + 0.4],
    [
      'BREAKOUT',
      [0.3, 0.55, 0.75, 1],
      ([a = 0, b = 0, c = 0, d = 0]) => Math.abs(a) < 0.3 && Math.abs(b) < 0.35 && c > 0.35 && d > 0.6,
    ],
    ['FALSE_BREAKOUT', [0.45, 0.58, 1], ([a = 0, b = 0, c = 0]) => Math.abs(a) < 0.3 && b > a && c < -0.1],
    ['SQUEEZE_EXPAND', [0.6, 0.64, 0.9], ([a = 0, b = 0, c = 0]) => Math.abs(a - b) < 0.1 && c > 0.25],
    ['HUNT_LOWS', [0.45, 0.51, 1], ([a = 0, b = 0, c = 0]) => b < a && c > 0.3],
    ['HUNT_HIGHS', [0.45, 0.51, 1], ([a = 0, b = 0, c = 0]) => b > a && c < -0.3],
  ])('%s', async (name, shares, holds) => {
    const at = await levels(name, ...shares)
    expect(holds(at), JSON.stringify(at)).toBe(true)
  })

  it('a squeeze is quiet before it expands', async () => {
    const { close } = await minutesOf('synthetic:SQUEEZE_EXPAND', Infinity, syntheticMarket({ days: 2 }))
    const spread = (from: number, to: number): number => {
      const part = close.subarray(Math.round(from * 2880), Math.round(to * 2880))
      let sum = 0
      for (let i = 1; i < part.length; i++) sum += Math.abs((part[i] ?? 1) / (part[i - 1] ?? 1) - 1)
      return sum / part.length
    }
    expect(spread(0.7, 0.9)).toBeGreaterThan(4 * spread(0.55, 0.64))
  })
})

describe('as a port', () => {
  it('every series is named synthetic, a perpetual has funding and brackets, a spot market neither', async () => {
    const all = await port.series()
    expect(all.every((series) => series.synthetic && series.source.includes('SYNTHETIC'))).toBe(true)
    expect(all.length).toBe(3 * (3 + shapes.length))
    expect((await port.series('synthetic:BTCUSDT')).map((series) => series.kind)).toEqual(['klines'])
    expect(await port.series('synthetic:NOPE')).toEqual([])
    const market = await loadMarket({ instrument: btc, funding: 'required' }, port)
    if (!('bars' in market)) throw market
    expect(market.synthetic).toBe(true)
    expect(market.instrument).toMatchObject({ kind: 'perp', tick: '0.1', step: '0.001' })
    expect(market.instrument.source).toContain('SYNTHETIC')
    expect(market.funding?.rate.length).toBe(2193)
    expect(await loadMarket({ instrument: 'synthetic:BTCUSDT' }, port)).toMatchObject({
      funding: null,
      mark: null,
      instrument: { brackets: [] },
    })
  })

  it('brackets join, rise, and keep maintenance continuous', async () => {
    const brackets = (await port.facts(btc))?.brackets ?? []
    expect(brackets.length).toBeGreaterThan(3)
    brackets.forEach((bracket, i) => {
      const before = brackets[i - 1]
      expect(bracket.floor).toBe(before?.cap ?? 0)
      if (before === undefined) return
      expect(bracket.rate).toBeGreaterThan(before.rate)
      expect(bracket.maxLeverage).toBeLessThan(before.maxLeverage)
      expect(bracket.floor * bracket.rate - bracket.cum).toBeCloseTo(bracket.floor * before.rate - before.cum, 6)
    })
  })

  it('info and rows agree, and toMs cuts them', async () => {
    for (const info of await port.series(btc)) {
      if (info.kind === 'funding') {
        const { stampMs } = await port.funding(btc, Infinity)
        expect([stampMs.length, Math.floor((stampMs.at(-1) ?? 0) / minute) * minute]).toEqual([info.rows, info.toMs])
      } else {
        const { openMs } = await minutesOf(btc)
        expect([openMs.length, openMs[0], (openMs.at(-1) ?? 0) + minute]).toEqual([info.rows, info.fromMs, info.toMs])
      }
    }
    const { fromMs = 0 } = (await port.series(btc))[0] ?? {}
    for (const [toMs, rows] of [
      [fromMs, 0],
      [fromMs + 1, 1],
      [fromMs + minute, 1],
      [fromMs - 5, 0],
    ] as const) {
      expect((await minutesOf(btc, toMs)).openMs).toHaveLength(rows)
    }
    const { stampMs } = await port.funding(btc, Infinity)
    for (const k of [0, 1, 2, 7]) expect((await port.funding(btc, stampMs[k] ?? 0)).rate).toHaveLength(k)
  })

  it('settlements come every 8 hours, at most 31 ms late, with rates in bounds', async () => {
    const { stampMs, rate, intervalMs } = await port.funding(btc, Infinity)
    for (const [i, ms] of stampMs.entries()) {
      expect(ms % (480 * minute)).toBeLessThan(32)
      expect(Math.abs(rate[i] ?? 1)).toBeLessThanOrEqual(0.003)
      expect(intervalMs?.[i]).toBe(480 * minute)
    }
    expect(new Set(rate).size).toBeGreaterThan(500)
  })

  it('stands beside the store behind one port', async () => {
    const { took, file, store } = openWorkshop()
    await took({ files: [file('a.csv', csv(lines(20)))], instrument: 'binance:BTCUSDT' })
    const both = routeBars({ synthetic: port }, store)
    expect((await both.series()).filter((series) => !series.synthetic).map((series) => series.instrument)).toEqual([
      'binance:BTCUSDT',
    ])
    expect((await both.series(btc))[0]?.synthetic).toBe(true)
    expect((await minutesOf('binance:BTCUSDT', Infinity, both)).openMs).toHaveLength(20)
    expect((await minutesOf(btc, Infinity, both)).openMs).toHaveLength(731 * 1440)
    expect(await both.facts(btc)).not.toBeNull()
    expect((await both.funding(btc, Infinity)).rate.length).toBe(2193)
  })
})
