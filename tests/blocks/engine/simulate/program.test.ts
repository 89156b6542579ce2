// Programs of trade scope over long frames: windows move both ways, and only what keeps nothing looks ahead.
import { describe, expect, it } from 'vitest'
import { logicTypes } from '../../../../blocks/catalogue'
import type { TradeProgram, TradeValues } from '../../../../blocks/engine/plan'
import { isProblems, prepareSeats } from '../../../../blocks/engine/seats'
import { settingsSchema } from '../../../../blocks/engine/settings'
import { advance } from '../../../../blocks/engine/simulate/advance'
import type { Sim } from '../../../../blocks/engine/simulate/desk'
import { begin } from '../../../../blocks/engine/simulate/simulate'
import { type Stage, Window } from '../../../../blocks/engine/window'
import { Workspace } from '../../../../blocks/engine/workspace'
import { bitsOf, setBit, setVerdict, verdictAt, wordsFor } from '../../../../blocks/kit/bits'
import type { LogicType } from '../../../../blocks/kit/logic'
import { checkPlay } from '../../../../blocks/play/check'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { marketOf, minuteMs, monday } from '../../../fixtures/bars'
import { Dice } from '../../../fixtures/dice'
import { difference } from '../laws/difference'

const minutes = 30_000

const document = (wrong: string): string => `dsl: 1
play: long_frame
title: A level kept from the entry
markets: { main: binance:BTCUSDT.P }
tf: 1m
nodes:
  price: { bars: { market: main } }
  fast: { ema: { of: price.close, length: 5 } }
  slow: { ema: { of: price.close, length: 20 } }
  up: { crosses_above: [fast, slow] }
  low: { lowest: { of: price.low, over: 3 } }
  kept: { at_entry: [low] }
  lost: { below: [price.close, kept] }
  ${wrong}
  buy: { entry: { when: up } }
  stop: { stop: { by: 3% } }
  late: { time_stop: { after: 90b } }
  thesis: { invalidation: { when: wrong } }
long: { entries: [buy], exits: [stop, late], invalidations: [thesis] }
short: none
risk: { size: { risk: 1% }, leverage: { max: 2 } }
`

const types = new Map(logicTypes.map((type) => [`${type.type}@${type.major}`, type]))
const settings = settingsSchema.parse({ fees: { maker: 0, taker: 0 }, slippage: { model: 'fixed', bps: 0 } })

/** The Play over bars with holes, ready to run. */
const seatOf = (wrong: string) => {
  const { tree } = parseDocument(document(wrong))
  if (tree === undefined || !('play' in tree)) throw new Error('the Play cannot be read')
  const { flat, problems } = checkPlay(tree)
  if (flat === undefined) throw new Error(JSON.stringify(problems))
  const market = marketOf({ seed: 5, id: 'binance:BTCUSDT.P', minutes, holes: 3 })
  const range = { fromMs: monday + 100 * minuteMs, toMs: monday + minutes * minuteMs }
  const made = prepareSeats({ plays: [flat], workspace: new Workspace([market]), types, settings, ...range })
  if (isProblems(made)) throw new Error(JSON.stringify(made))
  return { seats: made.map(({ seat }) => seat), range }
}

/** Simulates the Play as often as asked, over the same seat and program. */
const runs = (wrong: string, plain: readonly boolean[]): { sims: Sim[]; ahead: boolean } => {
  const { seats, range } = seatOf(wrong)
  const sims = plain.map((plainly) => {
    const sim = begin({ seats, settings, ...range, plain: plainly })
    advance(sim, sim.endMinute)
    return sim
  })
  return { sims, ahead: seats[0]?.programs.long?.ahead !== null }
}

describe('a frame of more rows than a window shows', () => {
  it.each([
    ['a comparison with what stood at entry', 'wrong: { all: [lost, lost] }', true],
    ['a condition that counts bars', 'wrong: { holds: { of: lost, for: 2b } }', false],
    ['a cross, which remembers the bar before', 'wrong: { crosses_below: [price.close, kept] }', false],
    ['a value of the trade itself', 'wrong: { above: [trade_now.bars, 7b] }\n  trade_now: { trade: {} }', false],
  ])('%s: leaping, plain, and once more over the same program', (_, wrong, looksAhead) => {
    const { sims, ahead } = runs(wrong, [false, true, false, true])
    const [first, ...others] = sims
    expect(ahead).toBe(looksAhead)
    expect(first?.state.trades.filter(({ exitReason }) => exitReason === 'invalidation').length).toBeGreaterThan(50)
    for (const sim of others) expect(difference(sim.state, first?.state)).toEqual([])
  })
})

describe('rows that a program has looked at', () => {
  const programOf = (): { program: TradeProgram; tap: number } => {
    const seat = seatOf('wrong: { all: [lost, lost] }').seats[0]
    const when = seat?.long?.invalidations[0]?.when
    const program = seat?.programs.long
    if (!program || when === undefined || !('trade' in when)) throw new Error('the Play has a program')
    return { program, tap: when.trade }
  }

  it('are told as if each had been computed when it is stepped, whatever is looked at and stepped between', () => {
    const { program: looking, tap } = programOf()
    const { program: plain } = programOf()
    const dice = new Dice(11)
    const begun = (program: TradeProgram, i: number): object => {
      const memory = program.begin()
      program.step(memory, i, unknown)
      return memory
    }
    let told = 0
    for (let trade = 0; trade < 300; trade++) {
      const first = dice.int(200, minutes - 400)
      const [held, same] = [begun(looking, first), begun(plain, first)]
      let row = first
      for (let step = 0; step < 6; step++) {
        row += 1
        const clear = looking.ahead?.(held, row, minutes) ?? row
        // Another trade of the side may begin meanwhile, and rows are stepped in the stretch, at its end and beyond it.
        if (dice.chance(30)) begun(looking, clear + dice.int(-3, 3))
        row = Math.max(row, clear + dice.int(-2, 2))
        looking.step(held, row, unknown)
        plain.step(same, row, unknown)
        expect(difference(held, same), `trade ${trade}, row ${row}`).toEqual([])
        if (plain.verdict(same, tap) === 1) told += 1
      }
    }
    expect(told).toBeGreaterThan(100)
  })

  it('a row before the stretch is computed, whatever an earlier look has left there', () => {
    const { program: looking, tap } = programOf()
    const { program: plain } = programOf()
    const dice = new Dice(12)
    let others = 0
    for (let trade = 0; trade < 200; trade++) {
      const first = dice.int(200, minutes - 400)
      const memories = [looking, looking, plain, plain].map((program) => program.begin())
      const [other, held, otherwise, same] = memories
      if (!other || !held || !otherwise || !same) throw new Error('four trades begin')
      // Levels from two places: the two trades say different things of the same rows.
      looking.step(other, first, unknown)
      looking.step(held, first + 20, unknown)
      plain.step(same, first + 20, unknown)
      looking.ahead?.(other, first + 30, minutes)
      looking.ahead?.(held, first + 50, minutes)
      const row = first + dice.int(31, 49)
      looking.step(held, row, unknown)
      plain.step(same, row, unknown)
      expect(difference(held, same), `trade ${trade}, row ${row}`).toEqual([])
      plain.step(otherwise, first, unknown)
      plain.step(otherwise, row, unknown)
      if (plain.verdict(otherwise, tap) !== plain.verdict(same, tap)) others += 1
    }
    expect(others).toBeGreaterThan(20)
  })
})

const unknown: TradeValues = {
  entryPrice: Number.NaN,
  stopPrice: Number.NaN,
  bars: Number.NaN,
  r: Number.NaN,
  maeR: Number.NaN,
  mfeR: Number.NaN,
  openShare: Number.NaN,
}

const kernelOf = (run: NonNullable<LogicType['run']>): LogicType => {
  const [model] = logicTypes.filter(({ type }) => type === 'above')
  if (model === undefined) throw new Error('there is a comparison')
  return { ...model, run }
}

describe('Window', () => {
  const rows = 40_000
  const column = Float64Array.from({ length: rows }, (_, i) => 3 * i)
  const bits = bitsOf(rows)
  for (let i = 0; i < rows; i++) setVerdict(bits, i, i % 7 === 0 ? 1 : i % 5 === 0 ? -1 : 0)
  const hole = new Uint32Array(wordsFor(rows))
  for (let i = 0; i < rows; i += 91) setBit(hole, i)

  /** Gives back, a row: the absolute row and a number of the market; and a condition of the market. */
  const stages: Stage[] = [
    {
      type: kernelOf((_memory, inputs, outputs, _params, i0, i1, row0) => {
        const { a, b } = inputs as { a: Float64Array; b: Float64Array }
        const { row, sum } = outputs as { row: Float64Array; sum: Float64Array }
        for (let i = i0; i < i1; i++) {
          row[i] = row0 + i
          sum[i] = (a[i] ?? Number.NaN) + (b[i] ?? Number.NaN)
        }
      }),
      params: {},
      newMemory: () => ({}),
      newOutputs: (n) => ({ row: new Float64Array(n), sum: new Float64Array(n) }),
      inputs: { a: { column }, b: { constant: 0.5 } },
    },
    {
      type: kernelOf((_memory, inputs, outputs, _params, i0, i1) => {
        const { of } = inputs as { of: typeof bits }
        const { '': out } = outputs as { '': typeof bits }
        for (let i = i0; i < i1; i++) setVerdict(out, i, verdictAt(of, i))
      }),
      params: {},
      newMemory: () => ({}),
      newOutputs: (n) => ({ '': bitsOf(n) }),
      inputs: { of: { column: bits } },
    },
  ]

  it('shows any rows of the frame, forwards and back, on their own absolute rows; a hole makes conditions unknown', () => {
    const window = new Window(stages, { hole, row0: 1_000_000 })
    for (const [i, end] of [
      [0, 64],
      [8150, 8214],
      [8191, 8192],
      [8192, 8193],
      [20_000, 20_064],
      [20_064, 20_065],
      [5, 6],
      [39_950, 40_000],
      [100, 190],
    ] as const) {
      window.show(i, end)
      window.run([{}, {}], [i, end], unknown)
      const [numbers, conditions] = window.outputs
      for (let row = i; row < end; row++) {
        const at = row - window.start
        const { row: absolute, sum } = numbers as { row: Float64Array; sum: Float64Array }
        const { '': out } = conditions as { '': typeof bits }
        const missing = row % 91 === 0
        expect([absolute[at], sum[at], verdictAt(out, at)]).toEqual([
          1_000_000 + row,
          3 * row + 0.5,
          missing ? 0 : verdictAt(bits, row),
        ])
      }
    }
  })
})
