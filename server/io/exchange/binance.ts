// Binance spot and USD-M perpetuals: limits, manners and requests. Sources: developers.binance.com, "General Info",
// "Kline Data", "Mark Price Kline Data", "Get Funding Rate History", "Open Interest Statistics", "Long/Short Ratio" of
// both APIs; weights also in ccxt's tables.
import { binance, binanceusdm } from 'ccxt'
import type { Answer, Manners } from './transport'
import {
  type Connection,
  ccxtOptions,
  type Endpoint,
  isRecord,
  listIn,
  numberOf,
  type RowsAsk,
  retryAfterMs,
  textOf,
  type VenueFacts,
  wrong,
} from './venue'

const minute = 60_000
const hour = 60 * minute

/** A ban names its end in words when the header is missing: "banned until 1587730808107". */
const bannedUntilMs = ({ text }: Answer): number | null => {
  const match = /banned until (\d{13})/.exec(text)
  return match === null ? null : Number(match[1])
}

/** 429: too many requests; 418: the ban of an address that went on after it, two minutes to three days. */
const pauseUntilMs = (answer: Answer, nowMs: number): number | null => {
  const { status, headers } = answer
  if (status !== 429 && status !== 418) return null
  const told = retryAfterMs(headers)
  if (told !== null) return nowMs + told
  return bannedUntilMs(answer) ?? nowMs + (status === 418 ? 2 * minute : minute)
}

const usedWeight: Manners['usedWeight'] = ({ headers }) => {
  const used = Number(headers.get('x-mbx-used-weight-1m') ?? Number.NaN)
  return Number.isFinite(used) ? { limit: 'weight', used } : null
}

const common = { venue: 'binance', pauseUntilMs, usedWeight, isPassing: () => false }

/** A futures answer of bars costs by the rows asked for. */
const barsWeight = (url: URL): number => {
  const limit = Number(url.searchParams.get('limit') ?? 500)
  return limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10
}

const barRequest = ({ symbol, interval, fromMs, toMs, limit }: RowsAsk) => ({
  symbol,
  interval,
  startTime: fromMs,
  endTime: toMs - 1,
  limit,
})

/** Open time, open, high, low, close, volume, close time and five more. */
const barRows =
  (values: number) =>
  (answer: unknown): readonly (readonly unknown[])[] =>
    listIn('binance', answer).map((row) => (Array.isArray(row) ? row.slice(0, values + 1) : []))

/** 1000 rows: more cost twice the weight for half as many again. */
const barRowsMost = 1000

const bars = (name: string, ask: (request: object) => Promise<unknown>, values: number): Endpoint => ({
  name,
  rows: barRowsMost,
  gives: 'first',
  ask: (rows) => ask(barRequest(rows)),
  rowsOf: barRows(values),
})

const settlement = (entry: unknown, symbol: string): readonly unknown[] => {
  if (!isRecord(entry)) return []
  if (entry.symbol !== symbol) throw wrong('binance', `with rows of ${textOf(entry.symbol)} for ${symbol}`)
  return [numberOf(entry.fundingTime), entry.fundingRate, Number.NaN]
}

/** A snapshot of open interest or of the accounts, in the last 30 days; an hour is left for the request itself. */
const snapshots = (name: string, ask: (request: object) => Promise<unknown>, values: readonly string[]): Endpoint => ({
  name,
  rows: 500,
  // Which rows of a longer stretch are given is not documented: none is asked for.
  gives: 'last',
  timeframes: statisticTimeframes,
  keepsMs: 30 * 24 * hour - hour,
  // "End time of the period" in the documentation, its beginning in what is answered since June 2026 (reported at
  // github.com/binance/binance-public-data).
  labelledByStart: true,
  ask: ({ symbol, interval, fromMs, toMs, limit }) =>
    ask({ symbol, period: interval, startTime: fromMs, endTime: toMs - 1, limit }),
  rowsOf: (answer, symbol) =>
    listIn('binance', answer).map((entry) => {
      if (!isRecord(entry)) return []
      if (entry.symbol !== symbol) throw wrong('binance', `with rows of ${textOf(entry.symbol)} for ${symbol}`)
      return [numberOf(entry.timestamp), ...values.map((value) => entry[value])]
    }),
})

/** The timeframes that Binance serves are all that this program knows, by the same names. */
const timeframes = {
  '1m': '1m',
  '3m': '3m',
  '5m': '5m',
  '15m': '15m',
  '30m': '30m',
  '1h': '1h',
  '2h': '2h',
  '4h': '4h',
  '6h': '6h',
  '8h': '8h',
  '12h': '12h',
  '1d': '1d',
  '1w': '1w',
} as const

/** Of the statistics; without the week, the minutes below five and 8h. */
const statisticTimeframes: Connection['timeframes'] = {
  '5m': '5m',
  '15m': '15m',
  '30m': '30m',
  '1h': '1h',
  '2h': '2h',
  '4h': '4h',
  '6h': '6h',
  '12h': '12h',
  '1d': '1d',
}

export const binancePerp: VenueFacts = {
  venue: 'binance',
  perp: true,
  name: 'Binance USD-M',
  limits: {
    weight: { windowMs: minute, weight: 2400 },
    // Funding has a limit of its own, told in its documentation alone.
    funding: { windowMs: 5 * minute, weight: 500 },
    // So have the statistics.
    statistics: { windowMs: 5 * minute, weight: 1000 },
  },
  manners: {
    ...common,
    costOf: (url) => {
      if (url.pathname.endsWith('/fundingRate')) return { limit: 'funding', weight: 1 }
      if (url.pathname.startsWith('/futures/data/')) return { limit: 'statistics', weight: 1 }
      return { limit: 'weight', weight: /lines$/.test(url.pathname) ? barsWeight(url) : 1 }
    },
  },
  connect: () => {
    const exchange = new binanceusdm({ ...ccxtOptions, options: { fetchCurrencies: false, fetchMargins: false } })
    return {
      exchange,
      timeframes,
      endpoints: {
        klines: bars('GET /fapi/v1/klines', (request) => exchange.fapiPublicGetKlines(request), 5),
        mark: bars('GET /fapi/v1/markPriceKlines', (request) => exchange.fapiPublicGetMarkPriceKlines(request), 4),
        'open-interest': snapshots(
          'GET /futures/data/openInterestHist',
          (request) => exchange.fapiDataGetOpenInterestHist(request),
          ['sumOpenInterest', 'sumOpenInterestValue'],
        ),
        'long-short': snapshots(
          'GET /futures/data/globalLongShortAccountRatio',
          (request) => exchange.fapiDataGetGlobalLongShortAccountRatio(request),
          ['longShortRatio'],
        ),
        funding: {
          name: 'GET /fapi/v1/fundingRate',
          rows: 1000,
          gives: 'first',
          stepMs: hour,
          ask: ({ symbol, fromMs, toMs, limit }) =>
            exchange.fapiPublicGetFundingRate({ symbol, startTime: fromMs, endTime: toMs - 1, limit }),
          rowsOf: (answer, symbol) => listIn('binance', answer).map((entry) => settlement(entry, symbol)),
        },
      },
    }
  },
}

export const binanceSpot: VenueFacts = {
  venue: 'binance',
  perp: false,
  name: 'Binance spot',
  limits: { weight: { windowMs: minute, weight: 6000 } },
  manners: {
    ...common,
    costOf: ({ pathname }) => ({
      limit: 'weight',
      weight: pathname.endsWith('/exchangeInfo') ? 20 : pathname.endsWith('/klines') ? 2 : 1,
    }),
  },
  connect: () => {
    const exchange = new binance({
      ...ccxtOptions,
      options: {
        fetchCurrencies: false,
        fetchMargins: false,
        fetchMarkets: { types: ['spot'] },
        defaultType: 'spot',
      },
    })
    return {
      exchange,
      timeframes,
      endpoints: { klines: bars('GET /api/v3/klines', (request) => exchange.publicGetKlines(request), 5) },
    }
  },
}
