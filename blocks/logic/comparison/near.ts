// |of - to| <= by, or <= share of |to| when no `by` is wired; ends included (semantics.md S3).
import { maskOf } from '../../kit/bits'
import { finite } from '../../kit/kernels/window'
import { put } from '../../kit/kernels/words'
import type { Mirror, Refusal, Resolved } from '../../kit/logic'
import { defineLogic } from '../../kit/logic'
import { share } from '../../kit/param'
import { optional, outBits, socketOf, value } from '../../kit/port'
import { refuseSided, unevenSides } from '../../kit/sides'
import { type Socket, unsided } from '../../kit/socket'

const refuseUnits = (node: Resolved): Refusal | null => {
  const of = socketOf(node, 'of')
  if (of.letter !== socketOf(node, 'to').letter)
    return { refuse: 'unequal_sockets', port: 'to', message: '`of` and `to` must carry the same unit' }
  if ('by' in node.sockets && of.letter !== 'P' && of.letter !== 'D')
    return {
      refuse: 'near_by_distance',
      port: 'by',
      message: '`by` is a distance: it belongs to prices and distances; use `share`, or `between` with two limits',
    }
  return null
}

const mirrorOfNear = (node: Resolved): Mirror | Refusal => {
  const uneven = unevenSides(node, 'of', 'to')
  if (uneven !== null) return uneven
  if ('by' in node.sockets) return refuseSided('by')(node)
  const { centre } = socketOf(node, 'to')
  return centre === null || centre === 0
    ? {}
    : { refuse: 'no_mirror', message: `a share of a value that turns about ${centre} does not turn: use \`between\`` }
}

const literalOfNear = (port: string, wires: readonly Socket[]): Socket | null =>
  port === 'by' ? unsided('D') : (wires[0] ?? null)

export default defineLogic({
  type: 'near',
  major: 1,
  family: 'comparison',
  summary: 'True while two values are close: by a distance, or by a percentage of the second.',
  inputs: {
    of: value(),
    to: value(),
    by: { ...optional(value('D')), about: 'Greatest distance; without it `share` decides.' },
  },
  onTrade: true,
  literal: literalOfNear,
  params: { share: share('0.2%', 0, 1) },
  outputs: { '': outBits('C') },
  refuse: refuseUnits,
  firstValid: () => 0,
  gap: ({ of, to, by }, { share }) => ({
    against: to,
    short: Math.max(0, Math.abs(of - to) - (by ?? share * Math.abs(to))),
  }),
  mirror: mirrorOfNear,
  memory: () => ({}),
  run(_memory, inputs, { '': out }, { share }, i0, i1) {
    const { of, to } = inputs
    const by: Float64Array | undefined = inputs.by
    for (let i = i0; i < i1; ) {
      const end = Math.min(i1, (i | 31) + 1)
      let yes = 0
      let no = 0
      for (let k = i; k < end; k++) {
        const apart = finite(Math.abs(of[k] - to[k]))
        const most = finite(by === undefined ? share * Math.abs(to[k]) : by[k])
        yes |= (apart <= most ? 1 : 0) << k
        no |= (apart > most ? 1 : 0) << k
      }
      const mask = maskOf(i >>> 5, i0, i1)
      put(out.t, i >>> 5, mask, yes)
      put(out.f, i >>> 5, mask, no)
      i = end
    }
  },
  examples: [
    {
      about: 'by 25 % of the absolute second value, ends included',
      params: { share: 0.25 },
      inputs: { of: [75, 74, 125, 126, -75, -126, 0, 1, null, 5], to: [100, 100, 100, 100, -100, -100, 0, 0, 1, null] },
      outputs: { '': 'TFTFTFTF??' },
    },
    {
      about: 'by a distance; an unknown distance makes it unknown, a negative one is never reached',
      params: { share: 0 },
      inputs: { of: [1, 2, 3, 3, 2], to: [2, 2, 1, 1, 2], by: [1, 0, 1, null, -1] },
      outputs: { '': 'TTF?F' },
    },
  ],
})
