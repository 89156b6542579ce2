// Opening: an entry order meets its fill; stop, targets and R are fixed here (semantics.md S23, S27, S30, S45).
import { type Price, toPrice, toQty, toTimeMs } from '../../kit/brand'
import type { Step } from '../../kit/param'
import type { Leg } from '../trade'
import { type Desk, decisionRow, drop, nextFunding, planOf, today } from './desk'
import { noteTaker } from './fill'
import { refreshLiquidation } from './liquidation'
import type { Order, Pending, Position, Target } from './state'
import { noteStress } from './stress'
import { nearest, qtyOf, ticksFrom } from './ticks'
import { availableAt, post } from './wallet'

interface EntryFill {
  readonly steps: number
  readonly price: Price
  readonly reference: Price
  readonly maker: boolean
}

const noSteps: readonly Step[] = []

/** Initial stop of a fill: distances hang on the fill, levels were fixed at the decision. */
const initialStop = (desk: Desk, pending: Pending, fill: Price): Price => {
  const { stop, side } = pending
  if (stop.kind === 'level') return stop.price
  return nearest(desk.tick, stop.kind === 'distance' ? fill - side * stop.by : fill * (1 - side * stop.share))
}

/** Targets and rungs of a first fill, nearest first; when their shares sum to 1 the last closes all that is left. */
const targetsOf = (desk: Desk, pending: Pending, first: { price: Price; risk: number }): Target[] => {
  const { side } = pending
  const steps = planOf(desk, side)?.ladder?.steps ?? noSteps
  const all: Target[] = []
  for (const { price, share } of pending.targets) all.push(targetAt(desk, side, { price, share, rung: 0 }))
  for (let i = 0; i < steps.length; i++) {
    const { at, close } = steps[i]
    const raw = 'r' in at ? first.price + side * at.r * first.risk : first.price * (1 + side * at.share)
    all.push(targetAt(desk, side, { price: nearest(desk.tick, raw), share: close, rung: i + 1 }))
  }
  sortByDistance(all, side)
  let sum = 0
  for (const { share } of all) sum += share ?? 0
  const last = all.at(-1)
  if (last !== undefined && Math.abs(sum - 1) < 1e-9) last.share = null
  return all
}

/** In place and stable: there are few, and each entry sorts. */
const sortByDistance = (targets: Target[], side: Order): void => {
  for (let i = 1; i < targets.length; i++)
    for (let j = i; j > 0 && side * (targets[j].price - targets[j - 1].price) < 0; j--)
      [targets[j - 1], targets[j]] = [targets[j], targets[j - 1]]
}

const targetAt = (desk: Desk, side: Order, at: { price: Price; share: number | null; rung: number }): Target => ({
  price: at.price,
  beyond: ticksFrom(desk.tick, at.price, side),
  share: at.share,
  rung: at.rung,
  done: false,
})

const openPosition = (desk: Desk, pending: Pending, fill: EntryFill): Position => {
  const { sim, minute } = desk
  const far = toPrice(pending.side * Number.POSITIVE_INFINITY)
  const stop = initialStop(desk, pending, fill.price)
  const risk = Math.abs(fill.price - stop)
  const targets = targetsOf(desk, pending, { price: fill.price, risk })
  const day = today(desk, minute.ms)
  day.trades += 1
  desk.fundingNext = nextFunding(desk, minute.ms)
  return {
    side: pending.side,
    no: sim.state.nextNo++,
    setup: pending.setup,
    firstMs: minute.ms,
    firstRow: decisionRow(desk, minute.ms),
    firstPrice: fill.price,
    firstSteps: 0,
    steps: 0,
    qty: toQty(0),
    average: toPrice(0),
    risk,
    stop,
    stopBy: 'stop',
    targets,
    nextTarget: targets[0]?.beyond ?? far,
    trailBy: pending.trailBy,
    bestExtreme: fill.price,
    trailBest: fill.price,
    trailActive: false,
    evenDone: false,
    rungsDone: [],
    adds: 0,
    margin: 0,
    worstMark: far,
    liquidation: toPrice(pending.side === 1 ? 0 : Number.POSITIVE_INFINITY),
    exit: null,
    parts: [],
    stoppedMs: toTimeMs(Number.NEGATIVE_INFINITY),
    maeMove: 0,
    mfeMove: 0,
    maeShare: 0,
    mfeShare: 0,
    entrySteps: 0,
    entryCost: 0,
    exitSteps: 0,
    exitProceeds: 0,
    realised: 0,
    fees: 0,
    funding: 0,
    riskUsdt: 0,
    ambiguous: false,
    legs: [],
    memory: pending.memory,
  }
}

const book = (desk: Desk, pending: Pending, fill: EntryFill): Position => {
  const { sim, minute, seat } = desk
  const { fees } = sim.settings
  const position = desk.book.position ?? openPosition(desk, pending, fill)
  desk.book.position = position
  const qty = qtyOf(desk.step, fill.steps)
  const notional = fill.price * qty
  const fee = (fill.maker ? fees.maker : fees.taker) * notional
  if (!fill.maker) noteTaker(desk, { reference: fill.reference, price: fill.price, qty })
  const leg: Leg = {
    ms: minute.ms,
    side: position.side === 1 ? 'buy' : 'sell',
    reason: pending.add ? 'add' : 'entry',
    referencePrice: fill.reference,
    price: fill.price,
    qtyBase: qty,
    feeUsdt: fee,
    maker: fill.maker,
  }
  position.legs.push(leg)
  if (position.steps > 0) noteStress(desk, position)
  const held = position.qty
  // In this form the mean of equal prices is that price.
  position.average =
    held === 0 ? fill.price : toPrice(position.average + ((fill.price - position.average) * qty) / (held + qty))
  position.steps += fill.steps
  position.qty = qtyOf(desk.step, position.steps)
  position.entrySteps += fill.steps
  position.entryCost += notional
  position.fees += fee
  position.riskUsdt += qty * Math.abs(fill.price - position.stop)
  position.margin += notional / seat.risk.leverage
  if (!pending.add) position.firstSteps += fill.steps
  sim.state.figures.filledNotional += notional
  post(sim, { ms: minute.ms, account: fill.maker ? 'maker_fee' : 'taker_fee', usdt: -fee, trade: position.no })
  refreshLiquidation(desk, position)
  return position
}

/** S32 at the fill: margin and fee must be free, or the order is refused. */
const affordable = (desk: Desk, fill: EntryFill): boolean => {
  const { fees } = desk.sim.settings
  const notional = fill.price * qtyOf(desk.step, fill.steps)
  const fee = (fill.maker ? fees.maker : fees.taker) * notional
  const available = availableAt(desk, desk.minute.k, { closing: false, own: true })
  return notional / desk.seat.risk.leverage + fee <= available
}

/** Fills (part of) the pending order of this desk; false when its margin is not there: the order is then gone. */
export const fillEntry = (desk: Desk, pending: Pending, fill: EntryFill): boolean => {
  if (!affordable(desk, fill)) {
    desk.book.pending = null
    if (!pending.begun)
      drop(desk, 'insufficient_margin', { ms: desk.minute.ms, side: pending.side, setup: pending.setup })
    return false
  }
  const position = book(desk, pending, fill)
  if (pending.add && !pending.begun) position.adds += 1
  pending.steps -= fill.steps
  pending.begun = true
  if (pending.steps <= 0) desk.book.pending = null
  return true
}
