// The size of a value without its sign.
import type { Refusal, Resolved } from '../../kit/logic'
import { defineLogic } from '../../kit/logic'
import { derived, series, socketOf } from '../../kit/port'
import { unsided } from '../../kit/socket'

/** About 0 the size of the turned value is the same; about another number it is not. */
const mirrorOfAbs = (node: Resolved): Refusal | Record<never, never> => {
  const { centre } = socketOf(node, 'of')
  return centre === null || centre === 0
    ? {}
    : {
        refuse: 'no_mirror',
        message: `the value turns about ${centre}, not 0: take its distance from there with \`sub\` first`,
      }
}

export default defineLogic({
  type: 'abs',
  major: 1,
  family: 'arithmetic',
  summary: 'Size of a distance, rate or number, without its sign.',
  inputs: { of: series('D', 'R', 'N') },
  ordered: true,
  onTrade: true,
  params: {},
  outputs: { value: derived((node) => unsided(socketOf(node, 'of').letter)) },
  firstValid: () => 0,
  mirror: mirrorOfAbs,
  memory: () => ({}),
  run(_memory, { of }, { value }, _params, i0, i1) {
    for (let i = i0; i < i1; i++) value[i] = Math.abs(of[i])
  },
  examples: [
    {
      about: 'row by row',
      inputs: { of: [1, -3, null, 0, -0.5] },
      outputs: { value: [1, 3, null, 0, 0.5] },
    },
  ],
})
