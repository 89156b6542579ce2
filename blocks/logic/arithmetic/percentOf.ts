// A share of a price or distance, as a distance: 2 % of a price is a distance that can be added to it.
import { defineLogic } from '../../kit/logic'
import { share } from '../../kit/param'
import { derived, series, socketOf } from '../../kit/port'
import { unsided } from '../../kit/socket'

export default defineLogic({
  type: 'percent_of',
  major: 1,
  family: 'arithmetic',
  summary: 'A percentage of a price or distance, as a distance.',
  inputs: { of: series('P', 'D') },
  onTrade: true,
  params: { share: share('1%', -1, 10) },
  outputs: {
    // Of a sided distance it is sided too; of a price it has no side: it is held to the formula on the mirrored price.
    value: derived((node) => {
      const of = socketOf(node, 'of')
      return of.letter === 'P' ? unsided('D') : of
    }),
  },
  firstValid: () => 0,
  memory: () => ({}),
  run(_memory, { of }, { value }, { share }, i0, i1) {
    for (let i = i0; i < i1; i++) value[i] = of[i] * share
  },
  examples: [
    {
      about: '25 % of each value',
      params: { share: 0.25 },
      inputs: { of: [100, 8, null, 0, -2, 1, 2, 4, 1000, 10, 6, 5] },
      outputs: { value: [25, 2, null, 0, -0.5, 0.25, 0.5, 1, 250, 2.5, 1.5, 1.25] },
    },
    {
      about: 'the price reflected about 50 (100 - x): the formula on it, not a turned distance',
      params: { share: 0.5 },
      inputs: { of: [60, 40] },
      outputs: { value: [30, 20] },
    },
  ],
})
