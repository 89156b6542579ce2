// Trades as marks on the chart, and what the selected one went through: stop, targets, shares closed, in prices and times.
import type { TradeRow } from '../../blocks/engine/report/document'
import type { FillReason, Leg } from '../../blocks/engine/trade'
import type { Step } from '../../blocks/kit/param'
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

/** A stop level over time. Not `sure`: the run tells that it stood there, not since when. */
export interface StopLevel {
  readonly fromMs: number
  readonly toMs: number
  readonly price: number
  readonly sure: boolean
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
  /** "stop to break-even", where the stop that closed it had moved. */
  readonly moved: string | null
  readonly targets: readonly TargetLevel[]
  readonly exits: readonly ExitPoint[]
  readonly risk: Area | null
  readonly reward: Area | null
}

export interface PathAsk {
  readonly trade: TradeRow
  /** End of what is known, for a trade that is still open. */
  readonly untilMs: number
  /** Steps of the ladder of the trade's side, when it alone takes profit there. */
  readonly rungs: readonly Step[]
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
  trailing: 'stop trailed',
}

const stopsOf = (trade: TradeRow, distance: number | null, endMs: number): StopLevel[] => {
  const stops: StopLevel[] = []
  const exits = trade.legs.filter((leg) => !isOpening(leg))
  const at = exits.findIndex(({ reason }) => movedWords[reason] !== undefined)
  const leg = exits[at]
  // Between the last exit before it and its own fill the stop moved: the report does not say at which moment.
  const fromMs = at > 0 ? (exits[at - 1]?.ms ?? trade.entryMs) : trade.entryMs
  if (distance !== null) {
    const price = trade.entryPrice - direction(trade) * distance
    if (leg === undefined) stops.push({ fromMs: trade.entryMs, toMs: endMs, price, sure: true })
    else if (at > 0) stops.push({ fromMs: trade.entryMs, toMs: fromMs, price, sure: true })
    else stops.push({ fromMs, toMs: leg.ms, price, sure: false })
  }
  if (leg !== undefined) stops.push({ fromMs, toMs: leg.ms, price: leg.referencePrice, sure: false })
  return stops
}

const rungPrice = (trade: TradeRow, distance: number | null, { at }: Step): number | null => {
  const { entryPrice } = trade
  if ('share' in at) return entryPrice * (1 + direction(trade) * at.share)
  return distance === null ? null : entryPrice + direction(trade) * at.r * distance
}

const rungLabel = ({ at, close }: Step): string =>
  `${close === null ? 'rest' : shareText(close)} at ${'r' in at ? rText(at.r) : `${rText(100 * at.share).replace(' R', ' %')}`}`

/** What the report tells of one trade, as levels over time. Nothing is drawn that it does not tell. */
export const tradePath = ({ trade, untilMs, rungs }: PathAsk): TradePath => {
  const { legs, side, entryMs, entryPrice, qtyBase, exitMs } = trade
  const endMs = exitMs ?? Math.max(untilMs, entryMs)
  const distance = stopDistance(trade)
  const sign = direction(trade)
  const exits = legs.filter((leg) => !isOpening(leg))
  const labelOf = ({ price, qtyBase: qty }: Leg): string => {
    const share = shareText(qty / qtyBase)
    return distance === null ? share : `${share} at ${rText(((price - entryPrice) * sign) / distance)}`
  }
  const filled = exits.filter(({ reason }) => reason === 'target')
  const once = legs.filter(isOpening).length === 1
  const open = (once ? rungs.slice(filled.length) : []).flatMap((rung): TargetLevel[] => {
    const price = rungPrice(trade, distance, rung)
    return price === null ? [] : [{ fromMs: entryMs, toMs: endMs, price, filled: false, label: rungLabel(rung) }]
  })
  const best = exits.reduce<Leg | null>(
    (top, leg) => ((leg.price - (top?.price ?? entryPrice)) * sign > 0 ? leg : top),
    null,
  )
  const stops = stopsOf(trade, distance, endMs)
  const mover = exits.find(({ reason }) => movedWords[reason] !== undefined)
  return {
    side,
    entryMs,
    entryPrice,
    endMs,
    stops,
    moved: mover === undefined ? null : (movedWords[mover.reason] ?? null),
    targets: [
      ...filled.map(
        (leg): TargetLevel => ({ fromMs: entryMs, toMs: leg.ms, price: leg.referencePrice, filled: true, label: '' }),
      ),
      ...open,
    ],
    exits: exits.map((leg) => ({
      ms: leg.ms,
      price: leg.price,
      won: (leg.price - entryPrice) * sign > 0,
      label: labelOf(leg),
    })),
    risk:
      distance === null ? null : { fromMs: entryMs, toMs: endMs, from: entryPrice, to: entryPrice - sign * distance },
    reward: best === null ? null : { fromMs: entryMs, toMs: best.ms, from: entryPrice, to: best.price },
  }
}

/** Steps of the ladder of a side, if nothing else on that side takes profit at a price: fills then tell which are done. */
export const rungsOf = (
  exits: readonly { readonly type: string; readonly params: Readonly<Record<string, unknown>> }[],
): readonly Step[] => {
  if (exits.some(({ type }) => type === 'target')) return []
  const ladder = exits.find(({ type }) => type === 'ladder')
  return (ladder?.params.steps ?? []) as readonly Step[]
}

export const tradeOfQuestion = (trades: readonly TradeRow[], no: number): TradeRow | null =>
  trades.find((trade) => trade.no === no) ?? null
