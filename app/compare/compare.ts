// Two runs beside each other as tables and lines: every figure with its difference, both equities on one scale. Pure.
import type { inferRouterOutputs } from '@trpc/server'
import type { MetricName } from '../../blocks/engine/metrics/names'
import { least } from '../../blocks/engine/metrics/result'
import type { AppRouter } from '../../server/api/router'
import type { EquityLines } from '../chart/equityLines'
import { underwaterOf } from '../chart/underwater'
import { count, counted, fixed, none, signed } from '../results/format'
import { isEarned, trustCells } from '../results/trust'

export type Compared = inferRouterOutputs<AppRouter>['run']['compare']
type Pair = Compared['metrics'][number]

interface Shape {
  readonly label: string
  readonly unit: string
  readonly decimals: number
  /** Grey until trust is earned; none below the least number of trades. */
  readonly profit?: true
}

/** In the order in which they are read; metrics that are not named here stand in the report alone. */
export const shapes: readonly (readonly [MetricName, Shape])[] = [
  ['netProfitUsdt', { label: 'Net profit', unit: 'USDT', decimals: 2, profit: true }],
  ['returnPct', { label: 'Return', unit: '%', decimals: 1, profit: true }],
  ['cagrPct', { label: 'A year (CAGR)', unit: '%', decimals: 1, profit: true }],
  ['maxDrawdownPct', { label: 'Max drawdown', unit: '%', decimals: 1 }],
  ['drawdownDays', { label: 'Longest under water', unit: 'd', decimals: 0 }],
  ['sharpe', { label: 'Sharpe', unit: '', decimals: 2 }],
  ['sortino', { label: 'Sortino', unit: '', decimals: 2 }],
  ['calmar', { label: 'Calmar', unit: '', decimals: 2 }],
  ['volatilityPct', { label: 'Volatility a year', unit: '%', decimals: 1 }],
  ['profitFactor', { label: 'Profit factor', unit: '', decimals: 2 }],
  ['expectancyR', { label: 'Expectancy', unit: 'R', decimals: 2 }],
  ['expectancyUsdt', { label: 'Per trade', unit: 'USDT', decimals: 2, profit: true }],
  ['winRatePct', { label: 'Trades won', unit: '%', decimals: 1 }],
  ['payoff', { label: 'Mean win to mean loss', unit: '', decimals: 2 }],
  ['sqn', { label: 'SQN', unit: '', decimals: 2 }],
  ['maeR', { label: 'Worst moment, mean', unit: 'R', decimals: 2 }],
  ['mfeR', { label: 'Best moment, mean', unit: 'R', decimals: 2 }],
  ['exposurePct', { label: 'Time in the market', unit: '%', decimals: 1 }],
  ['turnover', { label: 'Turnover a year', unit: '', decimals: 1 }],
  ['feesUsdt', { label: 'Fees', unit: 'USDT', decimals: 2 }],
  ['slippageUsdt', { label: 'Slippage', unit: 'USDT', decimals: 2 }],
  ['fundingUsdt', { label: 'Funding', unit: 'USDT', decimals: 2 }],
  ['costsOfGrossPct', { label: 'Costs of gross', unit: '%', decimals: 0 }],
]

export interface Cell {
  readonly text: string
  /** Why there is no figure; empty where there is one. */
  readonly about: string
  readonly quiet: boolean
}

export interface MetricLine {
  readonly label: string
  readonly unit: string
  readonly before: Cell
  readonly after: Cell
  readonly difference: string
}

const closed = ({ trades }: Compared['before']): number => trades ?? 0

const unearned = ({ figures }: Compared['before']): boolean => figures === null || !isEarned(trustCells(figures))

/** What a profit of so few trades says: nothing. */
const tooFew = (trades: number): string =>
  `There ${trades === 1 ? 'is' : 'are'} ${counted(trades, 'trade')}: at least ${least} are needed.`

/** Why there is no figure; null: there is one. */
const lackOf = (metric: Pair['before'], { profit }: Shape, trades: number): string | null => {
  if (metric === null) return 'That engine did not know this figure.'
  if (!metric.enough) return 'Not enough data.'
  if (profit === true && trades < least) return tooFew(trades)
  return metric.value === null ? (metric.why ?? 'It is undefined here.') : null
}

interface Side {
  readonly cell: Cell
  /** Null: no figure. */
  readonly value: number | null
}

const sideOf = (metric: Pair['before'], shape: Shape, run: Compared['before']): Side => {
  const lack = lackOf(metric, shape, closed(run))
  const value = lack === null ? (metric?.value ?? null) : null
  if (value === null) return { cell: { text: none, about: lack ?? '', quiet: true }, value }
  const quiet = shape.profit === true && unearned(run)
  return { cell: { text: fixed(value, shape.decimals), about: '', quiet }, value }
}

/** No difference where one of them is no figure: a number beside too small a sample is none. */
export const metricLines = ({ metrics, before, after }: Compared): readonly MetricLine[] => {
  const found = new Map(metrics.map((pair) => [pair.name, pair]))
  const trades: MetricLine = {
    label: 'Closed trades',
    unit: '',
    before: { text: count(closed(before)), about: '', quiet: false },
    after: { text: count(closed(after)), about: '', quiet: false },
    difference: signed(closed(after) - closed(before), 0),
  }
  const lines = shapes.flatMap(([name, shape]): MetricLine[] => {
    const pair = found.get(name)
    if (pair === undefined) return []
    const { label, unit, decimals } = shape
    const [a, b] = [sideOf(pair.before, shape, before), sideOf(pair.after, shape, after)]
    const difference = a.value === null || b.value === null ? none : signed(b.value - a.value, decimals)
    return [{ label, unit, before: a.cell, after: b.cell, difference }]
  })
  return [trades, ...lines]
}

const dayMs = 86_400_000

/** Both over the days of either, the one before scaled to begin with as much; NaN where a run had not begun or was over. */
export const comparedEquity = (before: Compared['before'], after: Compared['after']): EquityLines => {
  const all = [...before.equity, ...after.equity].map(([ms]) => ms)
  if (all.length === 0) return { dayMs: [], equity: [], underwater: [], holding: [] }
  // One by one: a run may have more days than a call takes arguments.
  const first = all.reduce((a, b) => Math.min(a, b))
  const last = all.reduce((a, b) => Math.max(a, b))
  const days = Array.from({ length: Math.round((last - first) / dayMs) + 1 }, (_, i) => first + i * dayMs)
  const onDays = ({ equity }: Compared['before'], scale: number): number[] => {
    const byDay = new Map(equity.map(([ms, usdt]) => [ms, usdt * scale]))
    return days.map((ms) => byDay.get(ms) ?? Number.NaN)
  }
  const own = underwaterOf(
    after.equity.map(([, usdt]) => usdt),
    after.start,
  )
  const depth = new Map(after.equity.map(([ms], i) => [ms, own[i] ?? Number.NaN]))
  return {
    dayMs: days,
    equity: onDays(after, 1),
    underwater: days.map((ms) => depth.get(ms) ?? Number.NaN),
    holding: onDays(before, after.start / before.start),
  }
}

/** What makes the two no comparison of the Plays alone, the gravest first. */
export const groundWords = ({ same, before, after }: Compared): string | null => {
  if (!same.data && !same.range)
    return 'They ran over another range and on other data: no figure can be held against the other.'
  if (!same.data) return 'They read different data: no figure can be held against the other.'
  if (!same.range) return 'They ran over different ranges: figures of the whole run cannot be held against each other.'
  if (!same.engine)
    return `Another engine ran each (${before.engine} and ${after.engine}): what differs may be its doing.`
  if (same.play && same.settings && !(same.trades && same.equity))
    return 'Play, settings, data and engine are the same and the results differ: this is a bug in Playloom. Trust neither.'
  return null
}
