// Holds a result against what a vector states: a list of differences in words, empty when all is as stated.

import type { Leg, Trade } from '../../blocks/engine/trade'
import { clockOf } from './build'
import type { Drops, Expected, ExpectedLeg, ExpectedTrade, PendingEntry, Result } from './types'

/** Money to 1e-9 relative (S50). */
export const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

/** Words and whole objects exactly, by their JSON. */
const same = (path: string, actual: unknown, wanted: unknown): string[] => {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(wanted)]
  return a === b ? [] : [`${path}: ${a}, stated ${b}`]
}
const money = (path: string, actual: number | null, wanted: number | null | undefined): string[] => {
  if (wanted === undefined) return []
  if (actual === null || wanted === null) return same(path, actual, wanted)
  return near(actual, wanted) ? [] : [`${path}: ${actual}, stated ${wanted}`]
}

const legDifferences = (path: string, actual: Leg | undefined, wanted: ExpectedLeg): string[] => {
  if (actual === undefined) return [`${path}: missing, stated ${JSON.stringify(wanted)}`]
  const { side, reason, price, maker } = actual
  // A liquidation price is a quotient, the one price that is not on the tick: near, not equal.
  const exact = (value: number): number | null => (reason === 'liquidation' ? null : value)
  const shown = { at: clockOf(actual.ms), side, reason, price: exact(price), qty: actual.qtyBase, maker }
  const stated = {
    at: wanted.at,
    side: wanted.side,
    reason: wanted.reason,
    price: exact(wanted.price),
    qty: wanted.qty,
    maker: wanted.maker,
  }
  return [
    ...same(path, shown, stated),
    ...money(`${path} price`, price, wanted.price),
    ...money(`${path} reference`, actual.referencePrice, wanted.ref),
    ...money(`${path} fee`, actual.feeUsdt, wanted.fee),
  ]
}

const tradeDifferences = (path: string, actual: Trade | undefined, wanted: ExpectedTrade): string[] => {
  if (actual === undefined) return [`${path}: missing, stated ${JSON.stringify(wanted)}`]
  const words = (['side', 'instrument', 'play', 'setup', 'ambiguous'] as const).flatMap((key) =>
    wanted[key] === undefined ? [] : same(`${path} ${key}`, actual[key], wanted[key]),
  )
  const legs = Array.from({ length: Math.max(actual.legs.length, wanted.legs.length) }, (_, i) => {
    const leg = wanted.legs[i]
    const at = `${path} leg ${i + 1}`
    return leg === undefined
      ? [`${at}: not stated: ${JSON.stringify(actual.legs[i])}`]
      : legDifferences(at, actual.legs[i], leg)
  }).flat()
  return [
    ...words,
    ...legs,
    ...money(`${path} entryPrice`, actual.entryPrice, wanted.entryPrice),
    ...money(`${path} exitPrice`, actual.exitPrice, wanted.exitPrice),
    ...money(`${path} net`, actual.netUsdt, wanted.net),
    ...money(`${path} fees`, actual.feesUsdt, wanted.fees),
    ...money(`${path} funding`, actual.fundingUsdt, wanted.funding),
    ...money(`${path} risk`, actual.initialRiskUsdt, wanted.risk),
    ...money(`${path} r`, actual.r, wanted.r),
    ...money(`${path} maePct`, actual.maePct, wanted.maePct),
    ...money(`${path} maeR`, actual.maeR, wanted.maeR),
    ...money(`${path} mfePct`, actual.mfePct, wanted.mfePct),
    ...money(`${path} mfeR`, actual.mfeR, wanted.mfeR),
  ]
}

const tradesDifferences = (path: string, actual: readonly Trade[], wanted: readonly ExpectedTrade[] = []): string[] =>
  Array.from({ length: Math.max(actual.length, wanted.length) }, (_, i) => {
    const stated = wanted[i]
    const at = `${path} ${i + 1}`
    return stated === undefined
      ? [`${at}: not stated: ${tradeText(actual[i])}`]
      : tradeDifferences(at, actual[i], stated)
  }).flat()

const tradeText = (trade: Trade | undefined): string =>
  trade === undefined
    ? 'none'
    : `${trade.side} ${trade.legs.map((l) => `${clockOf(l.ms)} ${l.side} ${l.reason} ${l.price} x ${l.qtyBase}`).join(', ')}`

/** `long limit 99 x 10`. */
export const pendingText = ({ side, order, price, qtyBase }: PendingEntry): string =>
  [side, order, ...(price === null ? [] : [price]), 'x', qtyBase].join(' ')

const sorted = (record: object): unknown =>
  Object.entries(record)
    .map(([key, value]) => [key, typeof value === 'object' ? sorted(value as object) : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))

const byPlay = (drops: Expected['drops'] = {}): object =>
  Object.values(drops).some((x) => typeof x === 'number') ? { 0: drops as Drops } : drops

const equities = (path: string, actual: Result['equity'], wanted: Expected['equity'] = []): string[] =>
  wanted.flatMap(([clock, value]) => {
    const row = actual.find(([ms]) => clockOf(ms) === clock)
    return row === undefined ? [`${path} ${clock}: no row`] : money(`${path} ${clock}`, row[1], value)
  })

export const differences = (result: Result, expected: Expected): string[] => {
  const { pending = [], accounts = {}, ruined = false } = expected
  const counts = (['partialBars', 'lateFills', 'staleFills', 'ambiguous', 'liquidations'] as const).flatMap((key) =>
    same(key, result[key], expected[key] ?? 0),
  )
  const sums = Object.entries(accounts).flatMap(([account, wanted]) => {
    const entries = result.ledger.filter((entry) => entry.account === account)
    return money(
      `account ${account}`,
      entries.reduce((sum, entry) => sum + entry.amount, 0),
      wanted,
    )
  })
  const capped = Object.values(result.capped).reduce((sum, n) => sum + n, 0)
  return [
    ...tradesDifferences('trade', result.trades, expected.trades),
    ...tradesDifferences('open', result.open, expected.open),
    ...same('pending', result.pending.map(pendingText), pending),
    ...same('drops', sorted(result.drops), sorted(byPlay(expected.drops))),
    ...same('capped', capped, expected.capped ?? 0),
    ...counts,
    ...same('ruined', result.ruined, ruined),
    ...sums,
    ...equities('equity', result.equity, expected.equity),
    ...equities('daily', result.daily, expected.daily),
  ]
}

interface LegRest {
  readonly ref?: number
  readonly fee?: number
  readonly maker?: boolean
}
type LegText = readonly [at: string, reason: ExpectedLeg['reason'], price: number, qty: number, rest?: LegRest]

/** A trade's legs: entries and adds on its side, all else against it; reference = price, fee 0 and taker unless said. */
export const trade = (
  side: 'long' | 'short',
  legs: readonly LegText[],
  rest: Omit<ExpectedTrade, 'side' | 'legs'> = {},
): ExpectedTrade => ({
  side,
  legs: legs.map(([at, reason, price, qty, { ref = price, fee = 0, maker = false } = {}]) => {
    const enters = reason === 'entry' || reason === 'add'
    return { at, side: enters === (side === 'long') ? 'buy' : 'sell', reason, price, qty, ref, fee, maker }
  }),
  ...rest,
})
