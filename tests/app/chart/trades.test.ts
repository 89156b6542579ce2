// Marks and paths of trades: what the report tells is drawn, what it does not tell is not drawn as known.
import { describe, expect, it } from 'vitest'
import { type ExitRules, marksIn, marksOf, noRules, rulesOf, stopDistance, tradePath } from '../../../app/chart/trades'
import type { TradeRow } from '../../../blocks/engine/report/document'
import type { FillReason, Leg } from '../../../blocks/engine/trade'
import { toPrice, toQty, toTimeMs } from '../../../blocks/kit/brand'

const minute = 60_000

const leg = (reason: FillReason, at: number, [price, qty]: readonly [number, number]): Leg => ({
  ms: toTimeMs(at * minute),
  side: 'buy',
  reason,
  referencePrice: toPrice(price),
  price: toPrice(price),
  qtyBase: toQty(qty),
  feeUsdt: 0,
  maker: false,
})

/** Long from 100 with the stop at 90: one R is 10, of two coins 20 USDT. */
const trade = (legs: readonly Leg[], change: Partial<TradeRow> = {}): TradeRow => {
  const last = legs.at(-1)
  const closed = last !== undefined && last.reason !== 'entry'
  return {
    no: 1,
    instrument: 'x:A',
    side: 'long',
    setup: 's',
    entryMs: toTimeMs(minute),
    entryPrice: toPrice(100),
    qtyBase: toQty(2),
    exitMs: closed ? last.ms : null,
    exitPrice: closed ? last.price : null,
    exitReason: closed ? last.reason : null,
    feesUsdt: 0,
    fundingUsdt: 0,
    netUsdt: 30,
    r: 1.5,
    maeR: null,
    mfeR: null,
    ambiguous: false,
    legs,
    ...change,
  }
}

const laddered = [
  leg('entry', 1, [100, 2]),
  leg('target', 5, [110, 1]),
  leg('target', 9, [120, 0.5]),
  leg('break_even', 12, [101, 0.5]),
]
const breakEven: ExitRules = {
  ...noRules,
  breakEven: { after: { r: 1 }, rung: null, offset: { share: 0.01 } },
}
const pathOf = (row: TradeRow, rules: ExitRules = noRules) => tradePath({ trade: row, untilMs: 99 * minute, rules })

describe('the distance to the first stop', () => {
  it('follows from R: risk over quantity', () => {
    expect(stopDistance(trade(laddered))).toBe(10)
    expect(stopDistance(trade(laddered, { netUsdt: -20, r: -1 }))).toBe(10)
  })

  it('is not told after adds, nor by an R of nothing or zero', () => {
    expect(stopDistance(trade([laddered[0] as Leg, leg('add', 3, [105, 1])]))).toBeNull()
    expect(stopDistance(trade(laddered, { r: null }))).toBeNull()
    expect(stopDistance(trade(laddered, { r: 0, netUsdt: 0 }))).toBeNull()
  })
})

describe('the stop over time', () => {
  const plain = [leg('entry', 1, [100, 2]), leg('stop', 8, [90, 2])]

  it('is one sure level where nothing can move it', () => {
    const { stops, moved } = pathOf(trade(plain, { netUsdt: -20, r: -1 }))
    expect(stops).toEqual([{ fromMs: minute, toMs: 8 * minute, price: 90, sure: true }])
    expect(moved).toBeNull()
  })

  it('lies above the entry of a short', () => {
    const row = trade([leg('entry', 1, [100, 2]), leg('stop', 8, [110, 2])], { side: 'short', netUsdt: -20, r: -1 })
    expect(pathOf(row).stops[0]?.price).toBe(110)
    expect(pathOf(row).risk).toEqual({ fromMs: minute, toMs: 8 * minute, from: 100, to: 110 })
  })

  it('moves to break-even at the target that lies on its gain, to the entry and its offset', () => {
    const { stops, moved, risk } = pathOf(trade(laddered), breakEven)
    expect(stops).toEqual([
      { fromMs: minute, toMs: 5 * minute, price: 90, sure: true },
      { fromMs: 5 * minute, toMs: 12 * minute, price: 101, sure: true },
    ])
    expect(moved).toBe('stop to break-even')
    expect(risk?.toMs).toBe(5 * minute)
  })

  it('moves at the latest at a target beyond the gain: then neither level is sure', () => {
    const rules = { ...noRules, breakEven: { after: { r: 1.5 }, rung: null, offset: { share: 0.01 } } }
    expect(pathOf(trade(laddered), rules).stops.map(({ fromMs, sure }) => [fromMs / minute, sure])).toEqual([
      [1, false],
      [9, false],
    ])
  })

  it('moves with the rung it waits for, also when another exit closes the trade', () => {
    const row = trade([...laddered.slice(0, 3), leg('time', 12, [105, 0.5])])
    const rules = { ...noRules, breakEven: { after: null, rung: 2, offset: { r: 0 } } }
    expect(pathOf(row, rules).stops).toEqual([
      { fromMs: minute, toMs: 9 * minute, price: 90, sure: true },
      { fromMs: 9 * minute, toMs: 12 * minute, price: 100, sure: true },
    ])
  })

  it('that trails is unsure until its fill, and so is one moved by a gain that no fill shows', () => {
    const row = trade([leg('entry', 1, [100, 2]), leg('trailing', 8, [115, 2])])
    const unsure = [
      { fromMs: minute, toMs: 8 * minute, price: 90, sure: false },
      { fromMs: minute, toMs: 8 * minute, price: 115, sure: false },
    ]
    expect(pathOf(row, { ...noRules, trails: true }).stops).toEqual(unsure)
    expect(pathOf(trade([leg('entry', 1, [100, 2]), leg('break_even', 8, [115, 2])]), breakEven).stops).toEqual(unsure)
  })

  it('without a distance is only what a fill shows', () => {
    expect(pathOf(trade(laddered, { r: null }), breakEven).stops).toEqual([
      { fromMs: minute, toMs: 12 * minute, price: 101, sure: false },
    ])
  })

  it('that covers fees stands where the fill shows it, since the fee is not told', () => {
    const rules = { ...noRules, breakEven: { after: null, rung: 1, offset: null } }
    expect(pathOf(trade(laddered), rules).stops.at(-1)?.price).toBe(101)
    const other = trade([...laddered.slice(0, 3), leg('time', 12, [105, 0.5])])
    expect(pathOf(other, rules).stops).toHaveLength(1)
  })
})

describe('targets and exits', () => {
  const rungs = [
    { at: { r: 1 }, close: 0.5 },
    { at: { r: 2 }, close: 0.25 },
    { at: { share: 0.3 }, close: null },
  ]

  it('shows what was filled and what was still open, with share and distance', () => {
    const { targets } = pathOf(trade(laddered), { ...noRules, rungs })
    expect(targets.map(({ price, filled, label, toMs }) => [price, filled, label, toMs / minute])).toEqual([
      [110, true, '', 5],
      [120, true, '', 9],
      [130, false, 'rest at +30 %', 12],
    ])
  })

  it('says of each exit its share of the trade and its R', () => {
    expect(pathOf(trade(laddered)).exits.map(({ label, won }) => [label, won])).toEqual([
      ['50 % at +1 R', true],
      ['25 % at +2 R', true],
      ['25 % at +0.1 R', true],
    ])
    const lost = trade([leg('entry', 1, [100, 2]), leg('stop', 8, [89, 2])], { netUsdt: -22, r: -1.1 })
    expect(pathOf(lost).exits).toEqual([{ ms: 8 * minute, price: 89, won: false, label: '100 % at \u22121.1 R' }])
  })

  it('of an open trade run to the end of what is known', () => {
    const open = trade([leg('entry', 1, [100, 2])], { netUsdt: -4, r: -0.2 })
    const { endMs, stops, exits, reward } = pathOf(open)
    expect([endMs, stops[0]?.toMs, exits, reward]).toEqual([99 * minute, 99 * minute, [], null])
  })

  it('reads the rules of a side from its exits; a level target beside the ladder hides which rungs are done', () => {
    const nodes = [
      { type: 'ladder', params: { steps: rungs } },
      { type: 'break_even', params: { after: { r: 1 }, offset: { share: 0 }, cover_fees: true } },
    ]
    expect(rulesOf(nodes)).toEqual({ rungs, breakEven: { after: { r: 1 }, rung: null, offset: null }, trails: false })
    expect(rulesOf([...nodes, { type: 'target', params: {} }, { type: 'trail', params: {} }])).toMatchObject({
      rungs: [],
      trails: true,
    })
    expect(rulesOf([])).toEqual(noRules)
  })
})

describe('marks', () => {
  it('are those of the instrument, by time; the last exit tells of the whole trade net of costs', () => {
    const won = trade(laddered, { netUsdt: -1 })
    const other = trade(laddered, { instrument: 'x:B' })
    const marks = marksOf([won, other], 'x:A')
    expect(marks.map(({ ms, kind, won: good }) => [ms / minute, kind, good])).toEqual([
      [1, 'entry', false],
      [5, 'part', true],
      [9, 'part', true],
      [12, 'exit', false],
    ])
  })

  it('are found by time, both ends inside', () => {
    const marks = marksOf([trade(laddered)], 'x:A')
    expect(marksIn(marks, 5 * minute, 9 * minute)).toHaveLength(2)
    expect(marksIn(marks, 5 * minute + 1, 9 * minute - 1)).toHaveLength(0)
    expect(marksIn(marks, 0, 1e12)).toHaveLength(4)
    expect(marksIn([], 0, 1e12)).toHaveLength(0)
  })
})
