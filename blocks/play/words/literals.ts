// Numbers, times and names as sentences write them: a true minus, a space before the unit.
import { parseLiteral } from '../literal'
import type { Value } from '../tree'

const minus = (text: string): string => text.replace(/^-/, '\u2212')
const spaced = (text: string): string => text.replace(/^(\d+)([mhdw])$/, '$1 $2')
const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** `6b` is "6 bars", `0.03%` "0.03 %", `2R` "2 R", `12h` "12 h". */
export const literalText = (value: Value | undefined): string => {
  if (value === undefined || typeof value === 'object') return 'nothing yet'
  const literal = parseLiteral(value)
  switch (literal?.kind) {
    case undefined:
      return nameText(String(value))
    case 'share':
      return `${minus(literal.text.slice(0, -1))} %`
    case 'r':
      return `${minus(literal.text.slice(0, -1))} R`
    case 'bars':
      return plural(literal.bars, 'bar')
    case 'span':
      return spaced(literal.text)
    case 'flag':
      return literal.value ? 'yes' : 'no'
    case 'rest':
      return 'the rest'
    case 'param':
      return nameText(literal.name)
    case 'number':
      return minus(String(value))
  }
}

/** A length: whole numbers count bars. */
export const lengthText = (value: Value | undefined): string =>
  literalText(typeof value === 'number' ? `${value}b` : value)

/** Before a noun: "21-bar", "4-hour". */
export const lengthWord = (value: Value | undefined): string => {
  const literal = typeof value === 'object' || value === undefined ? null : parseLiteral(value)
  if (literal?.kind === 'number') return `${literal.value}-bar`
  if (literal?.kind === 'bars') return `${literal.bars}-bar`
  if (literal?.kind !== 'span') return literalText(value)
  const unit = { m: 'minute', h: 'hour', d: 'day', w: 'week' }[literal.text.slice(-1)]
  return `${literal.text.slice(0, -1)}-${unit ?? 'bar'}`
}

/** `15m` is "15 m". */
export const timeframeText = (tf: string): string => spaced(tf)

/** `swing_lost` is "swing lost". */
export const nameText = (id: string): string => id.replaceAll('_', ' ')

const venues: Readonly<Record<string, string>> = {
  binance: 'Binance',
  bybit: 'Bybit',
  okx: 'OKX',
  hyperliquid: 'Hyperliquid',
  synthetic: 'made-up data',
}

/** `binance:BTCUSDT.P` is "BTCUSDT perpetual (Binance)". */
export const instrumentText = (id: string): string => {
  const [venue = '', symbol = ''] = id.split(':')
  const isPerp = symbol.endsWith('.P')
  const place = Object.hasOwn(venues, venue) ? venues[venue] : venue
  return `${isPerp ? symbol.slice(0, -2) : symbol} ${isPerp ? 'perpetual' : 'spot'} (${place})`
}
