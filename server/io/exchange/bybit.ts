// Bybit linear perpetuals: limits, manners and requests. Source: bybit-exchange.github.io, v5 "Rate Limit", "Get Kline",
// "Get Mark Price Kline", "Get Funding Rate History", "Get Open Interest", "Get Long Short Ratio", "Error Codes".
import { bybit } from 'ccxt'
import type { Answer } from './transport'
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
const windowMs = 5000

const codeOf = ({ json }: Answer): number => (isRecord(json) ? numberOf(json.retCode) : Number.NaN)

/** 403: the address is shut out for ten minutes; 10006: too many visits in the window of five seconds. */
const pauseUntilMs = (answer: Answer, nowMs: number): number | null => {
  const { status, headers } = answer
  if (status === 403) return nowMs + 10 * minute
  if (status === 429 || codeOf(answer) === 10006) return nowMs + (retryAfterMs(headers) ?? windowMs)
  return null
}

const resultOf = (answer: unknown): Readonly<Record<string, unknown>> => {
  const result = isRecord(answer) ? answer.result : undefined
  if (!isRecord(result)) throw wrong('bybit', 'without a result')
  return result
}

/** `result.list` of an answer for this symbol. */
const listOf = (answer: unknown, symbol: string): readonly unknown[] => {
  const result = resultOf(answer)
  if (result.category !== 'linear') throw wrong('bybit', `for ${textOf(result.category)} instead of linear markets`)
  if (result.symbol !== undefined && result.symbol !== symbol)
    throw wrong('bybit', `with rows of ${textOf(result.symbol)} for ${symbol}`)
  return listIn('bybit', result.list)
}

const settlement = (entry: unknown, symbol: string): readonly unknown[] => {
  if (!isRecord(entry)) return []
  if (entry.symbol !== symbol) throw wrong('bybit', `with rows of ${textOf(entry.symbol)} for ${symbol}`)
  return [numberOf(entry.fundingRateTimestamp), entry.fundingRate, Number.NaN]
}

const statisticTimeframes: Connection['timeframes'] = {
  '5m': '5min',
  '15m': '15min',
  '30m': '30min',
  '1h': '1h',
  '4h': '4h',
  '1d': '1d',
}

/** Of open interest base units alone are told, stamped at their moment. */
const openInterest = (entry: unknown): readonly unknown[] =>
  isRecord(entry) ? [numberOf(entry.timestamp), entry.openInterest, Number.NaN] : []

/** Holders of long positions to those of short ones. */
const accountRatio = (entry: unknown, symbol: string): readonly unknown[] => {
  if (!isRecord(entry)) return []
  if (entry.symbol !== symbol) throw wrong('bybit', `with rows of ${textOf(entry.symbol)} for ${symbol}`)
  return [numberOf(entry.timestamp), numberOf(entry.buyRatio) / numberOf(entry.sellRatio)]
}

const bars = (name: string, ask: (request: object) => Promise<unknown>, values: number): Endpoint => ({
  name,
  rows: 1000,
  gives: 'last',
  ask: ({ symbol, interval, fromMs, toMs, limit }: RowsAsk) =>
    ask({ category: 'linear', symbol, interval, start: fromMs, end: toMs - 1, limit }),
  rowsOf: (answer, symbol) => listOf(answer, symbol).map((row) => (Array.isArray(row) ? row.slice(0, values + 1) : [])),
})

/** Snapshots of open interest and of the accounts. */
const statistics = (exchange: bybit): Connection['endpoints'] => ({
  'open-interest': {
    name: 'GET /v5/market/open-interest',
    rows: 200,
    gives: 'last',
    timeframes: statisticTimeframes,
    ask: ({ symbol, interval, fromMs, toMs, limit }) =>
      exchange.publicGetV5MarketOpenInterest({
        category: 'linear',
        symbol,
        intervalTime: interval,
        startTime: fromMs,
        endTime: toMs - 1,
        limit,
      }),
    rowsOf: (answer, symbol) => listOf(answer, symbol).map(openInterest),
  },
  'long-short': {
    name: 'GET /v5/market/account-ratio',
    rows: 500,
    gives: 'last',
    timeframes: statisticTimeframes,
    // The documentation does not tell which end of a period its stamp is: the later one cannot be too early.
    labelledByStart: true,
    ask: ({ symbol, interval, fromMs, toMs, limit }) =>
      exchange.publicGetV5MarketAccountRatio({
        category: 'linear',
        symbol,
        period: interval,
        startTime: fromMs,
        endTime: toMs - 1,
        limit,
      }),
    rowsOf: (answer, symbol) => listIn('bybit', resultOf(answer).list).map((entry) => accountRatio(entry, symbol)),
  },
})

export const bybitLinear: VenueFacts = {
  venue: 'bybit',
  perp: true,
  name: 'Bybit linear',
  limits: { requests: { windowMs, weight: 600 } },
  manners: {
    venue: 'bybit',
    costOf: () => ({ limit: 'requests', weight: 1 }),
    pauseUntilMs,
    // 10000: server timeout; 10016: internal error. ccxt's errors would read as if the question were wrong.
    isPassing: (answer) => [10_000, 10_016].includes(codeOf(answer)),
    usedWeight: () => null,
  },
  connect: () => {
    const exchange = new bybit({
      ...ccxtOptions,
      options: { fetchMarkets: { types: ['linear'] }, fetchCurrencies: false, defaultType: 'swap' },
    })
    exchange.has.fetchCurrencies = false
    return {
      exchange,
      timeframes: {
        '1m': '1',
        '3m': '3',
        '5m': '5',
        '15m': '15',
        '30m': '30',
        '1h': '60',
        '2h': '120',
        '4h': '240',
        '6h': '360',
        '12h': '720',
        '1d': 'D',
        '1w': 'W',
      },
      endpoints: {
        klines: bars('GET /v5/market/kline', (request) => exchange.publicGetV5MarketKline(request), 5),
        mark: bars(
          'GET /v5/market/mark-price-kline',
          (request) => exchange.publicGetV5MarketMarkPriceKline(request),
          4,
        ),
        ...statistics(exchange),
        funding: {
          name: 'GET /v5/market/funding/history',
          rows: 200,
          gives: 'last',
          stepMs: hour,
          ask: ({ symbol, fromMs, toMs, limit }) =>
            exchange.publicGetV5MarketFundingHistory({
              category: 'linear',
              symbol,
              startTime: fromMs,
              endTime: toMs - 1,
              limit,
            }),
          rowsOf: (answer, symbol) => listOf(answer, symbol).map((entry) => settlement(entry, symbol)),
        },
      },
    }
  },
}
