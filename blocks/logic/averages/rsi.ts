// Relative strength index after Wilder: the share of gains in all movement, 0..100; a flat series is 50.
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { series } from '../../kit/port'
import { sidedAs } from '../../kit/sides'

export default defineLogic({
  type: 'rsi',
  major: 1,
  family: 'averages',
  summary: 'Relative strength index: the share of gains in all recent movement, 0 to 100.',
  inputs: { of: series() },
  params: { length: bars(14, 1, 500) },
  outputs: { value: sidedAs('of', 'O', 50) },
  firstValid: ({ length }) => length,
  settled: ({ length }) => 8 * length,
  memory: () => ({ last: Number.NaN, seen: 0, gain: 0, loss: 0 }),
  run(memory, { of }, { value }, { length }, i0, i1) {
    let { last, seen, gain, loss } = memory
    for (let i = i0; i < i1; i++) {
      const x = of[i]
      const step = x - last
      last = x
      let rsi = Number.NaN
      if (step - step === 0) {
        const size = Math.abs(step)
        // (|d| + d) / 2 is the gain: no branch that the data could mislead.
        const up = (size + step) / 2
        const down = (size - step) / 2
        if (seen >= length) {
          gain += (up - gain) / length
          loss += (down - loss) / length
        } else {
          gain += up
          loss += down
          seen += 1
          if (seen === length) {
            gain /= length
            loss /= length
          }
        }
        const all = gain + loss
        if (seen >= length) rsi = all === 0 ? 50 : (100 * gain) / all
      } else {
        seen = 0
        gain = 0
        loss = 0
      }
      value[i] = rsi
    }
    memory.last = last
    memory.seen = seen
    memory.gain = gain
    memory.loss = loss
  },
  examples: [
    {
      about: 'length 2: gains 3 and 0 of losses 0 and 1 give 75; flat from the start is 50; restarts after an unknown',
      params: { length: 2 },
      inputs: { of: [5, 8, 7, 7, 8.5, null, 4, 4, 4, 5, 4, 3] },
      outputs: { value: [null, null, 75, 75, 90, null, null, null, 50, 100, 100 / 3, 100 / 7] },
    },
  ],
})
