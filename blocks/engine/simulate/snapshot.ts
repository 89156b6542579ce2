// The equity snapshot at the end of each fill bar, and every figure that is built on it (semantics.md S39, S44, S46).
import { type Desk, lastClose, type Sim } from './desk'
import { crossPrice } from './liquidation'
import type { Figures, Position, State } from './state'
import { keepWorst, stressAt } from './stress'
import { assertLedger, equityAt } from './wallet'

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

/** Cross margin: every position against the whole wallet. */
const crossStress = (desk: Desk, position: Position, k: number): void => {
  const mark = desk.minute.k === k ? desk.minute.markClose : lastClose(desk, k + 1)
  const margin = equityAt(desk.sim, k + 1)
  keepWorst(
    desk.sim.state.figures,
    stressAt(desk, position, { mark, margin, liquidation: crossPrice(desk, position, 'path') }),
  )
}

/** Sum of equity over all snapshots so far. */
export const equitySum = ({ equity, figures }: State): number => figures.equitySum + figures.flatBars * equity

/** Gross and net exposure as shares of equity, into their maxima; gives the size that a larger one must exceed. */
export const noteExposure = (figures: Figures, share: number, net: number): number => {
  if (share > figures.grossMax) figures.grossMax = share
  if (Math.abs(net) > Math.abs(figures.netMax)) figures.netMax = net
  return largestExposure(figures)
}

/** No exposure of this size or less changes a maximum. */
export const largestExposure = ({ grossMax, netMax }: Figures): number => Math.min(grossMax, Math.abs(netMax))

/**
 * Equity below the peak that changes no figure of drawdown or ruin: this or more. A hair above where it would begin to,
 * as the rounding of a share is not that of a difference; infinite while the first dip below the peak is still to come.
 */
export const calmEquity = ({ settings, state }: Sim): number => {
  const { underwater, peak, maxShare, maxUsdt } = state.figures
  if (!underwater) return Number.POSITIVE_INFINITY
  const deepest = Math.max(peak * (1 - maxShare), peak - maxUsdt, 1e-9 * settings.equity)
  return deepest + 1e-12 * peak
}

/** Ruin and drawdown at the end of minute k. */
export const noteEquity = (sim: Sim, equity: number, k: number): void => {
  // Nothing left, but for the rounding of sums (S41).
  if (equity <= 1e-9 * sim.settings.equity) sim.state.ruined = true
  follow(sim.state.figures, equity, sim.originMs + (k + 1) * sim.stepMs)
}

/** Takes the equity at the end of minute k into every running figure; `gross` and `net` are notionals. */
export const record = (sim: Sim, equity: number, held: { gross: number; net: number; k: number }): void => {
  const { state } = sim
  const { figures } = state
  figures.equitySum = equitySum(state) + equity
  figures.flatBars = 0
  figures.snapshots += 1
  state.equity = equity
  if (held.gross > 0) {
    const share = held.gross / equity
    const net = held.net / equity
    figures.inMarket += 1
    figures.grossSum += share
    figures.netSum += net
    noteExposure(figures, share, net)
  }
  noteEquity(sim, equity, held.k)
}

/** After minute k has run for every desk. */
export const snapshot = (sim: Sim, k: number): void => {
  const cross = sim.settings.margin === 'cross'
  let gross = 0
  let net = 0
  for (const desk of sim.desks) {
    const { position } = desk.book
    if (position === null) continue
    const notional = position.qty * lastClose(desk, k + 1)
    gross += notional
    net += position.side * notional
    if (cross) crossStress(desk, position, k)
  }
  record(sim, equityAt(sim, k + 1), { gross, net, k })
  assertLedger(sim)
}

/** `count` flat bars in one go, ending with minute k: equity stays what it is. */
export const flatSnapshots = (sim: Sim, count: number, k: number): void => {
  if (count === 0) return
  const { state } = sim
  const { figures } = state
  state.equity = state.wallet.balance
  figures.snapshots += count
  figures.flatBars += count
  follow(figures, state.equity, sim.originMs + (k + 1) * sim.stepMs)
}
