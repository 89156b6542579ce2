// Figures and times as the page writes them: true minus, thousands comma, unit after a space, UTC. Pure.
import { decimalsOf } from '../../blocks/engine/report/hashes'

/** U+2212: as wide as a plus, unlike a hyphen. */
export const minus = '\u2212'
/** Stands where there is no figure. */
export const none = '\u2013'

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** A number with fixed decimals; what rounds to zero has no sign. */
export const fixed = (value: number, decimals: number): string => {
  if (!Number.isFinite(value)) return none
  const text = Math.abs(value).toFixed(decimals)
  // Beyond 1e21 toFixed writes an exponent, which groups nothing.
  const [whole = '0', fraction] = text.split('.')
  const sign = value < 0 && Number(text) !== 0 ? minus : ''
  return `${sign}${grouped(whole)}${fraction === undefined ? '' : `.${fraction}`}`
}

/** The same with a plus before what is more than zero. */
export const signed = (value: number, decimals: number): string => {
  const text = fixed(value, decimals)
  return Number.isFinite(value) && value > 0 && Number(value.toFixed(decimals)) !== 0 ? `+${text}` : text
}

/** Which way a figure points once it is rounded: what is written as zero is neither a profit nor a loss. */
export const signOf = (value: number, decimals: number): -1 | 0 | 1 => {
  const rounded = Number(value.toFixed(decimals))
  return rounded > 0 ? 1 : rounded < 0 ? -1 : 0
}

/** Cents below a hundred thousand; beyond it nobody reads them. */
const moneyDecimals = (value: number): number => (Math.abs(value) < 100_000 ? 2 : 0)

/** Cents only where they are a part that is seen: for a short line beside other figures. */
const briefDecimals = (value: number): number => (Math.abs(value) < 100 ? 2 : Math.abs(value) < 1000 ? 1 : 0)

export const briefMoney = (usdt: number): string => signed(usdt, briefDecimals(usdt))

export const money = (usdt: number): string => fixed(usdt, moneyDecimals(usdt))
export const signedMoney = (usdt: number): string => signed(usdt, moneyDecimals(usdt))

/** 12.5 is "12.5 %". */
export const percent = (value: number, decimals = 1): string => `${fixed(value, decimals)} %`
export const signedPercent = (value: number, decimals = 1): string => `${signed(value, decimals)} %`

/** Multiples of the initial risk. */
export const riskMultiple = (r: number): string => `${signed(r, 2)} R`

export const count = (value: number): string => fixed(value, 0)

/** "1 trade", "1,234 trades". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

/** Tick and step are decimal texts: `0.10` is one decimal. */
export const decimalsOfStep = (step: string): number => Math.min(12, decimalsOf(step))

export const price = (value: number, tick: string): string => fixed(value, decimalsOfStep(tick))
export const quantity = (value: number, step: string): string => fixed(value, decimalsOfStep(step))

/** A value of a node, whatever its unit: about five figures, no dust. */
export const plain = (value: number): string => {
  const size = Math.abs(value)
  if (!Number.isFinite(value)) return none
  if (size === 0) return '0'
  const decimals = size >= 10_000 ? 1 : size >= 1 ? 2 : Math.min(10, 3 - Math.floor(Math.log10(size)))
  const text = fixed(value, decimals)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** Two figures side by side: decimals enough to tell them apart, the same for both. */
export const pair = (left: number, right: number): readonly [string, string] => {
  const size = Math.max(Math.abs(left), Math.abs(right))
  const least = size >= 10_000 ? 1 : size >= 1 ? 2 : Math.min(10, 2 - Math.floor(Math.log10(size || 1)))
  let decimals = least
  while (left !== right && decimals < 10 && left.toFixed(decimals) === right.toFixed(decimals)) decimals += 1
  return [fixed(left, decimals), fixed(right, decimals)]
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** 1 to 12. */
export const monthName = (month: number): string => months[month - 1] ?? none

const two = (value: number): string => String(value).padStart(2, '0')

/** "28 Oct 2024", UTC. */
export const day = (ms: number): string => {
  const date = new Date(ms)
  return `${two(date.getUTCDate())} ${monthName(date.getUTCMonth() + 1)} ${date.getUTCFullYear()}`
}

/** "03:00", UTC; seconds only where there are some. */
export const clock = (ms: number): string => {
  const date = new Date(ms)
  const seconds = date.getUTCSeconds()
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}${seconds === 0 ? '' : `:${two(seconds)}`}`
}

/** "28 Oct 2024 03:00", UTC. */
export const time = (ms: number): string => `${day(ms)} ${clock(ms)}`

/** "28 Oct 03:00", UTC: where the year stands beside it. */
export const moment = (ms: number): string => {
  const date = new Date(ms)
  return `${two(date.getUTCDate())} ${monthName(date.getUTCMonth() + 1)} ${clock(ms)}`
}

/** "28 Oct 24 03:00", UTC: in tables, which leave seconds to the path of the order. */
export const shortTime = (ms: number): string => {
  const date = new Date(ms)
  const year = two(date.getUTCFullYear() % 100)
  const minutes = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
  return `${two(date.getUTCDate())} ${monthName(date.getUTCMonth() + 1)} ${year} ${minutes}`
}

const units = [
  { ms: 86_400_000, name: 'd' },
  { ms: 3_600_000, name: 'h' },
  { ms: 60_000, name: 'min' },
  { ms: 1000, name: 's' },
] as const

/** The two greatest units: "3 d 4 h", "45 min", "0 s". Rounded down. */
export const duration = (ms: number): string => {
  const first = units.findIndex((unit) => ms >= unit.ms)
  if (first < 0) return '0 s'
  const parts: string[] = []
  let rest = ms
  for (const unit of units.slice(first, first + 2)) {
    const whole = Math.floor(rest / unit.ms)
    rest -= whole * unit.ms
    if (whole > 0) parts.push(`${count(whole)} ${unit.name}`)
  }
  return parts.join(' ')
}

/** "12.6 MB", of 1024 x 1024 bytes, as memory is counted. */
export const megabytes = (bytes: number): string => {
  const size = bytes / 1024 / 1024
  return `${fixed(size, size < 100 ? 1 : 0)} MB`
}

/** Time that a computer took: "9 ms", "1.4 s". */
export const elapsed = (ms: number): string =>
  ms < 1000 ? `${count(Math.max(ms > 0 ? 1 : 0, ms))} ms` : `${fixed(ms / 1000, 1)} s`

/** Of a hash, as much as eyes compare. */
export const shortHash = (hash: string): string => hash.slice(0, 8)

/** `binance:BTCUSDT.P` is "BTCUSDT perp". */
export const marketName = (instrument: string): string => {
  const symbol = instrument.slice(instrument.indexOf(':') + 1)
  return symbol.endsWith('.P') ? `${symbol.slice(0, -2)} perp` : symbol
}
