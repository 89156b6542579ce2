// Words of the language that more than one part of the checker needs: sockets in plain words, reserved types, Block roles.
import type { Part } from '../kit/logic'
import type { Letter } from '../kit/socket'
import type { BlockTree } from './tree'

/** Types that a later version brings (types.md): their names are taken. */
export const reservedTypes: readonly string[] = (
  'open_interest liquidations basis long_short taker_flow order_book on_chain sentiment regime calendar cme_gap ' +
  'weekly_open market_structure premium_discount fair_value_gap order_block breaker liquidity zone fibonacci ' +
  'supertrend keltner squeeze vwap anchored_vwap volume_profile score count since weighted heikin_ashi candle'
).split(' ')

export const socketWords: Readonly<Record<Letter, string>> = {
  P: 'a price',
  D: 'a distance',
  A: 'an amount',
  R: 'a rate',
  O: 'an oscillator',
  N: 'a number',
  T: 'a time',
  C: 'a condition',
  E: 'an event',
  K: 'a kind',
  B: 'bars',
  W: 'swings',
  Z: 'a zone',
  F: 'a filter',
  S: 'a setup',
  X: 'an exit',
  I: 'an invalidation',
}

export const orList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`

/** `inputs.type` of a Block (dsl.md section 3). */
export const inputTypes = {
  price: 'P',
  distance: 'D',
  amount: 'A',
  rate: 'R',
  oscillator: 'O',
  number: 'N',
  time: 'T',
  condition: 'C',
  event: 'E',
  kind: 'K',
  bars: 'B',
  swings: 'W',
  zone: 'Z',
} as const satisfies Readonly<Record<string, Letter>>

export const roleLetters: Readonly<Record<BlockTree['role'], Letter>> = {
  filter: 'F',
  entry: 'S',
  exit: 'X',
  invalidation: 'I',
}

/** Lists of a side, the letter that fits each, and how many role wires the engine expects there at least. */
export const slots = {
  filters: 'F',
  entries: 'S',
  exits: 'X',
  invalidations: 'I',
} as const satisfies Readonly<Record<string, Letter>>
export type Slot = keyof typeof slots
export const slotNames = Object.keys(slots) as readonly Slot[]

/** Which node turns the one socket into the other, in words (dsl.md section 6). */
export const bridge = (from: Letter, accept: readonly Letter[]): string | undefined => {
  for (const to of accept) {
    const text = bridges[`${from}${to}`]
    if (text !== undefined) return text
  }
  return undefined
}

const compare = 'A comparison such as `above` makes a condition of it.'
const bridges: Readonly<Record<string, string>> = {
  CE: '`becomes_true` makes an event of a condition.',
  PC: compare,
  DC: compare,
  AC: compare,
  RC: compare,
  OC: compare,
  NC: compare,
  TC: compare,
  KC: '`equals` asks whether it is one of its kinds.',
  PD: '`sub` of two prices or `percent_of` a price is a distance.',
  PR: '`change` turns a price into a rate.',
  PO: '`rsi` or `percentile` turns a price into an oscillator.',
  PN: '`div` of two prices is a number.',
  DP: '`add` it to a price, or `sub` it from one.',
  DR: '`div` it by a price: distance over price is a rate.',
  DN: '`div` of two distances is a number.',
  RD: '`percent_of` a price is a distance.',
  RN: '`div` of two rates is a number.',
  RO: '`percentile` turns a rate into an oscillator.',
  AO: '`percentile` turns an amount into an oscillator.',
  AR: '`change` turns an amount into a rate.',
  AN: '`div` of two amounts is a number.',
}

export const own = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined

/** Ports of role makers that are judged while the trade lives, so that they may read its values (dsl.md section 6). */
export const tradePorts: Readonly<Record<Part, readonly string[]>> = {
  filter: [],
  entry: [],
  stop: [],
  target: [],
  ladder: [],
  trail: ['to'],
  break_even: [],
  time_stop: [],
  exit_when: ['when'],
  invalidation: ['when'],
}
