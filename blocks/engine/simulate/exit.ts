// Closing: part of a position or all of it, and the finished trade (semantics.md S33, S35, S43).
import { type Price, toPrice } from '../../kit/brand'
import type { FillReason, Leg, Trade } from '../trade'
import { type Desk, decisionRow, drop, sideName, today } from './desk'
import { stretch } from './excursions'
import { noteTaker, takerFill } from './fill'
import { refreshLiquidation } from './liquidation'
import type { Position } from './state'
import { noteStress } from './stress'
import { qtyOf } from './ticks'
import { post } from './wallet'

interface Close {
  readonly steps: number
  readonly price: Price
  readonly reference: Price
  readonly reason: FillReason
  /** Fee in quote units. */
  readonly fee: number
  readonly maker?: boolean
}

/** Fills `close.steps` of the position: ledger, leg, margin; the trade ends when nothing is left. */
export const closeSteps = (desk: Desk, position: Position, close: Close): void => {
  const { sim } = desk
  const { ms } = sim.clock
  noteStress(desk, position)
  const qty = qtyOf(desk.step, close.steps)
  const pnl = position.side * qty * (close.price - position.average)
  const feeAccount =
    close.reason === 'liquidation' ? 'liquidation_fee' : close.maker === true ? 'maker_fee' : 'taker_fee'
  post(sim, { ms, account: 'realised', usdt: pnl, trade: position.no })
  post(sim, { ms, account: feeAccount, usdt: -close.fee, trade: position.no })
  const leg: Leg = {
    ms,
    side: position.side === 1 ? 'sell' : 'buy',
    reason: close.reason,
    referencePrice: close.reference,
    price: close.price,
    qtyBase: qty,
    feeUsdt: close.fee,
    maker: close.maker === true,
  }
  position.legs.push(leg)
  position.realised += pnl
  position.fees += close.fee
  position.exitSteps += close.steps
  position.exitProceeds += close.price * qty
  position.margin -= (position.margin * qty) / position.qty
  position.steps -= close.steps
  position.qty = qtyOf(desk.step, position.steps)
  sim.state.figures.filledNotional += close.price * qty
  stretch(position, close.reference)
  if (position.steps === 0) finishTrade(desk, position, leg)
  else refreshLiquidation(desk, position)
}

/**
 * Market exit at `reference` of everything, or of some steps. Gives the steps that wait for the next minute's volume: 0
 * when all is filled, or when the settings cancel what a thin minute leaves.
 */
export const closeAtMarket = (
  desk: Desk,
  position: Position,
  exit: { reference: Price; reason: FillReason; steps?: number },
): number => {
  const { slippage, fees } = desk.sim.settings
  const { reference, reason } = exit
  const asked = Math.min(exit.steps ?? position.steps, position.steps)
  const { steps, price } = takerFill(desk, { order: position.side === 1 ? -1 : 1, reference, steps: asked })
  if (steps > 0) {
    const qty = qtyOf(desk.step, steps)
    noteTaker(desk, { reference, price, qty })
    closeSteps(desk, position, { steps, price, reference, reason, fee: fees.taker * price * qty })
  }
  return slippage.model === 'volume_share' && slippage.rest === 'cancel' ? 0 : asked - steps
}

const tradeOf = (desk: Desk, position: Position, last: Leg | null): Trade => {
  const entryQty = qtyOf(desk.step, position.entrySteps)
  const entryPrice = toPrice(position.entryCost / entryQty)
  const net = position.realised - position.fees + position.funding
  const inR = (x: number): number | null => (position.risk > 0 ? x / position.risk : null)
  return {
    no: position.no,
    play: desk.seat.play,
    instrument: desk.seat.instrument.id,
    side: sideName(position.side),
    setup: position.setup,
    entryMs: position.firstMs,
    entryPrice,
    qtyBase: entryQty,
    exitMs: last?.ms ?? null,
    exitPrice: last === null ? null : toPrice(position.exitProceeds / qtyOf(desk.step, position.exitSteps)),
    exitReason: last?.reason ?? null,
    feesUsdt: position.fees,
    fundingUsdt: position.funding,
    netUsdt: net,
    initialRiskUsdt: position.riskUsdt,
    r: position.riskUsdt > 0 ? net / position.riskUsdt : null,
    maePct: 100 * position.maeShare,
    maeR: inR(position.maeMove),
    mfePct: 100 * position.mfeShare,
    mfeR: inR(position.mfeMove),
    ambiguous: position.ambiguous,
    legs: position.legs,
  }
}

/** The open trade as it stands: exit fields null, net what is realised so far. */
export const openTrade = (desk: Desk, position: Position): Trade => tradeOf(desk, position, null)

const finishTrade = (desk: Desk, position: Position, last: Leg): void => {
  const trade = tradeOf(desk, position, last)
  desk.sim.state.trades.push(trade)
  desk.book.position = null
  desk.book.lastExit = { ms: last.ms, row: decisionRow(desk, last.ms), reason: last.reason, loss: trade.netUsdt < 0 }
  const day = today(desk, last.ms)
  day.lossesInRow = trade.netUsdt < 0 ? day.lossesInRow + 1 : 0
  day.longestRow = Math.max(day.longestRow, day.lossesInRow)
  const { pending } = desk.book
  if (pending === null || !(pending.add || pending.begun)) return
  // An add, or the rest of the entry itself, has nothing left to join (S30).
  desk.book.pending = null
  // What first fills left over is no entry that was lost (S7, S22).
  if (pending.begun) return
  drop(desk, 'position_changed', { ms: last.ms, side: pending.side, setup: pending.setup })
}
