// Plain words on nodes: names of the document as people read them, the sentence of a comparison, what a role does. Pure.
import { typeLabel } from '../../blocks/play/labels'
import { parseLiteral } from '../../blocks/play/literal'
import type { Value } from '../../blocks/play/tree'
import { sentence } from '../ui/sentence'

const capitals = new Set(['ema', 'sma', 'rsi', 'macd', 'adx', 'adxr', 'atr', 'dmp', 'dmn'])

const spelt = (word: string): string => (capitals.has(word) ? word.toUpperCase() : word)

/** `ema_fast` is "EMA fast", within a sentence. */
export const inSentence = (id: string): string => id.replace(/^\$/, '').split(/[_ ]/).map(spelt).join(' ')

/** `with_regime` is "With regime". */
export const titleOf = (id: string): string => {
  const words = inSentence(id)
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** `price.close` is "close", `ema_fast` "EMA fast", `bands.lower` "bands lower", `swing.high_level` "swing high". */
export const sourceWords = (source: string, output: string | null, isPlain: boolean): string => {
  const words = output === null ? '' : inSentence(output.replace(/_level$/, ''))
  if (words === '') return inSentence(source)
  return isPlain ? words : `${inSentence(source)} ${words}`
}

const comparisons: Readonly<Record<string, string>> = {
  above: 'above',
  below: 'below',
  at_least: 'at least',
  at_most: 'at most',
  crosses_above: 'crosses above',
  crosses_below: 'crosses below',
  add: 'plus',
  sub: 'minus',
  mul: 'times',
  div: 'over',
}

/** The word between two ordered operands; null where there is no sentence. */
export const between = (type: string): string | null => comparisons[type] ?? null

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
const spans = { m: 'minute', h: 'hour', d: 'day', w: 'week' } as const

/** A scalar of the document in words: `6b` is "6 bars", `0.03%` "0.03 %", `2R` "2 R". */
export const literalWords = (value: Value): string => {
  if (typeof value === 'object') return ''
  const literal = parseLiteral(value)
  if (literal === null) return inSentence(String(value))
  switch (literal.kind) {
    case 'number':
      return String(literal.value).replace(/^-/, '\u2212')
    case 'share':
      return `${literal.text.slice(0, -1).replace(/^-/, '\u2212')} %`
    case 'r':
      return `${literal.text.slice(0, -1).replace(/^-/, '\u2212')} R`
    case 'bars':
      return plural(literal.bars, 'bar')
    case 'span': {
      const unit = literal.text.slice(-1) as keyof typeof spans
      return plural(Number(literal.text.slice(0, -1)), spans[unit])
    }
    case 'flag':
      return literal.value ? 'yes' : 'no'
    case 'param':
      return inSentence(literal.name)
    case 'rest':
      return 'the rest'
  }
}

/** What a role does, at its foot. `set` are the settings as written. */
export const roleWords = (type: string, set: Readonly<Record<string, Value>>): string => {
  const said = (key: string, fallback: Value): string => literalWords(set[key] ?? fallback)
  switch (type) {
    case 'filter':
      return 'lets entries through'
    case 'entry': {
      const order = set.order ?? 'market'
      return order === 'market' ? 'at the next open' : `${said('order', 'limit')} for ${said('expires', '1b')}`
    }
    case 'stop':
      return 'initial stop'
    case 'target':
      return `closes ${said('close', '100%')}`
    case 'ladder':
      return 'of the first size'
    case 'trail':
      return `trails after ${said('after', '0R')}`
    case 'break_even':
      return 'stop to entry price'
    case 'time_stop':
      return 'closes at market'
    case 'exit_when':
      return 'closes at market'
    case 'invalidation': {
      const on = set.on ?? 'both'
      return on === 'open' ? 'closes the trade' : on === 'pending' ? 'cancels the order' : 'cancels or closes'
    }
    default:
      return ''
  }
}

/** A title in words that are the type's own when the id says no more than the type. */
export const nodeTitle = (id: string, type: string): string => {
  const label = typeLabel(type)
  return titleOf(id).toLowerCase() === label.toLowerCase() ? label : titleOf(id)
}

/** A sentence of the checker for the eye: no code marks. */
export const reasonWords = (text: string): string => sentence(text.replaceAll('`', ''))
