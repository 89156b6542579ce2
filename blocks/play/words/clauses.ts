// Conditions in words: one phrase per type, as a clause that can stand after "when".
import type { Value } from '../tree'
import { literalText } from './literals'
import { listed, type Words } from './span'
import type { Phrase } from './telling'

const compared =
  (verb: string): Phrase =>
  ({ say, noun }) => {
    const [a, b] = withUnit(noun('a'), noun('b'))
    return say`${a} ${verb} ${b}`
  }

/** "the gain in R is above 0.5" is "the gain is above 0.5 R". */
const withUnit = (a: Words, b: Words): readonly [Words, Words] => {
  const [last, number] = [a.at(-1), b[0]]
  if (last === undefined || number === undefined || b.length > 1) return [a, b]
  if (!last.text.endsWith(' in R') || !/^\u2212?\d[\d.]*$/.test(number.text)) return [a, b]
  const bare = { ...last, text: last.text.slice(0, -' in R'.length) }
  return [[...a.slice(0, -1), bare], [{ ...number, text: `${number.text} R` }]]
}

const many =
  (word: 'and' | 'or'): Phrase =>
  ({ say, clauses: parts, inner, id }) => {
    const list = listed(parts('of'), word, id)
    return inner ? say`(${list})` : list
  }

const near: Phrase = ({ say, noun, isSet, set }) =>
  isSet('by')
    ? say`${noun('of')} is at most ${noun('by')} away from ${noun('to')}`
    : say`${noun('of')} is within ${literalText(set('share'))} of ${noun('to')}`

const kOfN: Phrase = ({ say, clauses: parts, set, id, inner }) => {
  const all = parts('of')
  const list = say`at least ${literalText(set('k'))} of these ${String(all.length)} hold: ${listed(all, 'and', id)}`
  return inner ? say`(${list})` : list
}

const sequence: Phrase = ({ say, clauses: parts, window, inner }) => {
  const [first = [], ...rest] = parts('of')
  const steps = rest.reduce((words, next) => say`${words}, and then, within ${window('within')}, ${next}`, first)
  return inner ? say`(${steps})` : steps
}

/** A swing is a low, a trend is bullish. */
const kindText = (kind: Value | undefined): string =>
  `${kind === 'high' || kind === 'low' ? 'a ' : ''}${literalText(kind)}`

export const clauses: Readonly<Record<string, Phrase>> = {
  above: compared('is above'),
  below: compared('is below'),
  at_least: compared('is at least'),
  at_most: compared('is at most'),
  crosses_above: compared('crosses above'),
  crosses_below: compared('crosses below'),
  between: ({ say, noun }) => say`${noun('of')} is between ${noun('low')} and ${noun('high')}`,
  near,
  equals: ({ say, noun, set }) => say`${noun('of')} is ${kindText(set('is'))}`,
  all: many('and'),
  any: many('or'),
  not: ({ say, clause }) => say`it is not the case that ${clause('of')}`,
  k_of_n: kOfN,
  occurred: ({ say, clause, window }) => say`${clause('of')} at least once in the last ${window('within')}`,
  holds: ({ say, clause, window }) => say`${clause('of')} for ${window('for')} without a break`,
  sequence,
  becomes_true: ({ say, clause }) => say`it becomes true that ${clause('of')}`,
}
