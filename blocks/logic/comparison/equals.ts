// Is a kind this one of its set.
import { setVerdict } from '../../kit/bits'
import type { Mirror, Resolved } from '../../kit/logic'
import { defineLogic } from '../../kit/logic'
import { kindOf } from '../../kit/param'
import { kindPort, outBits, socketOf } from '../../kit/port'

/** The paired kind; a set without pairs stays as it is. */
const mirrorOfKind = (node: Resolved): Mirror => {
  const { kinds = [], mirrored } = socketOf(node, 'of')
  if (mirrored === undefined) return {}
  return {
    params: (params) => {
      const kind = kinds[Number(params.is)]
      return { ...params, is: kinds.indexOf(mirrored[kind] ?? kind) }
    },
  }
}

export default defineLogic({
  type: 'equals',
  major: 1,
  family: 'comparison',
  summary: 'True while a kind is the one named.',
  inputs: { of: kindPort() },
  onTrade: true,
  reading: { kind: 'is' },
  params: { is: kindOf('of') },
  outputs: { '': outBits('C') },
  firstValid: () => 0,
  mirror: mirrorOfKind,
  memory: () => ({}),
  run(_memory, { of }, { '': out }, { is }, i0, i1) {
    for (let i = i0; i < i1; i++) {
      const kind = of[i]
      setVerdict(out, i, kind === is ? 1 : kind - kind === 0 ? -1 : 0)
    }
  },
  examples: [
    {
      about: 'the kind with code 1',
      params: { is: 1 },
      inputs: { of: [null, 0, 1, 1, 0, null] },
      outputs: { '': '?FTTF?' },
    },
  ],
})
