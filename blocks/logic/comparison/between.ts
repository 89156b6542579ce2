// low <= of <= high, ends included: at least the one and at most the other (so false when one of the two is known false).
import { maskOf } from '../../kit/bits'
import { finite } from '../../kit/kernels/window'
import { put } from '../../kit/kernels/words'
import { defineLogic } from '../../kit/logic'
import { outBits, value } from '../../kit/port'
import { turnedOver } from '../../kit/sides'

export default defineLogic({
  type: 'between',
  major: 1,
  family: 'comparison',
  summary: 'True while a value lies between two others, ends included.',
  inputs: { of: value(), low: value(), high: value() },
  equal: true,
  onTrade: true,
  params: {},
  outputs: { '': outBits('C') },
  firstValid: () => 0,
  gap: ({ of, low, high }) => ({
    against: Math.abs(of - low) <= Math.abs(of - high) ? low : high,
    short: Math.max(0, low - of, of - high),
  }),
  mirror: turnedOver({ swap: ['low', 'high'] }, 'of', 'low', 'high'),
  memory: () => ({}),
  run(_memory, { of, low, high }, { '': out }, _params, i0, i1) {
    for (let i = i0; i < i1; ) {
      const end = Math.min(i1, (i | 31) + 1)
      let yes = 0
      let no = 0
      for (let k = i; k < end; k++) {
        // NaN compares as false with everything, so neither side speaks for an unknown operand.
        const x = finite(of[k])
        const least = finite(low[k])
        const most = finite(high[k])
        yes |= ((x >= least ? 1 : 0) & (x <= most ? 1 : 0)) << k
        no |= ((x < least ? 1 : 0) | (x > most ? 1 : 0)) << k
      }
      const mask = maskOf(i >>> 5, i0, i1)
      put(out.t, i >>> 5, mask, yes)
      put(out.f, i >>> 5, mask, no)
      i = end
    }
  },
  examples: [
    {
      about: 'ends included; with one end unknown the other may still say no; ends in the wrong order hold nothing',
      inputs: {
        of: [1, 2, 3, 4, 5, null, 3, 1, 5, 9, 3, 3],
        low: [2, 2, 2, 2, 2, 2, null, null, null, 2, 2, 4],
        high: [4, 4, 4, 4, 4, 4, 4, 4, 4, null, null, 2],
      },
      outputs: { '': 'FTTTF???F??F' },
    },
  ],
})
