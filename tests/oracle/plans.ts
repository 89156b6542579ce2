// Builders of one side's plan: columns and bits a decision row from short text, trade conditions as data.
import type { Frame } from '../../blocks/engine/frame'
import type {
  Condition,
  EntryPlan,
  Level,
  SidePlan,
  StopPlan,
  TradeProgram,
  TradeValues,
} from '../../blocks/engine/plan'
import { type Bits, bitsOf, getBit, setVerdict } from '../../blocks/kit/bits'
import type { Lifetime, RShare, Step } from '../../blocks/kit/param'

/** One letter a decision row (blanks ignored): T, F or ?; rows after the last letter are F. */
export type BitsSpec = string
/** A constant, or one number a decision row (null: unknown); rows after the last repeat it. */
export type ColumnSpec = number | readonly (number | null)[]

/** A condition of trade scope, as data: a trade value against a number, or the close against a column at entry. */
export type TradeTest =
  | { readonly value: keyof TradeValues; readonly is: 'above' | 'below'; readonly than: number }
  | { readonly close: 'above' | 'below'; readonly atEntry: ColumnSpec }
export type ConditionSpec = BitsSpec | TradeTest

export interface EntrySpec {
  readonly when: BitsSpec
  readonly path?: string
  readonly order?: 'market' | 'limit' | 'stop'
  readonly at?: ColumnSpec
  readonly expires?: Lifetime
  readonly whileTrue?: boolean
  readonly postOnly?: boolean
}
export type StopSpec =
  | { readonly by: ColumnSpec }
  | { readonly share: number }
  | { readonly at: ColumnSpec; readonly pad?: ColumnSpec }
export type TrailSpec = {
  readonly after?: RShare
  readonly from?: 'extreme' | 'close'
  readonly update?: 'fill' | 'decision'
} & (
  | { readonly by: ColumnSpec }
  | { readonly share: number }
  /** `atEntry: true`: the level as it stood at the decision of the entry, through the trade program. */
  | { readonly to: ColumnSpec; readonly pad?: ColumnSpec; readonly atEntry?: true }
)
export interface SideSpec {
  /** One market entry; for anything else `entries`. */
  readonly when?: BitsSpec
  readonly entries?: readonly EntrySpec[]
  readonly filters?: readonly BitsSpec[]
  readonly stop: StopSpec
  readonly targets?: readonly { readonly at: ColumnSpec; readonly close?: number }[]
  readonly ladder?: readonly Step[]
  readonly trail?: TrailSpec
  readonly breakEven?: {
    readonly after: RShare | { readonly rung: number }
    readonly offset?: RShare
    readonly coverFees?: boolean
  }
  readonly timeStop?: Lifetime
  readonly exitWhen?: readonly ConditionSpec[]
  readonly invalidations?: readonly { readonly when: ConditionSpec; readonly on?: 'both' | 'pending' | 'open' }[]
}

/** Rows that are holes are unknown whatever was written (S5). */
export const bits = (spec: BitsSpec, decision: Frame): Bits => {
  const letters = spec.replaceAll(' ', '')
  const out = bitsOf(decision.rows)
  for (let i = 0; i < decision.rows; i++) {
    const letter = letters[i] ?? 'F'
    if (!'TF?'.includes(letter)) throw new Error(`not a condition: ${spec}`)
    if (!getBit(decision.hole, i)) setVerdict(out, i, letter === 'T' ? 1 : letter === 'F' ? -1 : 0)
  }
  return out
}

export const column = (spec: ColumnSpec, decision: Frame): Float64Array =>
  Float64Array.from({ length: decision.rows }, (_, i) => {
    const value = typeof spec === 'number' ? spec : spec[Math.min(i, spec.length - 1)]
    return value ?? Number.NaN
  })

/** Trade-scope conditions of a side in the order in which `programOf` numbers them. */
const testsOf = (spec: SideSpec): readonly TradeTest[] =>
  [...(spec.exitWhen ?? []), ...(spec.invalidations ?? []).map((x) => x.when)].filter((x) => typeof x !== 'string')

interface Memory {
  first: number | null
  now: number
  values: TradeValues | null
}

const compare = (left: number, is: 'above' | 'below', right: number): 1 | 0 | -1 => {
  if (!Number.isFinite(left) || !Number.isFinite(right)) return 0
  return (is === 'above' ? left > right : left < right) ? 1 : -1
}

/** The trade program of a side: `at entry` is the row of the first step, which the decision that sends the entry makes. */
export const programOf = (spec: SideSpec, decision: Frame): TradeProgram | null => {
  const tests = testsOf(spec)
  const level = spec.trail !== undefined && 'to' in spec.trail ? column(spec.trail.to, decision) : null
  if (tests.length === 0 && level === null) return null
  const columns = tests.map((test) => ('atEntry' in test ? column(test.atEntry, decision) : null))
  /** Only programs that read nothing of the trade can look ahead. */
  const reads = tests.some((test) => 'value' in test)
  const ahead = (memory: object, i: number, end: number): number => {
    const { first } = memory as Memory
    const isTrue = (row: number): boolean =>
      tests.some(
        (test, place) =>
          'atEntry' in test &&
          compare(decision.close[row] ?? Number.NaN, test.close, columns[place]?.[first ?? -1] ?? Number.NaN) === 1,
      )
    for (let row = i; row < end; row++) if (isTrue(row)) return row
    return end
  }
  return {
    begin: (): Memory => ({ first: null, now: -1, values: null }),
    step: (memory, i, values) => {
      const m = memory as Memory
      m.first ??= i
      m.now = i
      if (reads) m.values = { ...values }
    },
    verdict: (memory, place) => {
      const { first, now, values } = memory as Memory
      const test = tests[place]
      if (test === undefined || first === null) return 0
      if ('value' in test) return values === null ? 0 : compare(values[test.value], test.is, test.than)
      return compare(decision.close[now] ?? Number.NaN, test.close, columns[place]?.[first] ?? Number.NaN)
    },
    number: (memory) => level?.[(memory as Memory).first ?? -1] ?? Number.NaN,
    ahead: reads ? null : ahead,
  }
}

interface Around {
  readonly decision: Frame
  readonly name: 'long' | 'short'
}

const stopPlan = (spec: StopSpec, { decision, name }: Around): StopPlan => {
  const path = `${name}_stop`
  if ('by' in spec) return { path, kind: 'distance', by: column(spec.by, decision) }
  if ('share' in spec) return { path, kind: 'share', share: spec.share }
  const pad = spec.pad === undefined ? null : column(spec.pad, decision)
  return { path, kind: 'level', at: column(spec.at, decision), pad }
}

const trailPlan = (spec: TrailSpec, { decision, name }: Around): NonNullable<SidePlan['trail']> => {
  const { after = { r: 0 }, from = 'extreme', update = 'fill' } = spec
  const base = { path: `${name}_trail`, after, from, update } as const
  if ('by' in spec) return { ...base, kind: 'distance', by: column(spec.by, decision) }
  if ('share' in spec) return { ...base, kind: 'share', share: spec.share }
  const to: Level = spec.atEntry === true ? { trade: 0 } : { market: column(spec.to, decision) }
  return { ...base, kind: 'level', to, pad: spec.pad === undefined ? null : column(spec.pad, decision) }
}

const entryPlan = (spec: EntrySpec, place: number, { decision, name }: Around): EntryPlan => ({
  path: spec.path ?? `${name}_entry_${place + 1}`,
  when: bits(spec.when, decision),
  order: spec.order ?? 'market',
  at: spec.at === undefined ? null : column(spec.at, decision),
  expires: spec.expires ?? { bars: 1 },
  whileTrue: spec.whileTrue ?? false,
  postOnly: spec.postOnly ?? false,
})

/** The plan of one side over the rows of `decision`. */
export const sidePlan = (spec: SideSpec, around: Around): SidePlan => {
  const { decision, name } = around
  let place = 0
  const condition = (given: ConditionSpec): Condition =>
    typeof given === 'string' ? { market: bits(given, decision) } : { trade: place++ }
  const entries = spec.entries ?? [{ when: spec.when ?? '' }]
  return {
    filters: (spec.filters ?? []).map((allow, i) => ({
      path: `${name}_filter_${i + 1}`,
      allow: bits(allow, decision),
    })),
    entries: entries.map((entry, i) => entryPlan(entry, i, around)),
    stop: stopPlan(spec.stop, around),
    targets: (spec.targets ?? []).map((target, i) => ({
      path: `${name}_target_${i + 1}`,
      at: column(target.at, decision),
      close: target.close ?? 1,
    })),
    ladder: spec.ladder === undefined ? null : { path: `${name}_ladder`, steps: spec.ladder },
    trail: spec.trail === undefined ? null : trailPlan(spec.trail, around),
    breakEven:
      spec.breakEven === undefined
        ? null
        : { path: `${name}_break_even`, offset: { share: 0 }, coverFees: false, ...spec.breakEven },
    timeStop: spec.timeStop === undefined ? null : { path: `${name}_time_stop`, after: spec.timeStop },
    exitWhen: (spec.exitWhen ?? []).map((when, i) => ({ path: `${name}_exit_${i + 1}`, when: condition(when) })),
    invalidations: (spec.invalidations ?? []).map(({ when, on }, i) => ({
      path: `${name}_invalidation_${i + 1}`,
      on: on ?? 'both',
      when: condition(when),
    })),
  }
}
