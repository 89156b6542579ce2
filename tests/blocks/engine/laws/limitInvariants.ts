// Limits of the day and cool-downs, both ways: no order while one holds, no refusal by one that does not (S13, S40).
import type { Seat } from '../../../../blocks/engine/plan'
import { rowOf } from '../../../../blocks/kit/timeframe'
import { dayMs } from '../../../fixtures/bars'
import { allTrades, type Film, placeOf } from './film'
import { type Invariant, invariant } from './must'
import { decisions, equityBefore, word } from './signalInvariants'

const dayOf = (ms: number): number => Math.floor(ms / dayMs)

/** Trades of a Play in the order of their exits; ties by seat. */
const exitsOf = (film: Film, play: number): Film['trades'] =>
  film.trades
    .filter((trade) => trade.play === play)
    .sort((a, b) => (a.exitMs ?? 0) - (b.exitMs ?? 0) || placeOf(film, a) - placeOf(film, b) || a.no - b.no)

const tradesReached = (film: Film, seat: Seat, ms: number): boolean => {
  const { tradesPerDay } = seat.risk.limits
  const begun = allTrades(film).filter(
    (trade) => trade.play === seat.play && dayOf(trade.entryMs) === dayOf(ms) && trade.entryMs < ms,
  )
  return tradesPerDay !== undefined && begun.length >= tradesPerDay
}

const lossesReached = (film: Film, seat: Seat, ms: number): boolean => {
  const { lossesInRow } = seat.risk.limits
  let [row, longest] = [0, 0]
  for (const trade of exitsOf(film, seat.play)) {
    const exitMs = trade.exitMs ?? 0
    if (dayOf(exitMs) !== dayOf(ms) || exitMs >= ms) continue
    row = trade.netUsdt < 0 ? row + 1 : 0
    longest = Math.max(longest, row)
  }
  return lossesInRow !== undefined && longest >= lossesInRow
}

/** Latched by any decision of the Play on that day, up to this one. */
const dayLost = (film: Film, seat: Seat, ms: number): boolean => {
  const { dailyLoss } = seat.risk.limits
  if (dailyLoss === undefined) return false
  const start = equityBefore(film, Math.max(dayOf(ms) * dayMs, film.one.fromMs))
  return film.seats
    .filter(({ play }) => play === seat.play)
    .flatMap((own) => decisions(film, own))
    .some((at) => dayOf(at.ms) === dayOf(ms) && at.ms <= ms && start - equityBefore(film, at.ms) >= dailyLoss * start)
}

const reached: Readonly<Record<string, (film: Film, seat: Seat, ms: number) => boolean>> = {
  trades_per_day: tradesReached,
  losses_in_row: lossesReached,
  daily_loss: dayLost,
}

const limits = invariant((film, must) => {
  for (const order of film.orders) {
    const seat = film.seats[order.seat]
    if (seat === undefined) continue
    for (const [name, holds] of Object.entries(reached))
      if (!(order.add && name === 'trades_per_day'))
        must(!holds(film, seat, order.sentMs), () => `order of ${order.sentMs} in spite of ${name}`)
  }
  for (const record of film.records) {
    const seat = film.seats[record.seat]
    if (seat === undefined || word(record.reason) !== 'limit_reached') continue
    const name = record.reason?.split(': ')[1] ?? ''
    must(
      reached[name]?.(film, seat, record.ms) ?? false,
      () => `refusal of ${record.ms} by ${name}, which is not reached`,
    )
  }
})

const stops = ['stop', 'break_even', 'trailing', 'liquidation']

const cools = (film: Film, place: number, ms: number): boolean => {
  const seat = film.seats[place]
  const rule = seat?.risk.cooldown
  if (seat === undefined || rule === null || rule === undefined) return false
  const last = film.trades
    .filter((trade) => placeOf(film, trade) === place && (trade.exitMs ?? 0) < ms)
    .sort((a, b) => a.no - b.no)
    .at(-1)
  if (last === undefined || last.exitMs === null) return false
  const hit = {
    any: true,
    stop: stops.includes(last.exitReason ?? ''),
    loss: last.netUsdt < 0,
    invalidation: last.exitReason === 'invalidation',
  }
  if (!hit[rule.after]) return false
  return 'ms' in rule.for
    ? ms < last.exitMs + rule.for.ms
    : rowOf(seat.tf, ms) - 1 - rowOf(seat.tf, last.exitMs) < rule.for.bars
}

const coolDown = invariant((film, must) => {
  for (const { seat, sentMs } of film.orders)
    must(!cools(film, seat, sentMs), () => `order of ${sentMs} while cooling down`)
  for (const { seat, ms, reason } of film.records)
    if (word(reason) === 'cooling_down') must(cools(film, seat, ms), () => `refusal of ${ms}: nothing cools down`)
})

export const limitInvariants: Readonly<Record<string, Invariant>> = {
  'S40 limits of the day bind, and nothing else does': limits,
  'S13 cool-downs bind, and nothing else does': coolDown,
}
