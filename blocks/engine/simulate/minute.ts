// One minute in the order of semantics.md S12: expiry, funding, the open, the path, resting entries, stops, excursions.
import { type Desk, drop, planOf } from './desk'
import { fillAtMarket, fillEntry } from './entry'
import { closeAtMarket, closeSteps, stretch } from './exit'
import { liquidate } from './liquidate'
import { crossPrice, crossVictim, refreshLiquidation } from './liquidation'
import { breakEven, trailByDistance } from './protect'
import type { Pending, Position, Target } from './state'
import { noteStress } from './stress'
import { ticksFrom, timesUnit } from './ticks'
import { post } from './wallet'

/** What a position has seen of the minute it lives in. */
type Seen = 'whole' | 'afterLimit' | 'afterStop'

/** Steps that a target closes of what is left. */
const targetSteps = (position: Position, target: Target): number =>
  target.share === null
    ? position.steps
    : Math.min(position.steps, Math.floor(target.share * position.firstSteps + 1e-9))

const finish = (position: Position, target: Target): void => {
  target.done = true
  const next = position.targets.find(({ done }) => !done)
  position.nextTarget = next?.beyond ?? position.side * Number.POSITIVE_INFINITY
}

const takeTarget = (desk: Desk, position: Position, target: Target): void => {
  finish(position, target)
  const steps = targetSteps(position, target)
  if (steps < 1) return
  const fee = desk.sim.settings.fees.maker * target.price * timesUnit(desk.step, steps)
  if (target.rung > 0) position.rungsDone.push(target.rung)
  closeSteps(desk, position, {
    steps,
    price: target.price,
    reference: target.price,
    reason: 'target',
    fee,
    maker: true,
  })
}

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
    position.margin += usdt
    post(desk.sim, { ms: minute.ms, account: 'funding', usdt, trade: position.no })
    refreshLiquidation(desk, position)
  }
}

/** A liquidation price that `mark` is at or beyond. */
const failsAt = (position: Position, price: number, mark: number): boolean =>
  position.side === 1 ? price > 0 && mark <= price : mark >= price

/** Liquidation price in force: the position's own, or the wallet's under cross (when this position is the one to go). */
const liquidationOf = (desk: Desk, position: Position): number => {
  if (desk.seat.instrument.kind === 'spot') return 0
  if (desk.sim.settings.margin === 'isolated') return position.liquidation
  const none = position.side === 1 ? 0 : Number.POSITIVE_INFINITY
  return crossVictim(desk.sim, desk.minute.k) === desk ? crossPrice(desk, position, desk.minute.k) : none
}

/** (2) of a position that came into the minute: liquidation, due exit, gapped stop, gapped targets. */
const atOpen = (desk: Desk, position: Position): void => {
  const { minute } = desk
  const price = liquidationOf(desk, position)
  if (failsAt(position, price, minute.markOpen)) {
    liquidate(desk, position, minute.markOpen)
    return
  }
  if (position.exit !== null && position.exit.dueMs <= minute.ms) {
    const { reason, dueMs } = position.exit
    if (minute.ms > dueMs + desk.sim.stepMs - 1) desk.counts.lateFills += 1
    closeAtMarket(desk, position, { reference: minute.open, reason })
    return
  }
  if (position.side * (minute.open - position.stop) <= 0) {
    stopOut(desk, position, minute.open)
    return
  }
  if (minute.volume <= 0) return
  takeTargets(desk, position, minute.open)
}

const stopOut = (desk: Desk, position: Position, reference: number): void => {
  const gap = position.side * (position.stop - reference)
  if (gap > 0) desk.sim.state.figures.gapLoss += gap * position.qty
  closeAtMarket(desk, position, { reference, reason: position.stopBy })
}

/** (2) of a position just opened at the open: stopped at once, or targets that the open already satisfies. */
const atOwnOpen = (desk: Desk, position: Position): void => {
  const { minute } = desk
  if (position.side * (minute.open - position.stop) <= 0) {
    stopOut(desk, position, minute.open)
    return
  }
  for (const target of position.targets) {
    if (target.done || position.side * (minute.open - target.price) < 0) continue
    finish(position, target)
    const steps = targetSteps(position, target)
    if (steps < 1) continue
    if (target.rung > 0) position.rungsDone.push(target.rung)
    closeAtMarket(desk, position, { reference: minute.open, reason: 'target', steps })
    if (!alive(desk, position)) return
  }
}

/** (2) Entries at the open. True when the position sees the whole minute. */
const enterAtOpen = (desk: Desk, pending: Pending): boolean => {
  const { minute } = desk
  if (pending.kind === 'market' || (pending.kind === 'stop' && pending.begun)) {
    if (minute.ms > pending.dueMs + desk.tfMs) {
      desk.book.pending = null
      drop(desk, pending.begun ? 'expired' : 'data_gap', { ms: minute.ms, side: pending.side, setup: pending.setup })
      return false
    }
    if (!pending.begun && minute.ms > pending.dueMs + desk.sim.stepMs - 1) desk.counts.lateFills += 1
    return fillAtMarket(desk, pending, { reference: minute.open })
  }
  const ahead = pending.side * (pending.price - minute.open)
  if (pending.kind === 'stop') return ahead <= 0 ? fillAtMarket(desk, pending, { reference: minute.open }) : false
  if (!pending.rested && ahead >= 0) {
    if (pending.postOnly) {
      desk.book.pending = null
      drop(desk, 'post_only', { ms: minute.ms, side: pending.side, setup: pending.setup })
      return false
    }
    return fillAtMarket(desk, pending, { reference: minute.open, limit: pending.price })
  }
  const beyond = ticksFrom(desk.tick, pending.price, -pending.side)
  if (!pending.rested || minute.volume <= 0 || pending.side * (beyond - minute.open) < 0) return false
  return passiveEntry(desk, pending)
}

const passiveEntry = (desk: Desk, pending: Pending): boolean =>
  fillEntry(desk, pending, { steps: pending.steps, price: pending.price, reference: pending.price, maker: true })

/** (4) Resting entries that the path reaches. */
const enterOnPath = (desk: Desk, pending: Pending): Seen | null => {
  const { minute } = desk
  const favourable = pending.side === 1 ? minute.low : minute.high
  const against = pending.side === 1 ? minute.high : minute.low
  if (pending.kind === 'stop') {
    if (pending.side * (against - pending.price) < 0) return null
    return fillAtMarket(desk, pending, { reference: pending.price }) ? 'afterStop' : null
  }
  const beyond = ticksFrom(desk.tick, pending.price, -pending.side)
  if (minute.volume <= 0 || pending.side * (beyond - favourable) < 0) return null
  return passiveEntry(desk, pending) ? 'afterLimit' : null
}

/** (3) and the second half of (4): stop or liquidation, then targets; the other way round in the optimistic run. */
const onPath = (desk: Desk, position: Position, seen: Seen): void => {
  const { minute, sim } = desk
  const adverse = position.side === 1 ? minute.low : minute.high
  const best = seen === 'afterLimit' ? minute.close : position.side === 1 ? minute.high : minute.low
  const stopped = position.side * (adverse - position.stop) <= 0
  const price = liquidationOf(desk, position)
  const failed = failsAt(position, price, position.side === 1 ? minute.markLow : minute.markHigh)
  const hit = minute.volume > 0 && targetReached(position, best)
  if (!stopped && !failed) {
    if (hit) takeTargets(desk, position, best)
    return
  }
  if (hit) {
    position.ambiguous = true
    desk.counts.ambiguousExits += 1
    if (sim.targetsFirst) takeTargets(desk, position, best)
  }
  if (alive(desk, position)) loseOnPath(desk, position, { stopped, failed, price })
}

/** Has the minute traded a tick beyond a target that would still close something? */
const targetReached = (position: Position, best: number): boolean => {
  for (const target of position.targets)
    if (!target.done && position.side * (best - target.beyond) >= 0 && targetSteps(position, target) > 0) return true
  return false
}

/** Fills every target that `best` lies a tick beyond, nearest first, each at its own price. */
const takeTargets = (desk: Desk, position: Position, best: number): void => {
  for (const target of position.targets) {
    if (!alive(desk, position)) return
    if (!target.done && position.side * (best - target.beyond) >= 0) takeTarget(desk, position, target)
  }
}

/** S14: of stop and liquidation the one nearer to the open acts; equal: liquidation. */
const loseOnPath = (
  desk: Desk,
  position: Position,
  hit: { stopped: boolean; failed: boolean; price: number },
): void => {
  const { minute } = desk
  const stopNearer = Math.abs(minute.open - position.stop) < Math.abs(minute.open - hit.price)
  if (hit.failed && !(hit.stopped && stopNearer)) liquidate(desk, position, hit.price)
  else closeAtMarket(desk, position, { reference: position.stop, reason: position.stopBy })
}

/** (5) and the excursions of (6) for a position that has completed the minute. */
const complete = (desk: Desk, position: Position, seen: Seen): void => {
  const { minute } = desk
  const long = position.side === 1
  const adverse = long ? minute.low : minute.high
  const capped = long ? Math.max(position.firstPrice, minute.close) : Math.min(position.firstPrice, minute.close)
  const favourable = seen === 'afterLimit' ? capped : long ? minute.high : minute.low
  stretch(position, adverse)
  stretch(position, favourable)
  if (position.side * (favourable - position.bestExtreme) > 0) position.bestExtreme = favourable
  if (position.side * (minute.close - position.bestClose) > 0) position.bestClose = minute.close
  if (position.side * (minute.markClose - position.worstMark) < 0) position.worstMark = minute.markClose
  const plan = planOf(desk, position.side)
  if (plan === null) return
  if (plan.breakEven !== null) breakEven(desk, position, plan.breakEven)
  if (plan.trail !== null && plan.trail.update === 'fill') trailByDistance(desk, position, plan.trail)
}

const expire = (desk: Desk): void => {
  const { pending } = desk.book
  if (pending === null || desk.minute.ms < pending.expireMs) return
  desk.book.pending = null
  drop(desk, 'expired', { ms: desk.minute.ms, side: pending.side, setup: pending.setup })
}

/** Can none of steps (1) to (4) touch the position in this minute? A few comparisons tell for most minutes. */
const quiet = (desk: Desk, position: Position): boolean => {
  const { minute, seat } = desk
  if (position.exit !== null || desk.sim.settings.margin === 'cross') return false
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
  const { book, minute } = desk
  expire(desk)
  const held = book.position
  if (held !== null) payFunding(desk, held)
  if (held !== null) atOpen(desk, held)
  let seen: Seen = 'whole'
  const due = book.pending
  const arrived = due !== null && due.dueMs <= minute.ms
  if (arrived) {
    const opened = enterAtOpen(desk, due)
    const fresh = book.position
    if (opened && fresh !== null && fresh !== held) atOwnOpen(desk, fresh)
  }
  const present = book.position
  if (present !== null) onPath(desk, present, 'whole')
  if (arrived && book.pending === due && due.kind !== 'market' && (present === null || due.begun)) {
    const how = enterOnPath(desk, due)
    const fresh = book.position as Position | null
    if (how !== null && fresh !== null && fresh !== present) {
      seen = how
      onPath(desk, fresh, how)
    }
  }
  if (arrived) due.rested = true
  const last = book.position
  if (last !== null) complete(desk, last, last === present ? 'whole' : seen)
}
