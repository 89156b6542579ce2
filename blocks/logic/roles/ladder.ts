// Partial exits at distances from the entry price, in R or percent (semantics.md S27).
import type { Refusal, Resolved } from '../../kit/logic'
import { defineLogic } from '../../kit/logic'
import { type Step, steps } from '../../kit/param'
import { roleOut } from '../../kit/port'

/** Sums of decimal shares (0.3 + 0.3 + 0.4) may pass 1 by their last bits. */
const slack = 1e-9

const distanceOf = ({ at }: Step): number => ('r' in at ? at.r : at.share)

const refuseSteps = ({ params }: Resolved): Refusal | null => {
  const rungs = (params.steps ?? []) as readonly Step[]
  const refuse = (code: string, message: string): Refusal => ({ refuse: code, port: 'steps', message })
  if (rungs.length === 0) return refuse('ladder_empty', 'a ladder needs at least one step')
  if (rungs.some((rung) => !(distanceOf(rung) > 0)))
    return refuse('ladder_at_not_above_zero', 'each step needs a distance above 0 in `at`')
  if (rungs.some(({ close }) => close !== null && !(close > 0)))
    return refuse('ladder_close_not_above_zero', 'each step closes a share above 0, or `rest`')
  if (rungs.some(({ close }, k) => close === null && k < rungs.length - 1))
    return refuse('ladder_rest_last', '`rest` closes all that is left: only the last step can')
  const sum = rungs.reduce((total, { close }) => total + (close ?? 0), 0)
  if (sum > 1 + slack) return refuse('ladder_above_whole', 'the steps close more than the whole position')
  return null
}

export default defineLogic({
  type: 'ladder',
  major: 1,
  family: 'roles',
  summary: 'Takes profit in steps: a share of the first size at each distance.',
  inputs: {},
  params: { steps: steps() },
  outputs: { '': roleOut('X') },
  part: 'ladder',
  refuse: refuseSteps,
  examples: [],
})
