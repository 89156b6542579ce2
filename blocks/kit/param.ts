// Parameter descriptors: the one description that draws the form, bounds the mutation and checks a document.
import type { Timeframe } from './timeframe'

/** How a length was written; the flattened graph holds bars of the clock that it counts on. */
export type Fraction = number

interface Base<Kind extends string, Value> {
  readonly kind: Kind
  /** The palette's default as a document writes it; undefined: must be given. */
  readonly preset?: string | number | boolean
  /** May be left out with no value at all; the kernel then sees undefined. */
  readonly optional?: true
  readonly about?: string
  /** Type carrier only, never set. */
  readonly value?: Value
}

/** Whole number of bars: 20, 20b or a time that is a whole number of them. In kernels: bars. */
export interface BarsParam extends Base<'bars', number> {
  readonly min: number
  readonly max: number
  /** bars of: the node's input (default) or of the Play's tf (role makers). */
  readonly of: 'input' | 'play'
}
/** A plain number. */
export interface NumberParam extends Base<'number', number> {
  readonly min: number
  readonly max: number
  readonly whole: boolean
}
/** A percentage in the document, a fraction in kernels. */
export interface ShareParam extends Base<'share', Fraction> {
  readonly min: number
  readonly max: number
}
/** A duration in the document (9h), milliseconds in kernels. */
export interface SpanParam extends Base<'span', number> {
  readonly minMs: number
  readonly maxMs: number
}
/** One word of a closed set. */
export interface ChoiceParam extends Base<'choice', string> {
  readonly choices: readonly string[]
}
/** A timeframe; the Play's own when left out. */
export interface TimeframeParam extends Base<'timeframe', Timeframe> {}
/** A market name of the document. */
export interface MarketParam extends Base<'market', string> {}
export interface FlagParam extends Base<'flag', boolean> {}
/** A kind of the set that the input port `of` carries; in kernels the code of that kind. */
export interface KindParam extends Base<'kind', number> {
  readonly of: string
}
/** Multiples of the initial risk (2R) or a share of a price (1%). */
export type RShare = { readonly r: number } | { readonly share: number }
export interface RShareParam extends Base<'rshare', RShare> {}
/** Ladder steps. `close: null` is `rest`. */
export interface Step {
  readonly at: RShare
  readonly close: Fraction | null
}
export interface StepsParam extends Base<'steps', readonly Step[]> {}
/** A lifetime: bars of the Play's tf (12b) or time (3h, kept as ms because wall time and bars differ at holes). */
export type Lifetime = { readonly bars: number } | { readonly ms: number }
export interface LifetimeParam extends Base<'lifetime', Lifetime> {}

export type Param =
  | BarsParam
  | NumberParam
  | ShareParam
  | SpanParam
  | ChoiceParam
  | TimeframeParam
  | MarketParam
  | FlagParam
  | KindParam
  | RShareParam
  | StepsParam
  | LifetimeParam

/** A parameter as the flattened graph and the kernels hold it, in base units. */
export type ParamValue = NonNullable<Param['value']>

export const bars = (preset: number | string, min: number, max: number): BarsParam => ({
  kind: 'bars',
  preset,
  min,
  max,
  of: 'input',
})
export const number = (preset: number, min: number, max: number): NumberParam => ({
  kind: 'number',
  preset,
  min,
  max,
  whole: false,
})
export const whole = (preset: number, min: number, max: number): NumberParam => ({
  ...number(preset, min, max),
  whole: true,
})
export const share = (preset: string, min: number, max: number): ShareParam => ({ kind: 'share', preset, min, max })
export const span = (preset: string, minMs: number, maxMs: number): SpanParam => ({
  kind: 'span',
  preset,
  minMs,
  maxMs,
})
export const choice = <const C extends readonly [string, ...string[]]>(...choices: C) =>
  ({ kind: 'choice', preset: choices[0], choices }) as const satisfies ChoiceParam
export const timeframe = (): TimeframeParam => ({ kind: 'timeframe', optional: true })
export const market = (): MarketParam => ({ kind: 'market', preset: 'main' })
export const flag = (preset: boolean): FlagParam => ({ kind: 'flag', preset })
export const kindOf = (port: string): KindParam => ({ kind: 'kind', of: port })
export const rShare = (preset: string): RShareParam => ({ kind: 'rshare', preset })
export const steps = (): StepsParam => ({ kind: 'steps' })
export const lifetime = (preset: string): LifetimeParam => ({ kind: 'lifetime', preset })
