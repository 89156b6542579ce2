// Break-even and trailing: the stop tightens, never loosens (semantics.md S25, S26).
import { type Price, toPrice } from '../../kit/brand'
import type { RShare } from '../../kit/param'
import type { BreakEvenPlan, TrailPlan } from '../plan'
import type { Desk } from './desk'
import type { Position } from './state'
import { nearest, slackOf } from './ticks'

/** `by` in quote units, for this position's R and average of the moment. */
const amount = (position: Position, by: RShare): number =>
  'r' in by ? by.r * position.risk : by.share * position.average

const tighten = (desk: Desk, position: Position, move: { price: number; by: Position['stopBy'] }): void => {
  if (!Number.isFinite(move.price) || position.side * (move.price - position.stop) <= 0) return
  const price = nearest(desk.tick, move.price)
  if (position.side * (price - position.stop) <= 0) return
  position.stop = price
  position.stopBy = move.by
}

/** The price at which the position has gained `by` over its average. */
export const gainPrice = (desk: Desk, position: Position, by: RShare): Price =>
  toPrice(position.average + position.side * (amount(position, by) - slackOf(desk.tick)))

/** The best price that makes break-even due; infinite while it waits for a rung instead. */
export const breakEvenPrice = (desk: Desk, position: Position, { after }: BreakEvenPlan): Price =>
  'rung' in after ? toPrice(position.side * Number.POSITIVE_INFINITY) : gainPrice(desk, position, after)

export const breakEven = (desk: Desk, position: Position, plan: BreakEvenPlan): void => {
  const { after } = plan
  const { side, average } = position
  const due =
    'rung' in after
      ? position.rungsDone.includes(after.rung)
      : side * (position.bestExtreme - breakEvenPrice(desk, position, plan)) >= 0
  if (!due) return
  position.evenDone = true
  const fees = plan.coverFees ? average * 2 * desk.sim.settings.fees.taker : 0
  tighten(desk, position, { price: average + side * (amount(position, plan.offset) + fees), by: 'break_even' })
}

/** Takes a price into the trail's best; once it has come `after` beyond the average, the trail stays active. */
export const followBest = (desk: Desk, plan: TrailPlan, price: Price): void => {
  const { position } = desk.book
  if (position === null) return
  const { side } = position
  if (side * (price - position.trailBest) > 0) position.trailBest = price
  if (position.trailActive) return
  position.trailActive = side * (position.trailBest - gainPrice(desk, position, plan.after)) >= 0
}

/** Trailing by a distance or a share of the best price. Levels move at decisions only. */
export const trailByDistance = (desk: Desk, position: Position, plan: TrailPlan): void => {
  if (plan.kind === 'level' || !position.trailActive) return
  const { side, trailBest } = position
  const price = plan.kind === 'share' ? trailBest * (1 - side * plan.share) : trailBest - side * position.trailBy
  tighten(desk, position, { price, by: 'trailing' })
}

/** The level of a decision, already padded; unknown leaves the stop where it is. */
export const trailToLevel = (desk: Desk, position: Position, level: number): void => {
  if (position.trailActive) tighten(desk, position, { price: level, by: 'trailing' })
}
