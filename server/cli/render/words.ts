// Numbers, times and reasons as a trader reads them.
import type { Metric, MetricName, Metrics } from '../../../blocks/engine/metrics/names'
import type { DropReason } from '../../../blocks/engine/trade'
import type { Cell, Tone } from './table'

/** `-1,234.50`: thousands apart, `decimals` of them. */
export const numberText = (value: number, decimals = 2): string => {
  const fixed = Math.abs(value).toFixed(decimals)
  const [whole = '', fraction] = fixed.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const negative = value < 0 && Number(fixed) !== 0
  return `${negative ? '-' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

export const countText = (value: number): string => numberText(value, 0)

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`

export const toneOfMoney = (value: number): Tone | null => (value > 0 ? 'green' : value < 0 ? 'red' : null)

export const money = (value: number): Cell => ({ text: numberText(value), tone: toneOfMoney(value) })

/** Seven significant digits are enough to tell prices apart. */
const priceDecimals = (price: number): number => {
  const text = Number(price.toPrecision(7)).toFixed(10)
  return text.replace(/0+$/, '').split('.')[1]?.length ?? 0
}

/** One number of decimals for a whole column of prices. */
export const pricesText = (prices: readonly number[]): ((price: number) => string) => {
  const decimals = prices.reduce((most, price) => Math.max(most, priceDecimals(price)), 0)
  return (price) => numberText(price, decimals)
}

const minuteMs = 60_000

/** `45m`, `3h 15m`, `12d 4h`. */
export const durationText = (ms: number): string => {
  const minutes = Math.round(ms / minuteMs)
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
  if (days > 0) return hours > 0 ? `${days}d ${hours}h` : `${days}d`
  if (hours > 0) return rest > 0 ? `${hours}h ${rest}m` : `${hours}h`
  return `${minutes}m`
}

export const fromSnake = (name: string): string => name.replaceAll('_', ' ')

export const dropWords: Readonly<Record<DropReason, string>> = {
  filtered: 'a filter said no',
  conflict: 'both sides fired at once',
  vetoed: 'an exit or invalidation of the same side held',
  limit_reached: 'a limit of the Play was reached',
  ruined: 'the account was ruined',
  target_wrong_side: 'the target lay on the wrong side of the price',
  post_only: 'a post-only order would have filled at once',
  adds_spent: 'no additions to the position were left',
  cooling_down: 'cooling down after a trade',
  ignored_pending: 'an order was already waiting',
  in_trade: 'already in a trade',
  expired: 'the order expired unfilled',
  cancelled: 'the order was cancelled',
  data_gap: 'no bar to fill on in time',
  unknown: 'a price that the order needs was unknown',
  stop_wrong_side: 'the stop lay on the wrong side of the price or too near',
  below_minimum: "the size was below the venue's minimum",
  insufficient_margin: 'not enough free margin',
  position_changed: 'the position had closed before the addition',
}

/** How a figure is written. */
export type Form = 'money' | 'percent' | 'ratio' | 'r' | 'count' | 'days' | 'probability'

const written: Readonly<Record<Form, (value: number) => string>> = {
  money: (value) => numberText(value),
  percent: (value) => `${numberText(value)} %`,
  ratio: (value) => numberText(value),
  r: (value) => `${numberText(value)} R`,
  count: countText,
  days: (value) => durationText(value * 1440 * minuteMs),
  probability: (value) => `${numberText(100 * value, 1)} %`,
}

/** Beyond this a figure says only that it is absurd: a day's luck made into a year's. */
const readable = 1e9

/** What people see of a metric (S46): the value, "not enough data", or "undefined" (its reason is told below). */
export const figure = (metric: Metric, form: Form, toned = false): Cell => {
  if (!metric.enough) return { text: 'not enough data', tone: 'dim' }
  if (metric.value === null) return { text: 'undefined', tone: 'dim' }
  const text = Math.abs(metric.value) < readable ? written[form](metric.value) : metric.value.toExponential(2)
  return { text, tone: toned ? toneOfMoney(metric.value) : null }
}

/** Why shown figures are undefined: one line a reason. */
export const reasonsOf = (metrics: Metrics, shown: readonly (readonly [MetricName, string])[]): string[] => {
  const labels = new Map<string, string[]>()
  for (const [name, label] of shown) {
    const { why, enough } = metrics[name]
    if (why !== undefined && enough) labels.set(why, [...(labels.get(why) ?? []), label])
  }
  return [...labels].map(([why, names]) => `${names.join(', ')}: ${why}`)
}
