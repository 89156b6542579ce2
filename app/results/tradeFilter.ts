// Which trades the table shows and in which order: side, what closed them, won or lost, and a stretch of time. Kept while a Play is open.
import { create } from 'zustand'
import { type Outcome, outcomeOf } from '../../blocks/engine/metrics/outcome'
import type { TradeRow } from '../../blocks/engine/report/document'
import type { FillReason } from '../../blocks/engine/trade'
import { inSpan, type RSpan, spanText } from './distribution'
import { monthName } from './format'
import { exitName } from './reasons'

/** A month, or a whole year where `month` is null. */
export interface Stretch {
  readonly year: number
  readonly month: number | null
}

export interface TradeFilter {
  readonly side: TradeRow['side'] | null
  readonly reason: FillReason | null
  readonly outcome: Outcome | null
  readonly stretch: Stretch | null
  /** Result in R. */
  readonly r: RSpan | null
}

export const everything: TradeFilter = { side: null, reason: null, outcome: null, stretch: null, r: null }

export const useTradeFilter = create<TradeFilter>()(() => everything)

export interface TradeSort {
  /** Id of a column. */
  readonly id: string
  readonly desc: boolean
}

const newestFirst: TradeSort = { id: 'no', desc: true }

/** Whichever table shows the trades: that of the tab, and the one under an explanation. */
export const useTradeSort = create<TradeSort>()(() => newestFirst)

/** Of another Play nothing is left out. */
export const resetTradeFilter = (): void => {
  useTradeFilter.setState(everything)
  useTradeSort.setState(newestFirst)
}

export const isFiltering = (filter: TradeFilter): boolean =>
  filter.side !== null ||
  filter.reason !== null ||
  filter.outcome !== null ||
  filter.stretch !== null ||
  filter.r !== null

const within = ({ exitMs }: TradeRow, { year, month }: Stretch): boolean => {
  // A trade belongs to the month in which its money was made, as in the splits of the report.
  if (exitMs === null) return false
  const date = new Date(exitMs)
  return date.getUTCFullYear() === year && (month === null || date.getUTCMonth() + 1 === month)
}

export const matches = (trade: TradeRow, { side, reason, outcome, stretch, r }: TradeFilter): boolean =>
  (side === null || trade.side === side) &&
  (reason === null || trade.exitReason === reason) &&
  (outcome === null || (trade.exitMs !== null && outcomeOf(trade) === outcome)) &&
  (stretch === null || within(trade, stretch)) &&
  (r === null || (trade.exitMs !== null && trade.r !== null && inSpan(trade.r, r)))

export const filtered = (trades: readonly TradeRow[], filter: TradeFilter): readonly TradeRow[] =>
  isFiltering(filter) ? trades.filter((trade) => matches(trade, filter)) : trades

/** "Aug 2024", or the year alone. */
export const stretchName = ({ year, month }: Stretch): string =>
  month === null ? String(year) : `${monthName(month)} ${year}`

export const outcomeNames: Readonly<Record<Outcome, string>> = { win: 'Won', loss: 'Lost', breakeven: 'Even' }
const sideNames = { long: 'Long', short: 'Short' } as const

export interface FilterPart {
  readonly key: keyof TradeFilter
  readonly label: string
}

/** What is filtered by, a chip each. */
export const filterParts = ({ side, reason, outcome, stretch, r }: TradeFilter): readonly FilterPart[] => [
  ...(stretch === null ? [] : [{ key: 'stretch' as const, label: stretchName(stretch) }]),
  ...(side === null ? [] : [{ key: 'side' as const, label: sideNames[side] }]),
  ...(outcome === null ? [] : [{ key: 'outcome' as const, label: outcomeNames[outcome] }]),
  ...(reason === null ? [] : [{ key: 'reason' as const, label: exitName(reason) }]),
  ...(r === null ? [] : [{ key: 'r' as const, label: spanText(r) }]),
]

/** What closed trades, in the order of how often it did. */
export const reasonsIn = (trades: readonly TradeRow[]): readonly FillReason[] => {
  const counts = new Map<FillReason, number>()
  for (const { exitReason } of trades)
    if (exitReason !== null) counts.set(exitReason, (counts.get(exitReason) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([reason]) => reason)
}
