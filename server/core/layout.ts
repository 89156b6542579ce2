// Recognises what a file of market data is by its name, its header and its first rows. Pure: the adapter reads them.
import { Failure } from './failure'
import { at, common, type Glimpse, hintsOfName, isNumber, type Layout, midnightMs, normal } from './glimpse'
import type { ReadOptions } from './incoming'
import { publishedLayout } from './publishedLayout'
import { isPublished, type SeriesKind } from './series'

const timeNames = ['open_time', 'opentime', 'timestamp', 'time', 'date', 'datetime', 'ts', 'unix']
const fundingTimes = ['funding_time', 'fundingtime', 'calc_time', ...timeNames]
const rateNames = ['funding_rate', 'fundingrate', 'last_funding_rate']
const volumeNames = ['volume', 'vol', 'base_volume']
const plain = ['open_time', 'open', 'high', 'low', 'close', 'volume']
const vision = [...plain, 'close_time', 'quote_volume', 'count', 'taker_buy_volume', 'taker_buy_quote_volume', 'ignore']

const unknown = (glimpse: Glimpse, why: string): Failure =>
  new Failure('layout_unknown', `${glimpse.path}: ${why}`, {
    file: glimpse.path,
    hint: 'read are: Binance Vision klines and funding rates, and CSV or Parquet with a header line such as open_time,open,high,low,close,volume',
  })

/** LEAN: `20240805_btcusdt_minute_trade.csv`, six columns, milliseconds since midnight UTC. */
const leanLayout = (glimpse: Glimpse): Layout | null => {
  const match = /^(\d{4})(\d{2})(\d{2})_([a-z0-9]+)_(minute|hour|second|tick|daily)_trade\.csv$/.exec(glimpse.member)
  if (match === null) return null
  const [, year = '', month = '', day = '', symbol = '', step] = match
  if (step !== 'minute') throw unknown(glimpse, `a LEAN ${step} file: only LEAN minute files are read`)
  return {
    ...common,
    hints: { layout: 'LEAN minute file', symbol: symbol.toUpperCase(), tf: '1m', kind: 'klines' },
    kind: 'klines',
    headerLines: 0,
    width: 6,
    time: 0,
    values: [1, 2, 3, 4, 5],
    baseMs: midnightMs(Number(year), Number(month), Number(day)),
  }
}

/** Vision klines without a header: 12 numbers, the seventh the last instant of the bar that the first opens. */
const isBareVision = ({ header, first }: Glimpse): boolean => {
  if (header !== null || first.length !== 12 || !first.every(isNumber)) return false
  const length = Number(first[6]) - Number(first[0])
  return length > 0 && (length + 1) % (Number(first[0]) >= 1e14 ? 1e6 : 1000) === 0
}

const bareLayout = (glimpse: Glimpse, options: ReadOptions): Layout => {
  const { first } = glimpse
  const named = hintsOfName(glimpse.member, glimpse.path)
  const of = { ...common, headerLines: 0, time: 0, values: [1, 2, 3, 4, 5] } as const
  if (isBareVision(glimpse)) {
    // Spot archives stamp microseconds from 2025 on; those of the perpetuals stay at milliseconds.
    const micro = Number(first[0]) >= 1e14 ? ({ market: 'spot' } as const) : {}
    const kind = kindAsked(options) ?? named.kind ?? 'klines'
    const hints = { ...micro, ...named, venue: 'binance', layout: 'Binance Vision klines' }
    return { ...of, hints, kind, width: 12, values: kind === 'mark' ? [1, 2, 3, 4] : of.values }
  }
  if (options.layout === 'ohlcv' && first.length === 6) {
    return { ...of, hints: { ...named, layout: 'OHLCV without header' }, kind: 'klines', width: 6 }
  }
  const six = first.length === 6 && first.every(isNumber)
  throw unknown(
    glimpse,
    six
      ? 'six columns without a header line: put open_time,open,high,low,close,volume on top if that is what they are'
      : 'the first line is neither a known header nor a row of a known layout',
  )
}

const kindAsked = ({ kind }: ReadOptions): SeriesKind | undefined => (kind === 'instruments' ? undefined : kind)

const fundingLayout = (glimpse: Glimpse, names: readonly string[]): Layout | null => {
  const rate = at(names, rateNames)
  const time = at(names, fundingTimes)
  if (rate === null || time === null) return null
  const hours = at(names, ['funding_interval_hours'])
  const isVision = names.includes('calc_time') && names.includes('last_funding_rate')
  const named = { ...hintsOfName(glimpse.member, glimpse.path), market: 'perp' } as const
  return {
    hints: { ...named, ...(isVision ? { venue: 'binance' } : {}), kind: 'funding', layout: 'funding rates' },
    kind: 'funding',
    headerLines: 1,
    width: names.length,
    time,
    values: [rate, hours],
    intervalHours: true,
    symbol: at(names, ['symbol']),
    baseMs: 0,
  }
}

const barLayout = (glimpse: Glimpse, names: readonly string[], options: ReadOptions): Layout => {
  const time = at(names, timeNames)
  const prices = ['open', 'high', 'low', 'close'].map((name) => at(names, [name]))
  if (time === null || prices.includes(null)) throw unknown(glimpse, `its columns are ${names.slice(0, 14).join(', ')}`)
  const volume = at(names, volumeNames)
  const named = hintsOfName(glimpse.member, glimpse.path)
  const kind = kindAsked(options) ?? named.kind ?? (volume === null ? undefined : 'klines')
  if (kind === undefined) {
    throw new Failure('option_missing', `${glimpse.path} has prices but no volume: what they are cannot be told`, {
      file: glimpse.path,
      hint: 'if they are mark prices give --kind mark, if open interest --kind open-interest; bars without a volume column are not read',
    })
  }
  if (kind === 'klines' && volume === null) throw unknown(glimpse, 'it has no volume column')
  const isVision = vision.every((name, k) => names[k] === name)
  return {
    ...common,
    hints: {
      ...named,
      ...(isVision ? { venue: 'binance' } : {}),
      kind,
      layout: isVision ? 'Binance Vision klines' : 'OHLCV',
    },
    kind,
    headerLines: 1,
    width: names.length,
    time,
    values: kind === 'mark' ? prices : [...prices, volume],
    symbol: at(names, ['symbol']),
  }
}

/** Throws Failure layout_unknown, layout_refused or option_missing. */
export const layoutOf = (glimpse: Glimpse, options: ReadOptions): Layout => {
  if (/indexPriceKlines|premiumIndexKlines|[\\/]futures[\\/]cm[\\/]/.test(glimpse.path) && options.kind === undefined) {
    throw new Failure(
      'layout_refused',
      `${glimpse.path}: index prices, premium indices and coin-margined contracts are not read`,
      {
        file: glimpse.path,
      },
    )
  }
  const published = publishedLayout(glimpse, options)
  if (published !== null) return published
  const lean = leanLayout(glimpse)
  if (lean !== null) return lean
  if (
    glimpse.header === null &&
    options.kind !== undefined &&
    options.kind !== 'instruments' &&
    isPublished(options.kind)
  )
    throw unknown(glimpse, `a table of ${options.kind} has a header line`)
  if (glimpse.header === null) return bareLayout(glimpse, options)
  const names = glimpse.header.map(normal)
  const funding = options.kind === undefined || options.kind === 'funding' ? fundingLayout(glimpse, names) : null
  if (funding !== null) return funding
  if (options.kind === 'funding')
    throw unknown(glimpse, `no funding rates: its columns are ${names.slice(0, 14).join(', ')}`)
  return barLayout(glimpse, names, options)
}

/** A first line is a header when its first field is neither a number nor a date. */
export const isHeader = (fields: readonly string[]): boolean =>
  !isNumber(fields[0]) &&
  !/^\s*"?\d{4}-\d{2}-\d{2}/.test(fields[0] ?? '') &&
  fields.some((field) => /[A-Za-z]/.test(field))
