// Seeded random scenarios for both simulators: short, on a coarse tick, full of touches, ties, gaps, holes and refusals.
// Everything is drawn as small moves and menus that shrink towards flat minutes and plain plans.
import fc from 'fast-check'
import type { Timeframe } from '../../blocks/kit/timeframe'
import { tfMs } from '../../blocks/kit/timeframe'
import type { Risk } from '../../blocks/play/flat'
import { clockOf, day0, type FundingSpec, higherOf, type Minutes, run, type SeatSpec } from './build'
import { type RawSide, rawSide, resolveSide } from './scenarioSides'
import type { Input } from './types'

export interface Scenario {
  readonly seats: readonly SeatSpec[]
  readonly settings: object
  readonly from: string
  readonly to: string
}

export const inputOf = ({ seats, settings, from, to }: Scenario, targetsFirst = false): Input =>
  run(seats, { settings, from, to, targetsFirst })

/** One minute as moves in ticks from the close before it; null is a hole. */
interface Move {
  readonly gap: number
  readonly body: number
  readonly above: number
  readonly below: number
  readonly volume: number
}

const move: fc.Arbitrary<Move | null> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      gap: fc.oneof(
        { weight: 8, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: fc.integer({ min: -4, max: 4 }) },
        { weight: 1, arbitrary: fc.integer({ min: -25, max: 25 }) },
      ),
      body: fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: -2, max: 2 }) },
        { weight: 1, arbitrary: fc.integer({ min: -9, max: 9 }) },
      ),
      above: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 2 }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 }) },
      ),
      below: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 2 }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 }) },
      ),
      volume: fc.oneof(
        { weight: 6, arbitrary: fc.constant(1000) },
        { weight: 1, arbitrary: fc.constantFrom(0, 7, 60) },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant(null) },
)

const still: Move = { gap: 0, body: 0, above: 0, below: 0, volume: 1000 }
/** Ticks that a price never falls below. */
const floor = 30

const minutesFrom = (moves: readonly (Move | null)[], count: number, tick: string): Minutes => {
  const price = (ticks: number): number => Number((ticks * Number(tick)).toFixed(2))
  let last = 200
  return Array.from({ length: count }, (_, i) => {
    const next = i < moves.length ? (moves[i] ?? null) : still
    if (next === null) return null
    const open = Math.max(floor, last + next.gap)
    const close = Math.max(floor, open + next.body)
    const [high, low] = [Math.max(open, close) + next.above, Math.max(floor, Math.min(open, close) - next.below)]
    last = close
    return { open: price(open), high: price(high), low: price(low), close: price(close), volume: next.volume }
  })
}

interface RawSeat {
  readonly moves: readonly (Move | null)[]
  /** Ticks that the mark stands above the last price, minute by minute; null: no mark bars. */
  readonly mark: readonly number[] | null
  readonly funding: readonly { readonly after: number; readonly rate: number; readonly mark: number | null }[]
  readonly long: RawSide | null
  readonly short: RawSide | null
}
interface RawPlay {
  readonly tf: Timeframe
  readonly risk: Risk
  readonly brackets: 'one' | 'two' | 'none'
  readonly spot: boolean
  readonly tick: string
  readonly step: string
  readonly symbols: readonly RawSeat[]
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>, one = 2): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: one, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })

const rawSeat: fc.Arbitrary<RawSeat> = fc.record({
  moves: fc.array(move, { maxLength: 240, size: 'max' }),
  mark: maybe(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 20 }), 4),
  funding: fc.array(
    fc.record({
      after: fc.integer({ min: 1, max: 40 }),
      rate: fc.constantFrom(0.001, -0.001, 0.01, -0.005, Number.NaN),
      mark: maybe(fc.integer({ min: 190, max: 210 })),
    }),
    { maxLength: 6 },
  ),
  long: fc.oneof({ weight: 9, arbitrary: rawSide }, { weight: 1, arbitrary: fc.constant(null) }),
  short: fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: rawSide }),
})

const lifetime = fc.oneof(
  fc.record({ bars: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ ms: fc.integer({ min: 1, max: 20 }).map((n) => n * 60_000) }),
)

const risk: fc.Arbitrary<Risk> = fc.record({
  size: fc.oneof(
    fc.constantFrom({ quote: 1000 }, { quote: 300 }, { quote: 50 }, { quote: 1000 }, { quote: 4 }),
    fc.constantFrom({ risk: 0.01 }, { risk: 0.1 }),
    fc.constantFrom({ notional: 0.2 }, { notional: 0.3 }, { notional: 1 }, { notional: 4 }, { notional: 12 }),
  ),
  leverage: fc.constantFrom(1, 2, 5, 10, 20, 50),
  cooldown: maybe(fc.record({ after: fc.constantFrom('any', 'stop', 'loss', 'invalidation'), for: lifetime })),
  limits: fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc.record(
        {
          tradesPerDay: fc.integer({ min: 1, max: 4 }),
          dailyLoss: fc.constantFrom(0.005, 0.02),
          lossesInRow: fc.integer({ min: 1, max: 3 }),
          openPositions: fc.integer({ min: 1, max: 2 }),
        },
        { requiredKeys: [] },
      ),
    },
  ),
  scaleIn: maybe(
    fc.record({
      adds: fc.integer({ min: 1, max: 3 }),
      from: fc.constantFrom({ r: 0.5 }, { r: 0 }, { r: -1 }, { share: 0.01 }),
    }),
    1,
  ),
})

const rawPlay = (most: number): fc.Arbitrary<RawPlay> =>
  fc.record({
    tf: fc.constantFrom('3m', '5m', '15m'),
    risk,
    brackets: fc.constantFrom('one', 'one', 'two', 'none'),
    spot: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    tick: fc.constantFrom('0.5', '0.1', '1'),
    step: fc.constantFrom('0.01', '0.1', '0.01', '1'),
    symbols: fc.array(rawSeat, { minLength: 1, maxLength: most }),
  })

const settings = fc.record({
  equity: fc.constantFrom(10_000, 1000, 10_000, 1000, 10_000, 1000, 200, 30),
  fees: fc.constantFrom(
    { maker: 0, taker: 0, liquidation: 0 },
    { maker: 0.0002, taker: 0.0005, liquidation: 0.005 },
    { maker: -0.0001, taker: 0.001, liquidation: 0.01 },
  ),
  slippage: fc.constantFrom(
    { model: 'fixed', bps: 0 },
    { model: 'fixed', bps: 1 },
    { model: 'fixed', bps: 60 },
    { model: 'spread', spread_bps: 100 },
    { model: 'volume_share' },
    { model: 'volume_share', max_share: 0.01, rest: 'cancel' },
  ),
  latency_ms: fc.constantFrom(0, 0, 0, 30_000, 60_000, 150_000),
  margin: fc.constantFrom('isolated', 'isolated', 'cross'),
  funding_gaps: fc.constant('mark'),
})

const bracketMenu = {
  one: [{ floor: 0, cap: 1e9, maxLeverage: 125, rate: 0.01, cum: 0 }],
  // 600 x (0.02 - 0.01): the maintenance is continuous at the step.
  two: [
    { floor: 0, cap: 600, maxLeverage: 50, rate: 0.01, cum: 0 },
    { floor: 600, cap: 1e9, maxLeverage: 10, rate: 0.02, cum: 6 },
  ],
  none: [],
} as const

const fundingOf = ({ funding }: RawSeat, tick: string): FundingSpec => {
  let minute = -1
  return funding.map(({ after, rate, mark }) => {
    minute += after
    const time = clockOf(day0 + minute * 60_000)
    return mark === null ? [time, rate] : [time, rate, Number((mark * Number(tick)).toFixed(2))]
  })
}

const markOf = (minutes: Minutes, above: readonly number[], tick: string): Minutes =>
  minutes.map((bar, i) => {
    if (bar === null) return null
    const shift = (price: number): number => Number((price + (above[i % above.length] ?? 0) * Number(tick)).toFixed(2))
    return { open: shift(bar.open), high: shift(bar.high), low: shift(bar.low), close: shift(bar.close), volume: 0 }
  })

interface Place {
  readonly play: number
  readonly raw: RawPlay
  readonly count: number
  readonly symbol: number
}

/** A raw seat as the builders take it: prices instead of ticks, levels beside the closes of its own bars. */
const resolve = (seat: RawSeat, { play, raw, count, symbol }: Place): SeatSpec => {
  const { tick, step, tf, spot } = raw
  const minutes = minutesFrom(seat.moves, count, tick)
  const decision = higherOf(minutes, { tf })
  const around = { closes: [...decision.close], tick: Number(tick) }
  const leverage = spot || raw.brackets === 'none' ? 1 : raw.risk.leverage
  const long = seat.long === null && (spot || seat.short === null) ? null : seat.long
  return {
    minutes,
    tf,
    play,
    instrument: {
      id: `test:${'ABCDEF'[play] ?? 'X'}${symbol}${spot ? '' : '.P'}`,
      kind: spot ? 'spot' : 'perp',
      tick,
      step,
      minQty: Number(step),
      brackets: spot ? [] : bracketMenu[raw.brackets],
    },
    risk: { ...raw.risk, leverage },
    ...(long === null ? {} : { long: resolveSide(long, { ...around, s: 1 }) }),
    ...(spot || seat.short === null ? {} : { short: resolveSide(seat.short, { ...around, s: -1 }) }),
    ...(spot || seat.funding.length === 0 ? {} : { funding: fundingOf(seat, tick) }),
    ...(spot || seat.mark === null ? {} : { mark: markOf(minutes, seat.mark, tick) }),
  }
}

/** A wallet at the brink: cross margin, high leverage, every stop far away. */
const crowd = (raw: RawPlay): RawPlay => {
  const far = (side: RawSide | null): RawSide | null =>
    side === null ? null : { ...side, stop: { share: 0.1 }, trail: null, breakEven: null }
  return {
    ...raw,
    spot: false,
    brackets: 'one',
    risk: { ...raw.risk, size: { notional: 6 }, leverage: 50, limits: {} },
    symbols: raw.symbols.map((seat) => ({ ...seat, long: far(seat.long), short: far(seat.short) })),
  }
}

/** Mostly one Play on one symbol; now and then a basket or two Plays on one wallet. */
const plays = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(rawPlay(1)) },
  { weight: 2, arbitrary: fc.tuple(rawPlay(3)) },
  { weight: 2, arbitrary: fc.tuple(rawPlay(2), rawPlay(1)) },
)

/** Scenarios of 30 to 240 minutes. */
export const scenarioArbitrary: fc.Arbitrary<Scenario> = fc
  .record({
    count: fc.integer({ min: 30, max: 240 }),
    plays,
    settings,
    skip: fc.constantFrom(0, 0, 0, 7, 15),
    cut: fc.constantFrom(0, 0, 0, 4, 9),
    crowded: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
  .map(({ count, plays: drawn, settings: chosen, skip, cut, crowded }) => ({
    seats: drawn
      .map((raw) => (crowded ? crowd(raw) : raw))
      .flatMap((raw, play) => raw.symbols.map((seat, symbol) => resolve(seat, { play, raw, count, symbol }))),
    settings: crowded ? { ...chosen, margin: 'cross' } : chosen,
    from: clockOf(day0 + skip * tfMs['1m']),
    to: clockOf(day0 + (count - cut) * tfMs['1m']),
  }))

/** The same scenarios for the same seed, anywhere. */
export const scenarios = (seed: number, count: number): Scenario[] =>
  fc.sample(scenarioArbitrary, { seed, numRuns: count })
