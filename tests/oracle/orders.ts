// From a signal to an order: prices as of T (S23), size (S31), caps and minimums (S32).
import type { EntryPlan, SidePlan } from '../../blocks/engine/plan'
import type { DropReason } from '../../blocks/engine/trade'
import { tfMs } from '../../blocks/kit/timeframe'
import { availableAt, expectedSlip, postedMargin } from './money'
import {
  closeBefore,
  type Desk,
  type Order,
  type Position,
  qty,
  type Run,
  type Sign,
  type Terms,
  unrealisedAt,
} from './state'
import { down, nearest, stepsOf, up } from './ticks'

interface Wish {
  readonly ms: number
  readonly i: number
  readonly equity: number
  readonly s: Sign
  readonly plan: SidePlan
  readonly setup: EntryPlan
  readonly memory: object | null
  readonly adding: boolean
}

/** Price of the order: limit buys down, limit sells up, stop entries to the nearest tick (S24). */
const orderPrice = (desk: Desk, { i, s, setup }: Wish): number => {
  const raw = setup.at?.[i] ?? Number.NaN
  if (!Number.isFinite(raw)) return Number.NaN
  const { tick } = desk.seat.instrument
  if (setup.order === 'stop') return nearest(raw, tick)
  return s === 1 ? down(raw, tick) : up(raw, tick)
}

const orNaN = (column: Float64Array | null | undefined, i: number): number => column?.[i] ?? Number.NaN

/** Distances and levels as of T. */
const termsOf = (desk: Desk, { i, s, plan }: Wish): Terms => {
  const { tick } = desk.seat.instrument
  const round = (price: number): number => (Number.isFinite(price) ? nearest(price, tick) : Number.NaN)
  const { stop, trail } = plan
  const pad = stop.kind === 'level' && stop.pad !== null ? orNaN(stop.pad, i) : 0
  return {
    stopLevel: stop.kind === 'level' ? round(orNaN(stop.at, i) - s * pad) : null,
    stopBy: stop.kind === 'distance' ? orNaN(stop.by, i) : 0,
    trailBy: trail?.kind === 'distance' ? orNaN(trail.by, i) : 0,
    targets: plan.targets.map((target) => round(orNaN(target.at, i))),
  }
}

/** The stop that this reference would give. */
const stopAt = (desk: Desk, { s, plan }: Wish, [reference, terms]: readonly [number, Terms]): number => {
  const { tick } = desk.seat.instrument
  if (terms.stopLevel !== null) return terms.stopLevel
  if (plan.stop.kind === 'share') return nearest(reference * (1 - s * plan.stop.share), tick)
  return nearest(reference - s * terms.stopBy, tick)
}

/** S23: unknown first, then the stop's side, then the targets'. */
const wrongPrices = (desk: Desk, wish: Wish, [reference, terms]: readonly [number, Terms]): DropReason | null => {
  const known = [reference, terms.stopLevel ?? 0, terms.stopBy, terms.trailBy, ...terms.targets]
  if (!known.every(Number.isFinite)) return 'unknown'
  const { tick } = desk.seat.instrument
  const ahead = (price: number): number => wish.s * (stepsOf(price, tick) - stepsOf(reference, tick))
  if (ahead(stopAt(desk, wish, [reference, terms])) > -1) return 'stop_wrong_side'
  if (terms.targets.some((price) => ahead(price) < 1)) return 'target_wrong_side'
  return null
}

/** S31. */
const wantedQty = (desk: Desk, { equity }: Wish, [reference, distance]: readonly [number, number]): number => {
  const { size } = desk.seat.risk
  if ('risk' in size) return (size.risk * equity) / distance
  return ('notional' in size ? size.notional * equity : size.quote) / reference
}

/** Notional that the brackets allow at this leverage; what is held counts. */
const mostQty = (desk: Desk, reference: number): number => {
  const { brackets } = desk.seat.instrument
  if (brackets.length === 0) return Number.POSITIVE_INFINITY
  const caps = brackets.filter((b) => b.maxLeverage >= desk.seat.risk.leverage).map((b) => b.cap)
  return Math.max(0, ...caps) / reference
}

/** S32: quantity in steps, or the refusal. */
const sized = (run: Run, desk: Desk, order: { wish: Wish; reference: number; distance: number; perUnit: number }) => {
  const { wish, reference, distance, perUnit } = order
  const { step, minQty, minNotional } = desk.seat.instrument
  const p = desk.position
  // S32: what closing the open trade at the same open sets free, its margin and its result so far.
  const result =
    p === null || run.input.settings.margin === 'cross' ? 0 : unrealisedAt(desk, closeBefore(desk, wish.ms))
  const released = p !== null && !wish.adding ? postedMargin(run, desk) + result : 0
  const available = availableAt(run, desk, wish.ms) + released
  const room = mostQty(desk, reference) - (p !== null && wish.adding ? qty(desk, p.n) : 0)
  const wanted = wantedQty(desk, wish, [reference, distance])
  let allowed = wanted
  if (allowed * perUnit > available) allowed = available / perUnit
  if (allowed > room) allowed = room
  if (allowed < wanted) run.capped[desk.seat.play] = (run.capped[desk.seat.play] ?? 0) + 1
  const n = Math.floor(allowed / Number(step) + 1e-9)
  if (!(n > 0) || qty(desk, n) < minQty || qty(desk, n) * reference < minNotional) return null
  return n
}

const endOf = (desk: Desk, { ms, setup }: Wish, kind: Order['kind']): number => {
  const bar = tfMs[desk.seat.tf]
  // S7: a market entry later than T + one decision bar expires; the minute T + bar itself still counts.
  if (kind === 'market') return ms + bar + 1
  return ms + ('bars' in setup.expires ? setup.expires.bars * bar : setup.expires.ms)
}

interface Prices {
  readonly reference: number
  readonly terms: Terms
  readonly stop: number
}

/** S30: an add keeps the terms and the stop of its trade. */
const pricesOfAdd = (desk: Desk, { i, s }: Wish, p: Position): DropReason | Prices => {
  const reference = desk.seat.decision.close[i] ?? Number.NaN
  const { tick } = desk.seat.instrument
  if (s * (stepsOf(reference, tick) - stepsOf(p.stop, tick)) < 1) return 'stop_wrong_side'
  return { reference, terms: p.order.terms, stop: p.stop }
}

/** S31: the reference is the close of the decision bar; for a resting order its own price, where it will fill. */
const pricesOfEntry = (desk: Desk, wish: Wish, price: number | null): DropReason | Prices => {
  if (price !== null && Number.isNaN(price)) return 'unknown'
  const reference = price ?? desk.seat.decision.close[wish.i] ?? Number.NaN
  const terms = termsOf(desk, wish)
  const wrong = wrongPrices(desk, wish, [reference, terms])
  return wrong ?? { reference, terms, stop: stopAt(desk, wish, [reference, terms]) }
}

/** The order of a signal, or the reason why there is none. An add is always a market order (S30). */
export const makeOrder = (run: Run, desk: Desk, wish: Wish): DropReason | Order => {
  const { ms, s, setup, adding } = wish
  const p = adding ? desk.position : null
  const kind = adding ? 'market' : setup.order
  const price = kind === 'market' ? null : orderPrice(desk, wish)
  const prices = p === null ? pricesOfEntry(desk, wish, price) : pricesOfAdd(desk, wish, p)
  if (typeof prices === 'string') return prices
  const { reference, terms, stop } = prices
  const { latency_ms, fees } = run.input.settings
  const perUnit = reference * ((1 + expectedSlip(run)) / desk.seat.risk.leverage + 2 * fees.taker)
  const n = sized(run, desk, { wish, reference, distance: Math.abs(reference - stop), perUnit })
  if (n === null) return 'below_minimum'
  return {
    s,
    setup: setup.path,
    kind,
    price,
    n,
    sentMs: ms,
    dueMs: ms + latency_ms,
    endMs: endOf(desk, wish, kind),
    endReason: kind === 'market' ? 'data_gap' : 'expired',
    postOnly: setup.postOnly && kind === 'limit',
    terms,
    add: adding,
    memory: wish.memory,
    reservePerStep: perUnit * Number(desk.seat.instrument.step),
    arrived: false,
    filledN: 0,
  }
}
