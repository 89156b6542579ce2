// Values in words: one phrase per type, as a noun with its article.
import { lengthText, lengthWord, literalText, nameText } from './literals'
import { bare, listed, textOf, type Words } from './span'
import type { Phrase, Telling } from './telling'

/** "the 21-bar EMA", and of what where it is not the plain close. */
const average =
  (name: string): Phrase =>
  ({ say, noun, set, isPlainClose }) => {
    const head = say`the ${lengthWord(set('length'))} ${name}`
    return isPlainClose('of') ? head : say`${head} of ${noun('of')}`
  }

/** Of bars on a slower clock: "the 14-bar ATR of 4 h bars". */
const ofBars = (name: string, { say, set, slower }: Telling): Words =>
  say`the ${lengthWord(set('length'))} ${name}${slower === '' ? '' : ` of ${slower} bars`}`

const extreme =
  (word: 'highest' | 'lowest'): Phrase =>
  ({ say, noun, window }) =>
    say`the ${word} ${bare(noun('of'))} of the last ${window('over')}`

const bandWords: Readonly<Record<string, string>> = {
  lower: 'the lower Bollinger band',
  middle: 'the middle Bollinger band',
  upper: 'the upper Bollinger band',
  bandwidth: 'the Bollinger bandwidth',
  percent_b: 'the Bollinger %B',
}
const macdWords: Readonly<Record<string, string>> = {
  macd: 'the MACD',
  signal: 'the MACD signal line',
  histogram: 'the MACD histogram',
}
const adxWords: Readonly<Record<string, string>> = { adx: 'ADX', adxr: 'ADXR', dmp: '+DI', dmn: '\u2212DI' }
const tradeWords: Readonly<Record<string, string>> = {
  entry_price: 'the entry price',
  stop_price: 'the stop',
  bars: 'the time in the trade',
  r: 'the gain of the trade in R',
  mae_r: 'the worst loss of the trade so far in R',
  mfe_r: 'the best gain of the trade so far in R',
  open_share: 'the share of the position that is still open',
}
const swingWords: Readonly<Record<string, string>> = {
  '': 'the swings',
  high_level: 'the last swing high',
  low_level: 'the last swing low',
  high_idx: 'the bar of the last swing high',
  low_idx: 'the bar of the last swing low',
  high_new: 'a new swing high becomes known',
  low_new: 'a new swing low becomes known',
  last_kind: 'the last swing',
}

const word = (words: Readonly<Record<string, string>>, output: string): string => words[output] ?? nameText(output)

const bars: Phrase = ({ say, output, set, slower }) => {
  const market = set('market')
  const place = market === 'main' || market === undefined ? '' : ` of ${literalText(market)}`
  return say`the ${slower === '' ? '' : `${slower} `}${output === '' ? 'bars' : nameText(output)}${place}`
}

const bbands: Phrase = ({ say, noun, output, set, isPlainClose }) => {
  const head = say`${word(bandWords, output)} (${lengthText(set('length'))}, ${literalText(set('std'))} deviations)`
  return isPlainClose('of') ? head : say`${head} of ${noun('of')}`
}

const macd: Phrase = ({ say, noun, output, set, isPlainClose }) => {
  const lengths = ['fast', 'slow', 'signal'].map((key) => literalText(set(key))).join(', ')
  const head = say`${word(macdWords, output)} (${lengths})`
  return isPlainClose('of') ? head : say`${head} of ${noun('of')}`
}

const swing: Phrase = ({ say, output, set, slower }) => {
  const [left, right] = [literalText(set('left')), literalText(set('right'))]
  const sides = left === right ? `${left} bars each side` : `${left} bars before, ${right} after`
  return say`${word(swingWords, output)} (${slower === '' ? '' : `${slower}, `}${sides})`
}

const change: Phrase = ({ say, noun, window, set }) =>
  set('as') === 'difference'
    ? say`the difference of ${noun('of')} over ${window('over')}`
    : say`the change of ${noun('of')} over ${window('over')}`

const offset: Phrase = ({ say, noun, clause, isClause, window }) =>
  isClause('of') ? say`${window('by')} earlier ${clause('of')}` : say`${noun('of')} as it was ${window('by')} earlier`

const valueWhen: Phrase = ({ say, noun, clause, isClause }) =>
  isClause('of')
    ? say`at the last bar on which ${clause('when')}, ${clause('of')}`
    : say`${noun('of')} at the last bar on which ${clause('when')}`

const atEntry: Phrase = (telling) => {
  const { say, noun, clause, isClause } = telling
  return isClause('of') ? say`at entry ${clause('of')}` : say`${noun('of')} at entry`
}

/** Operands of sums that are sums, and operands of products that are either, stand in brackets. */
const inSum = / (?:plus|minus) /
const inProduct = / (?:plus|minus|times|divided by) /
const held = (words: Words, { say }: Telling, when: RegExp): Words =>
  when.test(textOf(words).replaceAll(/\([^()]*\)/g, '')) ? say`(${words})` : words

const pair =
  (between: string, when: RegExp): Phrase =>
  (telling) => {
    const { say, noun } = telling
    return say`${held(noun('a'), telling, when)} ${between} ${held(noun('b'), telling, when)}`
  }

/** A plain number comes first: "2 times the ATR". */
const times: Phrase = (telling) => {
  const { say, noun } = telling
  const [a, b] = [held(noun('a'), telling, inProduct), held(noun('b'), telling, inProduct)]
  return /^[\u2212\d]/.test(textOf(b)) && !/^[\u2212\d]/.test(textOf(a)) ? say`${b} times ${a}` : say`${a} times ${b}`
}

const among =
  (head: string): Phrase =>
  ({ say, nouns, id }) =>
    say`${head} ${listed(nouns('of'), 'and', id)}`

export const nouns: Readonly<Record<string, Phrase>> = {
  bars,
  funding: ({ say, output }) =>
    say`${word({ rate: 'the funding rate', per_8h: 'funding per 8 h', next_in: 'the time to the next funding' }, output)}`,
  ema: average('EMA'),
  sma: average('SMA'),
  rsi: average('RSI'),
  bbands,
  macd,
  adx: (telling) => ofBars(word(adxWords, telling.output), telling),
  atr: (telling) => ofBars('ATR', telling),
  highest: extreme('highest'),
  lowest: extreme('lowest'),
  offset,
  change,
  percentile: ({ say, noun, window }) => say`the percentile of ${noun('of')} over ${window('over')}`,
  value_when: valueWhen,
  swing,
  add: pair('plus', inSum),
  sub: pair('minus', inSum),
  mul: times,
  div: pair('divided by', inProduct),
  min: among('the smallest of'),
  max: among('the largest of'),
  avg: among('the mean of'),
  abs: ({ say, noun }) => say`the size of ${noun('of')} without its sign`,
  percent_of: ({ say, noun, set }) => say`${literalText(set('share'))} of ${noun('of')}`,
  trade: ({ say, output }) => say`${word(tradeWords, output)}`,
  at_entry: atEntry,
}
