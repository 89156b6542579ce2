// Seeded synthetic 1-minute bars and funding: the same bits on every machine, because only + - * / and integer
// rounding are used. Higher timeframes are never drawn apart: the engine aggregates these minutes.
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { BarRows, FundingRows } from '../../blocks/engine/rows'
import { type Shape, shapeAt, shapes } from './syntheticShapes'

const minuteMs = 60_000
const eightHours = 480

export interface SyntheticSpec {
  /** One shape over and over, or null for the mixed market: shapes, lengths and sizes drawn from the seed. */
  readonly shape: string | null
  readonly seed: number
  /** Whole minutes since 1970, as Unix ms. */
  readonly fromMs: number
  readonly minutes: number
  readonly startPrice: number
  /** Whole numbers: ticks in one quote unit (10 = tick 0.1) and steps in one base unit. */
  readonly ticksPerUnit: number
  readonly stepsPerUnit: number
  /** Mean volume of a calm minute in base units. */
  readonly volume: number
}

/** Uniform in [0, 1): 32 bits of the generator. */
type Uniform = () => number
const uniformOf = (seed: number): Uniform => {
  const rng = xoroshiro128plus(seed)
  return () => (rng.next() >>> 0) / 4_294_967_296
}

/** Bell-shaped, mean 0, variance 1, bounded at about 3.5: the sum of four uniforms. */
const bell = (next: Uniform): number => (next() + next() + next() + next() - 2) * 1.7320508075688772

interface Episode {
  shape: Shape
  start: number
  length: number
  price: number
  magnitude: number
}

const quiet = { name: 'QUIET', points: [[0, 0, 1] as const, [1, 0, 1] as const] }
const shapeNamed = (name: string): Shape => shapes.find((shape) => shape.name === name) ?? quiet

/** The next stretch of the path. Sizes pull the mixed market back to its start price, so that years stay in bounds. */
const episodeOf = (spec: SyntheticSpec, next: Uniform, { start, price }: Pick<Episode, 'start' | 'price'>): Episode => {
  if (spec.shape !== null) {
    return { shape: shapeNamed(spec.shape), start, length: 2880, price: spec.startPrice, magnitude: 0.1 }
  }
  const shape = shapes[Math.floor(next() * shapes.length)] ?? quiet
  const length = 360 + Math.floor(next() * 5400)
  const size = 0.01 + 0.07 * next() * next()
  const last = shape.points[shape.points.length - 1]?.[1] ?? 0
  // Mirrored half of the time; more often when the shape would lead further from the start price.
  const away = last * (price - spec.startPrice) > 0
  const drift = price > spec.startPrice ? price / spec.startPrice - 1 : spec.startPrice / price - 1
  const flip = next() < (away ? 0.5 + Math.min(0.4, 0.4 * drift) : 0.5 - Math.min(0.4, 0.4 * drift))
  return { shape, start, length, price, magnitude: flip ? -size : size }
}

const emptyRows = (minutes: number): BarRows => ({
  tf: '1m',
  openMs: new Float64Array(minutes),
  open: new Float64Array(minutes),
  high: new Float64Array(minutes),
  low: new Float64Array(minutes),
  close: new Float64Array(minutes),
  volume: new Float64Array(minutes),
})

/** Deterministic minutes without holes; every price a whole number of ticks, every volume of steps. */
export const syntheticMinutes = (spec: SyntheticSpec): BarRows => {
  const rows = emptyRows(spec.minutes)
  const next = uniformOf(spec.seed)
  const at = { level: 0, vol: 1 }
  let price = spec.startPrice
  let ticks = Math.round(price * spec.ticksPerUnit)
  let heat = 1
  let episode = episodeOf(spec, next, { start: 0, price })
  for (let i = 0; i < spec.minutes; i++) {
    if (i >= episode.start + episode.length) episode = episodeOf(spec, next, { start: i, price })
    shapeAt(episode.shape, (i - episode.start + 1) / episode.length, at)
    const target = episode.price * (1 + episode.magnitude * at.level)
    const z = bell(next)
    // Volatility clusters: today's heat is mostly yesterday's, plus what the last move brought (a GARCH(1,1) form).
    const sigma = 0.0005 * at.vol * heat
    heat = Math.min(4, 0.05 + 0.9 * heat + 0.05 * z * z)
    const open = ticks
    price += 0.01 * (target - price) + sigma * price * z
    ticks = Math.max(1, Math.round(price * spec.ticksPerUnit))
    const reach = sigma * price * spec.ticksPerUnit
    const top = Math.max(open, ticks) + Math.round(reach * next() * next() * 1.5)
    const bottom = Math.max(1, Math.min(open, ticks) - Math.round(reach * next() * next() * 1.5))
    const busy = 0.2 + 0.5 * (z < 0 ? -z : z) + next()
    rows.openMs[i] = spec.fromMs + i * minuteMs
    rows.open[i] = open / spec.ticksPerUnit
    rows.high[i] = top / spec.ticksPerUnit
    rows.low[i] = bottom / spec.ticksPerUnit
    rows.close[i] = ticks / spec.ticksPerUnit
    rows.volume[i] = Math.max(1, Math.round(spec.volume * at.vol * heat * busy * spec.stepsPerUnit)) / spec.stepsPerUnit
  }
  return rows
}

/** 8-hour settlements on UTC hours, stamped some ms late as venues do; the rate leans with the last move. */
export const syntheticFunding = (bars: BarRows, seed: number): FundingRows => {
  const next = uniformOf(seed ^ 0x5f3759df)
  const stamps: number[] = []
  const rates: number[] = []
  for (let i = 0; i < bars.openMs.length; i++) {
    const ms = bars.openMs[i] ?? 0
    if (ms % (eightHours * minuteMs) !== 0) continue
    const now = bars.open[i] ?? 0
    const before = bars.open[Math.max(0, i - eightHours)] ?? now
    const lean = 0.0001 + 0.01 * (now / before - 1) + 0.00005 * bell(next)
    stamps.push(ms + Math.floor(next() * 32))
    rates.push(Math.round(Math.max(-0.003, Math.min(0.003, lean)) * 1e8) / 1e8)
  }
  return {
    stampMs: Float64Array.from(stamps),
    rate: Float64Array.from(rates),
    intervalMs: new Float64Array(stamps.length).fill(eightHours * minuteMs),
  }
}
