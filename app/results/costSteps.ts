// From the profit before costs to the net, step by step, as the metrics count it. Pure.
import type { Report } from '../../blocks/engine/report/document'

export interface CostStep {
  readonly label: string
  readonly usdt: number
  /** Where its bar lies: running sums before and after; a total begins at zero. */
  readonly from: number
  readonly to: number
  readonly total: boolean
}

/** Funding received is income and stands in the first bar (metrics: costs of gross). */
export const costSteps = ({ metrics }: Report): readonly CostStep[] => {
  const value = (name: 'netProfitUsdt' | 'feesUsdt' | 'slippageUsdt' | 'fundingPaidUsdt'): number =>
    metrics[name].value ?? 0
  const net = value('netProfitUsdt')
  const parts = [
    ['Fees', value('feesUsdt')],
    ['Slippage', value('slippageUsdt')],
    ['Funding paid', value('fundingPaidUsdt')],
  ] as const
  const gross = parts.reduce((sum, [, usdt]) => sum + usdt, net)
  const steps: CostStep[] = [{ label: 'Before costs', usdt: gross, from: 0, to: gross, total: true }]
  let at = gross
  for (const [label, usdt] of parts) {
    steps.push({ label, usdt: usdt === 0 ? 0 : -usdt, from: at, to: at - usdt, total: false })
    at -= usdt
  }
  return [...steps, { label: 'Net', usdt: net, from: 0, to: net, total: true }]
}

/** Bars of the waterfall as shares of its width. */
export const extentOf = (steps: readonly CostStep[]): { readonly low: number; readonly high: number } => {
  const all = steps.flatMap(({ from, to }) => [from, to])
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)]
  return low === high ? { low, high: low + 1 } : { low, high }
}
