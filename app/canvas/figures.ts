// Numbers on nodes: as many digits as the socket deserves, the true minus, the unit after a space. Pure.
import type { Letter } from '../../blocks/kit/socket'
import type { NodeValue } from '../engine/protocol'
import { relation } from '../results/names'
import { textWidth } from './textWidth'

const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** Fixed decimals with thousands apart: 67,785.8. */
export const fixed = (value: number, decimals: number): string => {
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const isZero = Number(Math.abs(value).toFixed(decimals)) === 0
  const text = fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`
  return value < 0 && !isZero ? `\u2212${text}` : text
}

/** Decimals that show about five digits of a price. */
const priceDecimals = (value: number): number => {
  const size = Math.abs(value)
  if (size >= 10_000) return 0
  if (size === 0) return 2
  return Math.min(8, Math.max(0, 4 - Math.floor(Math.log10(size))))
}

const compact = (value: number): string => {
  const size = Math.abs(value)
  if (size >= 1e9) return `${fixed(value / 1e9, 2)} bn`
  if (size >= 1e6) return `${fixed(value / 1e6, 2)} m`
  return fixed(value, size >= 1000 ? 0 : 1)
}

/** A value of a socket as it is shown. */
export const figure = (value: number, letter: Letter): string => {
  if (!Number.isFinite(value)) return 'unknown'
  switch (letter) {
    case 'P':
    case 'D':
      return fixed(value, priceDecimals(value))
    case 'R':
      return `${fixed(value * 100, Math.abs(value) < 0.01 ? 3 : 2)} %`
    case 'O':
      return fixed(value, 1)
    case 'T':
      return fixed(value, Number.isInteger(value) ? 0 : 1)
    case 'A':
      return compact(value)
    default:
      return fixed(value, Number.isInteger(value) ? 0 : Math.abs(value) >= 100 ? 1 : 2)
  }
}

export type LineTone = 'true' | 'false' | 'first' | 'unknown' | 'plain'
export interface ValueLine {
  readonly text: string
  /** Distance to the threshold. */
  readonly aside: string | null
  readonly tone: LineTone
}

/** A difference with the decimals of what it lies between. */
const apart = (value: number, letter: Letter, beside: number): string =>
  letter === 'P' || letter === 'D' ? fixed(value, priceDecimals(beside)) : figure(value, letter)

/** What a value says. `operands`: the socket of both sides of a comparison. The sign is that of the two numbers: a
 *  mirrored comparison turns round, and a cross that says no may have happened before. */
export const valueLine = (
  value: NodeValue,
  of: { readonly letter: Letter; readonly operands: Letter; readonly first: boolean },
): ValueLine => {
  if (value.verdict !== null) {
    const { verdict, sides } = value
    const tone = of.first ? 'first' : verdict
    if (verdict === 'unknown') return { text: 'not yet known', aside: null, tone: 'unknown' }
    const isTrue = verdict === 'true'
    if (sides === null) return { text: isTrue ? 'true' : 'false', aside: null, tone }
    const [left, right] = sides
    const text = `${figure(left, of.operands)} ${relation(left, right)} ${figure(right, of.operands)}`
    const size = apart(Math.abs(left - right), of.operands, left)
    if (isTrue) return { text, aside: left < right ? `${size} room` : `+${size}`, tone }
    return { text, aside: value.short === null ? null : `${size} ${left > right ? 'over' : 'short'}`, tone }
  }
  if (value.kind !== null) return { text: value.kind.replaceAll('_', ' '), aside: null, tone: 'plain' }
  if (value.number === null) return { text: 'not yet known', aside: null, tone: 'unknown' }
  return { text: figure(value.number, of.letter), aside: null, tone: 'plain' }
}

const lineSize = 11.5
const lineGap = 6

/** The distance as far as there is room for it: whole, without its word, or not at all. A figure is never cut. */
export const asideWithin = ({ text, aside }: Pick<ValueLine, 'text' | 'aside'>, room: number): string | null => {
  if (aside === null) return null
  const free = room - textWidth(text, lineSize) - lineGap
  const bare = aside
    .replace(/^(.*) short$/, '\u2212$1')
    .replace(/^(.*) over$/, '+$1')
    .replace(/ room$/, '')
  return [aside, bare].find((one) => textWidth(one, lineSize) <= free) ?? null
}
