// Break-even and trailing: the stop tightens, never loosens (semantics.md S25, S26).
import type { RShare } from '../../kit/param'
import type { BreakEvenPlan, TrailPlan } from '../plan'
import type { Desk } from './desk'
import type { Position } from './state'
import { nearest } from './ticks'

/** The price that lies `by` beyond the average entry, on the winning side. */
const ahead = (position: Position, by: RShare): number =>
  position.average + position.side * ('r' in by ? by.r * position.risk : by.share * position.average)

const tighten = (desk: Desk, position: Position, move: { price: number; by: Position['stopBy'] }): void => {
  const price = nearest(desk.tick, move.price)
  if (position.side * (price - position.stop) <= 0) return
  position.stop = price
  position.stopBy = move.by
}

export const breakEven = (desk: Desk, position: Position, plan: BreakEvenPlan): void => {
  if (position.evenDone) return
  const { after } = plan
  const due =
    'rung' in after
      ? position.rungsDone.includes(after.rung)
      : position.side * (position.bestExtreme - ahead(position, after)) >= 0
  if (!due) return
  position.evenDone = true
  const fees = plan.coverFees ? 2 * desk.sim.settings.fees.taker * position.average : 0
  tighten(desk, position, { price: ahead(position, plan.offset) + position.side * fees, by: 'break_even' })
}

const best = (position: Position, plan: TrailPlan): number =>
  plan.from === 'close' ? position.bestClose : position.bestExtreme

/** Active once the best price has come `after` beyond the average; 0R from the first completed minute. */
const active = (position: Position, plan: TrailPlan): boolean =>
  ('r' in plan.after ? plan.after.r === 0 : plan.after.share === 0) ||
  position.side * (best(position, plan) - ahead(position, plan.after)) >= 0

/** Trailing by a distance or a share of the best price. Levels move at decisions only. */
export const trailByDistance = (desk: Desk, position: Position, plan: TrailPlan): void => {
  if (plan.kind === 'level' || !active(position, plan)) return
  const top = best(position, plan)
  const by = plan.kind === 'share' ? top * plan.share : position.trailBy
  tighten(desk, position, { price: top - position.side * by, by: 'trailing' })
}

/** The level of a decision, already padded; unknown leaves the stop where it is. */
export const trailToLevel = (desk: Desk, position: Position, move: { plan: TrailPlan; level: number }): void => {
  if (!Number.isFinite(move.level) || !active(position, move.plan)) return
  tighten(desk, position, { price: move.level, by: 'trailing' })
}
