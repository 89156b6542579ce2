// Times, prices and values as they stand on the chart, and the sentence for those who cannot see it. Times are UTC.
import { type Timeframe, tfMs } from '../../blocks/kit/timeframe'
import { clock, day, fixed, moment, monthName, none, percent, signed, time } from '../results/format'
import type { Line } from './lines'

const daily = (tf: Timeframe): boolean => tfMs[tf] >= tfMs['1d']

/** The instant that a bar stands for at the cursor: its close, at which a decision knows it; of days the day itself. */
export const cursorTime = (openMs: number, tf: Timeframe): number => (daily(tf) ? openMs : openMs + tfMs[tf])

/** On the tag of the cursor: short, the axis beside it says the rest. */
export const tagText = (openMs: number, tf: Timeframe): string => (daily(tf) ? day(openMs) : moment(openMs))

export const fullText = (openMs: number, tf: Timeframe): string => (daily(tf) ? day(openMs) : time(openMs))

/** Weight of a tick of the axis: 0 year, 1 month, 2 day, others within a day. */
export const tickText = (ms: number, weight: number): string => {
  const date = new Date(ms)
  if (weight === 0) return String(date.getUTCFullYear())
  if (weight === 1) return monthName(date.getUTCMonth() + 1)
  // "28 Oct 2024" without its year.
  return weight === 2 ? day(ms).slice(0, 6) : clock(ms)
}

const mostDecimals = 8

/** Decimals that prices are quoted with: those of the finest of some of them. */
export const decimalsOf = (prices: ArrayLike<number>, sample = 200): number => {
  const step = Math.max(1, Math.floor(prices.length / sample))
  let most = 0
  for (let i = 0; i < prices.length; i += step) {
    const price = prices[i] ?? 0
    let decimals = most
    while (decimals < mostDecimals && Number(price.toFixed(decimals)) !== price) decimals += 1
    most = Math.max(most, decimals)
  }
  return most
}

/** Decimals that give a value so many figures. */
const figures = (value: number, wanted: number): number => {
  const size = Math.abs(value)
  if (!(size > 0) || size >= 10 ** (wanted - 1)) return 0
  return Math.min(mostDecimals, wanted - 1 - Math.floor(Math.log10(size)))
}

const compact = (value: number): string => {
  const size = Math.abs(value)
  const [by, unit] = size >= 1e9 ? [1e9, ' B'] : size >= 1e6 ? [1e6, ' M'] : size >= 1e4 ? [1e3, ' k'] : [1, '']
  const scaled = value / by
  return `${fixed(scaled, figures(scaled, 3))}${unit}`
}

/** A value by what it is: prices as quoted, rates in percent, oscillators with one decimal. */
export const valueText = (value: number, letter: Line['letter'], decimals: number): string => {
  if (!Number.isFinite(value)) return none
  if (letter === 'P') return fixed(value, decimals)
  if (letter === 'D') return fixed(value, Math.max(decimals, figures(value, 3)))
  if (letter === 'R') return percent(100 * value, 3)
  if (letter === 'O') return fixed(value, 1)
  if (letter === 'T') return `${fixed(value, 0)} bars`
  return letter === 'A' ? compact(value) : fixed(value, figures(value, 4))
}

/** "at 1.5 R": no decimals that say nothing. */
export const rText = (r: number): string => `${signed(r, 2).replace(/\.?0+$/, '')} R`

export const shareText = (share: number): string => percent(100 * share, 0)

export interface SpokenBar {
  readonly openMs: number
  readonly tf: Timeframe
  /** Null: a hole in the data. */
  readonly bar: { readonly open: number; readonly high: number; readonly low: number; readonly close: number } | null
  readonly decimals: number
  /** What else stands at this bar: "long opened", "EMA 67,737". */
  readonly also: readonly string[]
}

export const spoken = ({ openMs, tf, bar, decimals, also }: SpokenBar): string => {
  const at = fullText(cursorTime(openMs, tf), tf)
  if (bar === null) return `${at}, no data.`
  const price = (x: number): string => fixed(x, decimals)
  const move = bar.open === 0 ? '' : `, ${signed(100 * (bar.close / bar.open - 1), 2)} %`
  const values = `open ${price(bar.open)}, high ${price(bar.high)}, low ${price(bar.low)}, close ${price(bar.close)}${move}`
  return `${[at, values, ...also].join(', ')}.`
}
