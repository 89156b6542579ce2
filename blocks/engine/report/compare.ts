// Two reports side by side for `verify`: identical, or what differs, hash by hash and at the first trade that differs.
import { dateText, timeText } from '../metrics/calendar'
import type { Report, TradeRow } from './document'
import { equityHash, type HashedTrade, hashedNames, lineWriter, type Steps, settingsHash, tradesHash } from './hashes'

export interface Difference {
  /** Key of the document: `tradesHash`, `trades[3].exitPrice`, `metrics.sharpe`. */
  readonly what: string
  readonly message: string
}

export interface Comparison {
  readonly identical: boolean
  readonly differences: readonly Difference[]
}

export const stepsOfReport = (report: Report): Steps =>
  new Map(report.provenance.instruments.map(({ instrument, step }): [string, string] => [instrument, step]))

const exited = (row: TradeRow): row is TradeRow & HashedTrade => row.exitMs !== null && row.exitPrice !== null

/** Hashes that do not belong to the document's own trades, equity or settings: it was altered after it was written. */
export const checkReport = (report: Report): Difference[] => {
  const actual = {
    tradesHash: tradesHash(report.trades.filter(exited), stepsOfReport(report)),
    equityHash: equityHash(report.equity.map(([, equity]) => equity)),
    settingsHash: settingsHash(report.settings),
  }
  return (['tradesHash', 'equityHash', 'settingsHash'] as const)
    .filter((name) => actual[name] !== report[name])
    .map((name) => ({
      what: name,
      message: `The report's ${name} is ${report[name]}, but its contents give ${actual[name]}: it was altered.`,
    }))
}

const words = {
  playHash: 'The Play is another document',
  logicHash: 'The Play does something else',
  engine: 'The engine version differs',
  settingsHash: 'The run settings differ',
  tradesHash: 'The trades differ',
  equityHash: 'The daily equity differs',
} as const

const identities = (a: Report, b: Report): Difference[] =>
  (Object.keys(words) as (keyof typeof words)[])
    .filter((key) => a[key] !== b[key])
    .map((key) => ({ what: key, message: `${words[key]}: ${a[key]} and ${b[key]}.` }))

const seriesName = ({ instrument, kind, tf }: Report['data'][number]): string =>
  [instrument, kind, tf].filter((part) => part !== null).join(' ')

const dataDifferences = (a: Report, b: Report): Difference[] => {
  const hashesOf = (report: Report) => new Map(report.data.map((series) => [seriesName(series), series.sha256]))
  const left = hashesOf(a)
  const right = hashesOf(b)
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((name) => left.get(name) !== right.get(name))
    .map((name) => ({
      what: 'data',
      message:
        left.has(name) && right.has(name)
          ? `The rows of ${name} differ: ${left.get(name)} and ${right.get(name)}.`
          : `Only the ${left.has(name) ? 'first' : 'second'} report reads ${name}.`,
    }))
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

/** Path of the first leaf that differs, with both values. */
const firstLeaf = (a: unknown, b: unknown, path: string): { path: string; a: unknown; b: unknown } | null => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === b ? null : { path, a, b }
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) {
    return { path: `${path}.length`, a: a.length, b: b.length }
  }
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const inner = Array.isArray(a) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
    const found = firstLeaf(left[key], right[key], inner)
    if (found) return found
  }
  return null
}

const named = (trade: TradeRow): string =>
  `trade ${trade.no} (${trade.side} ${trade.instrument}, entered ${timeText(trade.entryMs)} UTC)`

const firstTrade = (a: Report, b: Report): Difference[] => {
  const places = Math.max(a.trades.length, b.trades.length)
  for (let place = 0; place < places; place++) {
    const left = a.trades[place]
    const right = b.trades[place]
    if (!left || !right) {
      const extra = left ?? right
      const counts = `${a.trades.length} and ${b.trades.length} trades`
      const message = `${counts}; the first that one report alone has is ${named(extra)}, in the ${left ? 'first' : 'second'}.`
      return [{ what: `trades[${place}]`, message }]
    }
    const leaf = firstLeaf(left, right, '')
    if (leaf) {
      const message = `The first trade that differs is ${named(left)}: ${leaf.path} is ${shown(leaf.a)} and ${shown(leaf.b)}.`
      return [{ what: `trades[${place}].${leaf.path}`, message }]
    }
  }
  return []
}

const firstDay = (a: Report, b: Report): Difference[] => {
  const place = a.equity.findIndex(([ms, equity], i) => b.equity[i]?.[0] !== ms || b.equity[i]?.[1] !== equity)
  if (place < 0) {
    if (a.equity.length === b.equity.length) return []
    const message = `${a.equity.length} and ${b.equity.length} daily equities.`
    return [{ what: 'equity.length', message }]
  }
  const [ms, equity] = a.equity[place]
  const other = b.equity[place]?.[1]
  const message = `The first daily equity that differs is that of ${dateText(ms)}: ${equity} and ${shown(other)}.`
  return [{ what: `equity[${place}]`, message }]
}

/** Parts that no hash covers. Times that a run took are not results. */
const unhashed = [
  'range',
  'settings',
  'notices',
  'plays',
  'metrics',
  'splits',
  'monthly',
  'provenance',
  'ambiguity',
  'friction',
  'open',
  'pending',
] as const

const restDifferences = (a: Report, b: Report): Difference[] =>
  unhashed.flatMap((key) => {
    const leaf = firstLeaf(a[key], b[key], key)
    return leaf ? [{ what: leaf.path, message: `${leaf.path} is ${shown(leaf.a)} and ${shown(leaf.b)}.` }] : []
  })

/** What differs, causes (Play, settings, data, engine) before effects. Both must be whole documents. */
export const compareReports = (a: Report, b: Report): Comparison => {
  const differences = [
    ...identities(a, b),
    ...dataDifferences(a, b),
    ...firstTrade(a, b),
    ...firstDay(a, b),
    ...restDifferences(a, b),
  ]
  return { identical: differences.length === 0, differences }
}

export interface HashedColumns {
  readonly names: readonly string[]
  readonly rows: readonly { readonly row: TradeRow; readonly texts: readonly string[] }[]
}

/** The columns of the trades hash with the text that is hashed, for whoever writes trades as a table. */
export const hashedColumns = (report: Report): HashedColumns => {
  const steps = stepsOfReport(report)
  const textsOf = lineWriter(steps)
  const rows = report.trades.filter(exited).map((row) => ({ row, texts: textsOf(row) }))
  return { names: hashedNames(steps), rows }
}
