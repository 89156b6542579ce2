// What trading cost: sums of the run, the open position included, and their share of what was earned before them.
import type { Costs, RunFacts } from '../facts'
import { netProfit } from './growth'
import { fact, percent, quotient, type Result } from './result'

/** Fees, funding paid and slippage. Funding received is income, not a negative cost. */
const total = (costs: Costs): number =>
  costs.makerFeesUsdt + costs.takerFeesUsdt + costs.liquidationFeesUsdt + costs.fundingPaidUsdt + costs.slippageUsdt

/** Costs / profit before costs. Slippage sits in the fill prices, so it is added back like the booked costs. */
const shareOfGross = (facts: RunFacts): Result => {
  const costs = total(facts.costs)
  const gross = netProfit(facts) + costs
  return gross > 0 ? costs / gross : 'no profit before costs'
}

export const costMetrics = (facts: RunFacts) => {
  const { costs } = facts
  const share = shareOfGross(facts)
  const slipped = quotient(costs.slippageUsdt, costs.slippedNotionalUsdt, 'nothing was filled with slippage')
  return {
    feesUsdt: fact(costs.makerFeesUsdt + costs.takerFeesUsdt + costs.liquidationFeesUsdt),
    makerFeesUsdt: fact(costs.makerFeesUsdt),
    takerFeesUsdt: fact(costs.takerFeesUsdt),
    fundingUsdt: fact(costs.fundingReceivedUsdt - costs.fundingPaidUsdt),
    fundingPaidUsdt: fact(costs.fundingPaidUsdt),
    fundingReceivedUsdt: fact(costs.fundingReceivedUsdt),
    slippageUsdt: fact(costs.slippageUsdt),
    slippageBps: fact(typeof slipped === 'string' ? slipped : 10_000 * slipped),
    costsOfGrossPct: fact(percent(share)),
    liquidationFeesUsdt: fact(costs.liquidationFeesUsdt),
  }
}
