// The loop that leaps and coasts equals the plain one, decision by decision and minute by minute, to the last bit.
import { expect, test } from 'vitest'
import type { Seat, SidePlan, TradeProgram } from '../../../../blocks/engine/plan'
import { advance } from '../../../../blocks/engine/simulate/advance'
import type { DecisionRecord, Sim } from '../../../../blocks/engine/simulate/desk'
import { begin, factsOf, otherRun } from '../../../../blocks/engine/simulate/simulate'
import type { State } from '../../../../blocks/engine/simulate/state'
import { decodeMemory, encodeMemory } from '../../../../blocks/kit/codec'
import { Dice } from '../../../fixtures/dice'
import { type Case, caseOf, patience, prepared, seeds } from './cases'
import { difference } from './difference'

interface Ask {
  readonly one: Case
  readonly seats: readonly Seat[]
  readonly targetsFirst: boolean
}

const start = ({ one, seats, targetsFirst }: Ask, more: { plain?: true; records?: DecisionRecord[] }): Sim => {
  const { settings, fromMs, toMs } = one
  const { plain = false, records } = more
  const trace = records === undefined ? {} : { trace: (record: DecisionRecord) => void records.push(record) }
  return begin({ seats, settings, fromMs, toMs, targetsFirst, plain, ...trace })
}

const inOneGo = (ask: Ask, more: { plain?: true; records?: DecisionRecord[] }): Sim => {
  const sim = start(ask, more)
  advance(sim, sim.endMinute)
  return sim
}

const inPieces = (ask: Ask, dice: Dice): Sim => {
  let sim = start(ask, {})
  const cuts = Array.from({ length: dice.int(1, 60) }, () => dice.int(sim.state.minute, sim.endMinute))
  for (const cut of [...cuts.sort((a, b) => a - b), sim.endMinute]) {
    advance(sim, cut)
    const { settings, fromMs, toMs } = ask.one
    const { seats, targetsFirst } = ask
    sim = begin({ seats, settings, fromMs, toMs, targetsFirst }, decodeMemory<State>(encodeMemory(sim.state)))
  }
  return sim
}

/** A fast run, a cut one and the plain one of the same seats; gives the trades. */
const compare = (ask: Ask, dice: Dice): number => {
  const [told, toldPlainly]: [DecisionRecord[], DecisionRecord[]] = [[], []]
  const fast = inOneGo(ask, { records: told })
  const plain = inOneGo(ask, { plain: true, records: toldPlainly })
  const facts = (sim: Sim): object => factsOf(sim, { ...ask.one, benchmark: [] })
  const name = `case ${ask.one.seed}`
  expect(difference([fast.state, facts(fast), told], [plain.state, facts(plain), toldPlainly]), name).toEqual([])
  expect(encodeMemory(fast.state) === encodeMemory(plain.state), name).toBe(true)
  expect(difference(inPieces(ask, dice).state, plain.state), `${name}, cut`).toEqual([])
  return plain.state.trades.length
}

const seatsOf = (one: Case): Seat[] => prepared(one).map(({ seat }) => seat)

test(
  `${seeds.length} random runs`,
  () => {
    let trades = 0
    for (const seed of seeds) {
      const one = caseOf(seed)
      trades += compare({ one, seats: seatsOf(one), targetsFirst: seed % 3 === 0 }, new Dice(seed))
    }
    expect(trades).toBeGreaterThan(5 * seeds.length)
  },
  patience,
)

/** Nothing that keeps decisions from being leapt over, and now and then a time stop. */
const stillSide = (plan: SidePlan | null, dice: Dice): SidePlan | null => {
  if (plan === null) return null
  const { trail } = plan
  const bars = dice.chance(50)
  const after = bars ? { bars: dice.int(1, 40) } : { ms: dice.int(1, 900) * 60_000 }
  return {
    ...plan,
    filters: [],
    trail: trail === null || trail.kind === 'level' || dice.chance(50) ? null : { ...trail, update: 'fill' },
    timeStop: dice.chance(40) ? { path: 'time_stop', after } : null,
  }
}

/** A lone seat that leaps wherever it may; small limits on the day's loss are lost and found again. */
const still = (one: Case, dice: Dice): Ask => {
  const [first] = seatsOf(one)
  if (first === undefined) throw new Error('a case has seats')
  const { risk } = first
  const limits = {
    ...risk.limits,
    ...(dice.chance(60) ? { dailyLoss: dice.pick([0.0005, 0.002, 0.01, 0.03]) } : {}),
    ...(dice.chance(30) ? { tradesPerDay: dice.int(1, 3) } : {}),
    ...(dice.chance(30) ? { lossesInRow: dice.int(1, 2) } : {}),
  }
  const seat: Seat = {
    ...first,
    play: 0,
    mark: null,
    long: stillSide(first.long, dice),
    short: stillSide(first.short, dice),
    risk: { ...risk, limits },
  }
  const settings = { ...one.settings, margin: 'isolated' as const }
  return { one: { ...one, settings }, seats: [seat], targetsFirst: dice.chance(30) }
}

test(
  `${seeds.length} lone seats that may leap`,
  () => {
    let [trades, lost] = [0, 0]
    for (const seed of seeds) {
      const dice = new Dice(seed * 31)
      const ask = still(caseOf(seed), dice)
      trades += compare(ask, dice)
      const [counts] = inOneGo(ask, {}).state.counts
      if ((counts?.limits.daily_loss ?? 0) > 0) lost += 1
    }
    expect(trades).toBeGreaterThan(3 * seeds.length)
    // The limit that makes a leap delicate was really reached.
    expect(lost).toBeGreaterThan(seeds.length / 25)
  },
  patience,
)

/** Losses of the day as shares of its start, seen by decisions while a position is open; the minutes at which they close. */
const lossesOf = (ask: Ask): { minute: number; share: number }[] => {
  const sim = start(ask, { plain: true })
  const tf = sim.desks[0]?.tfMs ?? Number.NaN
  const found: { minute: number; share: number }[] = []
  while (sim.state.minute < sim.endMinute) {
    const { minute } = sim.state
    advance(sim, minute + 1)
    const { dayEquity, equity, books } = sim.state
    const ms = sim.originMs + (minute + 1) * sim.stepMs
    if (books[0]?.position && ms % tf === 0 && ms % 86_400_000 !== 0 && equity < dayEquity)
      found.push({ minute: minute + 1, share: (dayEquity - equity) / dayEquity })
  }
  return found
}

test(
  'S40 a daily loss that one decision in a trade just reaches, or just does not',
  () => {
    let lost = 0
    // Each is walked through minute by minute: a few tell.
    const few = seeds.filter((_, j) => j % 5 === 0)
    for (const seed of few) {
      const dice = new Dice(seed * 37)
      const ask = still(caseOf(seed), dice)
      const [seat] = ask.seats
      const loss = dice.pick(lossesOf(ask))
      if (seat === undefined || loss === undefined) continue
      for (const factor of [0.99, 0.999, 1 - 1e-7, 1 + 1e-7, 1.001]) {
        const limits = { ...seat.risk.limits, dailyLoss: factor * loss.share }
        const one = { ...ask.one, toMs: start(ask, {}).originMs + (loss.minute + 1) * 60_000 }
        const near: Ask = { ...ask, one, seats: [{ ...seat, risk: { ...seat.risk, limits } }] }
        const [fast, plain] = [inOneGo(near, {}), inOneGo(near, { plain: true })]
        expect(difference(fast.state, plain.state), `case ${seed}, ${factor} of ${loss.share}`).toEqual([])
        if (plain.state.days[0]?.lossLatched) lost += 1
      }
    }
    expect(lost).toBeGreaterThan(few.length)
  },
  patience,
)

test(
  'S16 the other run of the band begins late and ends as if it had begun at the start',
  () => {
    let [ambiguous, late, apart] = [0, 0, 0]
    const look = (ask: Ask): void => {
      const main = inOneGo(ask, {})
      const from = start(ask, {}).state.minute
      const whole = inOneGo({ ...ask, targetsFirst: !ask.targetsFirst }, {})
      const other = otherRun(main)
      for (const part of [0.3, 0.7, 1]) advance(other, Math.ceil(part * other.endMinute))
      expect(other.state.equity, `case ${ask.one.seed}`).toBe(whole.state.equity)
      if (main.state.counts.every(({ ambiguousExits }) => ambiguousExits === 0)) return
      ambiguous += 1
      if ((main.fork?.minute ?? from) > from) late += 1
      if (main.state.equity !== whole.state.equity) apart += 1
    }
    for (const seed of seeds) {
      const one = caseOf(seed)
      look({ one, seats: seatsOf(one), targetsFirst: seed % 5 === 0 })
      look(still(one, new Dice(seed * 31)))
    }
    expect(late).toBeGreaterThan(ambiguous / 10)
    expect(apart).toBeGreaterThan(ambiguous / 10)
  },
  patience,
)

const counted = (program: TradeProgram | null, count: () => void): TradeProgram | null =>
  program === null
    ? null
    : {
        begin: (untaken) => program.begin(untaken),
        step: (memory, i, values) => {
          count()
          program.step(memory, i, values)
        },
        verdict: (memory, place) => program.verdict(memory, place),
        number: (memory, place) => program.number(memory, place),
        ahead: program.ahead === null ? null : (memory, i, end) => program.ahead?.(memory, i, end) ?? i,
      }

/** Steps of the trade programs in a run. */
const stepsOf = (ask: Ask, more: { plain?: true }): number => {
  let steps = 0
  const seats = ask.seats.map((seat) => {
    const { long, short } = seat.programs
    const count = (): void => void steps++
    return { ...seat, programs: { long: counted(long, count), short: counted(short, count) } }
  })
  inOneGo({ ...ask, seats }, more)
  return steps
}

test(
  'programs that look ahead are stepped where something may happen, not at every decision',
  () => {
    let [fast, plain, seats] = [0, 0, 0]
    for (const seed of seeds) {
      const ask = still(caseOf(seed), new Dice(seed * 31))
      const { long, short } = ask.seats[0]?.programs ?? {}
      if ([long, short].every((program) => program === null || program?.ahead === null)) continue
      seats += 1
      fast += stepsOf(ask, {})
      plain += stepsOf(ask, { plain: true })
    }
    expect(seats).toBeGreaterThan(seeds.length / 20)
    expect(fast).toBeLessThan(0.8 * plain)
  },
  patience,
)
