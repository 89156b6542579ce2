// Change over some bars: as a rate (x - x') / x', or as the plain difference x - x'; x' = 0 has no rate.

import { shiftMemory } from '../../kit/kernels/shift'
import { finite } from '../../kit/kernels/window'
import type { Mirror, Refusal, Resolved } from '../../kit/logic'
import { defineLogic } from '../../kit/logic'
import { bars, choice } from '../../kit/param'
import { derived, series, socketOf } from '../../kit/port'
import { type Socket, sided, unsided } from '../../kit/socket'

/** A value that turns about any number has a difference that turns about 0. */
const socketOfChange = (node: Resolved): Socket => {
  const of = socketOf(node, 'of')
  if (node.params.as === 'rate') return of.letter === 'P' ? sided('R') : unsided('R')
  if (of.letter === 'P') return sided('D')
  return { letter: of.letter === 'O' ? 'N' : of.letter, centre: of.centre === null ? null : 0 }
}

const mirrorOfChange = (node: Resolved): Mirror | Refusal => {
  const { centre } = socketOf(node, 'of')
  // About 0 both signs turn and the rate stays; a price is held to the formula.
  return node.params.as === 'rate' && centre !== null && centre !== 0
    ? { refuse: 'no_mirror', message: 'the rate of a value that turns about another number than 0 does not turn' }
    : {}
}

export default defineLogic({
  type: 'change',
  major: 1,
  family: 'extremes',
  summary: 'Change over some bars, as a rate or as a difference.',
  inputs: { of: series() },
  params: { over: bars('1b', 1, 5000), as: choice('rate', 'difference') },
  outputs: { value: derived(socketOfChange) },
  firstValid: ({ over }) => over,
  settled: ({ over }) => over,
  mirror: mirrorOfChange,
  memory: ({ over }) => shiftMemory(over, Number.NaN),
  run(memory, { of }, { value }, { as, over }, i0, i1) {
    const { ring } = memory
    const rate = as === 'rate'
    let { at } = memory
    for (let i = i0; i < i1; i++) {
      const x = finite(of[i])
      const before = ring[at]
      ring[at] = x
      at = at + 1 === over ? 0 : at + 1
      const difference = x - before
      value[i] = rate ? difference / before : difference
    }
    memory.at = at
  },
  examples: [
    {
      about:
        'rate over 2: 4 after 2 is +100 %, 1 after 4 is -75 %; from 0 there is no rate; unknown two bars after one',
      params: { over: 2, as: 'rate' },
      inputs: { of: [2, 4, 4, 1, 0, 2, 3, null, 6, -4, -3, 1] },
      outputs: { value: [null, null, 1, -0.75, -1, 1, null, null, 1, null, -1.5, -1.25] },
    },
    {
      about: 'difference over 1',
      params: { over: 1, as: 'difference' },
      inputs: { of: [2, 5, 5, -1, null, 3, 0] },
      outputs: { value: [null, 3, 0, -6, null, null, -3] },
    },
  ],
})
