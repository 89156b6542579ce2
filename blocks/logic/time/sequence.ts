// Steps in order, each strictly after the one before and at most `within` bars later; true on the bar of the last step.
// Step k has happened at i when it is true there and step k-1 had happened on one of the bars i - within .. i - 1; false
// when it is false there or step k-1 is known not to have happened on any of them (semantics.md S1, S3).
import { setVerdict, type Verdict, verdictAt } from '../../kit/bits'
import { defineLogic } from '../../kit/logic'
import { bars } from '../../kit/param'
import { conditionPort, many, outBits } from '../../kit/port'

export default defineLogic({
  type: 'sequence',
  major: 1,
  family: 'time',
  summary: 'True on the bar of the last of several steps that happened in order, each soon after the one before.',
  inputs: { of: many(conditionPort(), 2) },
  params: { within: bars('12b', 1, 5000) },
  outputs: { '': outBits('E') },
  // Two steps; each further one waits as long again.
  firstValid: ({ within }) => within,
  settled: ({ within }) => within,
  memory: () => ({ since: new Int32Array(0), quiet: new Int32Array(0) }),
  run(memory, { of }, { '': out }, { within }, i0, i1) {
    const steps = of.length
    if (memory.since.length === 0) {
      // One place a step: bars since it last happened, and bars in a row on which it did not, both up to `within`.
      memory.since = new Int32Array(steps).fill(within)
      memory.quiet = new Int32Array(steps)
    }
    const { since, quiet } = memory
    for (let i = i0; i < i1; i++) {
      let verdict: Verdict = 0
      // Backwards: each step asks for the step before it as of the bar before.
      for (let k = steps - 1; k >= 0; k--) {
        const now = verdictAt(of[k], i)
        let happened: Verdict = now
        if (k > 0) {
          if (now === -1 || quiet[k - 1] >= within) happened = -1
          else if (since[k - 1] >= within) happened = 0
        }
        if (k === steps - 1) verdict = happened
        since[k] = happened === 1 ? 0 : Math.min(within, since[k] + 1)
        quiet[k] = happened === -1 ? Math.min(within, quiet[k] + 1) : 0
      }
      setVerdict(out, i, verdict)
    }
  },
  examples: [
    {
      about: 'within 2: the first step on the same bar does not count, three bars before is too long ago',
      params: { within: 2 },
      inputs: { of: ['TFFFTFF?FFTFT', 'FFTFTTFFTTFTF'] },
      outputs: { '': 'FFTFFTFF??FTF' },
    },
    {
      about: 'three steps within 1 of each other; what came before the first bar is unknown',
      params: { within: 1 },
      inputs: { of: ['TFFTFF?FF', 'TTFFTFFTF', 'TTTFF?TFT'] },
      outputs: { '': '??TFF?FF?' },
    },
  ],
})
