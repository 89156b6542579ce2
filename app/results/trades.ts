// Trades of a report as rows of a table, and what an edit gained and lost of them. Pure.
import type { Report, TradeRow } from '../../blocks/engine/report/document'
import { isTimeframe, tfMs } from '../../blocks/kit/timeframe'

/** Trades that ended and those that are still open, in report order. */
export const allTrades = ({ trades, open }: Report): readonly TradeRow[] => {
  const still: readonly TradeRow[] = open === null ? [] : 'no' in open ? [open] : open
  return still.length === 0 ? trades : [...trades, ...still]
}

/** Of the first Play of a run. */
export const tradesFileName = ({ provenance }: Report): string =>
  `${(provenance.plays[0]?.name ?? 'play').toLowerCase().replace(/[^a-z0-9]+/g, '-')}-trades.csv`

/** Decision bars that a trade touched: it began in one and ended in one. */
export const barsHeld = ({ entryMs, exitMs }: TradeRow, barMs: number): number | null =>
  exitMs === null ? null : Math.ceil((exitMs - entryMs) / barMs)

/** Length of a decision bar of the first Play, ms. */
export const barMsOf = ({ provenance }: Report): number => {
  const tf = provenance.plays[0]?.tf
  return tf !== undefined && isTimeframe(tf) ? tfMs[tf] : tfMs['1h']
}

/** Decimal text, in which a market's quantities are written. */
export const stepOf = ({ provenance }: Report, instrument: string): string =>
  provenance.instruments.find((market) => market.instrument === instrument)?.step ?? '0.000001'

export const tradeNo = (report: Report | null, no: number): TradeRow | null =>
  report === null ? null : (allTrades(report).find((trade) => trade.no === no) ?? null)

/** The trade before or after one in the order of entry; null at the ends. */
export const beside = (trades: readonly TradeRow[], no: number, step: 1 | -1): TradeRow | null => {
  const place = trades.findIndex((trade) => trade.no === no)
  return place < 0 ? null : (trades[place + step] ?? null)
}

const identity = ({ instrument, side, entryMs }: TradeRow): string => `${instrument}|${side}|${entryMs}`

const sameGround = (a: Report, b: Report): boolean =>
  a.range.fromMs === b.range.fromMs &&
  a.range.toMs === b.range.toMs &&
  JSON.stringify(a.data) === JSON.stringify(b.data)

export interface TradeChange {
  readonly gained: number
  readonly lost: number
}

/** Entries that one run has and the other has not; null when they ran over other data or another range. */
export const tradeChange = (now: Report, before: Report): TradeChange | null => {
  if (!sameGround(now, before)) return null
  const mine = new Set(allTrades(now).map(identity))
  const theirs = new Set(allTrades(before).map(identity))
  const missing = (from: ReadonlySet<string>, of: ReadonlySet<string>): number =>
    [...from].filter((key) => !of.has(key)).length
  return { gained: missing(mine, theirs), lost: missing(theirs, mine) }
}

/** Initial risk in USDT, which R is measured in; null where R says nothing of it. */
export const riskOf = ({ netUsdt, r }: TradeRow): number | null => {
  if (r === null || r === 0) return null
  const risk = netUsdt / r
  return Number.isFinite(risk) && risk > 0 ? risk : null
}
