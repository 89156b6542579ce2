// Recognises files of published figures: open interest, long/short ratios, liquidations, and tables of any series.
import { Failure } from './failure'
import { at, common, type Glimpse, hintsOfName, isNumber, type Layout, midnightMs, normal, type Part } from './glimpse'
import type { Hints, ReadOptions } from './incoming'
import { isPublished, type PublishedKind } from './series'

const timeNames = [
  'create_time',
  'createtime',
  'timestamp',
  'time',
  'date',
  'datetime',
  'day',
  'ts',
  'unix',
  'stamp_ms',
]
/** Names that stand for a time in answers of publishers, and for anything else elsewhere. */
const shortTimes = [...timeNames, 't', 'x']
const baseNames = ['sum_open_interest', 'sumopeninterest', 'open_interest', 'openinterest', 'base', 'oi']
const quoteNames = ['sum_open_interest_value', 'sumopeninterestvalue', 'open_interest_value', 'quote', 'oi_usd']
const ratioNames = ['count_long_short_ratio', 'long_short_ratio', 'longshortratio', 'ratio']
const longNames = ['long', 'long_usd', 'long_liquidations', 'long_liquidation_usd', 'longs']
const shortNames = ['short', 'short_usd', 'short_liquidations', 'short_liquidation_usd', 'shorts']
const priceNames = ['average_price', 'avg_price', 'price']
const quantityNames = ['accumulated_fill_quantity', 'original_quantity', 'quantity', 'qty', 'amount']

/** A file as its names tell it. */
interface Named {
  readonly glimpse: Glimpse
  readonly names: readonly string[]
  readonly options: ReadOptions
  readonly hints: Partial<Hints>
}

const sheet = (
  { names }: Pick<Named, 'names'>,
  { time, values, parts }: { time: number; values: readonly number[]; parts: readonly Part[] },
): Layout => {
  const [first] = parts
  if (first === undefined) throw new Error('a layout without a series')
  return {
    ...common,
    hints: first.hints,
    kind: first.kind,
    headerLines: 1,
    width: names.length,
    time,
    values,
    symbol: at(names, ['symbol', 'ticker']),
    empties: true,
    parts,
  }
}

/** Of one kind: value columns in stored order, null where the file has none. */
const single = (
  named: Named,
  kind: PublishedKind,
  { time, columns, hints }: { time: number; columns: readonly (number | null)[]; hints: Hints },
): Layout => {
  const values = columns.flatMap((index) => (index === null ? [] : [index]))
  const pick = columns.map((index) => (index === null ? null : values.indexOf(index)))
  return sheet(named, { time, values, parts: [{ kind, hints: { ...named.hints, ...hints, kind }, pick }] })
}

/** Binance Vision: open interest and account ratio in one table, a snapshot each five minutes. */
const metricsLayout = (named: Named, kind: PublishedKind | undefined): Layout | null => {
  const { names } = named
  const time = at(names, ['create_time'])
  const [base, quote, ratio] = [
    at(names, ['sum_open_interest']),
    at(names, ['sum_open_interest_value']),
    at(names, ['count_long_short_ratio']),
  ]
  if (time === null || base === null || quote === null || ratio === null) return null
  const hints = {
    ...named.hints,
    venue: 'binance',
    market: 'perp',
    layout: 'Binance metrics',
    stamp: 'end',
    snapshots: true,
  } as const
  const parts: readonly Part[] = [
    { kind: 'open-interest', hints: { ...hints, kind: 'open-interest' }, pick: [0, 1] },
    { kind: 'long-short', hints: { ...hints, kind: 'long-short' }, pick: [2] },
  ]
  return sheet(named, {
    time,
    values: [base, quote, ratio],
    parts: parts.filter((part) => kind === undefined || part.kind === kind),
  })
}

/** `BTCUSDT-liquidationSnapshot-2023-06-25`: the day that it is of, all of it. */
const dayOf = (member: string): { fromMs: number; toMs: number } | null => {
  const match = /-(\d{4})-(\d{2})-(\d{2})\./.exec(member)
  if (match === null) return null
  const fromMs = midnightMs(Number(match[1]), Number(match[2]), Number(match[3]))
  return { fromMs, toMs: fromMs + 86_400_000 }
}

const eventsLayout = (named: Named): Layout | null => {
  const { names, glimpse } = named
  const time = at(names, timeNames)
  const side = at(names, ['side'])
  const price = at(names, priceNames)
  const quantity = at(names, quantityNames)
  if (time === null || side === null || price === null || quantity === null) return null
  const isVision = names.includes('order_type') && names.includes('accumulated_fill_quantity')
  // Trades look the same: they are liquidations where the file or the user says so.
  if (!isVision && named.options.kind !== 'liquidations') return null
  const hints: Hints = {
    ...(isVision ? { venue: 'binance', market: 'perp' } : {}),
    layout: isVision ? 'Binance liquidation snapshot' : 'liquidations',
    stamp: 'start',
    events: { covers: dayOf(glimpse.member) },
  }
  return {
    ...single(named, 'liquidations', { time, columns: [side, price, quantity], hints }),
    empties: false,
    side: 0,
  }
}

const sumsLayout = (named: Named): Layout | null => {
  const time = at(named.names, timeNames)
  const columns = [at(named.names, longNames), at(named.names, shortNames)]
  if (time === null || columns.includes(null)) return null
  return single(named, 'liquidations', { time, columns, hints: { layout: 'liquidations by interval', stamp: 'start' } })
}

/** Bars of open interest: what it was at their end. */
const isOhlc = (names: readonly string[]): boolean =>
  ['open', 'high', 'low', 'close'].every((name) => names.includes(name))

const openInterestLayout = (named: Named): Layout | null => {
  const { names, glimpse, options } = named
  const time = at(names, timeNames)
  if (time === null) return null
  const layout = 'open interest'
  if (isOhlc(names)) {
    const columns = inUnit(glimpse, options, at(names, ['close']))
    return single(named, 'open-interest', { time, columns, hints: { layout, stamp: 'start' } })
  }
  const columns = [at(names, baseNames), at(names, quoteNames)]
  if (columns.some((index) => index !== null))
    return single(named, 'open-interest', { time, columns, hints: { layout } })
  const value = at(names, ['value'])
  if (value === null) return null
  return single(named, 'open-interest', { time, columns: inUnit(glimpse, options, value), hints: { layout } })
}

/** A column that does not tell its unit: a wrong guess would be off by the price. */
const inUnit = ({ path }: Glimpse, { unit }: ReadOptions, index: number | null): readonly (number | null)[] => {
  if (unit === undefined)
    throw new Failure('option_missing', `${path} does not tell the unit of its open interest`, {
      file: path,
      hint: 'give --unit base for coins or contracts of one coin, --unit USD or USDT for their notional',
    })
  return unit.toLowerCase() === 'base' ? [index, null] : [null, index]
}

const ratioLayout = (named: Named): Layout | null => {
  const time = at(named.names, timeNames)
  const ratio = at(named.names, [...ratioNames, 'value'])
  if (time === null || ratio === null) return null
  return single(named, 'long-short', { time, columns: [ratio], hints: { layout: 'long/short ratio' } })
}

/** Text beside the figures: a first field that is neither a number nor one of the ways to write that there is none. */
const isText = (field: string | undefined): boolean =>
  field !== undefined && !isNumber(field) && !/^\s*"?(nan|null|none|n\/a|-|)"?\s*$/i.test(field)

/** Every column of numbers is a series of its own. */
const seriesLayout = (named: Named): Layout | null => {
  const { glimpse, options, names } = named
  const header = (glimpse.header ?? []).map((name) => name.trim().replace(/^"|"$/g, ''))
  const time = at(names, shortTimes)
  if (time === null) return null
  const all = names.flatMap((_, index) => (index === time || isText(glimpse.first[index]) ? [] : [index]))
  const wanted = options.column
  const taken = wanted === undefined ? all : all.filter((index) => header[index] === wanted)
  if (taken.length === 0)
    throw new Failure('option_wrong', `${glimpse.path} has no column ${wanted ?? 'of numbers'}`, {
      file: glimpse.path,
      hint: `it has ${all.map((index) => header[index]).join(', ')}`,
    })
  const parts = taken.map((index, k): Part => {
    const column = header[index] ?? ''
    return { kind: 'series', hints: { kind: 'series', layout: 'series', column, columns: taken.length }, pick: [k] }
  })
  return { ...sheet(named, { time, values: taken, parts }), symbol: null }
}

const byKind: Readonly<Record<PublishedKind, (named: Named) => Layout | null>> = {
  'open-interest': (named) => metricsLayout(named, 'open-interest') ?? openInterestLayout(named),
  'long-short': (named) => metricsLayout(named, 'long-short') ?? ratioLayout(named),
  liquidations: (named) => eventsLayout(named) ?? sumsLayout(named),
  series: seriesLayout,
}

/** The layout of a file with a header line; null when it is none of published figures, as far as it tells. */
export const publishedLayout = (glimpse: Glimpse, options: ReadOptions): Layout | null => {
  const { header } = glimpse
  const { kind } = options
  const asked = kind !== undefined && kind !== 'instruments' && isPublished(kind) ? kind : undefined
  if (header === null || (kind !== undefined && asked === undefined)) return null
  const hints = hintsOfName(glimpse.member, glimpse.path)
  const named: Named = { glimpse, names: header.map(normal), options, hints }
  if (asked === undefined) return metricsLayout(named, undefined) ?? eventsLayout(named)
  const layout = byKind[asked](named)
  if (layout !== null) return layout
  throw new Failure(
    'layout_unknown',
    `${glimpse.path}: no ${asked}: its columns are ${header.slice(0, 14).join(', ')}`,
    {
      file: glimpse.path,
      hint: 'a table with a header line is read: a time column (time, timestamp, date) and the values',
    },
  )
}
