// The settled funding rate of a perpetual, as known at each close (semantics.md S11). Stamps and intervals come with the
// series; nothing here assumes 8 hours.
import { defineLogic } from '../../kit/logic'
import { market, span } from '../../kit/param'
import { out } from '../../kit/port'
import { sided, unsided } from '../../kit/socket'
import { closeMsOf, rowOf, tfMs } from '../../kit/timeframe'

const hour = 3_600_000

/** Places of the first stamp after `ms`. */
const after = (stampMs: Float64Array, ms: number): number => {
  let low = 0
  let high = stampMs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (stampMs[middle] <= ms) low = middle + 1
    else high = middle
  }
  return low
}

interface Pace {
  /** From the settlement to the close of the first row, between two closes, between two settlements; ms. */
  readonly since: number
  readonly step: number
  readonly interval: number
}

/** Rows [i0, i1): bars to the first expected settlement at or after the close; 0 means that this close is one. */
const fillAhead = (out: Float64Array, { since, step, interval }: Pace, i0: number, i1: number): void => {
  for (let i = i0; i < i1; i++) {
    const gone = since + (i - i0) * step
    out[i] = (Math.ceil(gone / interval) * interval - gone) / step
  }
}

export default defineLogic({
  type: 'funding',
  major: 1,
  family: 'sources',
  summary: 'Last settled funding rate of a perpetual: positive when longs pay shorts.',
  inputs: {},
  params: { market: market(), max_age: span('9h', 60_000, 30 * 24 * hour) },
  outputs: {
    rate: out(sided('R')),
    per_8h: out(sided('R')),
    next_in: out(unsided('T')),
  },
  feed: { series: 'funding' },
  memory: () => ({ stamp: -Infinity, rate: Number.NaN, interval: Number.NaN }),
  run(memory, { feed }, outputs, { clock, max_age: maxAge }, i0, i1, row0) {
    const { stampMs, values, delayMs } = feed
    let { stamp, rate, interval } = memory
    // By stamp, not by place: a longer or shorter stretch of the series may be handed over next time.
    let next = after(stampMs, stamp)
    for (let i = i0, end = i0; i < i1; i = end) {
      const now = closeMsOf(clock, row0 + i)
      while (next < stampMs.length && stampMs[next] + delayMs <= now) {
        stamp = stampMs[next]
        rate = values.rate[next]
        interval = values.intervalMs[next]
        next += 1
      }
      // One settlement stands on all rows that close before the next one is known, and counts while it is fresh.
      const known = next < stampMs.length ? rowOf(clock, stampMs[next] + delayMs - 1) - row0 : i1
      end = Math.min(i1, Math.max(i + 1, known))
      const stale = Math.min(end, Math.max(i, rowOf(clock, stamp + maxAge) - row0))
      outputs.rate.fill(rate, i, stale)
      outputs.per_8h.fill((rate * 8 * hour) / interval, i, stale)
      fillAhead(outputs.next_in, { since: now - stamp, step: tfMs[clock], interval }, i, stale)
      for (const column of [outputs.rate, outputs.per_8h, outputs.next_in]) column.fill(Number.NaN, stale, end)
    }
    memory.stamp = stamp
    memory.rate = rate
    memory.interval = interval
  },
  examples: [],
})
