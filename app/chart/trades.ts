// Trades as marks on the chart, and what the selected one went through: stop, targets, shares closed, in prices and times.
import type { TradeRow } from '../../blocks/engine/report/document'
import type { FillReason, Leg } from '../../blocks/engine/trade'
import type { TradeLevels } from '../engine/protocol'
import { rText, shareText } from './text'

export interface Mark {
  readonly ms: number
  readonly price: number
  readonly kind: 'entry' | 'exit' | 'part'
  readonly side: 'long' | 'short'
  /** Of exits: did it bring something. Of the last one: did the whole trade, net of costs. */
  readonly won: boolean
  readonly trade: TradeRow
}

export const isOpening = ({ reason }: Pick<Leg, 'reason'>): boolean => reason === 'entry' || reason === 'add'

const direction = ({ side }: Pick<TradeRow, 'side'>): 1 | -1 => (side === 'long' ? 1 : -1)

const marksOfTrade = (trade: TradeRow): Mark[] => {
  const { legs, side, entryPrice, exitMs } = trade
  const exits = legs.filter((leg) => !isOpening(leg))
  return legs.map(({ ms, price, reason }): Mark => {
    if (isOpening({ reason })) return { ms, price, kind: 'entry', side, won: false, trade }
    const last = exitMs !== null && exits.at(-1)?.ms === ms && exits.at(-1)?.price === price
    const won = last ? trade.netUsdt > 0 : (price - entryPrice) * direction(trade) > 0
    return { ms, price, kind: last ? 'exit' : 'part', side, won, trade }
  })
}

/** All marks of an instrument, by time. */
export const marksOf = (trades: readonly TradeRow[], instrument: string): Mark[] =>
  trades
    .filter((trade) => trade.instrument === instrument)
    .flatMap(marksOfTrade)
    .sort((a, b) => a.ms - b.ms)

/** Marks with a time in [from, to]. */
export const marksIn = (marks: readonly Mark[], fromMs: number, toMs: number): readonly Mark[] => {
  const first = (ms: number): number => {
    let low = 0
    let high = marks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((marks[middle]?.ms ?? 0) < ms) low = middle + 1
      else high = middle
    }
    return low
  }
  return marks.slice(first(fromMs), first(toMs + 1))
}

/** A stop level over time. */
export interface StopLevel {
  readonly fromMs: number
  readonly toMs: number
  readonly price: number
}

export interface TargetLevel {
  readonly fromMs: number
  readonly toMs: number
  readonly price: number
  readonly filled: boolean
  readonly label: string
}

export interface ExitPoint {
  readonly ms: number
  readonly price: number
  readonly won: boolean
  readonly label: string
}

export interface Area {
  readonly fromMs: number
  readonly toMs: number
  readonly from: number
  readonly to: number
}

export interface TradePath {
  readonly side: 'long' | 'short'
  readonly entryMs: number
  readonly entryPrice: number
  readonly endMs: number
  readonly stops: readonly StopLevel[]
  /** "stop to break-even": the first move of the stop. */
  readonly moved: { readonly ms: number; readonly price: number; readonly label: string } | null
  readonly targets: readonly TargetLevel[]
  readonly exits: readonly ExitPoint[]
  readonly risk: Area | null
  /** What each exit that won brought, one step after the other. */
  readonly rewards: readonly Area[]
}

export interface PathAsk {
  readonly trade: TradeRow
  /** End of what is known, for a trade that is still open. */
  readonly untilMs: number
  /** As the run knew them minute by minute; null: not there yet, or the trade ended in its first minute. */
  readonly levels: TradeLevels | null
}

/**
 * Distance from the entry to the first stop, in price. R is net profit over initial risk, and the risk of one fill is
 * quantity times that distance; with adds there are several distances, and with r = 0 nothing to solve: null.
 */
export const stopDistance = ({ r, netUsdt, qtyBase, legs }: TradeRow): number | null => {
  if (r === null || r === 0 || legs.filter(isOpening).length !== 1) return null
  const distance = netUsdt / r / qtyBase
  return Number.isFinite(distance) && distance > 0 ? distance : null
}

const movedWords: Partial<Record<FillReason, string>> = {
  break_even: 'stop to break-even',
  trailing: 'stop trails',
}

/** One step a level: moves that end on the same price are one. */
const stopsOf = (levels: TradeLevels | null, endMs: number): StopLevel[] => {
  const stands = (levels?.stops ?? []).filter(({ price }, i, all) => i === 0 || all[i - 1]?.price !== price)
  return stands.map(({ fromMs, price }, i) => ({ fromMs, price, toMs: stands[i + 1]?.fromMs ?? endMs }))
}

/** The first time that the stop came to another price. */
const movedOf = (levels: TradeLevels | null): TradePath['moved'] => {
  const first = levels?.stops[0]
  const move = levels?.stops.find(({ price }) => price !== first?.price)
  const label = move === undefined ? undefined : movedWords[move.by]
  return move === undefined || label === undefined ? null : { ms: move.fromMs, price: move.price, label }
}

interface Measured {
  readonly entryPrice: number
  readonly sign: 1 | -1
  readonly risk: number | null
}

const gainText = (price: number, { entryPrice, sign, risk }: Measured): string =>
  risk === null ? '' : ` at ${rText(((price - entryPrice) * sign) / risk)}`

const targetsOf = (levels: TradeLevels | null, endMs: number, measured: Measured): TargetLevel[] =>
  (levels?.targets ?? []).map(({ price, share, fromMs, doneMs }) => ({
    fromMs,
    toMs: doneMs ?? endMs,
    price,
    filled: doneMs !== null,
    // What was filled is told at its exit.
    label: doneMs === null ? `${share === null ? 'rest' : shareText(share)}${gainText(price, measured)}` : '',
  }))

const rewardsOf = (exits: readonly ExitPoint[], { entryMs, entryPrice }: TradeRow): Area[] => {
  let fromMs: number = entryMs
  return exits.flatMap(({ won, ms, price }) => {
    const area = { fromMs, toMs: ms, from: entryPrice, to: price }
    fromMs = ms
    return won && ms > area.fromMs ? [area] : []
  })
}

/** What the run tells of one trade, as levels over time. */
export const tradePath = ({ trade, untilMs, levels }: PathAsk): TradePath => {
  const { legs, side, entryMs, entryPrice, qtyBase, exitMs } = trade
  const endMs = exitMs ?? Math.max(untilMs, entryMs)
  const risk = levels?.risk ?? stopDistance(trade)
  const measured: Measured = { entryPrice, sign: direction(trade), risk }
  const exits = legs
    .filter((leg) => !isOpening(leg))
    .map(
      ({ ms, price, qtyBase: qty }): ExitPoint => ({
        ms,
        price,
        won: (price - entryPrice) * measured.sign > 0,
        label: `${shareText(qty / qtyBase)}${gainText(price, measured)}`,
      }),
    )
  const stops = stopsOf(levels, endMs)
  return {
    side,
    entryMs,
    entryPrice,
    endMs,
    stops,
    moved: movedOf(levels),
    targets: targetsOf(levels, endMs, measured),
    exits,
    // What was at risk ends where the stop first moved.
    risk:
      risk === null
        ? null
        : { fromMs: entryMs, toMs: stops[0]?.toMs ?? endMs, from: entryPrice, to: entryPrice - measured.sign * risk },
    rewards: rewardsOf(exits, trade),
  }
}

/** A trade that was only tried out: its fills in order, the entry first, and what it came to. */
export interface WhatIf {
  readonly points: readonly { readonly ms: number; readonly price: number }[]
  readonly label: string
}

export const whatIfOf = (trade: TradeRow | null, instrument: string): WhatIf | null => {
  if (trade === null || trade.instrument !== instrument) return null
  const points = trade.legs.map(({ ms, price }) => ({ ms, price }))
  return { points, label: trade.r === null ? 'if taken, still open' : `if taken ${rText(trade.r)}` }
}

export const tradeOfQuestion = (trades: readonly TradeRow[], no: number): TradeRow | null =>
  trades.find((trade) => trade.no === no) ?? null
