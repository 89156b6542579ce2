// Size of an entry at its decision: equity, stop distance, caps, and why it is refused (semantics.md S23, S31, S32).
import { type Price, toPrice } from '../../kit/brand'
import type { EntryPlan, SidePlan } from '../plan'
import type { DropReason } from '../trade'
import type { Desk, Obstacle } from './desk'
import { slippageShare } from './fill'
import type { Order, StopRecipe } from './state'
import { inUnits, nearest, qtyOf, roundLimit, stepsIn } from './ticks'
import { availableAt } from './wallet'

export interface Ask {
  readonly side: Order
  readonly plan: SidePlan
  readonly entry: EntryPlan
  /** Decision row. */
  readonly i: number
  /** Minute that follows the decision. */
  readonly k: number
  readonly equity: number
  /** The open trade of this desk closes at the same open (stop and reverse). */
  readonly closing: boolean
}

export interface Sized {
  readonly steps: number
  readonly price: Price
  readonly reservePerStep: number
  readonly stop: StopRecipe
  readonly targets: readonly { readonly price: Price; readonly share: number }[]
  readonly trailBy: number
}

const refused = (reason: DropReason, node: string): Obstacle => ({ reason, node, detail: null })

/** Order price on its tick: limits in the trader's favour, stop entries to the nearest. NaN when unknown. */
const orderPrice = (desk: Desk, ask: Ask): Price => {
  const at = ask.entry.at?.[ask.i] ?? Number.NaN
  if (!(at > 0) || !Number.isFinite(at)) return toPrice(Number.NaN)
  return ask.entry.order === 'limit' ? roundLimit(desk.tick, at, ask.side) : nearest(desk.tick, at)
}

/** The stop as a recipe for the fill, and the level that `reference` would give. */
const stopFor = (desk: Desk, ask: Ask, reference: number): { recipe: StopRecipe; level: number } => {
  const { stop } = ask.plan
  const { i, side } = ask
  if (stop.kind === 'level') {
    const pad = stop.pad === null ? 0 : stop.pad[i]
    const price = nearest(desk.tick, stop.at[i] - side * pad)
    return { recipe: { kind: 'level', price }, level: price }
  }
  if (stop.kind === 'share')
    return {
      recipe: { kind: 'share', share: stop.share },
      level: nearest(desk.tick, reference * (1 - side * stop.share)),
    }
  return {
    recipe: { kind: 'distance', by: stop.by[i] },
    level: nearest(desk.tick, reference - side * stop.by[i]),
  }
}

/** Ticks from a to b in the trade's direction, at least one of which must lie between. */
const oneTickAhead = (desk: Desk, side: Order, [a, b]: readonly [number, number]): boolean =>
  side * (inUnits(desk.tick, b) - inUnits(desk.tick, a)) >= 1 - 1e-6

/** Levels and distances as of the decision. */
interface Terms {
  readonly stop: { readonly recipe: StopRecipe; readonly level: number }
  readonly targets: readonly { readonly path: string; readonly price: Price; readonly share: number }[]
  readonly trailBy: number
}

const termsFor = (desk: Desk, ask: Ask, reference: number): Terms => {
  const { plan, i } = ask
  const { trail } = plan
  return {
    stop: stopFor(desk, ask, reference),
    targets: plan.targets.map((target) => ({
      path: target.path,
      price: nearest(desk.tick, target.at[i]),
      share: target.close,
    })),
    trailBy: trail?.kind === 'distance' ? trail.by[i] : 0,
  }
}

/** S23: unknown first, then the stop's side, then the targets'. A level to trail to may be unknown: it is read anew. */
const wrongTerms = (desk: Desk, ask: Ask, at: { reference: number; terms: Terms }): Obstacle | null => {
  const { plan, side } = ask
  const { reference, terms } = at
  if (!Number.isFinite(terms.stop.level)) return refused('unknown', plan.stop.path)
  if (!Number.isFinite(terms.trailBy)) return refused('unknown', plan.trail?.path ?? plan.stop.path)
  for (const { price, path } of terms.targets) if (!Number.isFinite(price)) return refused('unknown', path)
  if (!oneTickAhead(desk, side, [terms.stop.level, reference])) return refused('stop_wrong_side', plan.stop.path)
  for (const { price, path } of terms.targets)
    if (!oneTickAhead(desk, side, [reference, price])) return refused('target_wrong_side', path)
  return null
}

/** Quantity before caps (S31). */
const wanted = (desk: Desk, equity: number, at: { reference: number; distance: number }): number => {
  const { size } = desk.seat.risk
  if ('risk' in size) return (size.risk * equity) / at.distance
  if ('notional' in size) return (size.notional * equity) / at.reference
  return size.quote / at.reference
}

/** S32: reduced to what margin and bracket allow, floored to the step, refused below the venue's minimum. */
export const capped = (
  desk: Desk,
  qty: number,
  at: { reference: number; k: number; closing: boolean },
): { steps: number; reservePerStep: number } | null => {
  const { settings } = desk.sim
  const { instrument, risk } = desk.seat
  const slip = slippageShare(settings.slippage)
  const perUnit = at.reference * ((1 + slip) / risk.leverage + 2 * settings.fees.taker)
  const free = availableAt(desk, at.k, { closing: at.closing, own: false })
  const held = desk.book.position
  const holds = held === null || at.closing ? 0 : held.qty * at.reference
  const most = Math.min(free / perUnit, (desk.maxNotional - holds) / at.reference)
  if (qty > most) desk.counts.capped += 1
  const steps = stepsIn(desk.step, Math.min(qty, most))
  const rounded = qtyOf(desk.step, steps)
  if (!(steps >= 1) || rounded < instrument.minQty || rounded * at.reference < instrument.minNotional) return null
  return { steps, reservePerStep: qtyOf(desk.step, 1) * perUnit }
}

/** Everything that the decision fixes for an entry, or why there is none. */
export const sizeEntry = (desk: Desk, ask: Ask): Sized | Obstacle => {
  const { entry, i } = ask
  const price = entry.order === 'market' ? toPrice(Number.NaN) : orderPrice(desk, ask)
  // A resting order is measured from its own price: that is where it will fill.
  const reference = entry.order === 'market' ? desk.seat.decision.close[i] : price
  if (!Number.isFinite(reference)) return refused('unknown', entry.path)
  const terms = termsFor(desk, ask, reference)
  const wrong = wrongTerms(desk, ask, { reference, terms })
  if (wrong !== null) return wrong
  const distance = Math.abs(reference - terms.stop.level)
  const qty = wanted(desk, ask.equity, { reference, distance })
  const sized = capped(desk, qty, { reference, k: ask.k, closing: ask.closing })
  if (sized === null) return refused('below_minimum', entry.path)
  const { steps, reservePerStep } = sized
  return { steps, price, reservePerStep, stop: terms.stop.recipe, targets: terms.targets, trailBy: terms.trailBy }
}

/** Size of a scale-in at market: the distance is to the stop in force (S30). */
export const sizeAdd = (desk: Desk, ask: Ask): { steps: number; reservePerStep: number } | Obstacle => {
  const held = desk.book.position
  const reference = desk.seat.decision.close[ask.i]
  if (held === null || !oneTickAhead(desk, ask.side, [held.stop, reference]))
    return refused('stop_wrong_side', ask.plan.stop.path)
  const qty = wanted(desk, ask.equity, { reference, distance: Math.abs(reference - held.stop) })
  const sized = capped(desk, qty, { reference, k: ask.k, closing: false })
  return sized ?? refused('below_minimum', ask.entry.path)
}
