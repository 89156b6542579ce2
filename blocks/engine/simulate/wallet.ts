// Money: the ledger, equity and what is free to open with (semantics.md S31, S32, S36, S39).
import { type Desk, lastClose, type Sim } from './desk'
import type { LedgerEntry, Position } from './state'

/** One ledger entry; the wallet balance moves by it and by nothing else. */
export const post = (sim: Sim, entry: LedgerEntry): void => {
  const wallet = sim.state.wallet
  wallet.entries.push(entry)
  wallet.balance += entry.usdt
  wallet.sum += entry.usdt
  wallet.absolute += Math.abs(entry.usdt)
}

/** S39 at every snapshot: the entries explain the balance. A difference is a fault of this program. */
export const assertLedger = (sim: Sim): void => {
  const { balance, sum, absolute } = sim.state.wallet
  const gap = Math.abs(balance - sim.settings.equity - sum)
  if (!(gap <= 1e-9 * (1 + absolute + sim.settings.equity)))
    throw new Error(`ledger and balance differ by ${gap}: this is a bug, the run is stopped`)
}

export const unrealised = (position: Position, price: number): number =>
  position.side * position.qty * (price - position.average)

/** Balance plus everything open at the last closes before minute k. */
export const equityAt = (sim: Sim, k: number): number => {
  let equity = sim.state.wallet.balance
  for (const desk of sim.desks) {
    const position = desk.book.position
    if (position !== null) equity += unrealised(position, lastClose(desk, k))
  }
  return equity
}

/**
 * What a new order may use before minute k. `closing`: this desk's open trade is closed at the same open, so its margin
 * and result are free by then. `own`: the reserve of this desk's own pending order counts as free.
 */
export const availableAt = (desk: Desk, k: number, option: { closing: boolean; own: boolean }): number => {
  const { sim } = desk
  const cross = sim.settings.margin === 'cross'
  let free = sim.state.wallet.balance
  for (const other of sim.desks) {
    const { position, pending } = other.book
    if (position !== null) {
      const leaves = option.closing && other === desk
      if (!leaves) free -= position.margin
      if (cross || leaves) free += unrealised(position, lastClose(other, k))
    }
    if (pending !== null && !(option.own && other === desk)) free -= pending.reservePerStep * pending.steps
  }
  return free
}
