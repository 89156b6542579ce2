// Where the loop may leap to: bits of signals and exits, and the look ahead of a trade's own program.
import { describe, expect, it } from 'vitest'
import type { EntryPlan, Seat, SidePlan } from '../../../../blocks/engine/plan'
import { callsOf } from '../../../../blocks/engine/simulate/calls'
import {
  type Bits,
  bitsOf,
  getBit,
  nextBit,
  setBit,
  setVerdict,
  type Verdict,
  wordsFor,
} from '../../../../blocks/kit/bits'
import { Dice } from '../../../fixtures/dice'
import { caseOf, prepared } from '../laws/cases'

const rows = 200

const randomWords = (dice: Dice, percent: number): Uint32Array => {
  const words = new Uint32Array(wordsFor(rows))
  for (let i = 0; i < rows; i++) if (dice.chance(percent)) setBit(words, i)
  return words
}

const randomBits = (dice: Dice): Bits => {
  const bits = bitsOf(rows)
  for (let i = 0; i < rows; i++) setVerdict(bits, i, dice.pick<Verdict>([1, -1, -1, 0]))
  return bits
}

describe('nextBit', () => {
  it('gives the first set row of the range, or its end, as a search row by row does', () => {
    const dice = new Dice(7)
    for (let turn = 0; turn < 2000; turn++) {
      const words = randomWords(dice, dice.pick([0, 1, 5, 50, 100]))
      const from = dice.int(0, rows)
      const end = dice.int(0, rows)
      let wanted = from
      while (wanted < end && !getBit(words, wanted)) wanted += 1
      expect(nextBit(words, from, end)).toBe(from < end ? wanted : end)
    }
  })
})

const entryOf = (when: Bits, whileTrue: boolean): EntryPlan => ({
  path: 'entry',
  when,
  order: 'market',
  at: null,
  expires: { bars: 1 },
  whileTrue,
  postOnly: false,
})

const sideOf = (dice: Dice): SidePlan => ({
  filters: [],
  entries: [entryOf(randomBits(dice), false), entryOf(randomBits(dice), dice.chance(50))],
  stop: { path: 'stop', kind: 'share', share: 0.01 },
  targets: [],
  ladder: null,
  trail: null,
  breakEven: null,
  timeStop: null,
  exitWhen: [{ path: 'exit', when: { market: randomBits(dice) } }],
  invalidations: [
    { path: 'wrong', when: { market: randomBits(dice) }, on: 'both' },
    { path: 'of the trade', when: { trade: 0 }, on: 'both' },
  ],
})

const firesAt = (plan: SidePlan | null, i: number): boolean =>
  plan?.entries.some(({ when, whileTrue }) => getBit(when.t, i) && (whileTrue || (i > 0 && getBit(when.f, i - 1)))) ??
  false

const leavesAt = (plan: SidePlan | null, i: number): boolean =>
  [...(plan?.exitWhen ?? []), ...(plan?.invalidations ?? [])].some(
    ({ when }) => 'market' in when && getBit(when.market.t, i),
  )

describe('callsOf', () => {
  it('S4, S13: a row calls where an entry of either side fires, and in a trade where its exits are true', () => {
    const [model] = prepared(caseOf(1))
    if (model === undefined) throw new Error('a case has seats')
    let called = 0
    for (let seed = 1; seed <= 60; seed++) {
      const dice = new Dice(seed)
      const long = dice.chance(80) ? sideOf(dice) : null
      const short = dice.chance(80) ? sideOf(dice) : null
      const seat: Seat = { ...model.seat, long, short, decision: { ...model.seat.decision, rows } }
      const calls = callsOf(seat)
      for (let i = 0; i < rows; i++) {
        const fires = firesAt(long, i) || firesAt(short, i)
        const told = [calls.flat, calls.long, calls.short].map((words) => getBit(words, i))
        expect(told, `row ${i} of seed ${seed}`).toEqual([
          fires,
          fires || leavesAt(long, i),
          fires || leavesAt(short, i),
        ])
        if (fires) called += 1
      }
    }
    expect(called).toBeGreaterThan(100)
  })
})

const values = { entryPrice: 1, stopPrice: 1, bars: 1, r: 0, maeR: 0, mfeR: 0, openShare: 1 }

describe('a program that looks ahead', () => {
  it('passes no row at which a condition is true, and its last row leaves what all rows leave', () => {
    let [looks, leaps, stops] = [0, 0, 0]
    for (let seed = 1; seed <= 150; seed++)
      for (const { seat, programs } of prepared(caseOf(seed)))
        for (const side of ['long', 'short'] as const) {
          const program = programs[side]
          const plan = seat[side]
          if (program?.ahead === null || program === null || plan === null) continue
          const places = [...plan.invalidations, ...plan.exitWhen].flatMap(({ when }) =>
            'trade' in when ? [when.trade] : [],
          )
          const { rows: end, hole } = seat.decision
          const dice = new Dice(seed)
          for (let turn = 0; turn < 5; turn++) {
            const entry = dice.int(0, end - 2)
            const [row, leapt] = [program.begin(), program.begin()]
            program.step(row, entry, values)
            program.step(leapt, entry, values)
            const next = program.ahead(leapt, entry + 1, Math.min(end, entry + 1 + dice.int(1, 150)))
            looks += 1
            for (let i = entry + 1; i < next; i++) {
              program.step(row, i, values)
              for (const place of places)
                if (program.verdict(row, place) === 1 && !getBit(hole, i)) throw new Error(`seed ${seed}, row ${i}`)
              leaps += 1
            }
            if (next > entry + 1) program.step(leapt, next - 1, values)
            expect(leapt, `seed ${seed}`).toEqual(row)
            if (next >= end) continue
            program.step(leapt, next, values)
            if (places.some((place) => program.verdict(leapt, place) === 1)) stops += 1
          }
        }
    expect(looks).toBeGreaterThan(50)
    expect(leaps).toBeGreaterThan(10 * looks)
    expect(stops).toBeGreaterThan(looks / 10)
  })
})
