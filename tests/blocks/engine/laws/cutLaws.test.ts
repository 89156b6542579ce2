// run(a, c) = run(a, b) then run(b, c), bit for bit, with the state through its codec at every cut (engine.md, "The law").
import { expect, test } from 'vitest'
import type { PreparedSeat } from '../../../../blocks/engine/seats'
import { advance } from '../../../../blocks/engine/simulate/advance'
import type { Sim } from '../../../../blocks/engine/simulate/desk'
import { begin, factsOf } from '../../../../blocks/engine/simulate/simulate'
import type { State } from '../../../../blocks/engine/simulate/state'
import { decodeMemory, encodeMemory } from '../../../../blocks/kit/codec'
import { Dice } from '../../../fixtures/dice'
import { type Case, caseOf, patience, prepared, seeds } from './cases'
import { difference } from './difference'

const start = (one: Case, seats: readonly PreparedSeat[], stored?: State): Sim => {
  const { settings, fromMs, toMs } = one
  return begin({ seats: seats.map(({ seat }) => seat), settings, fromMs, toMs }, stored)
}

const inOneGo = (one: Case): Sim => {
  const sim = start(one, prepared(one))
  advance(sim, sim.endMinute)
  return sim
}

/** Stops before each of the minutes, stores the state as text, and goes on with seats that were built anew. */
const inPieces = (one: Case, cuts: (sim: Sim) => readonly number[]): Sim => {
  const seats = prepared(one)
  let sim = start(one, seats)
  for (const cut of cuts(sim)) {
    advance(sim, cut)
    const text = encodeMemory(sim.state)
    const stored = decodeMemory<State>(text)
    expect(encodeMemory(stored)).toBe(text)
    sim = start(one, seats, stored)
  }
  advance(sim, sim.endMinute)
  return sim
}

/** A run's end: state, trades, ledger, samples, figures. */
const endOf = (one: Case, sim: Sim): object => ({ state: sim.state, facts: factsOf(sim, { ...one, benchmark: [] }) })

/** Equal to the last bit: told by path first, then by the text of the codec, key order and all. */
const sameEnd = (one: Case, cut: Sim, whole: Sim): void => {
  const [a, b] = [endOf(one, cut), endOf(one, whole)]
  expect(difference(a, b), `case ${one.seed}`).toEqual([])
  expect(encodeMemory(a) === encodeMemory(b), `case ${one.seed}`).toBe(true)
}

const someCuts = (seed: number) => (sim: Sim) => {
  const dice = new Dice(seed)
  const { endMinute, state } = sim
  const cuts = Array.from({ length: dice.int(1, 40) }, () => dice.int(state.minute, endMinute))
  return cuts.sort((a, b) => a - b)
}

test(
  `${seeds.length} random runs cut anywhere`,
  () => {
    let trades = 0
    for (const seed of seeds) {
      const one = caseOf(seed)
      const whole = inOneGo(one)
      trades += whole.state.trades.length
      sameEnd(one, inPieces(one, someCuts(seed)), whole)
    }
    // The law says something only where there is something to cut.
    expect(trades).toBeGreaterThan(5 * seeds.length)
  },
  patience,
)

test(
  'cut before every minute, as live runs',
  () => {
    const every = (sim: Sim): number[] => Array.from({ length: 700 }, (_, j) => sim.state.minute + 300 + j)
    for (const seed of seeds.slice(0, Math.ceil(seeds.length / 25))) {
      const one = caseOf(seed)
      sameEnd(one, inPieces(one, every), inOneGo(one))
    }
  },
  patience,
)
