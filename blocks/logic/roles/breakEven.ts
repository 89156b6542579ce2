// Moves the stop to the entry price once the trade has gained enough, or once a rung of the ladder is filled (S26).
import type { Refusal, Resolved } from '../../kit/logic'
import { defineLogic } from '../../kit/logic'
import { flag, type RShare, rShare, whole } from '../../kit/param'
import { roleOut } from '../../kit/port'

const refuseAfter = ({ params }: Resolved): Refusal | null => {
  const after = params.after as RShare | undefined
  if ((after === undefined) === (params.rung === undefined))
    return { refuse: 'break_even_needs_one', message: 'break-even comes either `after` a gain (1R) or after a `rung`' }
  if (after !== undefined && ('r' in after ? after.r : after.share) < 0)
    return { refuse: 'after_below_zero', port: 'after', message: '`after` is a gain: it cannot be below 0' }
  return null
}

export default defineLogic({
  type: 'break_even',
  major: 1,
  family: 'roles',
  summary: 'Moves the stop to the entry price once the trade has gained enough.',
  inputs: {},
  params: {
    // One of the two must be given, so neither is filled in: a filled-in 1R would stand beside every rung.
    after: { ...rShare('1R'), optional: true },
    rung: { ...whole(1, 1, 100), optional: true },
    offset: rShare('0%'),
    cover_fees: flag(false),
  },
  outputs: { '': roleOut('X') },
  part: 'break_even',
  refuse: refuseAfter,
  examples: [],
})
