// The engine and the second simulator over random scenarios: every fill, refusal, count and equity must agree (S50), in
// both runs of the band. A difference is shown as the smallest scenario that has one.
import { expect, test } from 'vitest'
import { effort } from '../fixtures/effort'
import { simulateWithEngine } from './engine'
import { smallestDifference } from './shrink'
import { simulate } from './simulate'

const runs = effort(1000, 40_000)

test(
  `${runs} random scenarios`,
  () => expect(smallestDifference(simulateWithEngine, simulate, { seed: 20_260_101, runs })).toBeNull(),
  3_600_000,
)
