// Settling a liquidation: isolated costs exactly the margin (S35), cross pays a fee and may fall to the insurance (S36).
import { type Price, toPrice } from '../../kit/brand'
import type { Desk } from './desk'
import { closeSteps } from './exit'
import { maintenance, markOf, type Phase } from './liquidation'
import type { Position } from './state'
import { post, unrealised } from './wallet'

interface Event {
  /** The liquidation price, or the mark's open beyond it. */
  readonly price: Price
  readonly phase: Phase
}

const settle = (desk: Desk, position: Position, at: { price: Price; fee: number }): void => {
  desk.sim.state.figures.liquidations += 1
  const { price, fee } = at
  closeSteps(desk, position, { steps: position.steps, price, reference: price, reason: 'liquidation', fee })
}

/** Never beyond bankruptcy; what the price leaves of the margin is the fee. */
const settleIsolated = (desk: Desk, position: Position, price: Price): void => {
  const bankrupt = position.average - (position.side * position.margin) / position.qty
  const settled = toPrice(position.side === 1 ? Math.max(price, bankrupt) : Math.min(price, bankrupt))
  settle(desk, position, { price: settled, fee: position.margin + unrealised(position, settled) })
}

const settleCross = (desk: Desk, position: Position, mark: Price): void => {
  const { sim } = desk
  const { no } = position
  settle(desk, position, { price: mark, fee: sim.settings.fees.liquidation * position.qty * mark })
  const { balance } = sim.state.wallet
  if (balance < 0) post(sim, { ms: sim.clock.ms, account: 'insurance', usdt: -balance, trade: no })
}

interface Held {
  readonly desk: Desk
  readonly position: Position
  readonly mark: Price
}

/** S36: the largest maintenance goes first, then the test repeats, until the wallet holds what is left. */
const cascade = (desk: Desk, event: Event): void => {
  const { sim } = desk
  const marks = sim.desks.map((other): Held | null => {
    const { position } = other.book
    if (position === null || other.seat.instrument.kind === 'spot') return null
    const mark = other === desk ? event.price : markOf(other, position, { phase: event.phase, k: sim.clock.k })
    return { desk: other, position, mark }
  })
  const held = marks.filter((x) => x !== null)
  if (event.phase === 'path' && held.length > 1) sim.state.figures.jointExtremes += 1
  // The first round was decided by the price itself; rounding of the formula must not undo it.
  for (let first = true; held.length > 0; first = false) {
    let margin = sim.state.wallet.balance
    let need = 0
    let largest = 0
    held.forEach(({ desk: other, position, mark }, j) => {
      const own = maintenance(other, position.qty * mark)
      margin += unrealised(position, mark)
      need += own
      const top = held[largest]
      if (own > maintenance(top.desk, top.position.qty * top.mark)) largest = j
    })
    if (!first && margin > need + 1e-9 * (1 + Math.abs(margin))) return
    const [victim] = held.splice(largest, 1)
    settleCross(victim.desk, victim.position, victim.mark)
  }
}

/** Isolated: this position. Cross: the wallet's positions, until it holds. */
export const liquidate = (desk: Desk, position: Position, event: Event): void => {
  if (desk.sim.settings.margin === 'isolated') settleIsolated(desk, position, event.price)
  else cascade(desk, event)
}
