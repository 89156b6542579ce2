// Prices in whole ticks and quantities in whole steps (semantics.md S24): no decimal is ever left to binary chance.
import { type Price, type Qty, toPrice, toQty } from '../../kit/brand'

const powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18]

/** A decimal unit: `0.05` is mantissa 5 at scale 100. */
export interface Unit {
  readonly mantissa: number
  readonly scale: number
  readonly decimals: number
}

/** Parses plain decimal text such as `0.001`. Throws on anything else: the instrument's reader must refuse it first. */
export const unitOf = (text: string): Unit => {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) throw new Error(`not a plain decimal: ${text}`)
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  const mantissa = Number(match[1] + fraction)
  if (!(mantissa > 0) || !Number.isSafeInteger(mantissa) || fraction.length >= powers.length)
    throw new Error(`not a usable unit: ${text}`)
  return { mantissa, scale: powers[fraction.length], decimals: fraction.length }
}

/** The double nearest to count x unit: one division of two exact integers. */
export const timesUnit = (unit: Unit, count: number): number => (count * unit.mantissa) / unit.scale

const priceAt = (tick: Unit, ticks: number): Price => toPrice(timesUnit(tick, ticks))
export const qtyOf = (step: Unit, steps: number): Qty => toQty(timesUnit(step, steps))

/** x in units; a value within 1e-6 of a whole number is that number. */
export const inUnits = (unit: Unit, x: number): number => {
  const t = (x * unit.scale) / unit.mantissa
  const whole = Math.round(t)
  return Math.abs(t - whole) < 1e-6 ? whole : t
}

/** Stops, targets, break-even, trailing: the nearest tick, half up; within 1e-6 of a half counts as a half. */
export const nearest = (tick: Unit, x: number): Price => priceAt(tick, Math.floor(inUnits(tick, x) + 0.500001))
export const roundDown = (tick: Unit, x: number): Price => priceAt(tick, Math.floor(inUnits(tick, x)))
export const roundUp = (tick: Unit, x: number): Price => priceAt(tick, Math.ceil(inUnits(tick, x)))

/** `order` +1 buys, -1 sells. Market and stop fills round against the trader, limit prices for him. */
export const roundFill = (tick: Unit, x: number, order: 1 | -1): Price =>
  order === 1 ? roundUp(tick, x) : roundDown(tick, x)
export const roundLimit = (tick: Unit, x: number, order: 1 | -1): Price =>
  order === 1 ? roundDown(tick, x) : roundUp(tick, x)

/** A threshold counts as reached within this distance of it: sums of ticks are not exact in doubles (S24). */
export const slackOf = (tick: Unit): number => (1e-6 * tick.mantissa) / tick.scale

/** The price `count` ticks from `x`, which is itself on a tick. */
export const ticksFrom = (tick: Unit, x: Price, count: number): Price =>
  priceAt(tick, Math.round(inUnits(tick, x)) + count)

/** Whole steps in a quantity (S32). */
export const stepsIn = (step: Unit, qty: number): number => Math.floor((qty * step.scale) / step.mantissa + 1e-9)
