// The usual stretch of a trade: minutes in which nothing can happen to a lone position but its marks. One tight loop,
// bit for bit what runMinute and snapshot do minute by minute.
import { getBit } from '../../kit/bits'
import { type Desk, planOf, type Sim } from './desk'
import { stretch } from './exit'
import { breakEvenPrice } from './protect'
import { record } from './snapshot'
import type { Position } from './state'
import { unrealised } from './wallet'

/** Prices at which the minute needs its full treatment. */
interface Bounds {
  /** Nearest target or break-even, whichever comes first. */
  readonly reach: number
  /** Best price of a trail on fill bars; infinite when there is none to follow. */
  readonly trail: number
  readonly trailByClose: boolean
}

const boundsOf = (desk: Desk, position: Position): Bounds => {
  const { side, nextTarget } = position
  const plan = planOf(desk, side)
  const far = side * Number.POSITIVE_INFINITY
  const even = plan?.breakEven && !position.evenDone ? breakEvenPrice(desk, position, plan.breakEven) : far
  return {
    reach: side === 1 ? Math.min(nextTarget, even) : Math.max(nextTarget, even),
    trail: plan?.trail?.update === 'fill' ? position.trailBest : far,
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

/** Runs minutes [k0, end) of a lone desk as far as nothing but marks can change; gives the first that it leaves. */
export const coast = (desk: Desk, k0: number, end: number): number => {
  const { position } = desk.book
  if (position === null || !canCoast(desk)) return k0
  const { sim, seat } = desk
  const { side, stop, liquidation } = position
  const { reach, trail, trailByClose } = boundsOf(desk, position)
  const { low, high, close, hole } = seat.fill
  const { balance } = sim.state.wallet
  const until = Math.min(end, fundingMinute(desk))
  let k = k0
  for (; k < until; k++) {
    if (getBit(hole, k)) continue
    const worst = side === 1 ? low[k] : high[k]
    const best = side === 1 ? high[k] : low[k]
    const last = close[k]
    if (side * (worst - stop) <= 0 || side * (worst - liquidation) <= 0 || side * (best - reach) >= 0) break
    if (side * ((trailByClose ? last : best) - trail) > 0) break
    stretch(position, worst)
    stretch(position, best)
    if (side * (best - position.bestExtreme) > 0) position.bestExtreme = best
    if (side * (last - position.worstMark) < 0) position.worstMark = last
    const net = side * (position.qty * last)
    record(sim, balance + unrealised(position, last), { gross: Math.abs(net), net, k })
  }
  return k
}

/** The only desk of a simulation, where it has just one. */
export const loneDesk = (sim: Sim): Desk | null => (sim.desks.length === 1 ? sim.desks[0] : null)
