// What a role maker does in words: one phrase per type, as a sentence without its full stop.
import { lengthText, literalText } from './literals'
import { listed, saidBy, type Words } from './span'
import type { Phrase, Telling } from './telling'

/** A level that is moved away from the price on the losing side. */
const padded = ({ say, noun, isSet }: Telling, level: Words): Words =>
  isSet('pad') ? say`${level}, moved ${noun('pad')} further away from the price` : level

const entry: Phrase = ({ say, noun, clause, set }) => {
  const order = set('order') ?? 'market'
  const start = set('fires') === 'while_true' ? 'on every bar on which' : 'when'
  if (order === 'market') return say`at market ${start} ${clause('when')}`
  const maker = set('post_only') === true ? ', post-only' : ''
  return say`with a ${literalText(order)} order at ${noun('at')}, good for ${lengthText(set('expires'))}${maker}, ${start} ${clause('when')}`
}

const stop: Phrase = (telling) => {
  const { say, noun, isSet, set } = telling
  if (isSet('at')) return say`the stop stands at ${padded(telling, noun('at'))}`
  const share = isShare(set('by')) ? ' of the fill price' : ''
  return say`the stop stands ${noun('by')}${share} away from the fill`
}

const isShare = (value: unknown): boolean => typeof value === 'string' && value.endsWith('%')

const ladder: Phrase = ({ say, set, id }) => {
  const steps = set('steps')
  const rungs = Array.isArray(steps) ? steps : []
  const parts = rungs.map(({ at, close }) => saidBy(id)`${literalText(close)} at ${literalText(at)}`)
  return say`profit is taken in steps: ${listed(parts, 'and', id)}`
}

const trail: Phrase = (telling) => {
  const { say, noun, isSet, set } = telling
  const after = set('after')
  const from = after === '0R' || after === '0%' ? '' : `, once the gain reached ${literalText(after)}`
  if (isSet('to')) return say`the stop follows ${padded(telling, noun('to'))}${from}`
  const share = isShare(set('by')) ? ' of it' : ''
  const best = set('from') === 'close' ? 'the best close' : 'the best price'
  const when = set('update') === 'decision' ? ', moved at closes of bars only' : ''
  return say`the stop follows ${best} at a distance of ${noun('by')}${share}${from}${when}`
}

const breakEven: Phrase = ({ say, set, isSet }) => {
  const offset = set('offset')
  const [, sign = '', size = ''] = /^(-?)(.*)$/.exec(typeof offset === 'string' ? offset : '') ?? []
  const isAtEntry = offset === '0%' || offset === '0R'
  const fees = set('cover_fees') === true ? 'the fees of both orders' : ''
  const gain = [isAtEntry || sign !== '' ? '' : literalText(size), fees].filter((one) => one !== '').join(' plus ')
  const less = isAtEntry || sign === '' ? '' : literalText(size)
  // In profit and in loss, not plus and minus: the same words hold for longs and shorts.
  const away =
    gain === '' ? (less === '' ? '' : `, ${less} in loss,`) : `, ${gain}${less && ` less ${less}`} in profit,`
  const when = isSet('rung')
    ? `step ${literalText(set('rung'))} of the ladder is filled`
    : `the gain reached ${literalText(set('after'))}`
  return say`the stop moves to the entry price${away} once ${when}`
}

const invalidation: Phrase = ({ say, clause, set }) => {
  const on = set('on')
  if (on === 'pending') return say`a resting order is cancelled when ${clause('when')}`
  if (on === 'open') return say`the trade is closed at market when ${clause('when')}`
  return say`a resting order is cancelled, an open trade closed at market, when ${clause('when')}`
}

export const roles: Readonly<Record<string, Phrase>> = {
  filter: ({ say, clause }) => say`only while ${clause('allow')}`,
  entry,
  stop,
  target: ({ say, noun, set }) => say`${literalText(set('close'))} is closed at ${noun('at')}`,
  ladder,
  trail,
  break_even: breakEven,
  time_stop: ({ say, set }) => say`the trade is closed at market after ${lengthText(set('after'))}`,
  exit_when: ({ say, clause }) => say`the trade is closed at market when ${clause('when')}`,
  invalidation,
}
