// How the results of trades lie, in R: bins of a histogram, and how far each trade went against its entry and for it. Pure.
import type { Report, TradeRow } from '../../blocks/engine/report/document'
import { fixed, minus, signed } from './format'

/** Lower end included, upper end not; null: without end. */
export interface RSpan {
  readonly low: number | null
  readonly high: number | null
}

/** Sums of decimals: a full stop of -0.9999999999 R is one of -1 R. */
const dust = 1e-9

export const inSpan = (r: number, { low, high }: RSpan): boolean =>
  (low === null || r >= low - dust) && (high === null || r < high - dust)

export interface MeasuredTrade extends TradeRow {
  readonly r: number
}

const isMeasured = (trade: TradeRow): trade is MeasuredTrade => trade.r !== null

/** Closed trades whose risk is known: without a stop there is no R. */
export const measuredTrades = ({ trades }: Pick<Report, 'trades'>): readonly MeasuredTrade[] =>
  trades.filter(isMeasured)

export interface Bin {
  readonly span: RSpan
  /** Edges on the scale, R. */
  readonly from: number
  readonly to: number
  readonly count: number
}

export interface Histogram {
  readonly bins: readonly Bin[]
  /** Count of the highest bin. */
  readonly most: number
  /** Ends of the scale, R. */
  readonly from: number
  readonly to: number
}

/** More would be narrower than a pointer finds. */
const mostBins = 20

/** 1, 2, 5, 10, 20, ... */
function* rounds(): Generator<number> {
  for (let ten = 1; ; ten *= 10) for (const digit of [1, 2, 5]) yield digit * ten
}

/** The value below which a share of them lies. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0

/** Tenths of R a bin, so that edges are decimals without dust, and the bins from -1 R to 1 R and nearly all trades. */
const scaleOf = (
  sorted: readonly number[],
): { readonly tenths: number; readonly first: number; readonly end: number } => {
  const low = Math.min(-1, quantile(sorted, 0.01))
  const high = Math.max(1, quantile(sorted, 0.99))
  for (const tenths of rounds()) {
    const first = Math.floor((10 * low) / tenths)
    const end = Math.floor((10 * high) / tenths) + 1
    if (end - first <= mostBins) return { tenths, first, end }
  }
  throw new Error('unreachable: the steps have no end')
}

/** Zero is an edge: no bin mixes profits with losses. What lies beyond the scale is in the bins at its ends. */
export const histogramOf = (trades: readonly MeasuredTrade[]): Histogram => {
  const sorted = trades.map(({ r }) => r).sort((a, b) => a - b)
  const { tenths, first, end } = scaleOf(sorted)
  const edge = (k: number): number => (k * tenths) / 10
  const [least, greatest] = [sorted[0] ?? 0, sorted.at(-1) ?? 0]
  const bins = Array.from({ length: end - first }, (_, i): Bin => {
    const [from, to] = [edge(first + i), edge(first + i + 1)]
    const open = { low: i === 0 && least < from - dust, high: i === end - first - 1 && greatest >= to - dust }
    const span = { low: open.low ? null : from, high: open.high ? null : to }
    return { span, from, to, count: sorted.filter((r) => inSpan(r, span)).length }
  })
  return { bins, most: Math.max(1, ...bins.map(({ count }) => count)), from: edge(first), to: edge(end) }
}

/** No decimals that say nothing: "−1", "+0.5". */
export const edgeText = (r: number): string => signed(r, 1).replace(/\.0$/, '')

/** "−1.2 to −1 R", "−3 R or less", "+8 R or more". */
export const spanText = ({ low, high }: RSpan): string => {
  if (low === null) return high === null ? 'all' : `below ${edgeText(high)} R`
  return high === null ? `${edgeText(low)} R and more` : `${edgeText(low)} to ${edgeText(high)} R`
}

/** Numbers of a scale, at most `most` of them, zero among them when it is in sight. */
export const ticksOf = (from: number, to: number, most: number): readonly number[] => {
  for (const tenths of rounds()) {
    const first = Math.ceil((10 * from) / tenths - dust)
    const last = Math.floor((10 * to) / tenths + dust)
    if (last - first + 1 <= most)
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ((first + i) * tenths) / 10)
  }
  throw new Error('unreachable: the steps have no end')
}

/** A trade by its excursions: how far it went against its entry and for it, 0 or more, in R. */
export interface Excursion {
  readonly trade: MeasuredTrade
  readonly mae: number
  readonly mfe: number
}

export interface Excursions {
  readonly points: readonly Excursion[]
  /** Ends of the scales, R: what lies beyond them stands on the edge. */
  readonly mae: number
  readonly mfe: number
  /** How many stand there. */
  readonly beyond: number
}

/** Room beyond what nearly all trades reached: they do not stand on the edge themselves. */
const roomBeyond = 1.03

/** The end of a scale: round, and beyond a full stop. */
const endOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const high = roomBeyond * quantile(sorted, 0.98)
  return Math.max(1.2, high <= 2 ? Math.ceil(5 * high) / 5 : Math.ceil(2 * high) / 2)
}

export const excursionsOf = (trades: readonly MeasuredTrade[]): Excursions => {
  const points = trades.flatMap((trade): Excursion[] =>
    trade.maeR === null || trade.mfeR === null ? [] : [{ trade, mae: trade.maeR, mfe: trade.mfeR }],
  )
  const [mae, mfe] = [endOf(points.map((point) => point.mae)), endOf(points.map((point) => point.mfe))]
  return { points, mae, mfe, beyond: points.filter((point) => point.mae > mae || point.mfe > mfe).length }
}

/** "Trade 12, long: 0.40 R against it, 1.60 R for it, ended at +1.50 R". */
export const excursionText = ({ trade, mae, mfe }: Excursion): string =>
  `Trade ${trade.no}, ${trade.side}: ${fixed(mae, 2)} R against it, ${fixed(mfe, 2)} R for it, ended at ${signed(trade.r, 2)} R`

/** "#12: −0.40 to +1.60, ended +1.50 R": the same where room is short. */
export const briefExcursion = ({ trade, mae, mfe }: Excursion): string =>
  `#${trade.no}: ${signed(-mae, 2)} to ${signed(mfe, 2)}, ended ${signed(trade.r, 2)} R`

/** On the scale of what went against: a loss is below zero. */
export const againstText = (r: number): string => (r === 0 ? '0' : `${minus}${fixed(r, 1).replace(/\.0$/, '')}`)
