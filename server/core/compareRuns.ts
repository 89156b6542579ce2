// Two runs beside each other: what they were made of, every figure, and which trades came, went or changed.
import type { Report, TradeRow } from '../../blocks/engine/report/document'

export interface MetricPair {
  readonly name: string
  /** Null: undefined there, or not known to that version. */
  readonly before: number | null
  readonly after: number | null
}

export interface TradePair {
  readonly before: TradeRow
  readonly after: TradeRow
}

export interface RunComparison {
  /** What both have in common; a figure means nothing without it. */
  readonly same: {
    readonly play: boolean
    readonly data: boolean
    readonly settings: boolean
    readonly range: boolean
    readonly engine: boolean
    readonly trades: boolean
    readonly equity: boolean
  }
  readonly metrics: readonly MetricPair[]
  readonly gained: readonly TradeRow[]
  readonly lost: readonly TradeRow[]
  /** Same entry, another life: exit, price or result. */
  readonly changed: readonly TradePair[]
  readonly kept: number
}

/** A trade is the same decision when market, side, setup and instant of entry are. */
const keyOf = ({ play, instrument, side, setup, entryMs }: TradeRow): string =>
  JSON.stringify([play ?? 0, instrument, side, setup, entryMs])

const lifeOf = ({ entryPrice, qtyBase, exitMs, exitPrice, exitReason, netUsdt }: TradeRow): string =>
  JSON.stringify([entryPrice, qtyBase, exitMs, exitPrice, exitReason, netUsdt])

const dataOf = ({ data }: Report): string =>
  data
    .map(({ instrument, kind, tf, sha256 }) => `${instrument} ${kind} ${tf} ${sha256}`)
    .sort()
    .join('\n')

const figureOf = (report: Report, name: string): number | null =>
  (report.metrics as Readonly<Record<string, { readonly value: number | null } | undefined>>)[name]?.value ?? null

const metricsOf = (before: Report, after: Report): MetricPair[] =>
  [...new Set([...Object.keys(before.metrics), ...Object.keys(after.metrics)])].map((name) => ({
    name,
    before: figureOf(before, name),
    after: figureOf(after, name),
  }))

/** One that is open at the end of a run is the same decision as the one that a longer run sees closed. */
const allTrades = ({ trades, open }: Report): readonly TradeRow[] => [
  ...trades,
  ...(open === null ? [] : 'length' in open ? open : [open]),
]

/** Several entries of one key (a symbol list, pyramids) pair up in their order. */
const byKey = (trades: readonly TradeRow[]): Map<string, TradeRow[]> => {
  const map = new Map<string, TradeRow[]>()
  for (const trade of trades) {
    const key = keyOf(trade)
    const list = map.get(key)
    if (list === undefined) map.set(key, [trade])
    else list.push(trade)
  }
  return map
}

export const compareRuns = (before: Report, after: Report): RunComparison => {
  const old = byKey(allTrades(before))
  const gained: TradeRow[] = []
  const changed: TradePair[] = []
  let kept = 0
  for (const trade of allTrades(after)) {
    const twin = old.get(keyOf(trade))?.shift()
    if (twin === undefined) gained.push(trade)
    else if (lifeOf(twin) === lifeOf(trade)) kept += 1
    else changed.push({ before: twin, after: trade })
  }
  return {
    same: {
      play: before.playHash === after.playHash,
      data: dataOf(before) === dataOf(after),
      settings: before.settingsHash === after.settingsHash,
      range: before.range.fromMs === after.range.fromMs && before.range.toMs === after.range.toMs,
      engine: before.engine === after.engine,
      trades: before.tradesHash === after.tradesHash,
      equity: before.equityHash === after.equityHash,
    },
    metrics: metricsOf(before, after),
    gained,
    lost: [...old.values()].flat().sort((a, b) => a.entryMs - b.entryMs),
    changed,
    kept,
  }
}
