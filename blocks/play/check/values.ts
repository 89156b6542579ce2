// Values in base units: what a literal means at a socket, and what a written parameter means to a kernel.
import type { Lifetime, Param, RShare, Step } from '../../kit/param'
import type { Letter } from '../../kit/socket'
import { isTimeframe, type Timeframe, tfMs } from '../../kit/timeframe'
import { type Literal, literalWords, parseLiteral, printNumber, printShare } from '../literal'
import { suggest } from '../text/suggest'
import type { Scalar, Value } from '../tree'
import { orList, own, socketWords } from '../words'

export type Read<T = unknown> =
  | { readonly value: T }
  | {
      readonly code:
        | 'wrong_unit'
        | 'out_of_bounds'
        | 'not_whole'
        | 'unknown_choice'
        | 'unknown_market'
        | 'wrong_clock'
        | 'bad_value'
      readonly message: string
      readonly hint?: string
      /** Values that would do instead. */
      readonly instead?: readonly Scalar[]
    }
type Wrong = Exclude<Read, { readonly value: unknown }>

export const isWrong = (read: Read): read is Wrong => 'code' in read

const shown = (value: Value): string => (typeof value === 'object' ? 'a list or map' : `\`${value}\``)
const wrongUnit = (value: Value, takes: string, instead: readonly Scalar[] = []): Wrong => ({
  code: 'wrong_unit',
  message: `takes ${takes}, not ${shown(value)}`,
  ...(instead.length > 0 ? { instead } : {}),
})
const outOf = (value: Scalar, low: string, high: string): Wrong => ({
  code: 'out_of_bounds',
  message: `\`${value}\` lies outside ${low} to ${high}`,
})

const literalOf = (value: Value): Literal | null => (typeof value === 'object' ? null : parseLiteral(value))

/** A whole number of bars of `clock` out of a time. */
const wholeBars = (ms: number, written: Value, clock: Timeframe): Read<number> => {
  const bars = ms / tfMs[clock]
  if (Number.isInteger(bars)) return { value: bars }
  const near = [Math.floor(bars), Math.ceil(bars)].filter((count) => count > 0)
  return {
    code: 'not_whole',
    message: `${shown(written)} is not a whole number of bars of ${clock}`,
    hint: 'A time must be a whole number of bars of the input.',
    instead: near.map((count) => `${count}b`),
  }
}

/** A literal at a port that took this socket, in base units. `tf` is the Play's: a time counts its bars. */
export const literalAt = (written: Scalar, letter: Letter, tf: Timeframe): Read<number> => {
  const literal = parseLiteral(written)
  if (letter === 'R') {
    if (literal?.kind === 'share') return { value: literal.value }
    return wrongUnit(
      written,
      'a percentage (0.03%)',
      literal?.kind === 'number' ? [`${printNumber(literal.value)}%`, printShare(literal.value)] : [],
    )
  }
  if (letter === 'T') {
    if (literal?.kind === 'bars') return { value: literal.bars }
    if (literal?.kind === 'span') return wholeBars(literal.ms, written, tf)
    const count = literal?.kind === 'number' && Number.isInteger(literal.value) && literal.value >= 0
    return wrongUnit(written, 'a time (24b or 12h)', count ? [`${literal.value}b`] : [])
  }
  if (literal?.kind !== 'number') {
    const share = literal?.kind === 'share' && (letter === 'N' || letter === 'O')
    return wrongUnit(
      written,
      `${socketWords[letter]} in plain digits`,
      share ? [letter === 'N' ? literal.value : Number(literal.text.slice(0, -1))] : [],
    )
  }
  const { value } = literal
  if (letter === 'O' && (value < 0 || value > 100)) return outOf(written, '0', '100')
  if (letter === 'P' && value <= 0) return { code: 'out_of_bounds', message: `a price is above 0, not \`${written}\`` }
  return { value }
}

export interface ParamScope {
  /** The node's own clock and the Play's. */
  readonly clock: Timeframe
  readonly tf: Timeframe
  readonly markets: readonly string[]
  /** Kinds of the operand at a port; null when they are not known (a Block checked alone). */
  readonly kinds: (port: string) => readonly string[] | null
}

const bounded = (
  value: number,
  written: Value,
  { min, max, show = printNumber }: { min: number; max: number; show?: (bound: number) => string },
): Read<number> =>
  value >= min && value <= max ? { value } : outOf(typeof written === 'object' ? value : written, show(min), show(max))

const word = (written: Value, words: readonly string[], code: 'unknown_choice' | 'unknown_market'): Read<string> => {
  if (typeof written === 'string' && words.includes(written)) return { value: written }
  const near = typeof written === 'string' ? suggest(written, words) : undefined
  return {
    code,
    message: `${shown(written)} is none of ${orList(words.map((one) => `\`${one}\``))}`,
    ...(near === undefined ? {} : { hint: `Did you mean \`${near}\`?` }),
    instead: near === undefined ? words : [near],
  }
}

const readBars = (param: Extract<Param, { kind: 'bars' }>, written: Value, scope: ParamScope): Read => {
  const literal = literalOf(written)
  const clock = param.of === 'play' ? scope.tf : scope.clock
  const bars: Read<number> =
    literal?.kind === 'bars'
      ? { value: literal.bars }
      : literal?.kind === 'span'
        ? wholeBars(literal.ms, written, clock)
        : literal?.kind === 'number'
          ? { value: literal.value }
          : wrongUnit(written, 'a number of bars (20, 20b, or a time such as 5h)')
  if (!('value' in bars)) return bars
  if (!Number.isInteger(bars.value)) return notWhole(written, bars.value)
  return bounded(bars.value, written, param)
}

const notWhole = (written: Value, value: number): Wrong => ({
  code: 'not_whole',
  message: `takes a whole number, not ${shown(written)}`,
  instead: [...new Set([Math.floor(value), Math.ceil(value)])],
})

const readNumber = (param: Extract<Param, { kind: 'number' }>, written: Value): Read => {
  const literal = literalOf(written)
  if (literal?.kind !== 'number') return wrongUnit(written, 'a plain number')
  if (param.whole && !Number.isInteger(literal.value)) return notWhole(written, literal.value)
  return bounded(literal.value, written, param)
}

const readShare = (param: Extract<Param, { kind: 'share' }>, written: Value): Read => {
  const literal = literalOf(written)
  if (literal?.kind === 'share') return bounded(literal.value, written, { ...param, show: printShare })
  const instead = literal?.kind === 'number' ? [`${printNumber(literal.value)}%`, printShare(literal.value)] : []
  return wrongUnit(written, 'a percentage (1%)', instead)
}

const span = (ms: number): string => `${printNumber(ms / 60_000)}m`

const readSpan = (param: Extract<Param, { kind: 'span' }>, written: Value): Read => {
  const literal = literalOf(written)
  if (literal?.kind !== 'span') return wrongUnit(written, literalWords.span)
  return bounded(literal.ms, written, { min: param.minMs, max: param.maxMs, show: span })
}

export const readRShare = (written: Value): Read<RShare> => {
  const literal = literalOf(written)
  if (literal?.kind === 'r') return { value: { r: literal.r } }
  if (literal?.kind === 'share') return { value: { share: literal.value } }
  const instead = literal?.kind === 'number' ? [`${printNumber(literal.value)}R`, `${printNumber(literal.value)}%`] : []
  return wrongUnit(written, 'a multiple of the risk (1R) or a percentage (1%)', instead)
}

export const readLifetime = (written: Value): Read<Lifetime> => {
  const literal = literalOf(written)
  if (literal?.kind === 'bars' && literal.bars > 0) return { value: { bars: literal.bars } }
  if (literal?.kind === 'span' && literal.ms > 0) return { value: { ms: literal.ms } }
  const count = literal?.kind === 'number' && Number.isInteger(literal.value) && literal.value > 0
  return wrongUnit(written, 'bars (12b) or a time (3h), more than none', count ? [`${literal.value}b`] : [])
}

const readStep = (written: Value): Read<Step> => {
  if (typeof written !== 'object' || Array.isArray(written))
    return { code: 'bad_value', message: 'a step is { at: 1R, close: 50% }' }
  const map = written as Readonly<Record<string, Value>>
  const extra = Object.keys(map).find((key) => key !== 'at' && key !== 'close')
  const at = own(map, 'at')
  const close = own(map, 'close')
  if (extra !== undefined || at === undefined || close === undefined)
    return { code: 'bad_value', message: 'a step has exactly `at` and `close`' }
  const when = readRShare(at)
  if (!('value' in when)) return { ...when, message: `\`at\` ${when.message}` }
  if (('r' in when.value ? when.value.r : when.value.share) <= 0)
    return { code: 'out_of_bounds', message: `\`at\` lies beyond the entry price: above 0, not ${shown(at)}` }
  if (close === 'rest') return { value: { at: when.value, close: null } }
  const share = literalOf(close)
  if (share?.kind !== 'share') return wrongUnit(close, 'at `close` a percentage of the first size, or `rest`')
  if (share.value <= 0 || share.value > 1) return outOf(share.text, 'more than 0%', '100%')
  return { value: { at: when.value, close: share.value } }
}

const readSteps = (written: Value): Read<readonly Step[]> => {
  if (!Array.isArray(written) || written.length === 0)
    return { code: 'bad_value', message: 'takes a list of steps: [{ at: 1R, close: 50% }, { at: 2R, close: rest }]' }
  const steps: Step[] = []
  for (const one of written as readonly Value[]) {
    const step = readStep(one)
    if (!('value' in step)) return step
    steps.push(step.value)
  }
  return { value: steps }
}

/** A written parameter in base units (kit/param.ts). */
export const paramAt = (param: Param, written: Value, scope: ParamScope): Read => {
  switch (param.kind) {
    case 'bars':
      return readBars(param, written, scope)
    case 'number':
      return readNumber(param, written)
    case 'share':
      return readShare(param, written)
    case 'span':
      return readSpan(param, written)
    case 'choice':
      return word(written, param.choices, 'unknown_choice')
    case 'market':
      return word(written, scope.markets, 'unknown_market')
    case 'flag':
      return typeof written === 'boolean' ? { value: written } : wrongUnit(written, 'true or false')
    case 'timeframe':
      return readTimeframe(written, scope.tf)
    case 'kind': {
      const kinds = scope.kinds(param.of)
      if (kinds === null) return { value: 0 }
      const kind = word(written, kinds, 'unknown_choice')
      return 'value' in kind ? { value: kinds.indexOf(kind.value) } : kind
    }
    case 'rshare':
      return readRShare(written)
    case 'steps':
      return readSteps(written)
    case 'lifetime':
      return readLifetime(written)
  }
}

const readTimeframe = (written: Value, tf: Timeframe): Read<Timeframe> => {
  const slower = (Object.keys(tfMs) as Timeframe[]).filter((one) => tfMs[one] % tfMs[tf] === 0)
  if (typeof written !== 'string' || !isTimeframe(written)) {
    const near = typeof written === 'string' ? suggest(written, slower) : undefined
    return {
      code: 'unknown_choice',
      message: `takes a timeframe, not ${shown(written)}`,
      instead: near === undefined ? slower : [near],
    }
  }
  if (slower.includes(written)) return { value: written }
  const faster = tfMs[written] < tfMs[tf]
  return {
    code: 'wrong_clock',
    message: `${written} is ${faster ? 'faster than' : 'no whole multiple of'} the Play's ${tf}`,
    hint: faster
      ? `Decisions are made at closes of ${tf}; set \`tf\` of the Play to ${written} if the faster bars matter.`
      : "Take a timeframe that the Play's divides.",
    instead: slower,
  }
}
