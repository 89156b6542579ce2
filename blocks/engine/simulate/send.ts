// Sending an entry: veto, limits, size, and the pending order that comes of it (semantics.md S13, S30-S32, S41).

import { getBit } from '../../kit/bits'
import { toPrice, toTimeMs } from '../../kit/brand'
import type { Lifetime } from '../../kit/param'
import type { EntryPlan, ExitPlan, SidePlan } from '../plan'
import type { DropReason } from '../trade'
import { type Desk, drop, type Moment, type Obstacle, programOf, sideName } from './desk'
import { blockedBy } from './limits'
import { gainPrice } from './protect'
import { type Ask, type Sized, sizeAdd, sizeEntry } from './size'
import type { Order, Position } from './state'
import { tradeValues } from './values'
import { isTrue } from './verdict'

/** An entry that fired and that every filter let through. */
export interface Signal {
  readonly side: Order
  readonly plan: SidePlan
  readonly entry: EntryPlan
}

const lifeMs = (desk: Desk, life: Lifetime): number => ('bars' in life ? life.bars * desk.tfMs : life.ms)

/** Path of an exit or invalidation of the same side that is true right now. */
const vetoOf = (desk: Desk, signal: Signal, at: { i: number; memory: object | null }): string | null => {
  const where = { i: at.i, side: signal.side, memory: at.memory }
  for (const exit of signal.plan.invalidations) if (isTrue(desk, exit, where)) return exit.path
  for (const exit of signal.plan.exitWhen) if (isTrue(desk, exit, where)) return exit.path
  return null
}

const foreseen = ({ when }: ExitPlan, i: number): boolean => {
  const bits = 'market' in when ? when.market : when.atEntry
  return bits !== undefined && bits !== null && getBit(bits.t, i)
}

/** The same for a trade that has not begun, from the market alone. */
const foreseenVeto = ({ plan }: Signal, i: number): string | null => {
  for (const exit of plan.invalidations) if (foreseen(exit, i)) return exit.path
  for (const exit of plan.exitWhen) if (foreseen(exit, i)) return exit.path
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
  if (order.memory !== null) desk.untaken[sideName(side)] = null
  desk.book.pending = {
    side,
    setup: entry.path,
    kind,
    add: order.add,
    sentMs: at.ms,
    dueMs: toTimeMs(at.ms + desk.sim.settings.latency_ms),
    // A market entry may meet its minute as late as one decision bar on, not later (S7).
    expireMs: toTimeMs(at.ms + (kind === 'market' ? desk.tfMs + 1 : lifeMs(desk, entry.expires))),
    endReason: kind === 'market' ? 'data_gap' : 'expired',
    price: sized.price,
    steps: sized.steps,
    reservePerStep: sized.reservePerStep,
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
  const { state } = desk.sim
  if (refused === 'below_minimum') state.sizeRefusals += 1
  else if (refused === null) state.sizeRefusals = 0
  if (state.sizeRefusals >= 5) state.ruined = true
}

const obstacle = (reason: DropReason): Obstacle => ({ reason, node: null, detail: null })

const askOf = ({ side, plan, entry }: Signal, { i, k, equity }: Moment, closing: boolean): Ask => ({
  side,
  plan,
  entry,
  i,
  k,
  equity,
  closing,
})

/** Whether a scale-in may be sized: what the risk section allows, and how far the trade has come (S30). */
const addObstacle = (desk: Desk, position: Position, at: Moment): Obstacle | null => {
  const { scaleIn } = desk.seat.risk
  if (scaleIn === null || position.exit !== null) return obstacle('in_trade')
  if (position.adds >= scaleIn.adds) return obstacle('adds_spent')
  const enough = position.side * (desk.seat.decision.close[at.i] - gainPrice(desk, position, scaleIn.from)) >= 0
  return enough ? null : obstacle('in_trade')
}

const add = (desk: Desk, signal: Signal, option: { at: Moment; position: Position }): Obstacle | null => {
  const { at, position } = option
  const refused = addObstacle(desk, position, at)
  if (refused !== null) return refused
  const sized = sizeAdd(desk, askOf(signal, at, false))
  noteSize(desk, 'reason' in sized ? sized.reason : null)
  if ('reason' in sized) return sized
  const stop = { kind: 'level' as const, price: position.stop }
  const { steps, reservePerStep } = sized
  const order: Sized = { steps, price: toPrice(Number.NaN), reservePerStep, stop, targets: [], trailBy: Number.NaN }
  send(desk, signal, { at, sized: order, add: true, memory: null })
  return null
}

const enter = (
  desk: Desk,
  signal: Signal,
  option: { at: Moment; closing: boolean; memory: object | null },
): Obstacle | null => {
  const { at, closing } = option
  const sized = sizeEntry(desk, askOf(signal, at, closing))
  noteSize(desk, 'reason' in sized ? sized.reason : null)
  if ('reason' in sized) return sized
  send(desk, signal, { at, sized, add: false, memory: option.memory ?? freshMemory(desk, signal.side, at.i) })
  return null
}

/** A memory for the trade that this decision may begin: at_entry is known from here on (S29). */
const freshMemory = (desk: Desk, side: Order, i: number): object | null => {
  const program = programOf(desk, side)
  if (program === null) return null
  const name = sideName(side)
  const memory = program.begin(desk.untaken[name] ?? undefined)
  desk.untaken[name] = memory
  program.step(memory, i, tradeValues(desk, null, i))
  return memory
}

/** Veto, ruin, cool-down, limits, pending order, open trade, size: the first that stands in the way (S4). */
const obstacleTo = (desk: Desk, signal: Signal, option: { at: Moment; exits: boolean }): Obstacle | null => {
  const { position, pending } = desk.book
  const { at } = option
  const adds = position !== null && position.side === signal.side
  const foresees = !adds && (signal.side === 1 ? desk.foresees.long : desk.foresees.short)
  const memory = adds ? position.memory : foresees ? null : freshMemory(desk, signal.side, at.i)
  const veto = foresees ? foreseenVeto(signal, at.i) : vetoOf(desk, signal, { i: at.i, memory })
  if (veto !== null) return { reason: 'vetoed', node: veto, detail: null }
  const blocked = blockedBy(desk, at, adds)
  if (blocked !== null) return blocked
  if (pending !== null) return obstacle('ignored_pending')
  if (adds) return add(desk, signal, { at, position })
  if (position !== null && !option.exits) return obstacle('in_trade')
  return enter(desk, signal, { at, closing: position !== null, memory })
}

/** Sends the signal's order, or counts why not. `exits`: an exit of the open trade is decided at this moment. */
export const act = (desk: Desk, signal: Signal, option: { at: Moment; exits: boolean }): void => {
  const refused = obstacleTo(desk, signal, option)
  if (refused === null) return
  const { reason, node, detail } = refused
  drop(desk, reason, { ms: option.at.ms, side: signal.side, setup: signal.entry.path, node, detail })
}
