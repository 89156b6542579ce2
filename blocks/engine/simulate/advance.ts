// The bar loop: decisions, minutes, snapshots in time order over all seats, resumable at any minute (semantics.md S42).
import { getBit } from '../../kit/bits'
import { closeMsOf, rowOf, type Timeframe } from '../../kit/timeframe'
import { decide, passHole } from './decide'
import { loadMinute, type Moment, type Sim } from './desk'
import { watchDay } from './limits'
import { runMinute } from './minute'
import { flatSnapshots, snapshot } from './snapshot'
import { equityAt } from './wallet'

const dayMs = 86_400_000

/** Close of the decision bar that is open at `ms`: the next decision strictly after it. */
const nextClose = (tf: Timeframe, ms: number): number => closeMsOf(tf, rowOf(tf, ms))

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

/** The sample of a 00:00 UTC: equity of the last existing minute before it (S44). */
const sampleDay = (sim: Sim, ms: number): void => {
  const { state } = sim
  state.sampleMs.push(ms)
  state.sampleEquity.push(state.equity)
  state.dayEquity = state.equity
}

/** Decisions of every desk whose bar closes at `ms`, the open of minute k. */
export const decideAll = (sim: Sim, ms: number, k: number): void => {
  let equity: number | null = null
  for (const desk of sim.desks) {
    if (nextClose(desk.seat.tf, ms - 1) !== ms) continue
    const { decision } = desk.seat
    const i = rowOf(desk.seat.tf, ms) - 1 - decision.row0
    if (i < 0 || i >= decision.rows) continue
    if (getBit(decision.hole, i)) {
      desk.counts.holes += 1
      passHole(desk, i)
      continue
    }
    if (getBit(decision.partial, i)) desk.counts.partialBars += 1
    equity ??= equityAt(sim, k)
    watchDay(desk, equity)
    const moment: Moment = { i, ms, k, equity }
    decide(desk, moment)
  }
}

/** All desks load the minute before any runs it: cross margin looks at every symbol's worst price. */
const runMinutes = (sim: Sim, k: number): void => {
  if (getBit(sim.absent, k)) return
  for (const desk of sim.desks) loadMinute(desk, k)
  for (const desk of sim.desks) if (desk.minute.k === k) runMinute(desk)
  snapshot(sim, k)
}

/** First minute after k at which an idle wallet has anything to do. */
const wakeAt = (sim: Sim, ms: number, until: number): number => {
  let next = (Math.floor(ms / dayMs) + 1) * dayMs
  for (const desk of sim.desks) next = Math.min(next, nextClose(desk.seat.tf, ms))
  return Math.min(until, Math.ceil((next - sim.originMs) / sim.stepMs))
}

/** Runs minutes [state.minute, until). Any cut gives the same state, bit for bit. */
export const advance = (sim: Sim, until: number): void => {
  const { state } = sim
  const end = Math.min(until, sim.endMinute)
  while (state.minute < end) {
    const k = state.minute
    const ms = sim.originMs + k * sim.stepMs
    if (ms % dayMs === 0) sampleDay(sim, ms)
    decideAll(sim, ms, k)
    if (idle(sim)) {
      const next = wakeAt(sim, ms, end)
      flatSnapshots(sim, existing(sim, k, next), next - 1)
      state.minute = next
    } else {
      runMinutes(sim, k)
      state.minute = k + 1
    }
  }
}
