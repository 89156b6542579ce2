// Invariants of trade arithmetic over random runs: each rule recomputed from bars, fills and orders alone.
import { describe } from 'vitest'
import { caseOf, plays } from './cases'
import { fillInvariants } from './fillInvariants'
import { filmOf } from './film'
import { limitInvariants } from './limitInvariants'
import { moneyInvariants } from './moneyInvariants'
import { hold } from './must'
import { signalInvariants } from './signalInvariants'
import { walkInvariants } from './walkInvariants'

describe(`${plays} random runs`, () => {
  hold({ ...moneyInvariants, ...fillInvariants, ...walkInvariants, ...signalInvariants, ...limitInvariants }, (seed) =>
    filmOf(caseOf(seed)),
  )
})
