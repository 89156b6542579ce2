// Closed trades cut by side, exit reason, setup, symbol and time, with streaks, holding times and the extremes.
import { civilOf, dateText } from './calendar'
import { type ClosedTrade, type Outcome, outcomeOf, type Tally, tallyOf } from './outcome'
import { medianOf } from './series'

export interface SplitRow extends Tally {
  readonly key: string
}

export interface Holding {
  readonly trades: number
  /** Null: none. */
  readonly meanMs: number | null
  readonly medianMs: number | null
  readonly maxMs: number | null
}

export interface ExtremeTrade {
  readonly no: number
  readonly instrument: string
  readonly netUsdt: number
  readonly r: number | null
}

/** Time of a trade: its month is that of the exit (when the money was made), weekday and hour those of the entry. UTC. */
export interface Splits {
  readonly side: readonly SplitRow[]
  readonly exitReason: readonly SplitRow[]
  readonly setup: readonly SplitRow[]
  readonly instrument: readonly SplitRow[]
  /** `2024-02`. */
  readonly exitMonth: readonly SplitRow[]
  /** Monday first. */
  readonly entryWeekday: readonly SplitRow[]
  /** `00` to `23`. */
  readonly entryHour: readonly SplitRow[]
  /** In the order of the exits; a breakeven trade ends a streak. */
  readonly streaks: { readonly wins: number; readonly losses: number }
  /** From the first entry fill to the last exit fill. */
  readonly holding: { readonly all: Holding; readonly winners: Holding; readonly losers: Holding }
  /** By net; null: no trades. Of equals the earlier. */
  readonly best: ExtremeTrade | null
  readonly worst: ExtremeTrade | null
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

type Closed = readonly ClosedTrade[]

/** Only keys that occur, in the order of `rank`, else of their first trade. */
const cut = (trades: Closed, keyOf: (trade: ClosedTrade) => string, rank?: (a: string, b: string) => number) => {
  const groups = new Map<string, ClosedTrade[]>()
  for (const trade of trades) {
    const key = keyOf(trade)
    const group = groups.get(key)
    if (group) group.push(trade)
    else groups.set(key, [trade])
  }
  const keys = [...groups.keys()]
  if (rank) keys.sort(rank)
  return keys.map((key): SplitRow => ({ key, ...tallyOf(groups.get(key) ?? []) }))
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byWeekday = (a: string, b: string): number => weekdays.indexOf(a) - weekdays.indexOf(b)

/** Setups of longs before those of shorts, each in the order of their first trades. */
const longFirst = (trades: Closed): ((a: string, b: string) => number) => {
  const longs = new Set(trades.filter(({ side }) => side === 'long').map(({ setup }) => setup))
  return (a, b) => Number(longs.has(b)) - Number(longs.has(a))
}

const byExit = (trades: Closed): ClosedTrade[] => [...trades].sort((a, b) => a.exitMs - b.exitMs || a.no - b.no)

/** `trades` in the order of their exits. */
const longestRun = (trades: Closed, of: Outcome): number => {
  let longest = 0
  let run = 0
  for (const trade of trades) {
    run = outcomeOf(trade) === of ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

const streaksOf = (exited: Closed): Splits['streaks'] => ({
  wins: longestRun(exited, 'win'),
  losses: longestRun(exited, 'loss'),
})

const holdingOf = (trades: Closed): Holding => {
  const times = trades.map((trade) => trade.exitMs - trade.entryMs)
  if (times.length === 0) return { trades: 0, meanMs: null, medianMs: null, maxMs: null }
  return {
    trades: times.length,
    meanMs: times.reduce((sum, time) => sum + time, 0) / times.length,
    medianMs: medianOf(times),
    maxMs: times.reduce((most, time) => Math.max(most, time), 0),
  }
}

/** `sign` 1 the best, -1 the worst. */
const extreme = (trades: Closed, sign: 1 | -1): ExtremeTrade | null => {
  let found: ClosedTrade | null = null
  for (const trade of trades) if (found === null || sign * (trade.netUsdt - found.netUsdt) > 0) found = trade
  return found && { no: found.no, instrument: found.instrument, netUsdt: found.netUsdt, r: found.r }
}

/** `trades` closed, in report order. */
export const splitsOf = (trades: Closed): Splits => ({
  side: cut(trades, (trade) => trade.side, byText),
  exitReason: cut(trades, (trade) => String(trade.exitReason), byText),
  setup: cut(trades, (trade) => trade.setup, longFirst(trades)),
  instrument: cut(trades, (trade) => trade.instrument),
  exitMonth: cut(trades, (trade) => dateText(trade.exitMs).slice(0, 7), byText),
  entryWeekday: cut(trades, (trade) => weekdays[civilOf(trade.entryMs).weekday], byWeekday),
  entryHour: cut(trades, (trade) => String(civilOf(trade.entryMs).hour).padStart(2, '0'), byText),
  streaks: streaksOf(byExit(trades)),
  holding: {
    all: holdingOf(trades),
    winners: holdingOf(trades.filter((trade) => outcomeOf(trade) === 'win')),
    losers: holdingOf(trades.filter((trade) => outcomeOf(trade) === 'loss')),
  },
  best: extreme(trades, 1),
  worst: extreme(trades, -1),
})
