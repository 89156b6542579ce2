// Entries inside a minute: at the open, and resting limits and stop entries on the path (semantics.md S7, S12, S20, S21).
import type { Price } from '../../kit/brand'
import { type Desk, drop } from './desk'
import { fillEntry } from './entry'
import { takerFill } from './fill'
import type { Pending } from './state'
import { ticksFrom } from './ticks'

const forget = (desk: Desk, pending: Pending, reason: 'position_changed' | 'post_only' | 'cancelled'): void => {
  desk.book.pending = null
  drop(desk, reason, { ms: desk.minute.ms, side: pending.side, setup: pending.setup })
}

/** A taker entry at `reference`; `limit` caps a marketable limit. What a thin minute leaves waits or is cancelled. */
const take = (desk: Desk, pending: Pending, ask: { reference: Price; limit?: Price }): boolean => {
  const fill = takerFill(desk, { order: pending.side, steps: pending.steps, ...ask })
  const { steps, price } = fill
  const filled = steps > 0 && fillEntry(desk, pending, { steps, price, reference: ask.reference, maker: false })
  const { slippage } = desk.sim.settings
  if (desk.book.pending === pending && slippage.model === 'volume_share' && slippage.rest === 'cancel') {
    if (pending.begun) desk.book.pending = null
    else forget(desk, pending, 'cancelled')
  }
  return filled
}

const rest = (desk: Desk, pending: Pending): boolean =>
  fillEntry(desk, pending, { steps: pending.steps, price: pending.price, reference: pending.price, maker: true })

/** S21: on touch a stop entry is a market order, and so is what a thin minute leaves of it. */
const trigger = (desk: Desk, pending: Pending, reference: Price): boolean => {
  pending.kind = 'market'
  pending.rested = true
  return take(desk, pending, { reference })
}

/** May the order act now? An opposite one waits for the exit that frees the desk, and is dropped when there is none. */
const free = (desk: Desk, pending: Pending): boolean => {
  const { position } = desk.book
  if (position === null || pending.add || pending.begun) return true
  if (position.exit === null) forget(desk, pending, 'position_changed')
  // It has met its minute: what it waits for is the desk, not the data, so its fill is not late.
  if (pending.kind === 'market') pending.rested = true
  return false
}

const marketAtOpen = (desk: Desk, pending: Pending): void => {
  const { minute } = desk
  if (!pending.rested && minute.ms >= pending.dueMs + desk.sim.stepMs) desk.counts.lateFills += 1
  pending.rested = true
  take(desk, pending, { reference: minute.open })
}

/** S20: marketable on arrival: taker. Resting, and the minute opens a tick beyond: maker at its own price. */
const limitAtOpen = (desk: Desk, pending: Pending): void => {
  const { minute } = desk
  const arriving = !pending.rested
  pending.rested = true
  if (arriving && pending.side * (pending.price - minute.open) >= 0) {
    if (pending.postOnly) forget(desk, pending, 'post_only')
    else take(desk, pending, { reference: minute.open, limit: pending.price })
    return
  }
  const beyond = ticksFrom(desk.tick, pending.price, -pending.side)
  if (!arriving && minute.volume > 0 && pending.side * (beyond - minute.open) >= 0) rest(desk, pending)
}

/** (2) The pending order meets the open, if it is due. */
export const enterAtOpen = (desk: Desk): void => {
  const { pending } = desk.book
  const { minute } = desk
  if (pending === null || pending.dueMs > minute.ms || !free(desk, pending)) return
  if (pending.kind === 'market') marketAtOpen(desk, pending)
  else if (pending.kind === 'limit') limitAtOpen(desk, pending)
  else if (pending.side * (minute.open - pending.price) >= 0) trigger(desk, pending, minute.open)
}

/** (4) Resting orders that the path reaches: what the new position sees of the minute, and the reference of its fill. */
export const enterOnPath = (desk: Desk): { seen: 'whole' | 'afterLimit'; reference: Price } | null => {
  const { pending, position } = desk.book
  const { minute } = desk
  if (pending === null || pending.kind === 'market' || pending.dueMs > minute.ms) return null
  if (position !== null && !pending.begun) return null
  const { price, side } = pending
  if (pending.kind === 'stop') {
    const touched = side * ((side === 1 ? minute.high : minute.low) - price) >= 0
    return touched && trigger(desk, pending, price) ? { seen: 'whole', reference: price } : null
  }
  const beyond = ticksFrom(desk.tick, price, -side)
  const reached = minute.volume > 0 && side * (beyond - (side === 1 ? minute.low : minute.high)) >= 0
  return reached && rest(desk, pending) ? { seen: 'afterLimit', reference: price } : null
}
