// Marks and paths of trades: what the report tells is drawn, what it does not tell is not drawn as known.
import { describe, expect, it } from 'vitest'
import { marksIn, marksOf, stopDistance, tradePath } from '../../../app/chart/trades'
import type { TradeLevels } from '../../../app/engine/protocol'
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
/** What the run told of it: moved to break-even a minute after the first rung was filled. */
const levels: TradeLevels = {
  risk: 10,
  stops: [
    { fromMs: minute, price: 90, by: 'stop' },
    { fromMs: 6 * minute, price: 101, by: 'break_even' },
  ],
  targets: [
    { price: 110, rung: 1, share: 0.5, fromMs: minute, doneMs: 5 * minute },
    { price: 120, rung: 2, share: 0.25, fromMs: minute, doneMs: 9 * minute },
    { price: 130, rung: 3, share: null, fromMs: minute, doneMs: null },
  ],
}
const pathOf = (row: TradeRow, told: TradeLevels | null = null) =>
  tradePath({ trade: row, untilMs: 99 * minute, levels: told })

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
  it('stands where the run had it, each level until the next, the last until the end', () => {
    const { stops, moved, risk } = pathOf(trade(laddered), levels)
    expect(stops).toEqual([
      { fromMs: minute, toMs: 6 * minute, price: 90 },
      { fromMs: 6 * minute, toMs: 12 * minute, price: 101 },
    ])
    expect(moved).toEqual({ ms: 6 * minute, price: 101, label: 'stop to break-even' })
    expect(risk).toEqual({ fromMs: minute, toMs: 6 * minute, from: 100, to: 90 })
  })

  it('that trails is one line of many steps, with a word at the first; another name for the same price is no step', () => {
    const trailed: TradeLevels = {
      ...levels,
      stops: [
        { fromMs: minute, price: 90, by: 'stop' },
        { fromMs: 2 * minute, price: 92, by: 'trailing' },
        { fromMs: 3 * minute, price: 92, by: 'break_even' },
        { fromMs: 4 * minute, price: 95, by: 'trailing' },
      ],
    }
    const { stops, moved } = pathOf(trade([leg('entry', 1, [100, 2]), leg('trailing', 8, [95, 2])]), trailed)
    expect(stops.map(({ fromMs, toMs, price }) => [fromMs / minute, toMs / minute, price])).toEqual([
      [1, 2, 90],
      [2, 4, 92],
      [4, 8, 95],
    ])
    expect(moved).toEqual({ ms: 2 * minute, price: 92, label: 'stop trails' })
  })

  it('is not drawn while the run has not told, and never guessed', () => {
    const { stops, moved, targets, risk } = pathOf(trade(laddered))
    expect([stops, moved, targets]).toEqual([[], null, []])
    // One R follows from the trade itself.
    expect(risk).toEqual({ fromMs: minute, toMs: 12 * minute, from: 100, to: 90 })
    expect(pathOf(trade(laddered, { r: null })).risk).toBeNull()
  })

  it('risks upwards when short', () => {
    const row = trade([leg('entry', 1, [100, 2]), leg('stop', 8, [110, 2])], { side: 'short', netUsdt: -20, r: -1 })
    expect(pathOf(row).risk).toEqual({ fromMs: minute, toMs: 8 * minute, from: 100, to: 110 })
  })
})

describe('targets and exits', () => {
  it('shows what was filled and what was still open, with share and distance', () => {
    const { targets } = pathOf(trade(laddered), levels)
    expect(targets.map(({ price, filled, label, toMs }) => [price, filled, label, toMs / minute])).toEqual([
      [110, true, '', 5],
      [120, true, '', 9],
      [130, false, 'rest at +3 R', 12],
    ])
  })

  it('says of each exit its share of the trade and its R', () => {
    expect(pathOf(trade(laddered), levels).exits.map(({ label, won }) => [label, won])).toEqual([
      ['50 % at +1 R', true],
      ['25 % at +2 R', true],
      ['25 % at +0.1 R', true],
    ])
    const lost = trade([leg('entry', 1, [100, 2]), leg('stop', 8, [89, 2])], { netUsdt: -22, r: -1.1 })
    expect(pathOf(lost).exits).toEqual([{ ms: 8 * minute, price: 89, won: false, label: '100 % at \u22121.1 R' }])
    expect(pathOf(trade(laddered, { r: null })).exits[0]?.label).toBe('50 %')
  })

  it('shows as reward what each exit that won brought, one after the other', () => {
    expect(pathOf(trade(laddered)).rewards.map(({ fromMs, toMs, to }) => [fromMs / minute, toMs / minute, to])).toEqual(
      [
        [1, 5, 110],
        [5, 9, 120],
        [9, 12, 101],
      ],
    )
    const lost = trade([leg('entry', 1, [100, 2]), leg('stop', 8, [89, 2])], { netUsdt: -22, r: -1.1 })
    expect(pathOf(lost).rewards).toEqual([])
  })

  it('of an open trade run to the end of what is known', () => {
    const open = trade([leg('entry', 1, [100, 2])], { netUsdt: -4, r: -0.2 })
    const { endMs, stops, exits, rewards } = pathOf(open, levels)
    expect([endMs, stops.at(-1)?.toMs, exits, rewards]).toEqual([99 * minute, 99 * minute, [], []])
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
