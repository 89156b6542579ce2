// The bar loop: decisions, minutes, snapshots in time order over all seats, resumable at any minute (semantics.md S42).
import { getBit } from '../../kit/bits'
import { rowOf } from '../../kit/timeframe'
import { coast, loneDesk } from './coast'
import { decide, stepMemories } from './decide'
import { expire, loadMinute, type Moment, type Sim } from './desk'
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
const existing = (sim: Sim, k0: number, k1: number): number => {
  let count = k1 - k0
  for (let k = k0; k < k1; k++) {
    const word = sim.absent[k >>> 5]
    if (word === 0) k |= 31
    else count -= (word >>> (k & 31)) & 1
  }
  return count
}

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
    watchDay(desk, equity)
    const moment: Moment = { i, ms, k, equity }
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
  sim.clock.ms = sim.originMs + k * sim.stepMs
  for (const desk of sim.desks) loadMinute(desk, k)
  for (const desk of sim.desks) if (desk.minute.k === k) runMinute(desk)
  snapshot(sim, k)
}

/** First minute after now at which a decision or a sample is due. */
const wakeAt = (sim: Sim, nextDay: number, until: number): number => {
  let next = nextDay
  for (const desk of sim.desks) if (desk.nextDecisionMs < next) next = desk.nextDecisionMs
  return Math.min(until, Math.ceil((next - sim.originMs) / sim.stepMs))
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
    if (ms >= nextDay) nextDay = sampleDays(sim, ms, nextDay)
    decideAll(sim, ms, k)
    const wake = wakeAt(sim, nextDay, end)
    if (idle(sim)) {
      flatSnapshots(sim, existing(sim, k, wake), lastExisting(sim, k, wake))
      state.minute = wake
      continue
    }
    const next = lone === null ? k : coast(lone, k, wake)
    if (next === k) runMinutes(sim, k)
    state.minute = Math.max(next, k + 1)
  }
}
