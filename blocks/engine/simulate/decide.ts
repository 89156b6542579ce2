// A decision at the close of a bar: expiry, cancellation, exits, entries, in that order (semantics.md S13).
import { getBit } from '../../kit/bits'
import type { EntryPlan } from '../plan'
import type { FillReason } from '../trade'
import { type Desk, drop, type Moment, planOf, programOf, sideName, today } from './desk'
import { trailByDistance, trailToLevel } from './protect'
import { act, type Signal } from './send'
import type { Order, Pending, Position } from './state'
import { tradeValues } from './values'
import { isTrue } from './verdict'

const stepMemory = (desk: Desk, i: number, holder: Pending | Position | null): void => {
  if (holder === null || holder.memory === null) return
  const position = 'firstMs' in holder ? holder : null
  programOf(desk, holder.side)?.step(holder.memory, i, tradeValues(desk, position, i))
}

/** Trade memories count every bar; a hole decides nothing else. */
export const passHole = (desk: Desk, i: number): void => {
  stepMemory(desk, i, desk.book.position)
  if (desk.book.pending?.begun !== true) stepMemory(desk, i, desk.book.pending)
}

const reviewPending = (desk: Desk, at: Moment): void => {
  const { pending } = desk.book
  if (pending === null) return
  const signal = { ms: at.ms, side: pending.side, setup: pending.setup }
  if (at.ms >= pending.expireMs) {
    desk.book.pending = null
    drop(desk, 'expired', signal)
    return
  }
  if (pending.begun || pending.add) return
  stepMemory(desk, at.i, pending)
  for (const invalidation of planOf(desk, pending.side)?.invalidations ?? []) {
    if (invalidation.on === 'open') continue
    if (!isTrue(desk, invalidation, { i: at.i, side: pending.side, memory: pending.memory })) continue
    desk.book.pending = null
    drop(desk, 'cancelled', { ...signal, node: invalidation.path })
    return
  }
}

const timeIsUp = (desk: Desk, position: Position, at: Moment): boolean => {
  const after = planOf(desk, position.side)?.timeStop?.after
  if (after === undefined) return false
  return 'bars' in after ? at.i - position.firstRow + 1 >= after.bars : at.ms >= position.firstMs + after.ms
}

/** The exit that this decision calls for: invalidation before signal before time (S17). */
const exitCalled = (desk: Desk, position: Position, at: Moment): { reason: FillReason; node: string } | null => {
  const plan = planOf(desk, position.side)
  if (plan === null) return null
  const where = { i: at.i, side: position.side, memory: position.memory }
  for (const invalidation of plan.invalidations)
    if (invalidation.on !== 'pending' && isTrue(desk, invalidation, where))
      return { reason: 'invalidation', node: invalidation.path }
  for (const exit of plan.exitWhen) if (isTrue(desk, exit, where)) return { reason: 'signal', node: exit.path }
  if (plan.timeStop !== null && timeIsUp(desk, position, at)) return { reason: 'time', node: plan.timeStop.path }
  return null
}

/** Trailing that moves at decisions: levels, and distances with `update: decision`. */
const trailAtDecision = (desk: Desk, position: Position, i: number): void => {
  const trail = planOf(desk, position.side)?.trail ?? null
  if (trail === null) return
  if (trail.kind !== 'level') {
    if (trail.update === 'decision') trailByDistance(desk, position, trail)
    return
  }
  const program = programOf(desk, position.side)
  const level =
    'market' in trail.to
      ? trail.to.market[i]
      : position.memory !== null && program !== null
        ? program.number(position.memory, trail.to.trade)
        : Number.NaN
  const pad = trail.pad === null ? 0 : trail.pad[i]
  trailToLevel(desk, position, { plan: trail, level: level - position.side * pad })
}

/** True when an exit is decided at this very moment. */
const reviewPosition = (desk: Desk, at: Moment): boolean => {
  const { position } = desk.book
  if (position === null) return false
  stepMemory(desk, at.i, position)
  trailAtDecision(desk, position, at.i)
  const call = exitCalled(desk, position, at)
  if (call === null) return false
  if (position.exit === null) {
    position.exit = { reason: call.reason, dueMs: at.ms + desk.sim.settings.latency_ms }
    desk.sim.trace?.({
      ms: at.ms,
      play: desk.seat.play,
      instrument: desk.seat.instrument.id,
      did: 'exit',
      side: sideName(position.side),
      setup: position.setup,
      reason: call.reason,
      node: call.node,
    })
  }
  const { pending } = desk.book
  if (pending !== null && pending.side === position.side) {
    desk.book.pending = null
    drop(desk, 'position_changed', { ms: at.ms, side: pending.side, setup: pending.setup, node: call.node })
  }
  return true
}

const fires = (entry: EntryPlan, i: number): boolean =>
  getBit(entry.when.t, i) && (entry.whileTrue || (i > 0 && getBit(entry.when.f, i - 1)))

/** The first entry of a side that fires and that every filter lets through. */
const signalOf = (desk: Desk, side: Order, at: Moment): Signal | null => {
  const plan = planOf(desk, side)
  if (plan === null) return null
  const entry = plan.entries.find((candidate) => fires(candidate, at.i))
  if (entry === undefined) return null
  const closed = plan.filters.find((filter) => !getBit(filter.allow.t, at.i))
  if (closed === undefined) return { side, plan, entry }
  drop(desk, 'filtered', { ms: at.ms, side, setup: entry.path, node: closed.path })
  return null
}

/** One desk at one decision close that is not a hole. */
export const decide = (desk: Desk, at: Moment): void => {
  today(desk, at.ms)
  reviewPending(desk, at)
  const exits = reviewPosition(desk, at)
  const long = signalOf(desk, 1, at)
  const short = signalOf(desk, -1, at)
  if (long !== null && short !== null) {
    for (const signal of [long, short])
      drop(desk, 'conflict', { ms: at.ms, side: signal.side, setup: signal.entry.path })
    return
  }
  const signal = long ?? short
  if (signal !== null) act(desk, signal, { at, exits })
}
