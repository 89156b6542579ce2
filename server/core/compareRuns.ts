// Two runs beside each other: what they were made of, every figure, and which trades came, went or changed.
import type { Metric } from '../../blocks/engine/metrics/names'
import type { Report, TradeRow } from '../../blocks/engine/report/document'

export interface MetricPair {
  readonly name: string
  /** Null: not known to that version of the engine. */
  readonly before: Metric | null
  readonly after: Metric | null
}

/** One value of the settings as run, by its path: `fees.taker`, `markets.main`. */
export interface SettingPair {
  readonly what: string
  /** Null: not said there. */
  readonly before: string | null
  readonly after: string | null
}

/** One series that only one of them read, or of which they read other rows. */
export interface SeriesPair {
  readonly series: string
  readonly before: string | null
  readonly after: string | null
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
  readonly settings: readonly SettingPair[]
  readonly data: readonly SeriesPair[]
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

/** Every name of either side, with what each has; in the order of the first, then of the second. */
const pairs = <T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>) =>
  [...new Set([...before.keys(), ...after.keys()])].map((name) => ({
    name,
    before: before.get(name) ?? null,
    after: after.get(name) ?? null,
  }))

const dataOf = ({ data }: Report): Map<string, string> =>
  new Map(
    data.map(({ instrument, kind, tf, sha256 }) => [`${instrument} ${kind}${tf === null ? '' : ` ${tf}`}`, sha256]),
  )

const dataPairs = (before: Report, after: Report): SeriesPair[] =>
  pairs(dataOf(before), dataOf(after)).flatMap(({ name, ...both }) =>
    both.before === both.after ? [] : [{ series: name, ...both }],
  )

/** Values by path. Lists are one value: markets of a basket, parameters of several Plays. */
const leaves = (value: unknown, path: string): [string, string][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
    : [[path, typeof value === 'string' ? value : JSON.stringify(value)]]

const settingPairs = (before: Report, after: Report): SettingPair[] =>
  pairs(new Map(leaves(before.settings, '')), new Map(leaves(after.settings, ''))).flatMap(({ name, ...both }) =>
    both.before === both.after ? [] : [{ what: name, ...both }],
  )

const metricPairs = ({ metrics: before }: Report, { metrics: after }: Report): MetricPair[] =>
  pairs<Metric>(new Map(Object.entries(before)), new Map(Object.entries(after)))

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
  const data = dataPairs(before, after)
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
      data: data.length === 0,
      settings: before.settingsHash === after.settingsHash,
      range: before.range.fromMs === after.range.fromMs && before.range.toMs === after.range.toMs,
      engine: before.engine === after.engine,
      trades: before.tradesHash === after.tradesHash,
      equity: before.equityHash === after.equityHash,
    },
    settings: settingPairs(before, after),
    data,
    metrics: metricPairs(before, after),
    gained,
    lost: [...old.values()].flat().sort((a, b) => a.entryMs - b.entryMs),
    changed,
    kept,
  }
}
