// Two results of one scenario, field by field (S50): what the second simulator says against what the first does.
import type { Leg, Trade } from '../../blocks/engine/trade'
import { clockOf } from './build'
import { near, pendingText } from './check'
import type { Result } from './types'

/** A liquidation price is a quotient, the one price that is not on the tick: compared apart, as money. */
const legLine = ({ ms, side, reason, price, qtyBase, maker }: Leg): string =>
  `${clockOf(ms)} ${side} ${reason} ${reason === 'liquidation' ? '' : price} x ${qtyBase}${maker ? ' maker' : ''}`

const head = ({ play, instrument, side, setup, exitReason, ambiguous }: Trade): string =>
  `play ${play} ${instrument} ${side} ${setup} ${exitReason ?? 'open'}${ambiguous ? ' ambiguous' : ''}`

const words = (path: string, a: unknown, b: unknown): string[] => {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
  return left === right ? [] : [`${path}: ${left} against ${right}`]
}
const money = (path: string, a: number | null | undefined, b: number | null | undefined): string[] => {
  if (typeof a !== 'number' || typeof b !== 'number') return words(path, a, b)
  return near(a, b) ? [] : [`${path}: ${a} against ${b}`]
}

const figures = [
  'entryPrice',
  'exitPrice',
  'qtyBase',
  'feesUsdt',
  'fundingUsdt',
  'netUsdt',
  'initialRiskUsdt',
  'r',
  'maePct',
  'maeR',
  'mfePct',
  'mfeR',
] as const

const tradeLines = (path: string, a: Trade | undefined, b: Trade | undefined): string[] => {
  if (a === undefined || b === undefined) return words(path, a?.legs.map(legLine), b?.legs.map(legLine))
  const legs = Array.from({ length: Math.max(a.legs.length, b.legs.length) }, (_, i) => {
    const [x, y] = [a.legs[i], b.legs[i]]
    const at = `${path} leg ${i + 1}`
    return [
      ...words(at, x && legLine(x), y && legLine(y)),
      ...money(`${at} price`, x?.price, y?.price),
      ...money(`${at} reference`, x?.referencePrice, y?.referencePrice),
      ...money(`${at} fee`, x?.feeUsdt, y?.feeUsdt),
    ]
  })
  return [
    ...words(path, head(a), head(b)),
    ...legs.flat(),
    ...figures.flatMap((k) => money(`${path} ${k}`, a[k], b[k])),
  ]
}

const lists = (path: string, a: readonly Trade[], b: readonly Trade[]): string[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) => tradeLines(`${path} ${i + 1}`, a[i], b[i])).flat()

const rows = (path: string, a: Result['equity'], b: Result['equity']): string[] => {
  if (a.length !== b.length) return [`${path}: ${a.length} rows against ${b.length}`]
  const i = a.findIndex(([ms, value], k) => ms !== b[k]?.[0] || !near(value, b[k]?.[1] ?? Number.NaN))
  return i < 0 ? [] : words(`${path} from ${clockOf(a[i]?.[0] ?? 0)}`, a[i], b[i])
}

const counts = ['partialBars', 'lateFills', 'staleFills', 'ambiguous', 'liquidations', 'ruined'] as const

/** Reasons by Play, zeros and absent ones alike. */
const dropLines = (drops: Result['drops']): readonly string[] =>
  Object.entries(drops)
    .flatMap(([play, reasons]) => Object.entries(reasons).map(([reason, n]) => ({ play, reason, n })))
    .filter(({ n }) => n !== 0)
    .map(({ play, reason, n }) => `${play} ${reason} ${n}`)
    .sort()

const cappedLines = (capped: Result['capped']): readonly (readonly [string, number])[] =>
  Object.entries(capped).filter(([, n]) => n !== 0)

/** Sums per account: the order and cut of the entries is each simulator's own. */
const accounts = (a: Result, b: Result): string[] => {
  const sum = (result: Result, account: string): number =>
    result.ledger.filter((x) => x.account === account).reduce((total, x) => total + x.amount, 0)
  return ['realised', 'fee', 'funding', 'liquidation', 'insurance'].flatMap((account) =>
    money(`account ${account}`, sum(a, account), sum(b, account)),
  )
}

/** In words, `a` first; empty when both agree in everything that can be seen. */
export const compareResults = (a: Result, b: Result): string[] => [
  ...lists('trade', a.trades, b.trades),
  ...lists('open', a.open, b.open),
  ...words('pending', a.pending.map(pendingText), b.pending.map(pendingText)),
  ...words('drops', dropLines(a.drops), dropLines(b.drops)),
  ...words('capped', cappedLines(a.capped), cappedLines(b.capped)),
  ...counts.flatMap((key) => words(key, a[key], b[key])),
  ...accounts(a, b),
  ...rows('equity', a.equity, b.equity),
  ...rows('daily', a.daily, b.daily),
]
