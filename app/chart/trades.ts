// Trades as marks on the chart, and what the selected one went through: stop, targets, shares closed, in prices and times.
import type { TradeRow } from '../../blocks/engine/report/document'
import type { FillReason, Leg } from '../../blocks/engine/trade'
import type { RShare, Step } from '../../blocks/kit/param'
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

/** What the exits of a side say of levels that a report does not list. */
export interface ExitRules {
  /** Steps of the ladder, when it alone takes profit at prices: fills then tell which of them are done. */
  readonly rungs: readonly Step[]
  readonly breakEven: {
    /** Gain, or number of the rung, after which the stop moves. */
    readonly after: RShare | null
    readonly rung: number | null
    /** Null: it covers fees too, and how much that is only the run knows. */
    readonly offset: RShare | null
  } | null
  /** The stop follows the price: where it stood is only known at its fill. */
  readonly trails: boolean
}

export const noRules: ExitRules = { rungs: [], breakEven: null, trails: false }

export interface PathAsk {
  readonly trade: TradeRow
  /** End of what is known, for a trade that is still open. */
  readonly untilMs: number
  readonly rules: ExitRules
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

/** A gain as a distance in price. */
const distanceOf = (gain: RShare, entryPrice: number, distance: number | null): number | null =>
  'share' in gain ? gain.share * entryPrice : distance === null ? null : gain.r * distance

/** Fills lie on ticks, gains do not: this share of the initial risk apart they are the same. */
const near = 0.02

interface Move {
  readonly ms: number
  /** The very minute, not just the latest that it can have been. */
  readonly sure: boolean
}

/** When break-even moved the stop, as far as the fills tell: with the rung, or with the first target at or beyond the gain. */
const moveOf = (trade: TradeRow, { breakEven }: ExitRules, distance: number): Move | null => {
  if (breakEven === null) return null
  const filled = trade.legs.filter(({ reason }) => reason === 'target')
  if (breakEven.rung !== null) {
    const leg = filled[breakEven.rung - 1]
    return leg === undefined ? null : { ms: leg.ms, sure: true }
  }
  const gain = breakEven.after === null ? null : distanceOf(breakEven.after, trade.entryPrice, distance)
  if (gain === null) return null
  const slack = near * distance
  const reached = ({ referencePrice }: Leg): number => (referencePrice - trade.entryPrice) * direction(trade)
  const leg = filled.find((one) => reached(one) >= gain - slack)
  return leg === undefined ? null : { ms: leg.ms, sure: Math.abs(reached(leg) - gain) <= slack }
}

/** The stop over time. What can move it and left no trace in the fills makes a level unsure, never wrong. */
const stopsOf = (trade: TradeRow, rules: ExitRules, endMs: number): StopLevel[] => {
  const { entryMs, entryPrice, legs } = trade
  const distance = stopDistance(trade)
  const closing = legs.find(({ reason }) => movedWords[reason] !== undefined)
  const untilMs = closing?.ms ?? endMs
  const last =
    closing === undefined ? [] : [{ fromMs: entryMs, toMs: closing.ms, price: closing.referencePrice, sure: false }]
  if (distance === null) return last
  const first = { fromMs: entryMs, toMs: untilMs, price: entryPrice - direction(trade) * distance }
  if (rules.breakEven === null && !rules.trails) return [{ ...first, sure: true }]
  const move = rules.trails ? null : moveOf(trade, rules, distance)
  if (move === null) return [{ ...first, sure: false }, ...last]
  const offset = rules.breakEven?.offset ?? null
  const lift = offset === null ? null : distanceOf(offset, entryPrice, distance)
  const price = lift === null ? closing?.referencePrice : entryPrice + direction(trade) * lift
  const initial = { ...first, toMs: move.ms, sure: move.sure }
  return price === undefined ? [initial] : [initial, { fromMs: move.ms, toMs: untilMs, price, sure: move.sure }]
}

const rungPrice = ({ entryPrice, ...trade }: TradeRow, distance: number | null, { at }: Step): number | null => {
  const gain = distanceOf(at, entryPrice, distance)
  return gain === null ? null : entryPrice + direction(trade) * gain
}

const rungLabel = ({ at, close }: Step): string =>
  `${close === null ? 'rest' : shareText(close)} at ${'r' in at ? rText(at.r) : `${rText(100 * at.share).replace(' R', ' %')}`}`

/** What the report tells of one trade, as levels over time. Nothing is drawn that it does not tell. */
export const tradePath = ({ trade, untilMs, rules }: PathAsk): TradePath => {
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
  const open = (once ? rules.rungs.slice(filled.length) : []).flatMap((rung): TargetLevel[] => {
    const price = rungPrice(trade, distance, rung)
    return price === null ? [] : [{ fromMs: entryMs, toMs: endMs, price, filled: false, label: rungLabel(rung) }]
  })
  const best = exits.reduce<Leg | null>(
    (top, leg) => ((leg.price - (top?.price ?? entryPrice)) * sign > 0 ? leg : top),
    null,
  )
  const stops = stopsOf(trade, rules, endMs)
  // What was at risk ends where the stop is known to have moved.
  const [first] = stops
  const riskEndMs = first !== undefined && stops.length > 1 && first.sure ? first.toMs : endMs
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
      distance === null
        ? null
        : { fromMs: entryMs, toMs: riskEndMs, from: entryPrice, to: entryPrice - sign * distance },
    reward: best === null ? null : { fromMs: entryMs, toMs: best.ms, from: entryPrice, to: best.price },
  }
}

type ExitNode = { readonly type: string; readonly params: Readonly<Record<string, unknown>> }

/** Parameters in base units, as the checker hands them on (kit/param.ts). */
export const rulesOf = (exits: readonly ExitNode[]): ExitRules => {
  const named = (type: string): ExitNode['params'] | undefined => exits.find((exit) => exit.type === type)?.params
  const ladder = named('target') === undefined ? named('ladder') : undefined
  const even = named('break_even')
  return {
    rungs: (ladder?.steps ?? []) as readonly Step[],
    breakEven:
      even === undefined
        ? null
        : {
            after: (even.after ?? null) as RShare | null,
            rung: (even.rung ?? null) as number | null,
            offset: even.cover_fees === true ? null : ((even.offset ?? null) as RShare | null),
          },
    trails: named('trail') !== undefined,
  }
}

export const tradeOfQuestion = (trades: readonly TradeRow[], no: number): TradeRow | null =>
  trades.find((trade) => trade.no === no) ?? null
