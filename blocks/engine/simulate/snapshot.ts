// The equity snapshot at the end of each fill bar, and every figure that is built on it (semantics.md S39, S44, S46).
import { type Desk, lastClose, type Sim } from './desk'
import { crossPrice, maintenance } from './liquidation'
import type { Figures, Position } from './state'
import { assertLedger, equityAt, unrealised } from './wallet'

/** Peak, depth, length and recovery of drawdowns; `ms` is the end of the bar. */
const follow = (figures: Figures, equity: number, ms: number): void => {
  if (equity >= figures.peak) {
    if (figures.underwater) figures.longestMs = Math.max(figures.longestMs, ms - figures.peakMs)
    if (figures.deepest) figures.recoveryMs = ms - figures.troughMs
    figures.underwater = false
    figures.deepest = false
    figures.peak = equity
    figures.peakMs = ms
    return
  }
  figures.underwater = true
  const share = 1 - equity / figures.peak
  if (share > figures.maxShare) {
    figures.maxShare = share
    figures.troughMs = ms
    figures.recoveryMs = null
    figures.deepest = true
  }
  figures.maxUsdt = Math.max(figures.maxUsdt, figures.peak - equity)
}

const stress = (desk: Desk, position: Position, k: number): void => {
  const { figures } = desk.sim.state
  if (desk.seat.instrument.kind === 'spot') return
  const mark = desk.minute.k === k ? desk.minute.markClose : lastClose(desk, k + 1)
  const cross = desk.sim.settings.margin === 'cross'
  const price = cross ? crossPrice(desk, position, k) : position.liquidation
  if (price > 0 && Number.isFinite(price))
    figures.closestLiquidation = Math.min(figures.closestLiquidation, Math.abs(mark - price) / mark)
  const need = maintenance(desk, position.qty * mark)
  const margin = cross ? equityAt(desk.sim, k + 1) : position.margin + unrealised(position, mark)
  if (need > 0) figures.lowestMarginRatio = Math.min(figures.lowestMarginRatio, margin / need)
}

/** After minute k has run for every desk. */
export const snapshot = (sim: Sim, k: number): void => {
  const { state } = sim
  const { figures } = state
  let gross = 0
  let net = 0
  for (const desk of sim.desks) {
    const { position } = desk.book
    if (position === null) continue
    const notional = position.qty * lastClose(desk, k + 1)
    gross += notional
    net += position.side * notional
    stress(desk, position, k)
  }
  const equity = equityAt(sim, k + 1)
  state.equity = equity
  figures.snapshots += 1
  figures.equitySum += equity
  if (gross > 0) {
    const share = gross / equity
    figures.inMarket += 1
    figures.leverageSum += share
    figures.grossSum += share
    figures.netSum += net / equity
    if (share > figures.grossMax) figures.grossMax = share
    if (Math.abs(net / equity) > Math.abs(figures.netMax)) figures.netMax = net / equity
  }
  if (equity <= 0) state.ruined = true
  follow(figures, equity, sim.originMs + (k + 1) * sim.stepMs)
  assertLedger(sim)
}

/** `count` flat bars in one go, ending with minute k: equity stays what it is. */
export const flatSnapshots = (sim: Sim, count: number, k: number): void => {
  if (count === 0) return
  const { state } = sim
  const { figures } = state
  state.equity = state.wallet.balance
  figures.snapshots += count
  figures.equitySum += count * state.equity
  follow(figures, state.equity, sim.originMs + (k + 1) * sim.stepMs)
}
