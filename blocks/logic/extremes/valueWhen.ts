// The value as of the last bar on which the condition was true, unknown before the first. Only true acts: a condition
// that is false or unknown leaves what stands; a value unknown on a true bar stands as unknown.
import { getBit, setVerdict, type Verdict, verdictAt } from '../../kit/bits'
import { defineLogic } from '../../kit/logic'
import { anything, conditionPort, sameAny } from '../../kit/port'

export default defineLogic({
  type: 'value_when',
  major: 1,
  family: 'extremes',
  summary: 'The value as it stood when a condition was last true.',
  inputs: { of: anything(), when: conditionPort() },
  params: {},
  outputs: { value: sameAny('of') },
  memory: (_params, { of }) => ({ held: of === 'bits' ? 0 : Number.NaN }),
  run(memory, { of, when }, { value }, _params, i0, i1) {
    let { held } = memory
    if (of instanceof Float64Array) {
      const numbers = value as Float64Array
      for (let i = i0; i < i1; i++) {
        if (getBit(when.t, i)) held = of[i]
        numbers[i] = held
      }
    } else {
      for (let i = i0; i < i1; i++) {
        if (getBit(when.t, i)) held = verdictAt(of, i)
        setVerdict(value as typeof of, i, held as Verdict)
      }
    }
    memory.held = held
  },
  examples: [
    {
      about: 'taken on true bars only; an unknown value on a true bar is unknown until the next',
      inputs: { of: [1, 2, 3, 4, 5, 6, null, 8, 9, 10, 11, 12], when: 'FFTF?TTFFTT?' },
      outputs: { value: [null, null, 3, 3, 3, 6, null, null, null, 10, 11, 11] },
    },
    {
      about: 'of a condition',
      inputs: { of: 'TFTF?TFT', when: 'FTTFTFTF' },
      outputs: { value: '?FTT??FF' },
    },
  ],
})
