// What each venue file says of its venue, so that one client serves them all.
import type { Exchange } from 'ccxt'
import type { Timeframe } from '../../../blocks/kit/timeframe'
import { Failure } from '../../core/failure'
import type { SeriesKind } from '../../core/series'
import type { Limit } from './budget'
import type { Manners } from './transport'

/** One request for rows; times in Unix ms, [fromMs, toMs). */
export interface RowsAsk {
  readonly symbol: string
  /** As the venue writes the timeframe; empty for a kind without one. */
  readonly interval: string
  readonly fromMs: number
  readonly toMs: number
  readonly limit: number
}

export interface Endpoint {
  /** `GET /fapi/v1/klines`. */
  readonly name: string
  /** Rows that one answer holds at most. */
  readonly rows: number
  /**
   * Which rows the venue gives of a stretch that holds more than that. Where it gives the last ones, only stretches are
   * asked for that cannot hold more: pages then go forward, as they are stored.
   */
  readonly gives: 'first' | 'last'
  /** Least time between two rows of a kind without timeframe, ms. */
  readonly stepMs?: number
  /** As the venue writes them for this kind; absent: as for its bars. */
  readonly timeframes?: Connection['timeframes']
  /** It shows no more than its last so many ms. */
  readonly keepsMs?: number
  /** Its snapshots are labelled by the beginning of the interval that they end. */
  readonly labelledByStart?: boolean
  readonly ask: (ask: RowsAsk) => Promise<unknown>
  /** The rows as answered, each one time and values in stored order. Throws Failure venue_wrong. */
  readonly rowsOf: (answer: unknown, symbol: string) => readonly (readonly unknown[])[]
}

export interface VenueFacts {
  readonly venue: string
  readonly perp: boolean
  /** For people: `Binance USD-M`. */
  readonly name: string
  readonly limits: Readonly<Record<string, Limit>>
  readonly manners: Manners
  /** ccxt's own client of the venue with the requests that are used; each market opens its own. */
  readonly connect: () => Connection
}

export interface Connection {
  readonly exchange: Exchange
  readonly endpoints: Partial<Readonly<Record<SeriesKind, Endpoint>>>
  readonly timeframes: Partial<Readonly<Record<Timeframe, string>>>
}

export const ccxtOptions = {
  // The own budget obeys limits and pauses across all markets of a venue, which ccxt's bucket of one client cannot.
  enableRateLimit: false,
  // Prices, ticks and steps as the venue wrote them: no double is made of them on the way.
  number: String,
  userAgent: 'Playloom',
} as const

export const wrong = (venue: string, what: string, cause?: unknown): Failure =>
  new Failure('venue_wrong', `${venue} answered ${what}`, {
    hint: 'nothing of this answer was stored; try again later',
    cause,
  })

/** A number as a venue writes it, else NaN: an empty text is none. */
export const numberOf = (value: unknown): number => {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? Number(value) : Number.NaN
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** For messages. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : typeof value)

export const listIn = (venue: string, value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw wrong(venue, 'something else than a list of rows')
  return value
}

/** Seconds of a Retry-After header as ms, null without one. */
export const retryAfterMs = (headers: Headers): number | null => {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.max(1000, seconds * 1000) : null
}
