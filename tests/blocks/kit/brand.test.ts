// A price is no quantity, no row and no time: held by the compiler, which reads this file. At run time all are numbers.
import { expect, it } from 'vitest'
import type { LastExit, LedgerEntry, Position } from '../../../blocks/engine/simulate/state'
import { nearest, qtyOf, ticksFrom, unitOf } from '../../../blocks/engine/simulate/ticks'
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

const tick = unitOf('0.1')
const [price, qty, row, time] = [toPrice(100.5), toQty(0.25), toBarIndex(7), toTimeMs(1_704_067_200_000)]

it('one is not taken for another, nor a bare number for any of them', () => {
  // @ts-expect-error a quantity is no price
  const a: Price = qty
  // @ts-expect-error a time is no price
  const b: Price = time
  // @ts-expect-error a price is no quantity
  const c: Qty = price
  // @ts-expect-error a row is no time
  const d: TimeMs = row
  // @ts-expect-error a time is no row
  const e: BarIndex = time
  // @ts-expect-error a bare number says nothing of its kind
  const f: Price = 100
  // @ts-expect-error nor does a sum of prices: who says what it is?
  const g: Price = price + price
  const numbers: readonly number[] = [price, qty, row, time]
  expect([a, b, c, d, e, f, g, ...numbers]).toHaveLength(11)
})

it('the contracts keep them apart', () => {
  // @ts-expect-error the price of a fill is no quantity
  const leg: Pick<Leg, 'price' | 'qtyBase'> = { price: qty, qtyBase: qty }
  // @ts-expect-error the time of a fill is no price
  const late: Pick<Leg, 'ms'> = { ms: price }
  // @ts-expect-error an exit has a time, not a row
  const trade: Pick<Trade, 'exitMs'> = { exitMs: row }
  // @ts-expect-error a stop is a price
  const stop: Pick<Position, 'stop'> = { stop: qty }
  // @ts-expect-error the row and the time of an exit are not to be exchanged
  const exit: Pick<LastExit, 'ms' | 'row'> = { ms: row, row }
  // @ts-expect-error a ledger entry has a time
  const entry: Pick<LedgerEntry, 'ms'> = { ms: qty }
  // @ts-expect-error ticks are counted from a price
  const beyond = ticksFrom(tick, qty, 1)
  // @ts-expect-error what is rounded to a tick is no quantity
  const rounded: Qty = nearest(tick, 100)
  // @ts-expect-error steps make a quantity
  const steps: Price = qtyOf(unitOf('0.001'), 250)
  expect([leg, late, trade, stop, exit, entry, beyond, rounded, steps]).toHaveLength(9)
})

it('the right ones are taken, as the numbers that they are', () => {
  const leg: Pick<Leg, 'ms' | 'price' | 'qtyBase'> = { ms: time, price, qtyBase: qtyOf(unitOf('0.001'), 250) }
  expect(leg).toEqual({ ms: 1_704_067_200_000, price: 100.5, qtyBase: 0.25 })
  expect(ticksFrom(tick, price, 2)).toBe(100.7)
  expect([toPrice(-0), toQty(Number.NaN), toBarIndex(-1), toTimeMs(1)]).toEqual([-0, Number.NaN, -1, 1])
})
