// Entries that wait: expiry (S22, S7), fills at the open and on the path (S12, S20, S21), the new position (S23, S45).
import type { RShare } from '../../blocks/kit/param'
import { beyondByTick, exitsOnPath, stopAtOpen, targetsBehindFill, type View, wholeMinute } from './exits'
import { liquidateAtOpen } from './liquidation'
import { affordable, enter, take } from './money'
import {
  type Bar,
  type Desk,
  drop,
  gridAfter,
  type Order,
  type Position,
  planOf,
  type Run,
  type Rung,
  type Sign,
} from './state'
import { nearest } from './ticks'

/** S22, S7, S12 (0): by wall time, holes or not. */
export const expire = (run: Run, desk: Desk, ms: number): void => {
  const order = desk.pending
  if (order === null || ms < order.endMs) return
  desk.pending = null
  // What the first fills left over is no entry that was lost.
  if (order.filledN === 0) drop(run, desk, order.endReason)
}

const priceOf = (at: RShare, entry: number, [s, r]: readonly [Sign, number]): number =>
  'r' in at ? entry + s * at.r * r : entry * (1 + s * at.share)

/** Rungs in order of distance, their prices fixed at the first fill (S45); the last of a full ladder closes what is left. */
const rungsOf = (desk: Desk, order: Order, [entry, r]: readonly [number, number]): Rung[] => {
  const plan = planOf(desk, order.s)
  const { tick } = desk.seat.instrument
  const steps = (plan.ladder?.steps ?? []).map((step, i) => ({
    price: nearest(priceOf(step.at, entry, [order.s, r]), tick),
    share: step.close,
    step: i + 1,
  }))
  const levels = plan.targets.map((target, i) => ({
    price: order.terms.targets[i] ?? Number.NaN,
    share: target.close as number | null,
    step: 0,
  }))
  const sorted = [...levels, ...steps].sort((a, b) => order.s * (a.price - b.price))
  const full = sorted.some((x) => x.share === null) || sorted.reduce((sum, x) => sum + (x.share ?? 0), 0) >= 1 - 1e-9
  return sorted.map((x, i) => ({ ...x, last: full && i === sorted.length - 1, done: false }))
}

interface EntryFill {
  readonly bar: Bar
  readonly n: number
  readonly reference: number
  readonly price: number
  readonly maker: boolean
}

/** S23, S45: stop, R and targets of a trade as its first fill fixes them. */
const begin = (desk: Desk, order: Order, { bar, price }: EntryFill): Position => {
  const { tick } = desk.seat.instrument
  const stopPlan = planOf(desk, order.s).stop
  const stop =
    stopPlan.kind === 'level'
      ? (order.terms.stopLevel ?? Number.NaN)
      : nearest(
          stopPlan.kind === 'share' ? price * (1 - order.s * stopPlan.share) : price - order.s * order.terms.stopBy,
          tick,
        )
  const r = Math.abs(price - stop)
  return {
    s: order.s,
    setup: order.setup,
    order,
    firstMs: bar.ms,
    entry: price,
    n: 0,
    firstN: 0,
    enteredN: 0,
    r,
    stop,
    stopReason: 'stop',
    rungs: rungsOf(desk, order, [price, r]),
    best: price,
    trailBest: price,
    trailActive: false,
    breakEvenDone: false,
    margin: 0,
    adds: 0,
    stoppedMs: null,
    exit: null,
    legs: [],
    realised: 0,
    fees: 0,
    funding: 0,
    riskMoney: 0,
    ambiguous: false,
    maePct: 0,
    mfePct: 0,
    maeMove: 0,
    mfeMove: 0,
    memory: order.memory,
  }
}

/** Books an entry fill; false when S32 refuses it at the fill, and then the order is gone. */
const fillEntry = (run: Run, desk: Desk, fill: EntryFill): boolean => {
  const order = desk.pending
  if (order === null) return false
  const reason = order.add ? 'add' : 'entry'
  const input = {
    ms: fill.bar.ms,
    n: fill.n,
    reference: fill.reference,
    price: fill.price,
    reason,
    maker: fill.maker,
  } as const
  if (!affordable(run, desk, input)) {
    desk.pending = null
    if (order.filledN === 0) drop(run, desk, 'insufficient_margin')
    return false
  }
  const position = desk.position ?? begin(desk, order, fill)
  desk.position = position
  if (order.add && order.filledN === 0) position.adds++
  enter(run, desk, input)
  order.filledN += fill.n
  order.n -= fill.n
  if (order.n === 0) desk.pending = null
  return true
}

/** A taker entry; `cap` is the limit of a marketable one. What a thin minute leaves waits or is cancelled (S18). */
const takeEntry = (run: Run, desk: Desk, order: { bar: Bar; reference: number; cap: number | null }): boolean => {
  const pending = desk.pending
  if (pending === null) return false
  const { bar, reference, cap } = order
  const got = take(run, desk, { direction: pending.s, reference, n: pending.n, volume: bar.volume })
  const price = cap === null ? got.price : pending.s === 1 ? Math.min(got.price, cap) : Math.max(got.price, cap)
  const filled = got.n > 0 && fillEntry(run, desk, { bar, n: got.n, reference, price, maker: false })
  const { slippage } = run.input.settings
  if (desk.pending === pending && slippage.model === 'volume_share' && slippage.rest === 'cancel') {
    desk.pending = null
    if (pending.filledN === 0) drop(run, desk, 'cancelled')
  }
  return filled
}

/** May the waiting entry act on this desk now? An opposite one waits for the exit that frees it, else it is dropped. */
const free = (run: Run, desk: Desk, order: Order): boolean => {
  const p = desk.position
  if (p === null || order.add || p.order === order) return true
  if (p.exit === null) {
    desk.pending = null
    drop(run, desk, 'position_changed')
  }
  // It has met its minute: what it waits for is no missing one (S7).
  if (order.kind === 'market') order.arrived = true
  return false
}

type OpenFill = 'none' | 'filled'

const marketAtOpen = (run: Run, desk: Desk, [bar, order]: readonly [Bar, Order]): OpenFill => {
  if (!order.arrived && bar.ms > gridAfter(desk, order.dueMs)) run.lateFills++
  order.arrived = true
  return takeEntry(run, desk, { bar, reference: bar.open, cap: null }) ? 'filled' : 'none'
}

/** S20: marketable on arrival: taker, capped at the limit; resting and a tick beyond at the open: maker, own price. */
const limitAtOpen = (run: Run, desk: Desk, [bar, order]: readonly [Bar, Order]): OpenFill => {
  const limit = order.price ?? Number.NaN
  const arriving = !order.arrived
  order.arrived = true
  if (arriving && order.s * (bar.open - limit) <= 0) {
    if (order.postOnly) {
      desk.pending = null
      drop(run, desk, 'post_only')
      return 'none'
    }
    return takeEntry(run, desk, { bar, reference: bar.open, cap: limit }) ? 'filled' : 'none'
  }
  if (arriving || bar.volume === 0 || !beyondByTick(desk, order.s === 1 ? -1 : 1, [bar.open, limit])) return 'none'
  return fillEntry(run, desk, { bar, n: order.n, reference: limit, price: limit, maker: true }) ? 'filled' : 'none'
}

/** S21: a stop entry acts on touch; what a thin minute leaves of it is a market order. */
const trigger = (run: Run, desk: Desk, { bar, reference }: { bar: Bar; reference: number }): OpenFill => {
  if (desk.pending === null) return 'none'
  desk.pending.kind = 'market'
  desk.pending.arrived = true
  return takeEntry(run, desk, { bar, reference, cap: null }) ? 'filled' : 'none'
}

const isDue = (desk: Desk, bar: Bar): boolean => desk.pending !== null && bar.ms >= desk.pending.dueMs

/** S12 (2): entries at the open. A position that begins here meets its own levels at this open at once. */
export const entriesAtOpen = (run: Run, desk: Desk, bar: Bar): void => {
  const order = desk.pending
  if (order === null || !isDue(desk, bar) || !free(run, desk, order)) return
  const before = desk.position
  const filled =
    order.kind === 'market'
      ? marketAtOpen(run, desk, [bar, order])
      : order.kind === 'limit'
        ? limitAtOpen(run, desk, [bar, order])
        : order.s * (bar.open - (order.price ?? Number.NaN)) >= 0
          ? trigger(run, desk, { bar, reference: bar.open })
          : 'none'
  if (filled === 'none' || before !== null) return
  const fill = desk.position?.entry ?? Number.NaN
  liquidateAtOpen(run, desk, bar)
  stopAtOpen(run, desk, bar)
  targetsBehindFill(run, desk, { bar, fill, reference: bar.open })
}

/** S21: what is left of the minute for a limit fill inside it: the bad extreme whole, the good side the close only. */
const afterLimit = (s: Sign, bar: Bar, limit: number): View => ({
  worst: wholeMinute(s, bar).worst,
  reach: bar.close,
  best: s === 1 ? Math.max(limit, bar.close) : Math.min(limit, bar.close),
})

/** S12 (4): resting limits and stop entries on the path, then their own exits. Gives what the position saw. */
export const entriesOnPath = (run: Run, desk: Desk, bar: Bar): View | null => {
  const order = desk.pending
  if (order === null || order.kind === 'market' || !isDue(desk, bar)) return null
  // The rest of a limit that has begun the trade may join it; any other entry waits until the desk is flat.
  const joins = desk.position !== null
  if (joins && desk.position?.order !== order) return null
  const price = order.price ?? Number.NaN
  const whole = wholeMinute(order.s, bar)
  let view: View | null = null
  if (order.kind === 'limit') {
    if (bar.volume > 0 && beyondByTick(desk, order.s === 1 ? -1 : 1, [whole.worst, price]))
      if (fillEntry(run, desk, { bar, n: order.n, reference: price, price, maker: true }))
        view = afterLimit(order.s, bar, price)
  } else if (order.s * (whole.reach - price) >= 0) {
    if (trigger(run, desk, { bar, reference: price }) === 'filled') view = whole
  }
  if (view === null || joins) return null
  targetsBehindFill(run, desk, { bar, fill: desk.position?.entry ?? Number.NaN, reference: price })
  exitsOnPath(run, desk, [bar, view])
  return view
}
