// Slippage (S18), fees (S33), margin and what is available (S32, S35, S36), entry and exit bookings, the finished trade (S43).

import type { FillReason, Leg, Trade } from '../../blocks/engine/trade'
import { toPrice, toQty, toTimeMs } from '../../blocks/kit/brand'
import {
  type Bar,
  barAt,
  book,
  closeBefore,
  type Desk,
  drop,
  held,
  type Position,
  qty,
  type Run,
  type Sign,
  unrealisedAt,
} from './state'
import { down, up } from './ticks'

interface Taker {
  /** +1 buys. */
  readonly direction: Sign
  readonly reference: number
  readonly n: number
  readonly volume: number
}
/** What a taker order gets in one minute: maybe less than asked (volume_share). */
interface Taken {
  readonly n: number
  readonly price: number
}

/** S18: market orders, stops and marketable limits, against the trader, rounded against the trader (S24). */
export const take = (run: Run, desk: Desk, { direction, reference, n, volume }: Taker): Taken => {
  const { slippage } = run.input.settings
  const { tick, step } = desk.seat.instrument
  const round = direction === 1 ? up : down
  if (slippage.model === 'volume_share') {
    const most = Math.floor((slippage.max_share * volume) / Number(step) + 1e-9)
    const got = Math.min(n, most)
    const share = volume > 0 ? qty(desk, got) / volume : 0
    return { n: got, price: round(reference * (1 + direction * slippage.impact * share * share), tick) }
  }
  const fraction = slippage.model === 'fixed' ? slippage.bps / 10_000 : slippage.spread_bps / 2 / 10_000
  return { n, price: round(reference * (1 + direction * fraction), tick) }
}

/** The `slip` of S32. */
export const expectedSlip = (run: Run): number => {
  const { slippage } = run.input.settings
  if (slippage.model === 'fixed') return slippage.bps / 10_000
  if (slippage.model === 'spread') return slippage.spread_bps / 2 / 10_000
  return slippage.impact * slippage.max_share * slippage.max_share
}

export const reserveOf = (desk: Desk): number =>
  desk.pending === null ? 0 : desk.pending.reservePerStep * desk.pending.n

/** Margin that a position posts: M (isolated), fill notional over leverage (cross). */
export const postedMargin = (run: Run, desk: Desk): number => {
  const p = desk.position
  if (p === null) return 0
  return run.input.settings.margin === 'isolated' ? p.margin : (held(desk, p) * p.entry) / desk.seat.risk.leverage
}

/** Money free for a new entry before the minute `ms`; the desk's own reservation is not counted against it. */
export const availableAt = (run: Run, desk: Desk, ms: number): number => {
  const cross = run.input.settings.margin === 'cross'
  let free = run.balance
  for (const other of run.desks) {
    if (other.position !== null) {
      free -= postedMargin(run, other)
      if (cross) free += unrealisedAt(other, closeBefore(other, ms))
    }
    if (other !== desk) free -= reserveOf(other)
  }
  return free
}

interface FillInput {
  readonly ms: number
  readonly n: number
  readonly reference: number
  readonly price: number
  readonly reason: FillReason
  readonly maker: boolean
}

const feeOf = (run: Run, notional: number, maker: boolean): number =>
  notional * (maker ? run.input.settings.fees.maker : run.input.settings.fees.taker)

const legOf = (desk: Desk, direction: Sign, [fill, feeUsdt]: readonly [FillInput, number]): Leg => ({
  ms: toTimeMs(fill.ms),
  side: direction === 1 ? 'buy' : 'sell',
  reason: fill.reason,
  referencePrice: toPrice(fill.reference),
  price: toPrice(fill.price),
  qtyBase: toQty(qty(desk, fill.n)),
  feeUsdt,
  maker: fill.maker,
})

/** S32 at the fill: notional / leverage + fee > available is refused. */
export const affordable = (run: Run, desk: Desk, fill: FillInput): boolean => {
  const notional = qty(desk, fill.n) * fill.price
  return notional / desk.seat.risk.leverage + feeOf(run, notional, fill.maker) <= availableAt(run, desk, fill.ms)
}

/** S7: a market fill on a bar without volume. */
const countStale = (run: Run, desk: Desk, { ms, maker }: FillInput): void => {
  if (!maker && barAt(desk, ms)?.volume === 0) run.staleFills++
}

/** Adds an entry fill to the desk's position: E is the mean over the quantity held after it (S30). */
export const enter = (run: Run, desk: Desk, fill: FillInput): void => {
  const p = desk.position
  if (p === null) throw new Error('an entry fill without a position')
  countStale(run, desk, fill)
  const quantity = qty(desk, fill.n)
  const notional = quantity * fill.price
  const fee = feeOf(run, notional, fill.maker)
  const before = held(desk, p)
  // The mean, in the form that leaves E as it is when the price is E.
  p.entry = before === 0 ? fill.price : p.entry + ((fill.price - p.entry) * quantity) / qty(desk, p.n + fill.n)
  p.n += fill.n
  p.enteredN += fill.n
  if (fill.reason === 'entry') p.firstN += fill.n
  p.margin += notional / desk.seat.risk.leverage
  p.riskMoney += quantity * Math.abs(fill.price - p.stop)
  p.fees += fee
  p.legs.push(legOf(desk, p.s, [fill, fee]))
  book(run, desk, { ms: fill.ms, account: 'fee', amount: -fee })
}

/** Excursions count completed minutes and exit reference prices (S46), from the E of the moment, as sizes. */
export const excursion = (p: Position, price: number): void => {
  const move = p.s * (price - p.entry)
  p.mfePct = Math.max(p.mfePct, (100 * move) / p.entry)
  p.maePct = Math.max(p.maePct, (-100 * move) / p.entry)
  p.mfeMove = Math.max(p.mfeMove, move)
  p.maeMove = Math.max(p.maeMove, -move)
}

interface ExitInput extends FillInput {
  /** Liquidation only: its own fee instead of a rate. */
  readonly fee?: number
}

/** Closes `n` steps: realised PnL and fee go to the free balance, margin is released in proportion (S35). */
export const leave = (run: Run, desk: Desk, fill: ExitInput): void => {
  const p = desk.position
  if (p === null) throw new Error('an exit without a position')
  if (fill.fee === undefined) countStale(run, desk, fill)
  const quantity = qty(desk, fill.n)
  const realised = p.s * quantity * (fill.price - p.entry)
  const fee = fill.fee ?? feeOf(run, quantity * fill.price, fill.maker)
  excursion(p, fill.reference)
  p.realised += realised
  p.fees += fee
  p.margin -= (p.margin * quantity) / held(desk, p)
  p.n -= fill.n
  p.legs.push(legOf(desk, p.s === 1 ? -1 : 1, [fill, fee]))
  book(run, desk, { ms: fill.ms, account: 'realised', amount: realised })
  book(run, desk, { ms: fill.ms, account: fill.fee === undefined ? 'fee' : 'liquidation', amount: -fee })
  if (p.n === 0) closeTrade(run, desk, fill.ms)
}

const mean = (legs: readonly Leg[]): number | null => {
  let [money, quantity] = [0, 0]
  for (const leg of legs) {
    money += leg.price * leg.qtyBase
    quantity += leg.qtyBase
  }
  return quantity === 0 ? null : money / quantity
}

/** S43: prices weighted over all entry and exit fills. Numbers are given at the end. */
export const tradeOf = (desk: Desk, p: Position): Trade => {
  const direction = p.s === 1 ? 'buy' : 'sell'
  const [entries, exits] = [p.legs.filter((l) => l.side === direction), p.legs.filter((l) => l.side !== direction)]
  const [open, last] = [p.n > 0, p.legs.at(-1)]
  const net = p.realised - p.fees + p.funding
  const exitPrice = open ? null : mean(exits)
  const inR = (move: number): number | null => (p.r === 0 ? null : move / p.r)
  return {
    no: 0,
    play: desk.seat.play,
    instrument: desk.seat.instrument.id,
    side: p.s === 1 ? 'long' : 'short',
    setup: p.setup,
    entryMs: toTimeMs(p.firstMs),
    entryPrice: toPrice(mean(entries) ?? Number.NaN),
    qtyBase: toQty(qty(desk, p.enteredN)),
    exitMs: open ? null : (last?.ms ?? null),
    exitPrice: exitPrice === null ? null : toPrice(exitPrice),
    exitReason: open ? null : (last?.reason ?? null),
    feesUsdt: p.fees,
    fundingUsdt: p.funding,
    netUsdt: net,
    initialRiskUsdt: p.riskMoney,
    r: p.riskMoney === 0 ? null : net / p.riskMoney,
    maePct: p.maePct,
    maeR: inR(p.maeMove),
    mfePct: p.mfePct,
    mfeR: inR(p.mfeMove),
    ambiguous: p.ambiguous,
    legs: [...p.legs],
  }
}

const closeTrade = (run: Run, desk: Desk, ms: number): void => {
  const p = desk.position
  if (p === null) return
  const trade = tradeOf(desk, p)
  desk.closed.push(trade)
  desk.lastExit = { ms, trade }
  desk.position = null
  // S30: an add (or the rest of the entry itself) has nothing left to join.
  if (desk.pending !== null && (desk.pending.add || desk.pending === p.order)) {
    const begun = desk.pending.filledN > 0
    desk.pending = null
    if (!begun) drop(run, desk, 'position_changed')
  }
}

/** S38: payment = -s x q x mark x rate, on what was held at the end of the minute before. */
export const chargeFunding = (run: Run, desk: Desk, bar: Bar): void => {
  const { funding } = desk.seat
  if (funding === null) return
  for (; (funding.ms[desk.nextFunding] ?? Number.POSITIVE_INFINITY) <= bar.ms; desk.nextFunding++) {
    const [rate, mark] = [funding.rate[desk.nextFunding] ?? Number.NaN, funding.mark[desk.nextFunding] ?? Number.NaN]
    const p = desk.position
    if (p === null || Number.isNaN(rate)) continue
    const amount = -p.s * held(desk, p) * (Number.isNaN(mark) ? bar.open : mark) * rate
    p.funding += amount
    p.margin += amount
    book(run, desk, { ms: bar.ms, account: 'funding', amount })
  }
}
