// One minute in the order of semantics.md S12: expiry, funding, the open, the path, resting entries, stops, excursions.
import { type Desk, expire, planOf } from './desk'
import { enterAtOpen, enterOnPath } from './enter'
import { seeBest, seeMark, seeWorst } from './excursions'
import { closeAtMarket } from './exit'
import { refreshLiquidation } from './liquidation'
import { atWork, liquidateAtOpen, loseOnPath, pathHit, stopAtOpen } from './losing'
import { breakEven, followBest, trailByDistance } from './protect'
import type { Position } from './state'
import { noteStress } from './stress'
import { closeParts, takeTargets, targetReached, targetsBehindFill } from './targets'
import { post } from './wallet'

/** What a position sees of the minute: all of it, or what follows a limit fill inside it (S21). */
export type Seen = 'whole' | 'afterLimit'

const alive = (desk: Desk, position: Position): boolean => desk.book.position === position

/** (1) Settlements since the last existing minute, on what was held at its end. */
const payFunding = (desk: Desk, position: Position): void => {
  const plan = desk.seat.funding
  if (plan === null) return
  const { minute, counts } = desk
  while (desk.fundingNext < plan.ms.length && plan.ms[desk.fundingNext] <= minute.ms) {
    const rate = plan.rate[desk.fundingNext]
    const known = plan.mark[desk.fundingNext]
    desk.fundingNext += 1
    if (!Number.isFinite(rate)) {
      counts.fundingMissing += 1
      continue
    }
    const mark = Number.isFinite(known) ? known : minute.open
    if (!Number.isFinite(known)) counts.fundingOnOpen += 1
    noteStress(desk, position)
    const usdt = -position.side * position.qty * mark * rate
    position.funding += usdt
    if (desk.sim.settings.margin === 'isolated') position.margin += usdt
    post(desk.sim, { ms: minute.ms, account: 'funding', usdt, trade: position.no })
    refreshLiquidation(desk, position)
  }
}

/** (2) The market exit that is due, and what is left of one that thin minutes have begun. */
const exitAtOpen = (desk: Desk, position: Position): void => {
  const { minute, sim } = desk
  const { exit } = position
  if (exit !== null && exit.dueMs <= minute.ms) {
    if (!exit.tried && minute.ms >= exit.dueMs + sim.stepMs) desk.counts.lateFills += 1
    exit.tried = true
    if (closeAtMarket(desk, position, { reference: minute.open, reason: exit.reason }) === 0) position.exit = null
  }
  if (alive(desk, position) && position.parts.length > 0) closeParts(desk, position)
}

/** (2) of a position that came into the minute: liquidation, due exit, gapped stop, gapped targets. */
const atOpen = (desk: Desk, position: Position): void => {
  const { minute } = desk
  liquidateAtOpen(desk, position)
  if (!alive(desk, position)) return
  exitAtOpen(desk, position)
  if (alive(desk, position)) stopAtOpen(desk, position)
  if (alive(desk, position) && !atWork(position) && minute.volume > 0) takeTargets(desk, position, minute.open)
}

/** (2) of a position just opened at the open: what its own levels make of that open, at once. */
const atOwnOpen = (desk: Desk, position: Position): void => {
  liquidateAtOpen(desk, position)
  if (alive(desk, position)) stopAtOpen(desk, position)
  if (alive(desk, position)) targetsBehindFill(desk, position, desk.minute.open)
}

/** (3) and the second half of (4): stop or liquidation, then targets; the other way round in the optimistic run. */
const onPath = (desk: Desk, position: Position, seen: Seen): void => {
  const { minute, sim } = desk
  const best = seen === 'afterLimit' ? minute.close : position.side === 1 ? minute.high : minute.low
  const target = !atWork(position) && minute.volume > 0 && targetReached(position, best)
  const hit = pathHit(desk, position)
  if (hit !== null) {
    if (target && sim.targetsFirst) takeTargets(desk, position, best)
    if (target) noteAmbiguity(desk, position)
    if (alive(desk, position)) loseOnPath(desk, position, hit.stopped)
    if (hit.stopped) return
  }
  // A liquidation of the wallet may have spared this position.
  if (target && alive(desk, position)) takeTargets(desk, position, best)
}

const noteAmbiguity = (desk: Desk, position: Position): void => {
  position.ambiguous = true
  desk.counts.ambiguousExits += 1
}

/** (5) and the excursions of (6) for a position that has completed the minute. */
const complete = (desk: Desk, position: Position, seen: Seen): void => {
  const { minute } = desk
  const long = position.side === 1
  const adverse = long ? minute.low : minute.high
  const better = position.side * (minute.close - position.firstPrice) > 0
  const behind = better ? minute.close : position.firstPrice
  const favourable = seen === 'afterLimit' ? behind : long ? minute.high : minute.low
  seeWorst(position, adverse)
  seeBest(position, favourable)
  seeMark(position, minute.markClose)
  const plan = planOf(desk, position.side)
  if (plan === null) return
  if (plan.breakEven !== null && !position.evenDone) breakEven(desk, position, plan.breakEven)
  if (plan.trail === null || plan.trail.update === 'decision') return
  followBest(desk, plan.trail, plan.trail.from === 'close' ? minute.close : favourable)
  trailByDistance(desk, position, plan.trail)
}

/** Can none of steps (1) to (4) touch the position in this minute? A few comparisons tell for most minutes. */
const quiet = (desk: Desk, position: Position): boolean => {
  const { minute, seat } = desk
  if (position.exit !== null || position.parts.length > 0 || desk.sim.settings.margin === 'cross') return false
  if (seat.funding !== null && seat.funding.ms[desk.fundingNext] <= minute.ms) return false
  const { stop, nextTarget, liquidation } = position
  return position.side === 1
    ? minute.low > stop && minute.high < nextTarget && minute.markLow > liquidation
    : minute.high < stop && minute.low > nextTarget && minute.markHigh < liquidation
}

/** Steps (0) to (6) of the minute that the desk has loaded. */
export const runMinute = (desk: Desk): void => {
  const { book } = desk
  if (book.pending === null && book.position !== null && quiet(desk, book.position)) {
    complete(desk, book.position, 'whole')
    return
  }
  runEvents(desk)
}

const runEvents = (desk: Desk): void => {
  const { book } = desk
  expire(desk, desk.minute.ms)
  const held = book.position
  if (held !== null) payFunding(desk, held)
  if (held !== null) atOpen(desk, held)
  const before = book.position
  enterAtOpen(desk)
  const present = book.position
  if (present !== null && before === null) atOwnOpen(desk, present)
  if (present !== null && alive(desk, present)) onPath(desk, present, 'whole')
  const standing = book.position
  const entered = enterOnPath(desk)
  const fresh = book.position
  let seen: Seen = 'whole'
  if (entered !== null && standing === null && fresh !== null) {
    seen = entered.seen
    targetsBehindFill(desk, fresh, entered.reference)
    if (alive(desk, fresh)) onPath(desk, fresh, seen)
  }
  const last = book.position
  if (last !== null) complete(desk, last, seen)
}
