// Random sides of a scenario: every role in random combination, prices as ticks beside the close of the decision bar.
import fc from 'fast-check'
import type { Lifetime, RShare, Step } from '../../blocks/kit/param'
import type { ConditionSpec, EntrySpec, SideSpec, StopSpec, TrailSpec } from './plans'

/** Ticks, repeated over the rows; null is unknown. */
type Ticks = readonly (number | null)[]
/** Ticks ahead (in the side's direction) of the close; null is unknown. */
type Ahead = Ticks

type RawStop =
  | { readonly by: Ticks }
  | { readonly share: number }
  | { readonly behind: Ticks; readonly pad: Ticks | null }
type RawTrail = Pick<TrailSpec, 'after' | 'from' | 'update'> &
  ({ readonly by: Ticks } | { readonly share: number } | { readonly behind: Ticks; readonly atEntry: boolean })
interface RawEntry {
  readonly when: string
  readonly order: 'market' | 'limit' | 'stop'
  readonly ahead: Ahead
  readonly expires: Lifetime
  readonly whileTrue: boolean
  readonly postOnly: boolean
}
type RawCondition = string | { readonly behind: Ticks } | ConditionSpec
export interface RawSide {
  readonly entries: readonly RawEntry[]
  readonly filters: readonly string[]
  readonly stop: RawStop
  readonly profit: {
    readonly targets: readonly { readonly ahead: Ahead; readonly close: number }[]
    readonly ladder: readonly Step[] | null
  }
  readonly trail: RawTrail | null
  readonly breakEven: NonNullable<SideSpec['breakEven']> | null
  readonly timeStop: Lifetime | null
  readonly exitWhen: readonly RawCondition[]
  readonly invalidations: readonly { readonly when: RawCondition; readonly on: 'both' | 'pending' | 'open' }[]
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>, none = 2): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: none, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })

/** Letters of one condition, a pattern that repeats: few T for exits, many for entries. */
const letters = (weights: { readonly F: number; readonly T: number; readonly unknown: number }): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: weights.F, arbitrary: fc.constant('F') },
        { weight: weights.T, arbitrary: fc.constant('T') },
        { weight: weights.unknown, arbitrary: fc.constant('?') },
      ),
      { maxLength: 16, size: 'max' },
    )
    .map((x) => x.join('').repeat(x.length === 0 ? 0 : Math.ceil(80 / x.length)))

const ticks = (min: number, max: number): fc.Arbitrary<Ticks> =>
  fc.array(fc.oneof({ weight: 12, arbitrary: fc.integer({ min, max }) }, { weight: 1, arbitrary: fc.constant(null) }), {
    minLength: 1,
    maxLength: 5,
  })

const lifetime: fc.Arbitrary<Lifetime> = fc.oneof(
  fc.record({ bars: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ ms: fc.integer({ min: 1, max: 25 }).map((n) => n * 60_000) }),
)

const entry: fc.Arbitrary<RawEntry> = fc.record({
  when: letters({ F: 6, T: 4, unknown: 1 }),
  order: fc.constantFrom('market', 'market', 'limit', 'stop'),
  ahead: ticks(-6, 6),
  expires: lifetime,
  whileTrue: fc.constantFrom(false, false, true),
  postOnly: fc.constantFrom(false, false, false, true),
})

const stop: fc.Arbitrary<RawStop> = fc.oneof(
  fc.record({ by: ticks(1, 40) }),
  fc.record({ share: fc.constantFrom(0.01, 0.02, 0.05, 0.1) }),
  fc.record({ behind: ticks(-1, 40), pad: maybe(ticks(0, 3)) }),
)

const rShare: fc.Arbitrary<RShare> = fc.constantFrom(
  { r: 0 },
  { r: 0.5 },
  { r: 1 },
  { r: 2 },
  { share: 0.01 },
  { share: 0.03 },
)

const ladders: readonly (readonly Step[])[] = [
  [
    { at: { r: 1 }, close: 0.5 },
    { at: { r: 2 }, close: 0.3 },
    { at: { r: 3 }, close: null },
  ],
  [{ at: { r: 1 }, close: 1 }],
  [
    { at: { r: 0.5 }, close: 0.05 },
    { at: { r: 1 }, close: 0.35 },
    { at: { r: 2 }, close: 0.6 },
  ],
  [{ at: { share: 0.01 }, close: null }],
]

const profit: fc.Arbitrary<RawSide['profit']> = fc.oneof(
  fc.record({ targets: fc.constant([]), ladder: maybe(fc.constantFrom(...ladders), 1) }),
  fc.record({
    targets: fc.tuple(fc.record({ ahead: ticks(0, 25), close: fc.constantFrom(1, 0.5, 0.25) })),
    ladder: fc.constant(null),
  }),
  fc.record({
    targets: fc.tuple(
      fc.record({ ahead: ticks(1, 20), close: fc.constant(0.4) }),
      fc.record({ ahead: ticks(1, 25), close: fc.constant(0.3) }),
    ),
    ladder: fc.constantFrom(null, [{ at: { r: 1 }, close: 0.3 }], [{ at: { share: 0.02 }, close: 0.1 }]),
  }),
)

const shape = {
  after: rShare,
  from: fc.constantFrom('extreme', 'close'),
  update: fc.constantFrom('fill', 'decision'),
} as const
const trail: fc.Arbitrary<RawTrail> = fc.oneof(
  fc.record({ ...shape, by: ticks(1, 20) }),
  fc.record({ ...shape, share: fc.constantFrom(0.01, 0.03) }),
  fc.record({ ...shape, behind: ticks(-2, 10), atEntry: fc.boolean() }),
)

const breakEven: fc.Arbitrary<NonNullable<SideSpec['breakEven']>> = fc.record({
  after: fc.oneof(rShare, fc.constantFrom({ rung: 1 }, { rung: 2 })),
  offset: fc.constantFrom<RShare>({ share: 0 }, { share: 0.005 }, { r: 0.2 }, { r: 1.5 }),
  coverFees: fc.boolean(),
})

const condition: fc.Arbitrary<RawCondition> = fc.oneof(
  letters({ F: 20, T: 1, unknown: 1 }),
  fc.record({ behind: ticks(-1, 20) }),
  fc.constantFrom<ConditionSpec>(
    { value: 'r', is: 'below', than: -0.5 },
    { value: 'r', is: 'above', than: 1.5 },
    { value: 'bars', is: 'above', than: 8 },
    { value: 'mfeR', is: 'above', than: 2 },
    { value: 'maeR', is: 'above', than: 0.7 },
    { value: 'openShare', is: 'below', than: 0.6 },
    { value: 'stopPrice', is: 'above', than: 101 },
  ),
)

export const rawSide: fc.Arbitrary<RawSide> = fc.record({
  entries: fc.array(entry, { minLength: 1, maxLength: 2 }),
  filters: fc.array(
    letters({ F: 1, T: 12, unknown: 1 }).map((x) => (x === '' ? 'T'.repeat(80) : x)),
    { maxLength: 1 },
  ),
  stop,
  profit,
  trail: maybe(trail, 1),
  breakEven: maybe(breakEven),
  timeStop: maybe(lifetime, 4),
  exitWhen: fc.array(condition, { maxLength: 1 }),
  invalidations: fc.array(fc.record({ when: condition, on: fc.constantFrom('both', 'pending', 'open') }), {
    maxLength: 1,
  }),
})

interface Around {
  readonly closes: readonly number[]
  readonly tick: number
  readonly s: 1 | -1
}

const price = (value: number): number => Number(value.toFixed(2))

const distances = (given: Ticks, { closes, tick }: Around): (number | null)[] =>
  closes.map((_, i) => {
    const n = given[i % given.length] ?? null
    return n === null ? null : price(n * tick)
  })

/** `toward` +1: ahead of the close, -1: behind it. A close that is unknown makes the level unknown. */
const levels = (given: Ticks, { closes, tick, s }: Around, toward: 1 | -1): (number | null)[] =>
  closes.map((close, i) => {
    const n = given[i % given.length] ?? null
    return n === null || Number.isNaN(close) ? null : price(close + toward * s * n * tick)
  })

const resolveStop = (raw: RawStop, around: Around): StopSpec => {
  if ('by' in raw) return { by: distances(raw.by, around) }
  if ('share' in raw) return raw
  const at = levels(raw.behind, around, -1)
  return raw.pad === null ? { at } : { at, pad: distances(raw.pad, around) }
}

const resolveTrail = (raw: RawTrail, around: Around): TrailSpec => {
  const { after = { r: 0 }, from = 'extreme', update = 'fill' } = raw
  if ('by' in raw) return { after, from, update, by: distances(raw.by, around) }
  if ('share' in raw) return { after, from, update, share: raw.share }
  const to = levels(raw.behind, around, -1)
  return { after, from, update, to, ...(raw.atEntry ? { atEntry: true as const } : {}) }
}

const resolveCondition = (raw: RawCondition, around: Around): ConditionSpec =>
  typeof raw === 'object' && 'behind' in raw
    ? { close: around.s === 1 ? 'below' : 'above', atEntry: levels(raw.behind, around, -1) }
    : raw

const resolveEntry = (raw: RawEntry, around: Around): EntrySpec => {
  const { when, order, expires, whileTrue, postOnly } = raw
  if (order === 'market') return { when, whileTrue }
  // A limit waits behind the close, a stop entry ahead of it; negative ticks make them marketable on arrival.
  const at = levels(raw.ahead, around, order === 'limit' ? -1 : 1)
  return { when, whileTrue, order, at, expires, postOnly: postOnly && order === 'limit' }
}

export const resolveSide = (raw: RawSide, around: Around): SideSpec => ({
  entries: raw.entries.map((x) => resolveEntry(x, around)),
  filters: raw.filters,
  stop: resolveStop(raw.stop, around),
  targets: raw.profit.targets.map(({ ahead, close }) => ({ at: levels(ahead, around, 1), close })),
  ...(raw.profit.ladder === null ? {} : { ladder: raw.profit.ladder }),
  ...(raw.trail === null ? {} : { trail: resolveTrail(raw.trail, around) }),
  ...(raw.breakEven === null ? {} : { breakEven: raw.breakEven }),
  ...(raw.timeStop === null ? {} : { timeStop: raw.timeStop }),
  exitWhen: raw.exitWhen.map((x) => resolveCondition(x, around)),
  invalidations: raw.invalidations.map(({ when, on }) => ({ when: resolveCondition(when, around), on })),
})
