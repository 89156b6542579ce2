// Published series as kernels read them: settled funding, its stamps on whole minutes, its intervals as known by then.
import type { SeriesFeed } from '../../kit/logic'
import type { FundingRows, MarketRows } from '../rows'

const minute = 60_000

/** A settlement is known one minute after it (S11). */
export const fundingDelayMs = minute

/**
 * Interval of each settlement as known when it was published: the file's own column, else the distance to the one
 * before; NaN for the first. The distance to the next is not known yet.
 */
const knownIntervals = (rows: FundingRows, stampMs: Float64Array): Float64Array =>
  rows.intervalMs ?? stampMs.map((stamp, j) => (j === 0 ? Number.NaN : stamp - stampMs[j - 1]))

export const roundedStamps = (rows: FundingRows): Float64Array =>
  rows.stampMs.map((stamp) => Math.round(stamp / minute) * minute)

const none = (): SeriesFeed => ({
  stampMs: new Float64Array(0),
  values: { rate: new Float64Array(0), intervalMs: new Float64Array(0) },
  delayMs: fundingDelayMs,
})

const fundingFeed = (market: MarketRows): SeriesFeed => {
  if (market.funding === null) return none()
  const stampMs = roundedStamps(market.funding)
  return {
    stampMs,
    values: { rate: market.funding.rate, intervalMs: knownIntervals(market.funding, stampMs) },
    delayMs: fundingDelayMs,
  }
}

/** Series by the name that a source's `feed` asks for. */
export const seriesFeeds: Readonly<Record<string, (market: MarketRows) => SeriesFeed>> = { funding: fundingFeed }
