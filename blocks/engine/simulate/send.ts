// Sending an entry: veto, limits, size, and the pending order that comes of it (semantics.md S13, S30-S32, S41).
import type { Lifetime } from '../../kit/param'
import type { EntryPlan, SidePlan } from '../plan'
import type { DropReason } from '../trade'
import { type Desk, drop, type Moment, programOf, sideName } from './desk'
import { blockedBy } from './limits'
import { type Sized, sizeAdd, sizeEntry } from './size'
import type { Order } from './state'
import { tradeValues } from './values'
import { isTrue } from './verdict'

/** An entry that fired and that every filter let through. */
export interface Signal {
  readonly side: Order
  readonly plan: SidePlan
  readonly entry: EntryPlan
}

/** Why a signal came to nothing, and which node said so. */
interface Obstacle {
  readonly reason: DropReason
  readonly node?: string
  readonly detail?: string
}

const lifeMs = (desk: Desk, life: Lifetime): number => ('bars' in life ? life.bars * desk.tfMs : life.ms)

/** Path of an exit or invalidation of the same side that is true right now. */
const vetoOf = (desk: Desk, signal: Signal, at: { i: number; memory: object | null }): string | null => {
  const where = { i: at.i, side: signal.side, memory: at.memory }
  for (const exit of [...signal.plan.invalidations, ...signal.plan.exitWhen])
    if (isTrue(desk, exit, where)) return exit.path
  return null
}

const send = (
  desk: Desk,
  signal: Signal,
  order: { at: Moment; sized: Sized; add: boolean; memory: object | null },
): void => {
  const { at, sized } = order
  const { entry, side } = signal
  const kind = order.add ? 'market' : entry.order
  desk.book.pending = {
    side,
    setup: entry.path,
    kind,
    add: order.add,
    sentMs: at.ms,
    dueMs: at.ms + desk.sim.settings.latency_ms,
    expireMs: kind === 'market' ? Number.POSITIVE_INFINITY : at.ms + lifeMs(desk, entry.expires),
    price: sized.price,
    steps: sized.steps,
    reserveUsdt: sized.reserveUsdt,
    stop: sized.stop,
    targets: sized.targets,
    trailBy: sized.trailBy,
    postOnly: entry.postOnly,
    rested: false,
    begun: false,
    memory: order.memory,
  }
  desk.sim.trace?.({
    ms: at.ms,
    play: desk.seat.play,
    instrument: desk.seat.instrument.id,
    did: order.add ? 'add' : 'entry',
    side: sideName(side),
    setup: entry.path,
    reason: null,
    node: entry.path,
  })
}

/** S41: sizes refused five times in a row ruin the run. */
const noteSize = (desk: Desk, refused: DropReason | null): void => {
  if (refused === 'below_minimum') desk.day.sizeRefusals += 1
  else if (refused === null) desk.day.sizeRefusals = 0
  if (desk.day.sizeRefusals >= 5) desk.sim.state.ruined = true
}

/** A signal of the side that is already held: a scale-in, where the risk section allows one (S30). */
const add = (desk: Desk, signal: Signal, at: Moment): Obstacle | null => {
  const { position, pending } = desk.book
  const { scaleIn } = desk.seat.risk
  if (position === null || scaleIn === null || position.exit !== null) return { reason: 'in_trade' }
  const from = 'r' in scaleIn.from ? scaleIn.from.r * position.risk : scaleIn.from.share * position.average
  const gained = position.side * (desk.seat.decision.close[at.i] - position.average)
  if (gained < from) return { reason: 'in_trade' }
  if (position.adds >= scaleIn.adds) return { reason: 'adds_spent' }
  if (pending !== null) return { reason: 'ignored_pending' }
  const blocked = blockedBy(desk, at, { add: true })
  if (blocked !== null) return blocked
  const sized = sizeAdd(desk, { ...signal, i: at.i, k: at.k, equity: at.equity, closing: false })
  noteSize(desk, 'reason' in sized ? sized.reason : null)
  if ('reason' in sized) return sized
  const stop = { kind: 'level' as const, price: position.stop }
  const order: Sized = { ...sized, price: Number.NaN, stop, targets: [], trailBy: Number.NaN }
  send(desk, signal, { at, sized: order, add: true, memory: null })
  return null
}

const enter = (desk: Desk, signal: Signal, option: { at: Moment; closing: boolean }): Obstacle | null => {
  const { at } = option
  if (desk.book.pending !== null) return { reason: 'ignored_pending' }
  const program = programOf(desk, signal.side)
  const memory = program?.begin() ?? null
  if (memory !== null) program?.step(memory, at.i, tradeValues(desk, null, at.i))
  const veto = vetoOf(desk, signal, { i: at.i, memory })
  if (veto !== null) return { reason: 'vetoed', node: veto }
  const blocked = blockedBy(desk, at, { add: false })
  if (blocked !== null) return blocked
  const sized = sizeEntry(desk, { ...signal, i: at.i, k: at.k, equity: at.equity, closing: option.closing })
  noteSize(desk, 'reason' in sized ? sized.reason : null)
  if ('reason' in sized) return sized
  send(desk, signal, { at, sized, add: false, memory })
  return null
}

/** Sends the signal's order, or counts why not. `exits`: an exit of the open trade is decided at this moment. */
export const act = (desk: Desk, signal: Signal, option: { at: Moment; exits: boolean }): void => {
  const { position } = desk.book
  const { at } = option
  let obstacle: Obstacle | null
  if (position === null) obstacle = enter(desk, signal, { at, closing: false })
  else if (position.side === signal.side) obstacle = add(desk, signal, at)
  else obstacle = option.exits ? enter(desk, signal, { at, closing: true }) : { reason: 'in_trade' }
  if (obstacle !== null)
    drop(desk, obstacle.reason, { ms: at.ms, side: signal.side, setup: signal.entry.path, ...obstacle })
}
