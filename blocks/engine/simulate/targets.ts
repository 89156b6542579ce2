// Profit targets and rungs: resting limits, and those that their own fill already lies beyond (semantics.md S20, S23, S27).
import { type Price, toPrice } from '../../kit/brand'
import type { Desk } from './desk'
import { closeAtMarket, closeSteps } from './exit'
import type { Position, Target } from './state'
import { qtyOf } from './ticks'

/** Steps that a target closes of what is left. */
const stepsOf = (position: Position, target: Target): number =>
  target.share === null
    ? position.steps
    : Math.min(position.steps, Math.floor(target.share * position.firstSteps + 1e-9))

/** A rung counts as done when its price is reached, even if it was too small to close anything. */
const finish = (position: Position, target: Target): void => {
  target.done = true
  if (target.rung > 0) position.rungsDone.push(target.rung)
  const next = position.targets.find(({ done }) => !done)
  position.nextTarget = next?.beyond ?? toPrice(position.side * Number.POSITIVE_INFINITY)
}

/** Has the minute traded a tick beyond a target that is not done? */
export const targetReached = (position: Position, best: number): boolean =>
  position.side * (best - position.nextTarget) >= 0

const takeTarget = (desk: Desk, position: Position, target: Target): void => {
  finish(position, target)
  const steps = stepsOf(position, target)
  if (steps < 1) return
  const { price } = target
  const fee = desk.sim.settings.fees.maker * price * qtyOf(desk.step, steps)
  closeSteps(desk, position, { steps, price, reference: price, reason: 'target', fee, maker: true })
}

/** Fills every target that `best` lies a tick beyond, nearest first, each at its own price. */
export const takeTargets = (desk: Desk, position: Position, best: number): void => {
  for (const target of position.targets) {
    if (desk.book.position !== position) return
    if (!target.done && position.side * (best - target.beyond) >= 0) takeTarget(desk, position, target)
  }
}

/** S23: shares whose target the first fill lies beyond close at once, as market orders at the entry's reference. */
export const targetsBehindFill = (desk: Desk, position: Position, reference: Price): void => {
  for (const target of position.targets) {
    if (target.done || position.side * (position.firstPrice - target.price) <= 0) continue
    finish(position, target)
    const steps = stepsOf(position, target)
    if (steps < 1) continue
    const rest = closeAtMarket(desk, position, { reference, reason: 'target', steps })
    if (rest > 0) position.parts.push(rest)
    if (desk.book.position !== position) return
  }
}

/** What thin minutes left of such shares goes on at the next opens. */
export const closeParts = (desk: Desk, position: Position): void => {
  const { parts } = position
  position.parts = []
  for (const steps of parts) {
    if (desk.book.position !== position) return
    const rest = closeAtMarket(desk, position, { reference: desk.minute.open, reason: 'target', steps })
    if (rest > 0) position.parts.push(rest)
  }
}
