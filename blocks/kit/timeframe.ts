// Timeframes and the absolute row of a bar (semantics.md S5).

const minute = 60_000

/** Milliseconds of each timeframe, fastest first. */
export const tfMs = {
  '1m': minute,
  '3m': 3 * minute,
  '5m': 5 * minute,
  '15m': 15 * minute,
  '30m': 30 * minute,
  '1h': 60 * minute,
  '2h': 120 * minute,
  '4h': 240 * minute,
  '6h': 360 * minute,
  '8h': 480 * minute,
  '12h': 720 * minute,
  '1d': 1440 * minute,
  '1w': 10_080 * minute,
} as const

export type Timeframe = keyof typeof tfMs

/** All timeframes, fastest first. */
export const timeframes = Object.keys(tfMs) as readonly Timeframe[]

/** Weeks start on Monday 00:00 UTC; 1970-01-05 is the first Monday. */
const offsetMs = (tf: Timeframe): number => (tf === '1w' ? 4 * 1440 * minute : 0)

export const isTimeframe = (text: string): text is Timeframe => Object.hasOwn(tfMs, text)

/** Absolute row of the bar of `tf` that holds the instant `ms` (UTC, Unix ms). */
export const rowOf = (tf: Timeframe, ms: number): number => Math.floor((ms - offsetMs(tf)) / tfMs[tf])

/** Open time (Unix ms) of the absolute row `row`. */
export const openMsOf = (tf: Timeframe, row: number): number => row * tfMs[tf] + offsetMs(tf)

/** Close time (Unix ms) of the absolute row `row`: the open of the next. */
export const closeMsOf = (tf: Timeframe, row: number): number => openMsOf(tf, row + 1)
