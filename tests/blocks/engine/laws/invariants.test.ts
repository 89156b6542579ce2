// Invariants of trade arithmetic over random runs: each rule recomputed from bars, fills and orders alone.
import { describe, expect } from 'vitest'
import { advance } from '../../../../blocks/engine/simulate/advance'
import { begin } from '../../../../blocks/engine/simulate/simulate'
import { caseOf, plays } from './cases'
import { difference } from './difference'
import { fillInvariants } from './fillInvariants'
import { type Film, filmOf } from './film'
import { levelInvariants } from './levelInvariants'
import { limitInvariants } from './limitInvariants'
import { moneyInvariants } from './moneyInvariants'
import { hold } from './must'
import { signalInvariants } from './signalInvariants'
import { walkInvariants } from './walkInvariants'

/** The film stops at every minute; a run over all of them at once takes its short ways through quiet ones. */
const inOneGo = ({ one, seats, sim }: Film): number => {
  const { settings, fromMs, toMs } = one
  const whole = begin({ seats, settings, fromMs, toMs })
  advance(whole, whole.endMinute)
  expect(difference(whole.state, sim.state), `case ${one.seed}`).toEqual([])
  return whole.state.trades.length
}

describe(`${plays} random runs`, () => {
  hold(
    {
      'the law: minute by minute as in one go': inOneGo,
      ...moneyInvariants,
      ...fillInvariants,
      ...levelInvariants,
      ...walkInvariants,
      ...signalInvariants,
      ...limitInvariants,
    },
    (seed) => filmOf(caseOf(seed)),
  )
})
