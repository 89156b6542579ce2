// A decision at the close of a bar: expiry, cancellation, exits, entries, in that order (semantics.md S13).

import { getBit } from '../../kit/bits'
import { toPrice, toTimeMs } from '../../kit/brand'
import type { EntryPlan, Level, SidePlan } from '../plan'
import type { FillReason } from '../trade'
import { type Desk, drop, type Moment, planOf, programOf, sideName } from './desk'
import { followBest, trailByDistance, trailToLevel } from './protect'
import { act, type Signal } from './send'
import type { Order, Pending, Position } from './state'
import { tradeValues } from './values'
import { isTrue } from './verdict'

const stepMemory = (desk: Desk, i: number, holder: Pending | Position | null): void => {
  if (holder === null || holder.memory === null) return
  const position = 'firstMs' in holder ? holder : null
  programOf(desk, holder.side)?.step(holder.memory, i, tradeValues(desk, position, i))
}

/** Trade memories count every bar (S5): stepped at holes too, where nothing else happens. */
export const stepMemories = (desk: Desk, i: number): void => {
  const { position, pending } = desk.book
  stepMemory(desk, i, position)
  if (pending?.begun !== true) stepMemory(desk, i, pending)
}

const reviewPending = (desk: Desk, at: Moment): void => {
  const { pending } = desk.book
  if (pending === null) return
  for (const invalidation of planOf(desk, pending.side)?.invalidations ?? []) {
    if (invalidation.on === 'open') continue
    if (!isTrue(desk, invalidation, { i: at.i, side: pending.side, memory: pending.memory })) continue
    desk.book.pending = null
    if (pending.begun) return
    drop(desk, 'cancelled', { ms: at.ms, side: pending.side, setup: pending.setup, node: invalidation.path })
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

const levelAt = (desk: Desk, position: Position, at: { to: Level; i: number }): number => {
  if ('market' in at.to) return at.to.market[at.i]
  const program = programOf(desk, position.side)
  return position.memory === null || program === null ? Number.NaN : program.number(position.memory, at.to.trade)
}

/** Trailing that moves at decisions: levels, and distances with `update: decision`. */
const trailAtDecision = (desk: Desk, i: number): void => {
  const { position } = desk.book
  const trail = position === null ? null : (planOf(desk, position.side)?.trail ?? null)
  if (position === null || trail === null) return
  if (trail.update === 'decision') {
    followBest(desk, trail, trail.from === 'close' ? toPrice(desk.seat.decision.close[i]) : position.bestExtreme)
    trailByDistance(desk, position, trail)
  }
  if (trail.kind !== 'level') return
  const pad = trail.pad === null ? 0 : trail.pad[i]
  trailToLevel(desk, position, levelAt(desk, position, { to: trail.to, i }) - position.side * pad)
}

/** True when an exit is decided at this very moment; one that is on its way already was decided before. */
const reviewPosition = (desk: Desk, at: Moment): boolean => {
  const { position, pending } = desk.book
  if (position === null || position.exit !== null) return false
  const call = exitCalled(desk, position, at)
  if (call === null) return false
  position.exit = { reason: call.reason, dueMs: toTimeMs(at.ms + desk.sim.settings.latency_ms), tried: false }
  const { reason, node } = call
  const about = { ms: at.ms, side: position.side, setup: position.setup, node }
  desk.sim.trace?.({
    ...about,
    play: desk.seat.play,
    instrument: desk.seat.instrument.id,
    did: 'exit',
    side: sideName(position.side),
    reason,
  })
  // Nothing joins a trade that is being closed.
  if (pending !== null && pending.side === position.side) {
    desk.book.pending = null
    if (!pending.begun) drop(desk, 'position_changed', about)
  }
  return true
}

const fires = (entry: EntryPlan, i: number): boolean =>
  getBit(entry.when.t, i) && (entry.whileTrue || (i > 0 && getBit(entry.when.f, i - 1)))

/** A side's first entry that fires, or null: asked at every decision, so without a closure. */
const firingEntry = (plan: SidePlan, i: number): EntryPlan | null => {
  for (const entry of plan.entries) if (fires(entry, i)) return entry
  return null
}

/** The first entry of a side that fires and that every filter lets through. */
const signalOf = (desk: Desk, side: Order, at: Moment): Signal | null => {
  const plan = planOf(desk, side)
  const entry = plan === null ? null : firingEntry(plan, at.i)
  if (plan === null || entry === null) return null
  for (const filter of plan.filters) {
    if (getBit(filter.allow.t, at.i)) continue
    drop(desk, 'filtered', { ms: at.ms, side, setup: entry.path, node: filter.path })
    return null
  }
  return { side, plan, entry }
}

/** One desk at one decision close that is not a hole. */
export const decide = (desk: Desk, at: Moment): void => {
  stepMemories(desk, at.i)
  reviewPending(desk, at)
  const exits = reviewPosition(desk, at)
  trailAtDecision(desk, at.i)
  const long = signalOf(desk, 1, at)
  const short = signalOf(desk, -1, at)
  const signal = long ?? short
  if (long !== null && short !== null)
    drop(desk, 'conflict', { ms: at.ms, side: 1, setup: long.entry.path, node: short.entry.path })
  else if (signal !== null) act(desk, signal, { at, exits })
}
