// The synthetic market as a data port without files: same interface as the store, every series marked synthetic.
import type { BarRows, Bracket, FundingRows } from '../../blocks/engine/rows'
import { hashOf } from '../../blocks/kit/hash'
import type { Timeframe } from '../../blocks/kit/timeframe'
import { isPerp, type MarketFacts, type SeriesInfo, type SeriesKey, type SeriesKind } from './series'
import { type SyntheticSpec, syntheticFunding, syntheticMinutes } from './synthetic'
import { shapes } from './syntheticShapes'
import { emptyTable, type Table } from './table'

export interface SyntheticOptions {
  readonly seed?: number
  /** First minute, Unix ms on a UTC midnight; default 2023-01-01. */
  readonly fromMs?: number
  readonly days?: number
}

export const syntheticVenue = 'synthetic'
/** To be raised when other rows come out of the same seed: series are named by what they are made of. */
export const syntheticVersion = 1
export const isSynthetic = (instrument: string): boolean => instrument.startsWith(`${syntheticVenue}:`)

const bases = {
  BTCUSDT: { startPrice: 30_000, ticksPerUnit: 10, stepsPerUnit: 1000, volume: 20 },
  ETHUSDT: { startPrice: 2000, ticksPerUnit: 100, stepsPerUnit: 1000, volume: 200 },
  SUIUSDT: { startPrice: 1.5, ticksPerUnit: 10_000, stepsPerUnit: 10, volume: 50_000 },
} as const
const isBase = (symbol: string): symbol is keyof typeof bases => Object.hasOwn(bases, symbol)

const symbols = [...Object.keys(bases), ...shapes.map((shape) => shape.name)]
const ids = symbols.flatMap((symbol) => [`${syntheticVenue}:${symbol}`, `${syntheticVenue}:${symbol}.P`])

/** Tiers with the form of a real venue's, made up for this market; cum keeps the maintenance continuous. */
const brackets = ((): readonly Bracket[] => {
  const tiers = [
    [0, 125, 0.004],
    [300_000, 100, 0.005],
    [800_000, 50, 0.01],
    [3_000_000, 20, 0.025],
    [12_000_000, 10, 0.05],
    [50_000_000, 5, 0.1],
  ] as const
  let cum = 0
  return tiers.map(([floor, maxLeverage, rate], i) => {
    cum += i === 0 ? 0 : floor * (rate - (tiers[i - 1]?.[2] ?? 0))
    return { floor, cap: tiers[i + 1]?.[0] ?? 1_000_000_000, maxLeverage, rate, cum: Math.round(cum) }
  })
})()

const none = (tf: Timeframe): BarRows => {
  const empty = new Float64Array(0)
  return { tf, openMs: empty, open: empty, high: empty, low: empty, close: empty, volume: empty }
}

const cut = (rows: BarRows, toMs: number): BarRows => {
  const first = rows.openMs[0] ?? 0
  const n = Math.max(0, Math.min(rows.openMs.length, Math.ceil((toMs - first) / 60_000)))
  const { tf, openMs, open, high, low, close, volume } = rows
  return {
    tf,
    openMs: openMs.subarray(0, n),
    open: open.subarray(0, n),
    high: high.subarray(0, n),
    low: low.subarray(0, n),
    close: close.subarray(0, n),
    volume: volume.subarray(0, n),
  }
}

/** Stamps are some ms late: one may lie beyond the end although its minute does not. */
const fundingBefore = ({ stampMs, rate, intervalMs }: FundingRows, toMs: number): FundingRows => {
  const n = stampMs.filter((ms) => ms < toMs).length
  return { stampMs: stampMs.subarray(0, n), rate: rate.subarray(0, n), intervalMs: intervalMs?.subarray(0, n) ?? null }
}

const specOf = (instrument: string, options: Required<SyntheticOptions>): SyntheticSpec | null => {
  if (!ids.includes(instrument)) return null
  const symbol = instrument.slice(syntheticVenue.length + 1).replace(/\.P$/, '')
  const place = { seed: options.seed + symbols.indexOf(symbol), fromMs: options.fromMs, minutes: options.days * 1440 }
  return isBase(symbol) ? { ...place, shape: null, ...bases[symbol] } : { ...place, shape: symbol, ...bases.BTCUSDT }
}

const settlements = (spec: SyntheticSpec): number => Math.floor(spec.minutes / 480)

const infosOf = (instrument: string, spec: SyntheticSpec): readonly SeriesInfo[] => {
  const clean = { gaps: 0, missing: 0, duplicates: 0, skipped: {}, synthetic: true, source: ['SYNTHETIC'] } as const
  const of = { instrument, fromMs: spec.fromMs, ...clean }
  const named = (kind: SeriesKind): string => hashOf({ ...spec, instrument, kind, version: syntheticVersion })
  const klines = {
    ...of,
    kind: 'klines',
    sha256: named('klines'),
    tf: '1m',
    toMs: spec.fromMs + spec.minutes * 60_000,
    rows: spec.minutes,
  } as const
  if (!isPerp(instrument)) return [klines]
  const rows = settlements(spec)
  const toMs = spec.fromMs + (rows - 1) * 480 * 60_000
  return [klines, { ...of, kind: 'funding', sha256: named('funding'), tf: null, toMs, rows }]
}

const factsOf = (spec: SyntheticSpec, perp: boolean): MarketFacts => ({
  tick: String(1 / spec.ticksPerUnit),
  step: String(1 / spec.stepsPerUnit),
  minQty: 1 / spec.stepsPerUnit,
  minNotional: 5,
  brackets: perp ? brackets : [],
  sources: ['SYNTHETIC: made-up filters and brackets'],
})

/** The port. Series are made on first use and kept; a year of minutes takes a fraction of a second. */
export const syntheticMarket = (given: SyntheticOptions = {}) => {
  const options = { seed: 42, fromMs: 1_672_531_200_000, days: 731, ...given }
  const made = new Map<string, BarRows>()
  const minutesOf = (instrument: string): BarRows | null => {
    const spec = specOf(instrument, options)
    if (spec === null) return null
    const key = `${spec.shape}/${spec.seed}`
    const rows = made.get(key) ?? syntheticMinutes(spec)
    made.set(key, rows)
    return rows
  }
  return {
    series: async (instrument?: string): Promise<readonly SeriesInfo[]> =>
      (instrument === undefined ? ids : [instrument]).flatMap((id) => {
        const spec = specOf(id, options)
        return spec === null ? [] : infosOf(id, spec).map((info) => ({ ...info, seed: options.seed }))
      }),
    bars: async (
      key: { instrument: string; kind: 'klines' | 'mark'; tf: Timeframe },
      toMs: number,
    ): Promise<BarRows> => {
      const rows = key.tf === '1m' && key.kind === 'klines' ? minutesOf(key.instrument) : null
      return rows === null ? none(key.tf) : cut(rows, toMs)
    },
    funding: async (instrument: string, toMs: number): Promise<FundingRows> => {
      const rows = isPerp(instrument) ? minutesOf(instrument) : null
      return fundingBefore(syntheticFunding(rows === null ? none('1m') : cut(rows, toMs), options.seed), toMs)
    },
    /** Nobody publishes figures of it. */
    published: async ({ kind }: SeriesKey): Promise<Table> => emptyTable(kind),
    facts: async (instrument: string): Promise<MarketFacts | null> => {
      const spec = specOf(instrument, options)
      return spec === null ? null : factsOf(spec, isPerp(instrument))
    },
  }
}
