// The hand-made vectors of the rules, against the engine.
import { describe, expect, test } from 'vitest'
import { differences } from './check'
import { simulateWithEngine } from './engine'
import { allVectors } from './vectors/all'

describe('the engine', () => {
  for (const { rule, about, input, expected } of allVectors)
    test(`${rule} ${about}`, () => expect(differences(simulateWithEngine(input), expected)).toEqual([]))
})
