// Profit, growth and drawdown of the whole run, part days at the ends included.
import type { RunFacts } from '../facts'
import { daysAYear } from './daily'
import { quotient, type Result } from './result'

export const dayMs = 86_400_000

/** Calendar days with fraction. */
export const daysOf = ({ fromMs, toMs }: RunFacts): number => (toMs - fromMs) / dayMs

export const netProfit = (facts: RunFacts): number => facts.lastEquity - facts.firstEquity

export const totalReturn = (facts: RunFacts): number => facts.lastEquity / facts.firstEquity - 1

/** A ruined run is -1 whatever is left (S41). */
export const cagr = (facts: RunFacts): Result => {
  if (facts.ruined || facts.lastEquity <= 0) return -1
  const days = daysOf(facts)
  if (!(days > 0)) return 'the range is empty'
  return (facts.lastEquity / facts.firstEquity) ** (daysAYear / days) - 1
}

const neverFell = 'equity was never below its peak'

export const recoveryDays = ({ drawdowns }: RunFacts): Result => {
  if (drawdowns.maxShare <= 0) return neverFell
  return drawdowns.recoveryMs === null ? 'the largest drawdown has not recovered' : drawdowns.recoveryMs / dayMs
}

export const calmar = (facts: RunFacts): Result => quotient(cagr(facts), facts.drawdowns.maxShare, neverFell)

export const recoveryFactor = (facts: RunFacts): Result =>
  quotient(netProfit(facts), facts.drawdowns.maxUsdt, neverFell)

/** Root mean square of the drawdowns at the daily samples, a fraction; the peak starts at the first equity. */
export const ulcer = ({ firstEquity, sampleEquity }: RunFacts): Result => {
  if (sampleEquity.length === 0) return 'no 00:00 UTC in the range'
  let peak = firstEquity
  let squares = 0
  for (const equity of sampleEquity) {
    peak = Math.max(peak, equity)
    const drawdown = 1 - equity / peak
    squares += drawdown * drawdown
  }
  return Math.sqrt(squares / sampleEquity.length)
}

export const ulcerPerformance = (facts: RunFacts): Result =>
  quotient(cagr(facts), ulcer(facts), 'no daily sample was below its peak')

/** Notional of all fills / mean equity, a year. */
export const turnover = (facts: RunFacts): Result => {
  const { equityMean } = facts.exposure
  const days = daysOf(facts)
  if (!(equityMean > 0)) return 'mean equity is not positive'
  if (!(days > 0)) return 'the range is empty'
  return ((facts.filledNotionalUsdt / equityMean) * daysAYear) / days
}
