// The settled funding rate of a perpetual, as known at each close (semantics.md S11). Stamps and intervals come with the
// series; nothing here assumes 8 hours.
import { defineLogic } from '../../kit/logic'
import { market, span } from '../../kit/param'
import { out } from '../../kit/port'
import { sided, unsided } from '../../kit/socket'
import { closeMsOf, tfMs } from '../../kit/timeframe'

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
    for (let i = i0; i < i1; i++) {
      const now = closeMsOf(clock, row0 + i)
      while (next < stampMs.length && stampMs[next] + delayMs <= now) {
        stamp = stampMs[next]
        rate = values.rate[next]
        interval = values.intervalMs[next]
        next += 1
      }
      const fresh = now - stamp <= maxAge
      outputs.rate[i] = fresh ? rate : Number.NaN
      outputs.per_8h[i] = fresh ? (rate * 8 * hour) / interval : Number.NaN
      // The first expected settlement at or after this close: 0 means that this close is one.
      const ahead = Math.ceil((now - stamp) / interval) * interval - (now - stamp)
      outputs.next_in[i] = fresh ? ahead / tfMs[clock] : Number.NaN
    }
    memory.stamp = stamp
    memory.rate = rate
    memory.interval = interval
  },
  examples: [],
})
