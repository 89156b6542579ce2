// The decisions at which something may happen, a bit a decision row, so that the loop can leap over all others.
import { wordsFor } from '../../kit/bits'
import type { EntryPlan, ExitPlan, Seat, SidePlan } from '../plan'
import type { Order } from './state'

export interface Calls {
  /** An entry fires, on either side. */
  readonly flat: Uint32Array
  /** The same, or an exit or invalidation of the market is true for a trade of this side. */
  readonly long: Uint32Array
  readonly short: Uint32Array
}

/** Rows at which the entry fires: on the rise of `when`, or while it is true (S4). Nothing rises on row 0. */
const addFires = (into: Uint32Array, { when, whileTrue }: EntryPlan): void => {
  const { t, f } = when
  let before = 0
  for (let w = 0; w < into.length; w++) {
    into[w] |= whileTrue ? t[w] : t[w] & ((f[w] << 1) | before)
    before = f[w] >>> 31
  }
}

const withExits = (fires: Uint32Array, plan: SidePlan | null): Uint32Array => {
  if (plan === null) return fires
  const all = Uint32Array.from(fires)
  for (const { when } of [...plan.invalidations, ...plan.exitWhen])
    if ('market' in when) for (let w = 0; w < all.length; w++) all[w] |= when.market.t[w]
  return all
}

export const callsOf = ({ long, short, decision }: Seat): Calls => {
  const flat = new Uint32Array(wordsFor(decision.rows))
  for (const plan of [long, short]) for (const entry of plan?.entries ?? []) addFires(flat, entry)
  return { flat, long: withExits(flat, long), short: withExits(flat, short) }
}

/** Whether what vetoes an entry of this side is known of the market, without beginning a trade. */
export const canForesee = (seat: Seat, side: Order): boolean => {
  const plan = side === 1 ? seat.long : seat.short
  const known = ({ when }: ExitPlan): boolean => 'market' in when || (when.atEntry ?? null) !== null
  return plan !== null && [...plan.invalidations, ...plan.exitWhen].every(known)
}

/** Whether decisions with a trade of this side can be leapt over: none of them moves its stop, and its program looks ahead. */
export const canLeap = (seat: Seat, side: Order): boolean => {
  const plan = side === 1 ? seat.long : seat.short
  const program = side === 1 ? seat.programs.long : seat.programs.short
  if (plan === null) return false
  const { trail } = plan
  const still = trail === null || (trail.kind !== 'level' && trail.update === 'fill')
  return still && (program === null || program.ahead !== null)
}
