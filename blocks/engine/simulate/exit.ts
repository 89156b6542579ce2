// Closing: part of a position or all of it, and the finished trade (semantics.md S33, S35, S43).
import type { FillReason, Leg, Trade } from '../trade'
import { type Desk, decisionRow, sideName, today } from './desk'
import { noteTaker, takerFill } from './fill'
import { refreshLiquidation } from './liquidation'
import type { Position } from './state'
import { noteStress } from './stress'
import { timesUnit } from './ticks'
import { post } from './wallet'

interface Close {
  readonly steps: number
  readonly price: number
  readonly reference: number
  readonly reason: FillReason
  /** Fee in quote units. */
  readonly fee: number
  readonly maker?: boolean
}

/** Fills `close.steps` of the position: ledger, leg, margin; the trade ends when nothing is left. */
export const closeSteps = (desk: Desk, position: Position, close: Close): void => {
  const { sim, minute } = desk
  noteStress(desk, position)
  const qty = timesUnit(desk.step, close.steps)
  const pnl = position.side * qty * (close.price - position.average)
  const feeAccount =
    close.reason === 'liquidation' ? 'liquidation_fee' : close.maker === true ? 'maker_fee' : 'taker_fee'
  post(sim, { ms: minute.ms, account: 'realised', usdt: pnl, trade: position.no })
  post(sim, { ms: minute.ms, account: feeAccount, usdt: -close.fee, trade: position.no })
  const leg: Leg = {
    ms: minute.ms,
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
  position.margin *= (position.steps - close.steps) / position.steps
  position.steps -= close.steps
  position.qty = timesUnit(desk.step, position.steps)
  sim.state.figures.filledNotional += close.price * qty
  stretch(position, close.reference)
  if (position.steps === 0) finishTrade(desk, position, leg)
  else refreshLiquidation(desk, position)
}

/** Market exit of all that is left at `reference`; under volume_share the rest stays due with its reason. */
export const closeAtMarket = (
  desk: Desk,
  position: Position,
  exit: { reference: number; reason: FillReason; steps?: number },
): void => {
  const asked = exit.steps ?? position.steps
  const order = position.side === 1 ? -1 : 1
  const fill = takerFill(desk, { order, reference: exit.reference, steps: asked })
  if (fill.steps > 0) {
    const qty = timesUnit(desk.step, fill.steps)
    noteTaker(desk, { reference: exit.reference, price: fill.price, qty })
    const fee = desk.sim.settings.fees.taker * fill.price * qty
    closeSteps(desk, position, {
      steps: fill.steps,
      price: fill.price,
      reference: exit.reference,
      reason: exit.reason,
      fee,
    })
  }
  if (fill.steps === asked || exit.reason === 'target') return
  const { slippage } = desk.sim.settings
  const cancelled = slippage.model === 'volume_share' && slippage.rest === 'cancel'
  position.exit = cancelled ? null : { reason: exit.reason, dueMs: desk.minute.ms + desk.sim.stepMs }
}

/** Widens the excursion to a price that the trade has seen. */
export const stretch = (position: Position, price: number): void => {
  if (position.side * (price - position.worst) < 0) position.worst = price
  if (position.side * (price - position.top) > 0) position.top = price
}

const tradeOf = (desk: Desk, position: Position, last: Leg | null): Trade => {
  const entryQty = timesUnit(desk.step, position.entrySteps)
  const entryPrice = position.entryCost / entryQty
  const net = position.realised - position.fees + position.funding
  const excursion = (price: number): number => position.side * (price - entryPrice)
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
    exitPrice: last === null ? null : position.exitProceeds / timesUnit(desk.step, position.exitSteps),
    exitReason: last?.reason ?? null,
    feesUsdt: position.fees,
    fundingUsdt: position.funding,
    netUsdt: net,
    initialRiskUsdt: position.riskUsdt,
    r: position.riskUsdt > 0 ? net / position.riskUsdt : null,
    maePct: (100 * excursion(position.worst)) / entryPrice,
    maeR: inR(excursion(position.worst)),
    mfePct: (100 * excursion(position.top)) / entryPrice,
    mfeR: inR(excursion(position.top)),
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
}
