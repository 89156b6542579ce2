// The usual stretch of a trade: minutes in which nothing can happen to a lone position but its marks. One tight loop,
// bit for bit what runMinute and snapshot do minute by minute: sums grow in the same order, and an extreme is noted only
// where it is a new one.
import { nextBit } from '../../kit/bits'
import { toPrice } from '../../kit/brand'
import { type Desk, planOf } from './desk'
import { seeBest, seeMark, seeWorst } from './excursions'
import { dayLost, mostDayLoss, watches } from './limits'
import { breakEvenPrice } from './protect'
import { calmEquity, largestExposure, noteEquity, noteExposure } from './snapshot'
import type { Position } from './state'
import { equityAt } from './wallet'

const far = Number.POSITIVE_INFINITY

/** Nearest target or break-even, whichever comes first, times the side. */
const gainOf = (desk: Desk, position: Position): number => {
  const { side, nextTarget, evenDone } = position
  const breakEven = planOf(desk, side)?.breakEven ?? null
  const target = side * nextTarget
  return breakEven === null || evenDone ? target : Math.min(target, side * breakEvenPrice(desk, position, breakEven))
}

/** What equity may lose in this stretch since the start of the day before a decision would latch the daily loss. */
const lossOf = (desk: Desk, k0: number): number =>
  watches(desk, desk.nextDecisionMs) && !dayLost(desk, equityAt(desk.sim, k0)) ? mostDayLoss(desk) : far

/** The minute that the next settlement falls into. */
const fundingMinute = ({ sim, seat, fundingNext }: Desk): number => {
  const next = seat.funding?.ms[fundingNext]
  return next === undefined ? far : Math.ceil((next - sim.originMs) / sim.stepMs)
}

const canCoast = ({ sim, book, seat }: Desk): boolean =>
  book.position !== null &&
  book.pending === null &&
  book.position.exit === null &&
  book.position.parts.length === 0 &&
  seat.mark === null &&
  sim.settings.margin === 'isolated'

/** Runs minutes [k0, end) of a lone desk as far as nothing but marks can change; gives the first that it leaves. */
export const coast = (desk: Desk, k0: number, end: number): number => {
  const { position } = desk.book
  if (position === null || !canCoast(desk)) return k0
  const until = Math.min(end, fundingMinute(desk))
  // A hole is no minute of a trade: it is left to the full treatment, which knows what to make of it.
  return drift(desk, position, [k0, nextBit(desk.seat.fill.hole, k0, until)])
}

/** Extremes of a trade, times its side. */
interface News {
  readonly worst: number
  readonly best: number
  readonly mark: number
}

/** What an extreme must pass to be news: sizes are compared as differences and as shares, so a hair is left to rounding. */
const newsOf = ({ side, average, maeMove, maeShare, mfeMove, mfeShare, bestExtreme, worstMark }: Position): News => {
  const hair = 1e-12 * average
  return {
    worst: side * average - Math.min(maeMove, maeShare * average) + hair,
    best: Math.min(side * average + Math.min(mfeMove, mfeShare * average) - hair, side * bestExtreme),
    mark: side * worstMark,
  }
}

/** What a stretch has told of the trade's extremes. */
const see = (position: Position, before: News, { worst, best, mark }: News): void => {
  const { side } = position
  if (worst < before.worst) seeWorst(position, toPrice(side * worst))
  if (best > before.best) seeBest(position, toPrice(side * best))
  if (mark < before.mark) seeMark(position, toPrice(side * mark))
}

/**
 * Prices are taken times the side, so that more is better on both: a product with 1 or -1 loses nothing, and so neither
 * does a comparison of two of them.
 */
const drift = (desk: Desk, position: Position, [k0, end]: readonly [number, number]): number => {
  const { sim, seat } = desk
  const { state } = sim
  const { figures, dayEquity } = state
  const { balance } = state.wallet
  const { side, qty, average } = position
  const { close } = seat.fill
  const adverse = side === 1 ? seat.fill.low : seat.fill.high
  const favourable = side === 1 ? seat.fill.high : seat.fill.low
  const trail = planOf(desk, side)?.trail ?? null
  const followed = trail?.from === 'close' ? close : favourable
  // At these prices a minute needs its full treatment: stop or liquidation, target or break-even, a trail that follows.
  const lose = Math.max(side * position.stop, side * position.liquidation)
  const gain = gainOf(desk, position)
  const lead = trail?.update === 'fill' ? side * position.trailBest : far
  const mostLoss = lossOf(desk, k0)
  const signed = side * qty
  const follows = lead < far
  const news = newsOf(position)
  // Below this equity the day is lost, or nearly so: asked exactly then.
  const lossFloor = dayEquity - mostLoss + 1e-12 * Math.abs(dayEquity)
  let { equity } = state
  let { equitySum, grossSum, netSum, peak } = figures
  let most = largestExposure(figures)
  let calm = Math.max(calmEquity(sim), lossFloor)
  let { worst, best, mark } = news
  let k = k0
  for (let lost = false; k < end && !lost; k++) {
    const last = close[k]
    const bad = side * adverse[k]
    const good = side * favourable[k]
    if (bad <= lose || good >= gain || (follows && side * followed[k] > lead)) break
    if (bad < worst) worst = bad
    if (good > best) best = good
    if (side * last < mark) mark = side * last
    equity = balance + signed * (last - average)
    const share = (qty * last) / equity
    equitySum += equity
    grossSum += share
    netSum += side * share
    if (Math.abs(share) > most) most = noteExposure(figures, share, side * share)
    if (equity < calm || equity >= peak) {
      noteEquity(sim, equity, k)
      peak = figures.peak
      calm = Math.max(calmEquity(sim), lossFloor)
      lost = dayEquity - equity >= mostLoss
    }
  }
  const minutes = k - k0
  if (minutes === 0) return k
  state.equity = equity
  figures.snapshots += minutes
  figures.inMarket += minutes
  // The minute of the entry has been a snapshot of its own: no flat bars wait to be summed.
  figures.equitySum = equitySum
  figures.grossSum = grossSum
  figures.netSum = netSum
  see(position, news, { worst, best, mark })
  return k
}
