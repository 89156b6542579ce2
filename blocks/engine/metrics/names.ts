// The metrics of a run by name, in the order in which every document and screen lists them (cli.md).

/** dsr, pbo and minTrackDays join when the true count of trials is known (evolution). */
export const metricNames = [
  'netProfitUsdt',
  'returnPct',
  'cagrPct',
  'volatilityPct',
  'sharpe',
  'sortino',
  'maxDrawdownPct',
  'maxDrawdownUsdt',
  'drawdownDays',
  'recoveryDays',
  'calmar',
  'ulcer',
  'upi',
  'omega',
  'profitFactor',
  'expectancyUsdt',
  'expectancyR',
  'expectancyRatio',
  'sqn',
  'winRatePct',
  'wins',
  'losses',
  'breakeven',
  'payoff',
  'maePct',
  'maeR',
  'mfePct',
  'mfeR',
  'endDrawdownR',
  'exposurePct',
  'grossMeanPct',
  'grossMaxPct',
  'netMeanPct',
  'netMaxPct',
  'leverageMean',
  'turnover',
  'tailRatio',
  'skew',
  'excessKurtosis',
  'var95Pct',
  'cvar95Pct',
  'recoveryFactor',
  'gainToPain',
  'psr',
  'feesUsdt',
  'makerFeesUsdt',
  'takerFeesUsdt',
  'fundingUsdt',
  'fundingPaidUsdt',
  'fundingReceivedUsdt',
  'slippageUsdt',
  'slippageBps',
  'costsOfGrossPct',
  'liquidationFeesUsdt',
  'liquidations',
  'closestLiquidationPct',
  'lowestMarginRatio',
  'buyHoldReturnPct',
  'equalRiskReturnPct',
  'alphaPct',
  'beta',
  'correlation',
] as const

export type MetricName = (typeof metricNames)[number]

/** `value` is null where the metric is undefined, and `why` then says so: never Infinity, a bare 0 or a cap. */
export interface Metric {
  readonly value: number | null
  /** False: shown to people as "not enough data" (S46). */
  readonly enough: boolean
  readonly why?: string
}

export type Metrics = Readonly<Record<MetricName, Metric>>
