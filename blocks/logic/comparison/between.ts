// low <= of <= high, ends included: at least the one and at most the other (so false when one of the two is known false).
import { type Bits, setVerdict } from '../../kit/bits'
import { finite } from '../../kit/kernels/window'
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
  mirror: turnedOver({ swap: ['low', 'high'] }, 'of', 'low', 'high'),
  memory: () => ({}),
  run(_memory, { of, low, high }, { '': out }, _params, i0, i1) {
    for (let i = i0; i < i1; i++) judge(out, i, finite(of[i]), finite(low[i]), finite(high[i]))
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

/** NaN compares as false with everything, so neither side speaks for an unknown operand. */
const judge = (out: Bits, i: number, x: number, low: number, high: number): void =>
  setVerdict(out, i, x < low || x > high ? -1 : x >= low && x <= high ? 1 : 0)
