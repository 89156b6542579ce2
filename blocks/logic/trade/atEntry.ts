// A value as it stood at the decision that sent the entry, constant for the trade (semantics.md S29). Its memory begins
// at that decision, so the first row that it sees is the one it keeps.
import { setVerdict, type Verdict, verdictAt } from '../../kit/bits'
import { defineLogic } from '../../kit/logic'
import { anything, sameAny } from '../../kit/port'

export default defineLogic({
  type: 'at_entry',
  major: 1,
  family: 'trade',
  summary: 'A value as it stood when the entry was decided.',
  inputs: { of: anything() },
  ordered: true,
  params: {},
  outputs: { '': sameAny('of') },
  onTrade: true,
  scope: 'trade',
  constant: true,
  memory: () => ({ taken: false, kept: Number.NaN }),
  run(memory, { of }, { '': out }, _params, i0, i1) {
    if (!memory.taken && i0 < i1) {
      memory.taken = true
      memory.kept = of instanceof Float64Array ? of[i0] : verdictAt(of, i0)
    }
    const { kept } = memory
    if (out instanceof Float64Array) for (let i = i0; i < i1; i++) out[i] = kept
    else for (let i = i0; i < i1; i++) setVerdict(out, i, kept as Verdict)
  },
  examples: [
    { about: 'the first row, for good', inputs: { of: [4, 5, null, 7] }, outputs: { '': [4, 4, 4, 4] } },
    { about: 'unknown then, unknown for good', inputs: { of: [null, 5, 6] }, outputs: { '': [null, null, null] } },
    { about: 'of a condition', inputs: { of: 'FT?T' }, outputs: { '': 'FFFF' } },
  ],
})
