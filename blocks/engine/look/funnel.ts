// How many bars each step on the way to an entry let through, for every setup of a run (semantics.md S4, S13).
import { type Bits, clearBit, countBits, getBit, setRows, wordsFor } from '../../kit/bits'
import { closeMsOf, rowOf } from '../../kit/timeframe'
import { warmUps } from '../findings'
import type { EntryPlan } from '../plan'
import type { PreparedSeat } from '../seats'
import type { Side } from '../trade'
import { type Step, type Way, waysOf } from './lines'
import type { RunLook } from './look'

export interface FunnelStep {
  /** Path of a node, or one of `all`, `warm`, `flat`, `rise`, `limits`, `orders`. */
  readonly step: string
  /** Bars that are still in after it. */
  readonly left: number
  readonly stopped: number
  /** Bars that it alone stopped, of those that are there up to the conditions; null behind them. */
  readonly onlyIt: number | null
}

export interface Funnel {
  readonly side: Side
  readonly setup: string
  readonly steps: readonly FunnelStep[]
}

/** [from, to), Unix ms. */
interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/** Decision rows [i0, i1) that close in [from, to). */
interface Rows {
  readonly i0: number
  readonly i1: number
}

const rowsOf = ({ seat }: PreparedSeat, { fromMs, toMs }: Stretch): Rows => {
  const { tf, row0, rows } = seat.decision
  const closedBy = (ms: number): number => Math.min(rows, Math.max(0, rowOf(tf, ms - 1) - row0))
  return { i0: closedBy(fromMs), i1: closedBy(toMs) }
}

const and = (a: Uint32Array, b: Uint32Array): Uint32Array => a.map((word, w) => word & b[w])

const reached = ({ seat }: PreparedSeat, ms: number): number => rowOf(seat.tf, ms) - 1 - seat.decision.row0

/** Rows at which a trade was open, but for those that decided its exit: an entry may go with it (S13). */
const heldRows = (look: RunLook, place: number): Uint32Array => {
  const prepared = look.seats[place]
  const { seat } = prepared
  const { rows } = seat.decision
  const held = new Uint32Array(wordsFor(rows))
  for (const { play, instrument, entryMs, exitMs } of look.trades) {
    if (play !== seat.play || instrument !== seat.instrument.id) continue
    const last = exitMs === null ? rows - 1 : reached(prepared, exitMs)
    setRows(held, Math.max(0, reached(prepared, entryMs) + 1), Math.min(rows, last + 1))
  }
  const { fromMs, toMs } = look.range
  for (const { did, ms } of look.records(place, fromMs, toMs)) {
    const row = reached(prepared, ms)
    if (did === 'exit' && row >= 0 && row < rows) clearBit(held, row)
  }
  return held
}

const bitsOf = ({ evaluated }: PreparedSeat, { wire }: Step): Bits => {
  const column = evaluated.onDecision(wire.node, wire.output)
  if (column instanceof Float64Array || !('t' in column)) throw new Error('a condition without verdicts')
  return column
}

/** From the bar on which all that the setup stands on has been known once; what is known before counts as well. */
const warmRows = (prepared: PreparedSeat, way: Way, entry: EntryPlan): Uint32Array => {
  const { rows } = prepared.seat.decision
  const ready = warmUps(prepared)
  const ms = Math.max(ready[way.place], ...way.filters.map(({ wire }) => ready[wire.node]))
  const warm = new Uint32Array(wordsFor(rows))
  if (Number.isFinite(ms)) setRows(warm, Math.max(0, reached(prepared, ms)), rows)
  else if (ms < 0) setRows(warm, 0, rows)
  return warm.map((word, w) => word | entry.when.t[w])
}

/** Rows at which the entry fires (S4). */
const risen = ({ when, whileTrue }: EntryPlan): Uint32Array => {
  if (whileTrue) return when.t
  let before = 0
  return when.t.map((word, w) => {
    const rise = word & ((when.f[w] << 1) | before)
    before = when.f[w] >>> 31
    return rise
  })
}

/** A setup whose size or prices were refused had passed all limits. */
const ofTheOrder = ['unknown', 'stop_wrong_side', 'target_wrong_side', 'below_minimum']

/** Rows at which the setup got past the limits, and those at which its order was sent. */
const sentRows = (look: RunLook, place: number, way: Way): { allowed: Uint32Array; sent: Uint32Array } => {
  const prepared = look.seats[place]
  const { rows } = prepared.seat.decision
  const allowed = new Uint32Array(wordsFor(rows))
  const sent = new Uint32Array(wordsFor(rows))
  const { fromMs, toMs } = look.range
  for (const { ms, did, side, setup, reason } of look.records(place, fromMs, toMs)) {
    const row = reached(prepared, ms)
    if (side !== way.side || setup !== way.setup || row < 0 || row >= rows) continue
    if (did === 'entry') setRows(sent, row, row + 1)
    if (did === 'entry' || (did === 'refused' && ofTheOrder.includes(reason ?? ''))) setRows(allowed, row, row + 1)
  }
  return { allowed, sent }
}

interface Sieve {
  readonly step: string
  readonly bits: Uint32Array
}

const entryOf = ({ seat }: PreparedSeat, way: Way): EntryPlan => {
  const plan = way.side === 'long' ? seat.long : seat.short
  const entry = plan?.entries.find(({ path }) => path === way.setup)
  if (entry === undefined) throw new Error(`${way.setup} is no entry of this run`)
  return entry
}

/** Bars that may decide anything: all of them, warm, and no trade open. */
const groundOf = (look: RunLook, place: number, way: Way): Sieve[] => {
  const prepared = look.seats[place]
  return [
    { step: 'all', bits: prepared.seat.decision.hole.map((word) => ~word) },
    { step: 'warm', bits: warmRows(prepared, way, entryOf(prepared, way)) },
    { step: 'flat', bits: heldRows(look, place).map((word) => ~word) },
  ]
}

const conditionsOf = (prepared: PreparedSeat, way: Way): Sieve[] =>
  [...way.filters, ...way.conditions].map((step) => ({ step: step.node, bits: bitsOf(prepared, step).t }))

const funnelOf = (look: RunLook, place: number, way: Way): Funnel => {
  const prepared = look.seats[place]
  const { i0, i1 } = rowsOf(prepared, look.range)
  const entry = entryOf(prepared, way)
  const [{ bits: all }, ...ground] = groundOf(look, place, way)
  const conditions = [...ground, ...conditionsOf(prepared, way)]
  const { allowed, sent } = sentRows(look, place, way)
  const rest: Sieve[] = [
    { step: 'rise', bits: risen(entry) },
    { step: 'limits', bits: allowed },
    { step: 'orders', bits: sent },
  ]
  const steps: FunnelStep[] = [{ step: 'all', left: countBits(all, i0, i1), stopped: 0, onlyIt: null }]
  let kept: Uint32Array = all
  for (const sieve of [...conditions, ...rest]) {
    const before = countBits(kept, i0, i1)
    kept = and(kept, sieve.bits)
    const left = countBits(kept, i0, i1)
    const onlyIt = rest.includes(sieve) ? null : alone([{ step: 'all', bits: all }, ...conditions], sieve, { i0, i1 })
    steps.push({ step: sieve.step, left, stopped: before - left, onlyIt })
  }
  return { side: way.side, setup: way.setup, steps }
}

/** Bars at which every condition but this one is true. */
const alone = (sieves: readonly Sieve[], one: Sieve, { i0, i1 }: Rows): number => {
  const others = sieves.flatMap((sieve) => (sieve === one ? [] : [sieve.bits])).reduce(and)
  return countBits(others, i0, i1) - countBits(and(others, one.bits), i0, i1)
}

/** The funnels of a seat: longs first, setups in the author's order. */
export const funnelsOf = (look: RunLook, place: number): Funnel[] =>
  waysOf(look.seats[place]).map((way) => funnelOf(look, place, way))

/** A bar at which all agreed but one. */
export interface NearMiss {
  /** Close of the decision bar, Unix ms. */
  readonly ms: number
  readonly side: Side
  readonly setup: string
  /** The condition that was not true. */
  readonly node: string
}

/** Bars in [from, to) that might have decided, with exactly one condition of a way to an entry not true; by time. */
export const nearMissesOf = (look: RunLook, place: number, { fromMs, toMs }: Stretch): NearMiss[] => {
  const prepared = look.seats[place]
  const { tf, row0 } = prepared.seat.decision
  const within = { fromMs: Math.max(fromMs, look.range.fromMs), toMs: Math.min(toMs, look.range.toMs) }
  const { i0, i1 } = rowsOf(prepared, within)
  const found = waysOf(prepared).flatMap((way) => {
    const ground = groundOf(look, place, way)
      .map(({ bits }) => bits)
      .reduce(and)
    const conditions = conditionsOf(prepared, way)
    const misses: NearMiss[] = []
    for (let i = i0; i < i1; i++) {
      if (!getBit(ground, i)) continue
      const lacking = conditions.filter(({ bits }) => !getBit(bits, i))
      if (lacking.length !== 1) continue
      misses.push({ ms: closeMsOf(tf, row0 + i), side: way.side, setup: way.setup, node: lacking[0].step })
    }
    return misses
  })
  return found.sort((a, b) => a.ms - b.ms)
}
