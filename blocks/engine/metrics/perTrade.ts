// Figures over closed trades (semantics.md S43, S45, S46): each says over how many trades it was taken.
import type { Metric } from './names'
import { type ClosedTrade, outcomeOf, tallyOf } from './outcome'
import { fact, least, metricOf, quotient, type Result } from './result'
import { deviationOf, meanOf, sumOf } from './series'

type Closed = readonly ClosedTrade[]

const noTrades = 'no closed trades'
const noLosers = 'no losing trade'
const noWinners = 'no winning trade'
const noRisk = 'no closed trade has an initial risk'
const noSimple = 'no closed trade of one entry has an initial risk'

/** R multiples that differ by less than this differ by rounding. */
const stillR = 1e-12

const mean = (values: readonly number[], why: string): Metric =>
  metricOf(values.length > 0 ? meanOf(values) : why, values.length >= least)

/** Values of those trades that have one. */
const known = (trades: Closed, of: (trade: ClosedTrade) => number | null): number[] =>
  trades.map(of).filter((value) => value !== null)

const netsOf = (trades: Closed, outcome: 'win' | 'loss'): number[] =>
  trades.filter((trade) => outcomeOf(trade) === outcome).map((trade) => trade.netUsdt)

const profitFactor = (trades: Closed, won: readonly number[], lost: readonly number[]): Result => {
  if (trades.length === 0) return noTrades
  return quotient(sumOf(won), -sumOf(lost), noLosers)
}

const payoff = (trades: Closed, won: readonly number[], lost: readonly number[]): Result => {
  if (trades.length === 0) return noTrades
  if (won.length === 0) return noWinners
  if (lost.length === 0) return noLosers
  return meanOf(won) / -meanOf(lost)
}

/** (1 + payoff) x share of winners - 1: what one unit of average loss earns. */
const expectancyRatio = (trades: Closed, ratio: Result, wins: number): Result =>
  typeof ratio === 'string' ? ratio : (1 + ratio) * (wins / trades.length) - 1

/** Van Tharp's system quality number, the count capped at 100. */
const systemQuality = (multiples: readonly number[]): Result => {
  if (multiples.length < 2) return 'fewer than two closed trades with an initial risk'
  const deviation = deviationOf(multiples)
  if (deviation <= stillR) return 'all trades have the same R multiple'
  return (Math.sqrt(Math.min(multiples.length, 100)) * meanOf(multiples)) / deviation
}

/**
 * Favourable excursion given back: MFE - gross result, both in R and without fees. Trades with a scale-in are left out:
 * their excursions are in the R of the first entry, their risk in money is that of all.
 */
const endDrawdown = (trade: ClosedTrade): number | null => {
  const scaled = trade.legs.some((leg) => leg.reason === 'add')
  if (scaled || trade.mfeR === null || !(trade.initialRiskUsdt > 0)) return null
  const sign = trade.side === 'long' ? 1 : -1
  const gross = sign * trade.qtyBase * (trade.exitPrice - trade.entryPrice)
  return trade.mfeR - gross / trade.initialRiskUsdt
}

export const perTradeMetrics = (trades: Closed) => {
  const enough = trades.length >= least
  const { wins, losses, breakeven } = tallyOf(trades)
  const won = netsOf(trades, 'win')
  const lost = netsOf(trades, 'loss')
  const ratio = payoff(trades, won, lost)
  const multiples = known(trades, (trade) => trade.r)
  const nets = trades.map((trade) => trade.netUsdt)
  return {
    profitFactor: metricOf(profitFactor(trades, won, lost), enough),
    expectancyUsdt: mean(nets, noTrades),
    expectancyR: mean(multiples, noRisk),
    expectancyRatio: metricOf(expectancyRatio(trades, ratio, wins), enough),
    sqn: metricOf(systemQuality(multiples), multiples.length >= least),
    winRatePct: metricOf(trades.length > 0 ? (100 * wins) / trades.length : noTrades, enough),
    wins: fact(wins),
    losses: fact(losses),
    breakeven: fact(breakeven),
    payoff: metricOf(ratio, enough),
    maePct: mean(
      known(trades, (trade) => trade.maePct),
      noTrades,
    ),
    maeR: mean(
      known(trades, (trade) => trade.maeR),
      noRisk,
    ),
    mfePct: mean(
      known(trades, (trade) => trade.mfePct),
      noTrades,
    ),
    mfeR: mean(
      known(trades, (trade) => trade.mfeR),
      noRisk,
    ),
    endDrawdownR: mean(known(trades, endDrawdown), noSimple),
  }
}
