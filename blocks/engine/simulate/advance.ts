// The bar loop: decisions, minutes, snapshots in time order over all seats, resumable at any minute (semantics.md S42).

import { countBits, getBit } from '../../kit/bits'
import { toBarIndex, toTimeMs } from '../../kit/brand'
import { rowOf } from '../../kit/timeframe'
import { coast } from './coast'
import { decide, stepMemories } from './decide'
import { type Desk, expire, loadMinute, type Moment, type Sim, today } from './desk'
import { moveFork } from './fork'
import { callMs, catchUp, passFlat, settleMemory } from './leap'
import { watchDay } from './limits'
import { runMinute } from './minute'
import { flatSnapshots, snapshot } from './snapshot'
import { equityAt } from './wallet'

const dayMs = 86_400_000

const idle = (sim: Sim): boolean => {
  for (const { book } of sim.desks) if (book.position !== null || book.pending !== null) return false
  return true
}

/** Fill bars of [k0, k1) that exist for at least one seat. */
const existing = ({ absent }: Sim, k0: number, k1: number): number => k1 - k0 - countBits(absent, k0, k1)

/** The last fill bar of [k0, k1) that exists for at least one seat; k0 - 1 when there is none. */
const lastExisting = (sim: Sim, k0: number, k1: number): number => {
  let k = k1 - 1
  while (k >= k0 && getBit(sim.absent, k)) k -= 1
  return k
}

/** The first 00:00 UTC of the run that has no sample yet. */
const nextSample = ({ state, fromMs }: Sim): number => {
  const last = state.sampleMs.at(-1)
  return last === undefined ? Math.ceil(fromMs / dayMs) * dayMs : last + dayMs
}

/** Samples of every 00:00 up to `ms`: equity of the last existing minute before it (S44). */
const sampleDays = (sim: Sim, ms: number, next: number): number => {
  const { state } = sim
  let at = next
  for (; at <= ms; at += dayMs) {
    state.sampleMs.push(at)
    state.sampleEquity.push(state.equity)
    state.dayEquity = state.equity
  }
  return at
}

/** Orders end by the clock: those of all seats before any decision of this instant (S22, S42). */
const expireAll = (sim: Sim, ms: number): void => {
  for (const desk of sim.desks) expire(desk, ms)
}

/** Decisions of every desk whose bar closes at `ms`, the open of minute k. */
const decideAll = (sim: Sim, ms: number, k: number): void => {
  let equity: number | null = null
  for (const desk of sim.desks) {
    if (desk.nextDecisionMs > ms) continue
    if (equity === null) {
      equity = equityAt(sim, k)
      expireAll(sim, ms)
    }
    desk.nextDecisionMs = ms + desk.tfMs
    const { decision } = desk.seat
    const i = rowOf(desk.seat.tf, ms) - 1 - decision.row0
    if (i < 0 || i >= decision.rows) continue
    if (getBit(decision.hole, i)) {
      desk.counts.holes += 1
      stepMemories(desk, i)
      continue
    }
    if (getBit(decision.partial, i)) desk.counts.partialBars += 1
    today(desk, ms)
    watchDay(desk, equity)
    const moment: Moment = { i: toBarIndex(i), ms: toTimeMs(ms), k, equity }
    decide(desk, moment)
  }
}

/** The samples and decisions of the minute at which the simulation stands, and nothing of the minute itself. */
export const decideNow = (sim: Sim): void => {
  const k = sim.state.minute
  const ms = sim.originMs + k * sim.stepMs
  sampleDays(sim, ms, nextSample(sim))
  decideAll(sim, ms, k)
}

/** All desks load the minute before any runs it: cross margin looks at every symbol's worst price. */
const runMinutes = (sim: Sim, k: number): void => {
  if (getBit(sim.absent, k)) return
  sim.clock.k = k
  sim.clock.ms = toTimeMs(sim.originMs + k * sim.stepMs)
  for (const desk of sim.desks) loadMinute(desk, k)
  for (const desk of sim.desks) if (desk.minute.k === k) runMinute(desk)
  snapshot(sim, k)
}

/** First minute that opens at `ms` or after. */
const minuteAt = ({ originMs, stepMs }: Sim, ms: number): number => Math.ceil((ms - originMs) / stepMs)

/** First minute after k at which a decision that may do something, or a sample, is due: of a lone desk, or while all are flat. */
const wakeAt = (sim: Sim, nextDay: number, k: number): number => {
  if (sim.plain) return k + 1
  let next = nextDay
  for (const desk of sim.desks) next = Math.min(next, callMs(desk, k))
  return minuteAt(sim, next)
}

/** Runs minutes [state.minute, until). Any cut gives the same state, bit for bit. */
export const advance = (sim: Sim, until: number): void => {
  const { state } = sim
  const end = Math.min(until, sim.endMinute)
  let nextDay = nextSample(sim)
  const lone = loneDesk(sim)
  while (state.minute < end) {
    const k = state.minute
    const ms = sim.originMs + k * sim.stepMs
    catchUpAll(sim, ms)
    if (ms >= nextDay) {
      nextDay = sampleDays(sim, ms, nextDay)
      if (idle(sim)) moveFork(sim)
    }
    decideAll(sim, ms, k)
    if (idle(sim)) {
      const next =
        lone === null ? Math.min(end, wakeAt(sim, nextDay, k)) : passFlat(lone, Math.min(end, minuteAt(sim, nextDay)))
      flatSnapshots(sim, existing(sim, k, next), lastExisting(sim, k, next))
      state.minute = next
      continue
    }
    const next = lone === null ? k : coast(lone, k, Math.min(end, wakeAt(sim, nextDay, k)))
    if (next === k) runMinutes(sim, k)
    state.minute = Math.max(next, k + 1)
  }
  catchUpAll(sim, sim.originMs + state.minute * sim.stepMs)
  for (const desk of sim.desks) settleMemory(desk)
}

const catchUpAll = (sim: Sim, ms: number): void => {
  for (const desk of sim.desks) catchUp(desk, ms)
}

/** The only desk of a simulation that may leap and coast, where it has just one. */
const loneDesk = ({ desks, plain }: Sim): Desk | null => (desks.length === 1 && !plain ? desks[0] : null)
