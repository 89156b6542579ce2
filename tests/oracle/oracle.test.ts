// The hand-made vectors, against the second simulator.
import { describe, expect, test } from 'vitest'
import { differences } from './check'
import { simulate } from './simulate'
import { allVectors } from './vectors/all'

describe('the second simulator', () => {
  for (const { rule, about, input, expected } of allVectors)
    test(`${rule} ${about}`, () => expect(differences(simulate(input), expected)).toEqual([]))
})
