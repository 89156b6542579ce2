// The usual stretch of a trade: minutes in which nothing can happen to a lone position but its marks. One tight loop,
// bit for bit what runMinute and snapshot do minute by minute: sums grow in the same order, and an extreme is noted only
// where it is a new one.
import { toPrice } from '../../kit/brand'
import { type Desk, planOf } from './desk'
import { see } from './excursions'
import { dayLost, watches } from './limits'
import { breakEvenPrice } from './protect'
import { largestExposure, noteEquity, noteExposure } from './snapshot'
import type { Position } from './state'
import { equityAt } from './wallet'

/** Prices, times the side, at which the minute needs its full treatment. */
interface Bounds {
  /** The nearer of stop and liquidation. */
  readonly lose: number
  /** Nearest target or break-even, whichever comes first. */
  readonly gain: number
  /** Best price of a trail on fill bars; infinite when there is none to follow. */
  readonly trail: number
  readonly trailByClose: boolean
}

const far = Number.POSITIVE_INFINITY

const boundsOf = (desk: Desk, position: Position): Bounds => {
  const { side, nextTarget, stop, liquidation } = position
  const plan = planOf(desk, side)
  const even = plan?.breakEven && !position.evenDone ? side * breakEvenPrice(desk, position, plan.breakEven) : far
  return {
    lose: Math.max(side * stop, side * liquidation),
    gain: Math.min(side * nextTarget, even),
    trail: plan?.trail?.update === 'fill' ? side * position.trailBest : far,
    trailByClose: plan?.trail?.from === 'close',
  }
}

/** The minute that the next settlement falls into. */
const fundingMinute = ({ sim, seat, fundingNext }: Desk): number => {
  const next = seat.funding?.ms[fundingNext]
  return next === undefined ? Number.POSITIVE_INFINITY : Math.ceil((next - sim.originMs) / sim.stepMs)
}

const canCoast = ({ sim, book, seat }: Desk): boolean =>
  book.position !== null &&
  book.pending === null &&
  book.position.exit === null &&
  book.position.parts.length === 0 &&
  seat.mark === null &&
  sim.settings.margin === 'isolated'

/** What a stretch has made: sums as they stand, and extremes, times the side, of its own minutes alone. */
interface Stretch {
  readonly best: number
  readonly worst: number
  readonly mark: number
  readonly minutes: number
  readonly equity: number
  readonly equitySum: number
  readonly grossSum: number
  readonly netSum: number
}

const writeBack = (desk: Desk, position: Position, made: Stretch): void => {
  const { state } = desk.sim
  const { figures } = state
  const { side } = position
  figures.snapshots += made.minutes
  figures.inMarket += made.minutes
  // The minute of the entry has been a snapshot of its own: no flat bars wait to be summed.
  figures.equitySum = made.equitySum
  figures.grossSum = made.grossSum
  figures.netSum = made.netSum
  state.equity = made.equity
  see(position, { best: toPrice(side * made.best), worst: toPrice(side * made.worst), mark: toPrice(side * made.mark) })
}

/** Runs minutes [k0, end) of a lone desk as far as nothing but marks can change; gives the first that it leaves. */
export const coast = (desk: Desk, k0: number, end: number): number => {
  const { position } = desk.book
  return position === null || !canCoast(desk) ? k0 : drift(desk, position, [k0, Math.min(end, fundingMinute(desk))])
}

/**
 * Prices are taken times the side, so that more is better on both: a product with 1 or -1 loses nothing, and so neither
 * does a comparison of two of them.
 */
const drift = (desk: Desk, position: Position, [k0, end]: readonly [number, number]): number => {
  const { sim, seat } = desk
  const { figures, wallet } = sim.state
  const { balance } = wallet
  const { side, qty, average } = position
  const { close, hole } = seat.fill
  const [adverse, favourable] = side === 1 ? [seat.fill.low, seat.fill.high] : [seat.fill.high, seat.fill.low]
  const { lose, gain, trail, trailByClose } = boundsOf(desk, position)
  const followed = trailByClose ? close : favourable
  const watched = watches(desk, desk.nextDecisionMs) && !dayLost(desk, equityAt(sim, k0))
  const signed = side * qty
  let { equity } = sim.state
  let { equitySum, grossSum, netSum, peak } = figures
  let most = largestExposure(figures)
  let best = Number.NEGATIVE_INFINITY
  let worst = Number.POSITIVE_INFINITY
  let mark = Number.POSITIVE_INFINITY
  let low = Number.POSITIVE_INFINITY
  let minutes = 0
  let k = k0
  for (; k < end; k++) {
    if (((hole[k >>> 5] >>> (k & 31)) & 1) === 1) continue
    const a = side * adverse[k]
    const f = side * favourable[k]
    const last = close[k]
    if (a <= lose || f >= gain || side * followed[k] > trail) break
    if (a < worst) worst = a
    if (f > best) best = f
    if (side * last < mark) mark = side * last
    equity = balance + signed * (last - average)
    const share = (qty * last) / equity
    equitySum += equity
    grossSum += share
    netSum += side * share
    minutes += 1
    if (Math.abs(share) > most) most = noteExposure(figures, share, side * share)
    // Between its peak and its lowest since, equity changes no figure of drawdown, ruin or the day's loss.
    if (equity < peak && equity >= low) continue
    noteEquity(sim, equity, k)
    peak = figures.peak
    low = equity < peak ? equity : Number.POSITIVE_INFINITY
    if (watched && dayLost(desk, equity)) {
      k += 1
      break
    }
  }
  if (minutes > 0) writeBack(desk, position, { minutes, equity, equitySum, grossSum, netSum, best, worst, mark })
  return k
}
