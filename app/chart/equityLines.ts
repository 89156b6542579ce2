// Days of a run as lines: equity net of costs, how far below its top, and what buying and holding would have given.
import type { Report } from '../../blocks/engine/report/document'
import type { CandleWindow } from '../engine/protocol'
import { holdingOf, underwaterOf } from './underwater'

const dayMs = 86_400_000

export interface EquityLines {
  /** 00:00 UTC of each sample, ascending. */
  readonly dayMs: readonly number[]
  readonly equity: readonly number[]
  /** 0 or less, a share. */
  readonly underwater: readonly number[]
  /** NaN before the first bar; empty while bars are not there. */
  readonly holding: readonly number[]
}

/** A sample at 00:00 stands at the end of the day before: the close of that day's bar. */
const closesAt = (days: readonly number[], { openMs, close }: CandleWindow): number[] => {
  const byDay = new Map(Array.from(openMs, (ms, i) => [ms + dayMs, close[i] ?? Number.NaN] as const))
  return days.map((ms) => byDay.get(ms) ?? Number.NaN)
}

export const equityLines = (report: Pick<Report, 'equity' | 'settings'>, daily: CandleWindow | null): EquityLines => {
  const days = report.equity.map(([ms]) => ms)
  const equity = report.equity.map(([, usdt]) => usdt)
  const start = report.settings.equity
  return {
    dayMs: days,
    equity,
    underwater: underwaterOf(equity, start),
    holding: daily === null || daily.tf !== '1d' ? [] : holdingOf(closesAt(days, daily), start),
  }
}

/** The newest sample at or before an instant; -1 before the first. */
export const sampleAt = (days: readonly number[], ms: number): number => {
  let low = 0
  let high = days.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((days[middle] ?? 0) <= ms) low = middle + 1
    else high = middle
  }
  return low - 1
}
