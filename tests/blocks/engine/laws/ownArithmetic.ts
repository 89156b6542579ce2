// Rounding, stops, slippage and maintenance written again from the rules, for invariants to hold the engine against.
import type { Seat } from '../../../../blocks/engine/plan'
import type { Settings } from '../../../../blocks/engine/settings'
import type { Trade } from '../../../../blocks/engine/trade'
import { type Film, type Order, orderOf, signOf } from './film'

const decimalsOf = (unit: string): number => unit.split('.')[1]?.length ?? 0

/** Is x the double nearest to a whole number of units? */
export const onGrid = (x: number, unit: string): boolean => {
  const decimals = decimalsOf(unit)
  const whole = Math.round(x * 10 ** decimals)
  return x === Number(`${whole}e-${decimals}`) && whole % Number(unit.replace('.', '')) === 0
}

/** Text of the decimal, parsed: the S24 way back to a double. */
export const gridPrice = (count: number, unit: string): number => {
  const decimals = decimalsOf(unit)
  return Number(`${count * Number(unit.replace('.', ''))}e-${decimals}`)
}

export const inTicks = (x: number, unit: string): number => {
  const t = x / Number(unit)
  return Math.abs(t - Math.round(t)) < 1e-6 ? Math.round(t) : t
}

export const nearestTick = (x: number, unit: string): number => {
  const t = inTicks(x, unit)
  const below = Math.floor(t)
  return gridPrice(t - below >= 0.5 - 1e-6 ? below + 1 : below, unit)
}

/** S23: distances hang on the fill, levels were fixed with the order. */
export const stopAfter = (order: Order, fill: number, tick: string): number => {
  const { stop, side } = order
  if (stop.kind === 'level') return stop.price
  return nearestTick(stop.kind === 'distance' ? fill - side * stop.by : fill - side * fill * stop.share, tick)
}

/** The stop that the first fill of a trade got. */
export const initialStop = (film: Film, trade: Trade, tick: string): number => {
  const [first] = trade.legs
  if (first === undefined) throw new Error(`trade ${trade.no} has no legs`)
  return stopAfter(orderOf(film, trade, first), first.price, tick)
}

/** S18: share of the price that a taker fill gives away. */
export const slippage = (settings: Settings, fill: { qty: number; volume: number }): number => {
  const { slippage: model } = settings
  if (model.model === 'fixed') return model.bps / 1e4
  if (model.model === 'spread') return model.spread_bps / 2e4
  return model.impact * (fill.qty / fill.volume) ** 2
}

/** S35: maintenance margin of a notional. */
export const maintenance = (seat: Seat, notional: number): number => {
  const { brackets } = seat.instrument
  const bracket = brackets.find(({ cap }) => notional < cap) ?? brackets.at(-1)
  return bracket === undefined ? 0 : Math.max(0, notional * bracket.rate - bracket.cum)
}

export interface FundingEvent {
  readonly ms: number
  readonly usdt: number
}

/** S38: every settlement after the entry on what was held at the end of the minute before it. */
export const fundingOf = (film: Film, trade: Trade, seat: Seat): FundingEvent[] => {
  const market = film.one.markets.find(({ instrument }) => instrument.id === trade.instrument)
  const rows = market?.funding
  if (market === undefined || rows === null || rows === undefined || market.instrument.kind === 'spot') return []
  const events: FundingEvent[] = []
  rows.stampMs.forEach((stamp, j) => {
    const settled = Math.round(stamp / 60_000) * 60_000
    let held = 0
    for (const leg of trade.legs) if (leg.ms < settled) held += (leg.side === 'buy' ? 1 : -1) * leg.qtyBase
    if (Math.abs(held) < 1e-9 || settled <= trade.entryMs) return
    const place = firstAt(film, seat, settled)
    if (place === null) return
    const known = market.mark?.openMs.indexOf(settled) ?? -1
    const mark = known >= 0 ? (market.mark?.open[known] ?? Number.NaN) : (seat.fill.open[place] ?? Number.NaN)
    events.push({ ms: film.sim.originMs + place * film.sim.stepMs, usdt: -held * mark * (rows.rate[j] ?? 0) })
  })
  return events
}

/** The first existing minute of the run at or after `ms`. */
export const firstAt = (film: Film, seat: Seat, ms: number): number | null => {
  const { originMs, stepMs, endMinute } = film.sim
  for (let k = Math.max(0, Math.ceil((ms - originMs) / stepMs)); k < endMinute; k++) {
    const word = seat.fill.hole[k >>> 5] ?? 0
    if (((word >>> (k & 31)) & 1) === 0) return k
  }
  return null
}

export { signOf }
