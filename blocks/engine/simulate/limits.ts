// What forbids an entry apart from its size: ruin, limits of the day, cool-down (semantics.md S13, S40, S41).
import { type Desk, isToday, type Moment, type Obstacle } from './desk'
import type { LastExit } from './state'

const stops = ['stop', 'break_even', 'trailing', 'liquidation']

/** Does the cool-down of this risk section follow such an exit? */
const follows = (after: 'stop' | 'loss' | 'invalidation' | 'any', exit: LastExit): boolean =>
  after === 'any' ||
  (after === 'stop' && stops.includes(exit.reason)) ||
  (after === 'loss' && exit.loss) ||
  (after === 'invalidation' && exit.reason === 'invalidation')

const cooling = (desk: Desk, at: Moment): boolean => {
  const { cooldown } = desk.seat.risk
  const { lastExit } = desk.book
  if (cooldown === null || lastExit === null || !follows(cooldown.after, lastExit)) return false
  return 'bars' in cooldown.for ? at.i - lastExit.row < cooldown.for.bars : at.ms < lastExit.ms + cooldown.for.ms
}

/** Symbols of this Play, other than this desk's, that hold a position or a pending entry. */
const othersHeld = (desk: Desk): number => {
  let held = 0
  for (const other of desk.sim.desks) {
    if (other === desk || other.seat.play !== desk.seat.play) continue
    if (other.book.position !== null || other.book.pending !== null) held += 1
  }
  return held
}

/** S40: loss since the start of the day at which the daily loss is reached; infinite where there is no such limit. */
export const mostDayLoss = ({ limits, sim }: Desk): number =>
  Number.isFinite(limits.dailyLoss) ? limits.dailyLoss * sim.state.dayEquity * (1 - 1e-9) : limits.dailyLoss

/** S40: is the daily loss reached at this equity? */
export const dayLost = (desk: Desk, equity: number): boolean => desk.sim.state.dayEquity - equity >= mostDayLoss(desk)

/** S40, daily loss: latched for the rest of the day at the first decision that sees it. */
export const watchDay = (desk: Desk, equity: number): void => {
  if (dayLost(desk, equity)) desk.day.lossLatched = true
}

/** May a decision of the day of `ms` still latch the daily loss? */
export const watches = (desk: Desk, ms: number): boolean =>
  Number.isFinite(desk.limits.dailyLoss) && !(desk.day.lossLatched && isToday(desk, ms))

/** Would a decision at `ms` latch the daily loss at this equity? */
export const endangered = (desk: Desk, equity: number, ms: number): boolean =>
  watches(desk, ms) && dayLost(desk, equity)

/** Name of the limit that is reached. An add opens no trade and takes no symbol: only limits on losses bind it. */
const reachedLimit = (desk: Desk, add: boolean): string | null => {
  const { day, limits } = desk
  if (day.lossLatched) return 'daily_loss'
  if (day.longestRow >= limits.lossesInRow) return 'losses_in_row'
  if (add) return null
  if (day.trades >= limits.tradesPerDay) return 'trades_per_day'
  return Number.isFinite(limits.openPositions) && othersHeld(desk) >= limits.openPositions ? 'open_positions' : null
}

/** Ruin, cool-down or a limit of the day: the first that forbids an entry (or an add) at this moment. */
export const blockedBy = (desk: Desk, at: Moment, add: boolean): Obstacle | null => {
  if (desk.sim.state.ruined) return { reason: 'ruined', node: null, detail: null }
  if (cooling(desk, at)) return { reason: 'cooling_down', node: null, detail: null }
  const limit = reachedLimit(desk, add)
  if (limit === null) return null
  desk.counts.limits[limit] = (desk.counts.limits[limit] ?? 0) + 1
  return { reason: 'limit_reached', node: null, detail: limit }
}
