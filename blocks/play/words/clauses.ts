// Conditions in words: one phrase per type, as a clause that can stand after "when".
import { literalText } from './literals'
import { listed } from './span'
import type { Phrase } from './telling'

const compared =
  (verb: string): Phrase =>
  ({ say, noun }) =>
    say`${noun('a')} ${verb} ${noun('b')}`

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

const sequence: Phrase = ({ say, clauses: parts, window }) => {
  const [first = [], ...rest] = parts('of')
  return rest.reduce((words, next) => say`${words}, then within ${window('within')} ${next}`, say`first ${first}`)
}

export const clauses: Readonly<Record<string, Phrase>> = {
  above: compared('is above'),
  below: compared('is below'),
  at_least: compared('is at least'),
  at_most: compared('is at most'),
  crosses_above: compared('crosses above'),
  crosses_below: compared('crosses below'),
  between: ({ say, noun }) => say`${noun('of')} is between ${noun('low')} and ${noun('high')}`,
  near,
  equals: ({ say, noun, set }) => say`${noun('of')} is ${literalText(set('is'))}`,
  all: many('and'),
  any: many('or'),
  not: ({ say, clause }) => say`it is not so that ${clause('of')}`,
  k_of_n: kOfN,
  occurred: ({ say, clause, window }) => say`${clause('of')} at least once in the last ${window('within')}`,
  holds: ({ say, clause, window }) => say`${clause('of')} for ${window('for')} without a break`,
  sequence,
  becomes_true: ({ say, clause }) => say`it becomes true that ${clause('of')}`,
}
