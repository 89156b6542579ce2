// The engine and the second simulator over random scenarios: every fill, refusal, count and equity must agree (S50).
import { expect, test } from 'vitest'
import { compareResults } from './compare'
import { simulateWithEngine } from './engine'
import { inputOf, scenarios } from './scenario'
import { simulate } from './simulate'

const count = Number(process.env.PLAYLOOM_SCENARIOS ?? 1000)

test(`${count} random scenarios, both runs of the band`, () => {
  for (const [place, scenario] of scenarios(20_260_101, count).entries())
    for (const targetsFirst of [false, true]) {
      const input = inputOf(scenario, targetsFirst)
      const differences = compareResults(simulateWithEngine(input), simulate(input))
      expect(differences, `scenario ${place}, targetsFirst ${targetsFirst}`).toEqual([])
    }
})
