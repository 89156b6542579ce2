// Literals (dsl.md section 5): what `0.03%`, `90m`, `6b` or `2R` mean, and their shortest form.
import type { Scalar } from './tree'

export type SpanUnit = 'm' | 'h' | 'd' | 'w'

/** A scalar of a document with its meaning. `text` is the shortest form: digits shortened, unit as written. */
export type Literal =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'flag'; readonly value: boolean }
  /** `0.03%`; value: the fraction 0.0003. */
  | { readonly kind: 'share'; readonly value: number; readonly text: string }
  /** `90m`; a timeframe such as `4h` reads as a span too. */
  | { readonly kind: 'span'; readonly ms: number; readonly text: string }
  /** `6b`: bars of the clock that the place counts on. */
  | { readonly kind: 'bars'; readonly bars: number; readonly text: string }
  /** `2R`: multiples of the initial risk of the trade. */
  | { readonly kind: 'r'; readonly r: number; readonly text: string }
  | { readonly kind: 'rest' }
  /** `$fast`; name without the sign. */
  | { readonly kind: 'param'; readonly name: string }

export type LiteralKind = Literal['kind']

/** How problems speak of a kind of literal. */
export const literalWords: Readonly<Record<LiteralKind, string>> = {
  number: 'a number',
  flag: 'true or false',
  share: 'a percentage (0.5%)',
  span: 'a time (90m 12h 30d 1w)',
  bars: 'a number of bars (6b)',
  r: 'a multiple of the initial risk (2R)',
  rest: 'rest',
  param: 'a parameter ($name)',
}

const minuteMs = 60_000
const unitMs: Readonly<Record<SpanUnit, number>> = {
  m: minuteMs,
  h: 60 * minuteMs,
  d: 1440 * minuteMs,
  w: 10_080 * minuteMs,
}

const isUnit = (text: string): text is SpanUnit => Object.hasOwn(unitMs, text)

const decimal = /^-?\d+(?:\.\d+)?$/
const signed = /^(-?\d+(?:\.\d+)?)([%R])$/
const counted = /^(\d+)([bmhdw])$/
const parameter = /^\$([a-z][a-z0-9_]{0,39})$/

/** A finite number in plain decimals, else null. Digits that a double cannot hold at all (1e400, 1e-400) are refused. */
export const readNumber = (text: string): number | null => (decimal.test(text) ? atPlaces(text, 0) : null)

/** The double nearest to the decimal with its point moved: one correct rounding, never a division. */
const atPlaces = (digits: string, places: number): number | null => {
  const value = Number(`${digits}e${places}`)
  if (!Number.isFinite(value)) return null
  if (value === 0) return /[1-9]/.test(digits) ? null : 0
  return value
}

/** `007.500` becomes `7.5`, `-0.0` becomes `0`. */
const shortestDigits = (digits: string): string => {
  const negative = digits.startsWith('-')
  const [whole = '', fraction = ''] = (negative ? digits.slice(1) : digits).split('.')
  const left = whole.replace(/^0+(?=\d)/, '')
  const right = trimZeros(fraction)
  const text = right === '' ? left : `${left}.${right}`
  return negative && text !== '0' ? `-${text}` : text
}

/** Without a regular expression: `0+$` is quadratic on a long run of zeros. */
const trimZeros = (digits: string): string => {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end -= 1
  return digits.slice(0, end)
}

/** A finite number in plain decimals, shortest digits that give the same double back: 1e-7 is `0.0000001`. */
export const printNumber = (value: number): string => movePoint(value, 0)

/** A fraction as the shortest percentage that reads back as the same double. */
export const printShare = (fraction: number): string => `${movePoint(fraction, 2)}%`

const movePoint = (value: number, places: number): string => {
  if (!Number.isFinite(value)) throw new Error('only finite numbers can be written')
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const point = Number(power) + 1 + places
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const fraction = point > 0 ? digits.slice(point) : digits.padStart(digits.length - point, '0')
  return shortestDigits(`${value < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`)
}

const parseSigned = (digits: string, unit: string): Literal | null => {
  const value = atPlaces(digits, unit === '%' ? -2 : 0)
  if (value === null) return null
  const text = `${shortestDigits(digits)}${unit}`
  return unit === '%' ? { kind: 'share', value, text } : { kind: 'r', r: value, text }
}

const parseCounted = (digits: string, unit: string): Literal | null => {
  const count = Number(digits)
  const text = `${shortestDigits(digits)}${unit}`
  if (unit === 'b') return Number.isSafeInteger(count) ? { kind: 'bars', bars: count, text } : null
  const ms = count * unitMs[unit as SpanUnit]
  return Number.isSafeInteger(ms) ? { kind: 'span', ms, text } : null
}

/** Meaning of a scalar; null: no literal but a word (a reference or a choice) or nonsense. */
export const parseLiteral = (scalar: Scalar): Literal | null => {
  if (typeof scalar === 'number') {
    return Number.isFinite(scalar) ? { kind: 'number', value: scalar === 0 ? 0 : scalar } : null
  }
  if (typeof scalar === 'boolean') return { kind: 'flag', value: scalar }
  if (scalar === 'rest') return { kind: 'rest' }
  const name = parameter.exec(scalar)?.[1]
  if (name !== undefined) return { kind: 'param', name }
  const [, value, unit] = signed.exec(scalar) ?? []
  if (value !== undefined && unit !== undefined) return parseSigned(value, unit)
  const [, count, of] = counted.exec(scalar) ?? []
  return count !== undefined && of !== undefined ? parseCounted(count, of) : null
}

/** The scalar as a document writes it. */
export const printLiteral = (literal: Literal): Scalar => {
  switch (literal.kind) {
    case 'number':
    case 'flag':
      return literal.value
    case 'rest':
      return 'rest'
    case 'param':
      return `$${literal.name}`
    default:
      return literal.text
  }
}

/** Shortest form of a scalar: `0.10%` becomes `0.1%`; words and nonsense stay. */
export const shortest = (scalar: Scalar): Scalar => {
  const literal = parseLiteral(scalar)
  return literal === null ? scalar : printLiteral(literal)
}

/** What an author probably meant by text that looks like a literal and is none; null when nothing is obvious. */
export const meantLiteral = (text: string): Scalar | null => {
  const [, sign, digits = '', unit = ''] =
    /^([+-]?)(\d[\d_]{0,39}\.?\d{0,40}|\.\d{1,40}) ?(%|R|r|b|bars?|m|min|h|d|w)?$/.exec(text) ?? []
  if (sign === undefined) return null
  const plain = digits.replaceAll('_', '').replace(/^\./, '0.').replace(/\.$/, '')
  const short = unit === 'r' ? 'R' : unit.startsWith('bar') ? 'b' : unit === 'min' ? 'm' : unit
  const meant = `${sign === '-' ? '-' : ''}${plain}${short}`
  if (short === '') return readNumber(meant)
  const literal = parseLiteral(meant)
  if (literal !== null) return printLiteral(literal)
  // 1.5h is 90m.
  const minutes = isUnit(short) && sign !== '-' ? (Number(plain) * unitMs[short]) / minuteMs : Number.NaN
  return Number.isSafeInteger(minutes) ? `${minutes}m` : null
}
