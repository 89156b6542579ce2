// Cool-down (S13) and limits (S40) of one Play, checked at decisions only.
import { rowOf } from '../../blocks/kit/timeframe'
import { type Desk, dayMs, dayOf, type Run } from './state'

const stops: readonly string[] = ['stop', 'break_even', 'trailing', 'liquidation']

/** S13: judged on the last leg of the last trade of this symbol. */
export const cooling = (desk: Desk, { ms, i }: { ms: number; i: number }): boolean => {
  const { cooldown } = desk.seat.risk
  const last = desk.lastExit
  if (cooldown === null || last === null) return false
  const reason = last.trade.exitReason ?? ''
  const applies = {
    any: true,
    stop: stops.includes(reason),
    loss: last.trade.netUsdt < 0,
    invalidation: reason === 'invalidation',
  }[cooldown.after]
  if (!applies) return false
  if ('ms' in cooldown.for) return ms < last.ms + cooldown.for.ms
  const x = rowOf(desk.seat.tf, last.ms) - desk.seat.decision.row0
  return i - x < cooldown.for.bars
}

const desksOfPlay = (run: Run, desk: Desk): readonly Desk[] => run.desks.filter((d) => d.seat.play === desk.seat.play)

/** Equity that the day's loss is measured from: the 00:00 sample, or the first equity on the day of `from`. */
const dayStart = (run: Run, ms: number): number => {
  const midnight = dayOf(ms) * dayMs
  return run.daily.find(([at]) => at === midnight)?.[1] ?? run.input.settings.equity
}

/** S40: reached at any decision, it holds until 00:00. */
export const watchDailyLoss = (run: Run, desk: Desk, { ms, equity }: { ms: number; equity: number }): void => {
  const { dailyLoss } = desk.seat.risk.limits
  if (dailyLoss === undefined) return
  const start = dayStart(run, ms)
  if (start - equity >= dailyLoss * start * (1 - 1e-9)) run.lossDay.set(desk.seat.play, dayOf(ms))
}

const tradesOfDay = (run: Run, desk: Desk, day: number): number => {
  const desks = desksOfPlay(run, desk)
  const closed = desks.flatMap((d) => d.closed).filter((t) => dayOf(t.entryMs) === day).length
  return closed + desks.filter((d) => d.position !== null && dayOf(d.position.firstMs) === day).length
}

/** Longest run of losers among the trades of the Play that ended on this day, in the order in which they ended. */
const lossesInRow = (run: Run, desk: Desk, day: number): number => {
  const ended = desksOfPlay(run, desk)
    .flatMap((d) => d.closed.map((trade) => ({ trade, place: d.place })))
    .filter(({ trade }) => dayOf(trade.exitMs ?? 0) === day)
    .sort((a, b) => (a.trade.exitMs ?? 0) - (b.trade.exitMs ?? 0) || a.place - b.place)
  let [row, longest] = [0, 0]
  for (const { trade } of ended) {
    row = trade.netUsdt < 0 ? row + 1 : 0
    longest = Math.max(longest, row)
  }
  return longest
}

/** S40. An add opens no trade and takes no new symbol: only the two limits on losses bind it. */
export const limitReached = (run: Run, desk: Desk, { ms, adding }: { ms: number; adding: boolean }): boolean => {
  const { tradesPerDay, lossesInRow: losses, openPositions } = desk.seat.risk.limits
  const day = dayOf(ms)
  if (run.lossDay.get(desk.seat.play) === day) return true
  if (losses !== undefined && lossesInRow(run, desk, day) >= losses) return true
  if (adding) return false
  if (tradesPerDay !== undefined && tradesOfDay(run, desk, day) >= tradesPerDay) return true
  if (openPositions === undefined) return false
  const others = desksOfPlay(run, desk).filter((d) => d !== desk && (d.position !== null || d.pending !== null))
  return others.length >= openPositions
}
