// The smallest scenario on which two simulators part: found by fast-check, told as a table a person can work out.
import fc from 'fast-check'
import { compareResults } from './compare'
import { resultText, scenarioText } from './print'
import { inputOf, type Scenario, scenarioArbitrary } from './scenario'
import type { Simulate } from './types'

interface Search {
  readonly seed: number
  readonly runs: number
}

const parted = (a: Simulate, b: Simulate, scenario: Scenario): string[] =>
  [false, true].flatMap((targetsFirst) => {
    const input = inputOf(scenario, targetsFirst)
    return compareResults(a(input), b(input))
  })

/** null when they agree on all scenarios of the search; else the shrunk case, what differs, and both results. */
export const smallestDifference = (a: Simulate, b: Simulate, { seed, runs }: Search): string | null => {
  const found = fc.check(
    fc.property(scenarioArbitrary, (scenario) => parted(a, b, scenario).length === 0),
    { seed, numRuns: runs },
  )
  const scenario = found.counterexample?.[0]
  if (!found.failed || scenario === undefined) return null
  const input = inputOf(scenario)
  return [
    `seed ${seed}, path ${found.counterexamplePath ?? ''}, ${found.numShrinks} shrinks`,
    scenarioText(scenario),
    ...parted(a, b, scenario),
    `first: ${resultText(a(input))}`,
    `second: ${resultText(b(input))}`,
  ].join('\n')
}
