// Invariants of trade arithmetic over random runs: each rule recomputed from bars, fills and orders alone.
import { beforeAll, describe, expect, it } from 'vitest'
import { caseOf, seeds } from './cases'
import { fillInvariants } from './fillInvariants'
import { type Film, filmOf } from './film'
import { moneyInvariants } from './moneyInvariants'
import { signalInvariants } from './signalInvariants'
import { walkInvariants } from './walkInvariants'

let films: readonly Film[] = []
beforeAll(() => {
  films = seeds.map((seed) => filmOf(caseOf(seed)))
}, 600_000)

describe.each(Object.entries({ ...moneyInvariants, ...fillInvariants, ...walkInvariants, ...signalInvariants }))(
  '%s',
  (_, look) => {
    it(`in ${seeds.length} random runs`, () => {
      let checks = 0
      for (const film of films) checks += look(film)
      // A rule that met nothing has not been held.
      expect(checks).toBeGreaterThan(0)
    })
  },
)
