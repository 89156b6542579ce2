// Settling a liquidation: isolated costs exactly the margin (S35), cross pays a fee and may fall to the insurance (S36).
import type { Desk } from './desk'
import { closeSteps } from './exit'
import type { Position } from './state'
import { nearest } from './ticks'
import { post } from './wallet'

const within = (x: number, a: number, b: number): number => Math.min(Math.max(x, Math.min(a, b)), Math.max(a, b))

/** Settles the whole position at `price` (the liquidation price, or the mark's open beyond it). */
export const liquidate = (desk: Desk, position: Position, price: number): void => {
  const { sim, minute } = desk
  const q = position.qty
  sim.state.figures.liquidations += 1
  if (sim.settings.margin === 'isolated') {
    const bankrupt = position.average - (position.side * position.margin) / q
    const rounded = nearest(desk.tick, price)
    const settled = position.side === 1 ? Math.max(rounded, bankrupt) : Math.min(rounded, bankrupt)
    const fee = position.margin + position.side * q * (settled - position.average)
    closeSteps(desk, position, {
      steps: position.steps,
      price: settled,
      reference: settled,
      reason: 'liquidation',
      fee: Math.max(0, fee),
    })
    return
  }
  const settled = nearest(desk.tick, within(price, minute.markLow, minute.markHigh))
  const fee = sim.settings.fees.liquidation * q * settled
  const { no } = position
  closeSteps(desk, position, { steps: position.steps, price: settled, reference: settled, reason: 'liquidation', fee })
  const flat = sim.desks.every((other) => other.book.position === null)
  if (flat && sim.state.wallet.balance < 0)
    post(sim, { ms: minute.ms, account: 'insurance', usdt: -sim.state.wallet.balance, trade: no })
}
