// A price is no quantity, no row and no time: held by the compiler, which reads this file. At run time all are numbers.
import { expect, it } from 'vitest'
import type { TradeRow } from '../../../blocks/engine/report/document'
import type { LastExit, LedgerEntry, Position } from '../../../blocks/engine/simulate/state'
import { type nearest, qtyOf, ticksFrom, unitOf } from '../../../blocks/engine/simulate/ticks'
import type { Leg, Trade } from '../../../blocks/engine/trade'
import {
  type BarIndex,
  type Price,
  type Qty,
  type TimeMs,
  toBarIndex,
  toPrice,
  toQty,
  toTimeMs,
} from '../../../blocks/kit/brand'

/** May an A be handed in where a B is wanted? Where the answer were another, its literal below would not compile. */
type Fits<A, B> = A extends B ? true : false

it('one is not taken for another, nor a bare number for any of them; each is a number', () => {
  const each: readonly [Fits<Price, number>, Fits<Qty, number>, Fits<BarIndex, number>, Fits<TimeMs, number>] = [
    true,
    true,
    true,
    true,
  ]
  const price: readonly [Fits<Qty, Price>, Fits<BarIndex, Price>, Fits<TimeMs, Price>] = [false, false, false]
  const qty: readonly [Fits<Price, Qty>, Fits<BarIndex, Qty>, Fits<TimeMs, Qty>] = [false, false, false]
  const row: readonly [Fits<Price, BarIndex>, Fits<Qty, BarIndex>, Fits<TimeMs, BarIndex>] = [false, false, false]
  const time: readonly [Fits<Price, TimeMs>, Fits<Qty, TimeMs>, Fits<BarIndex, TimeMs>] = [false, false, false]
  const bare: readonly [Fits<number, Price>, Fits<number, Qty>, Fits<number, BarIndex>, Fits<number, TimeMs>] = [
    false,
    false,
    false,
    false,
  ]
  expect([each, price, qty, row, time, bare].flat()).toHaveLength(20)
})

it('the contracts keep them apart', () => {
  const legs: readonly [Fits<Qty, Leg['price']>, Fits<Price, Leg['qtyBase']>, Fits<Price, Leg['ms']>] = [
    false,
    false,
    false,
  ]
  const trades: readonly [Fits<BarIndex, Trade['exitMs']>, Fits<TimeMs, Trade['exitPrice']>] = [false, false]
  const rows: readonly [Fits<Trade['qtyBase'], TradeRow['entryPrice']>, Fits<Trade['entryMs'], TradeRow['entryMs']>] = [
    false,
    true,
  ]
  const positions: readonly [Fits<Qty, Position['stop']>, Fits<TimeMs, Position['firstRow']>] = [false, false]
  const exits: readonly [Fits<LastExit['row'], LastExit['ms']>, Fits<Qty, LedgerEntry['ms']>] = [false, false]
  const functions: readonly [
    Fits<Qty, Parameters<typeof ticksFrom>[1]>,
    Fits<ReturnType<typeof nearest>, Qty>,
    Fits<ReturnType<typeof qtyOf>, Price>,
  ] = [false, false, false]
  expect([legs, trades, rows, positions, exits, functions].flat()).toHaveLength(14)
})

it('the right ones are taken, as the numbers that they are', () => {
  const leg: Pick<Leg, 'ms' | 'price' | 'qtyBase'> = {
    ms: toTimeMs(1_704_067_200_000),
    price: ticksFrom(unitOf('0.1'), toPrice(100.5), 2),
    qtyBase: qtyOf(unitOf('0.001'), 250),
  }
  expect(leg).toEqual({ ms: 1_704_067_200_000, price: 100.7, qtyBase: 0.25 })
  expect([toPrice(-0), toQty(Number.NaN), toBarIndex(-1), toTimeMs(1)]).toEqual([-0, Number.NaN, -1, 1])
})
