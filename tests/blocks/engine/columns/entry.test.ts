// Conditions of trade scope at the first decision of a trade, from the market alone: as a trade begun there would say.
import { describe, expect, it } from 'vitest'
import { logicTypes } from '../../../../blocks/catalogue'
import type { Condition } from '../../../../blocks/engine/plan'
import { isProblems, prepareSeats } from '../../../../blocks/engine/seats'
import { settingsSchema } from '../../../../blocks/engine/settings'
import { Workspace } from '../../../../blocks/engine/workspace'
import { bitsOf, getBit, setVerdict, type Verdict, verdictAt } from '../../../../blocks/kit/bits'
import { checkPlay } from '../../../../blocks/play/check'
import { parseDocument } from '../../../../blocks/play/text/parse'
import { marketOf, minuteMs, monday } from '../../../fixtures/bars'
import { Dice } from '../../../fixtures/dice'

const minutes = 6000
const types = new Map(logicTypes.map((type) => [`${type.type}@${type.major}`, type]))
const settings = settingsSchema.parse({})
const main = marketOf({ seed: 5, id: 'binance:BTCUSDT.P', minutes, holes: 5 })
const other = marketOf({ seed: 6, id: 'binance:ETHUSDT.P', minutes, holes: 5 })

const textOf = (nodes: string, length: number): string => `dsl: 1
play: entry_rows
title: What a trade would say
markets: { main: binance:BTCUSDT.P, eth: binance:ETHUSDT.P }
tf: 1m
nodes:
  price: { bars: { market: main } }
  eth: { bars: { market: eth } }
  slow: { bars: { market: main, tf: 5m } }
  fast: { ema: { of: price.close, length: ${length} } }
  up: { crosses_above: [price.close, fast] }
  low: { lowest: { of: price.low, over: 3 } }
  kept: { at_entry: [low] }
${nodes
  .split('\n')
  .map((line) => `  ${line.trim()}`)
  .join('\n')}
  buy: { entry: { when: up } }
  stop: { stop: { by: 3% } }
  thesis: { invalidation: { when: wrong } }
  out: { exit_when: { when: late } }
long: { entries: [buy], exits: [stop, out], invalidations: [thesis] }
short: none
risk: { size: { risk: 1% } }
`

/** The seat of the Play and its two conditions. */
const seatOf = (nodes: string, workspace = new Workspace([main, other]), length = 5) => {
  const { tree, problems } = parseDocument(textOf(nodes, length))
  if (tree === undefined || !('play' in tree)) throw new Error(JSON.stringify(problems))
  const checked = checkPlay(tree)
  if (checked.flat === undefined) throw new Error(JSON.stringify(checked.problems))
  const range = { fromMs: monday, toMs: monday + minutes * minuteMs }
  const made = prepareSeats({ plays: [checked.flat], workspace, types, settings, ...range })
  if (isProblems(made) || made[0] === undefined) throw new Error(JSON.stringify(made))
  const { seat, programs } = made[0]
  const conditions = [...(seat.long?.invalidations ?? []), ...(seat.long?.exitWhen ?? [])].map(({ when }) => when)
  return { seat, program: programs.long, conditions }
}

const nothing = {
  entryPrice: Number.NaN,
  stopPrice: Number.NaN,
  bars: Number.NaN,
  r: Number.NaN,
  maeR: Number.NaN,
  mfeR: Number.NaN,
  openShare: Number.NaN,
}

/** Verdicts by row: of a trade begun there, and of the column. */
const both = (nodes: string): { trade: Verdict[]; column: Verdict[] }[] => {
  const { seat, program, conditions } = seatOf(nodes)
  const ofTrade = conditions.filter((when): when is Extract<Condition, { trade: number }> => 'trade' in when)
  expect(ofTrade.length).toBeGreaterThan(0)
  const rows = Array.from({ length: seat.decision.rows }, (_, i) => i).filter((i) => !getBit(seat.decision.hole, i))
  return ofTrade.map(({ trade, atEntry }) => {
    if (!atEntry || program === null) throw new Error('the market alone tells')
    const begun = (i: number): Verdict => {
      const memory = program.begin()
      program.step(memory, i, nothing)
      return program.verdict(memory, trade)
    }
    return { trade: rows.map(begun), column: rows.map((i) => verdictAt(atEntry, i)) }
  })
}

describe('a condition at the first decision of a trade', () => {
  it.each([
    [
      'a price against what stood at entry',
      'wrong: { below: [price.close, kept] }\nlate: { above: [price.high, kept] }',
    ],
    [
      'a level of another clock',
      'five: { at_entry: [slow.low] }\nwrong: { below: [price.low, five] }\nlate: { above: [slow.close, five] }',
    ],
    [
      'another market, with holes of its own',
      'then: { at_entry: [eth.close] }\nwrong: { above: [price.close, then] }\nlate: { below: [eth.low, kept] }',
    ],
    [
      'sums and conditions of conditions',
      'far: { add: [kept, 3] }\nlost: { below: [price.close, far] }\nwrong: { all: [lost, up] }\nlate: { any: [lost, wrong] }',
    ],
    [
      'a condition that stood at entry, kept twice',
      'was: { at_entry: [up] }\nstill: { at_entry: [was] }\nwrong: { not: [still] }\nlate: { all: [was, still] }',
    ],
  ])('%s: is what a trade begun there says', (_, nodes) => {
    for (const { trade, column } of both(nodes)) {
      expect(column).toEqual(trade)
      expect(new Set(column).size).toBeGreaterThan(1)
    }
  })

  it.each([
    ['the trade itself', 'now: { trade: {} }\nlate: { above: [now.bars, 7b] }'],
    ['a memory of earlier rows', 'lost: { below: [price.close, kept] }\nlate: { holds: { of: lost, for: 2b } }'],
    ['a memory below it', 'cross: { crosses_below: [price.close, kept] }\nlate: { not: [cross] }'],
  ])('is not known of the market where %s has a say', (_, nodes) => {
    const { conditions } = seatOf(`wrong: { below: [price.close, kept] }\n${nodes}`)
    expect(conditions.map((when) => 'trade' in when && (when.atEntry ?? null) === null)).toEqual([false, true])
  })

  it('is computed once for equal content and anew for other', () => {
    const nodes = 'wrong: { below: [price.close, kept] }\nlate: { below: [fast, kept] }'
    const workspace = new Workspace([main, other])
    const bitsOfRun = (length: number) =>
      seatOf(nodes, workspace, length).conditions.map((when) => ('trade' in when ? when.atEntry : null))
    const [first, same, longer] = [bitsOfRun(5), bitsOfRun(5), bitsOfRun(9)]
    expect(same[0]).toBe(first[0])
    expect(same[1]).toBe(first[1])
    expect(longer[0]).toBe(first[0])
    expect(longer[1]).not.toBe(first[1])
    expect(longer[1]).not.toEqual(first[1])
  })
})

describe('a logic type that stays as its first row was', () => {
  const constant = logicTypes.filter((type) => type.constant === true)
  it('exists', () => expect(constant.map(({ type }) => type)).toEqual(['at_entry']))

  it.each(constant.map((type) => [type.type, type] as const))('%s: its first row is its input there', (_, type) => {
    const dice = new Dice(3)
    const rows = 200
    const numbers = Float64Array.from({ length: rows }, () => (dice.chance(20) ? Number.NaN : dice.decimal(1, 9, 2)))
    const bits = bitsOf(rows)
    for (let i = 0; i < rows; i++) setVerdict(bits, i, dice.int(-1, 1) as Verdict)
    const [port] = Object.keys(type.inputs)
    const [output] = Object.keys(type.outputs)
    if (port === undefined || output === undefined) throw new Error('a type has ports')
    for (let i = 0; i < rows; i++) {
      const [taken, told] = [new Float64Array(rows), bitsOf(rows)]
      type.run?.(
        type.memory?.({}, { [port]: 'numbers' }) ?? {},
        { [port]: numbers },
        { [output]: taken },
        {},
        i,
        i + 1,
        0,
      )
      type.run?.(type.memory?.({}, { [port]: 'bits' }) ?? {}, { [port]: bits }, { [output]: told }, {}, i, i + 1, 0)
      expect(taken[i]).toBe(numbers[i])
      expect(verdictAt(told, i)).toBe(verdictAt(bits, i))
    }
  })
})
