// History of venues through ccxt: opens a market, asks page by page, hands over rows as they were answered.
// ccxt's unified calls sort rows and drop those outside the asked range, which would hide what a venue does wrong:
// rows come from its per-endpoint calls, the list of markets from loadMarkets.
import { BadSymbol, BaseError } from 'ccxt'
import { sha256Hex } from '../../../blocks/kit/hash'
import { type Timeframe, tfMs, timeframes } from '../../../blocks/kit/timeframe'
import { Failure } from '../../core/failure'
import type { SeriesKind } from '../../core/series'
import type { RawTable } from '../../core/table'
import { valueColumns } from '../../core/table'
import type { VenueAsk, VenueMarket, VenueOptions, VenuePage, VenuePort } from '../../run/ports'
import { binancePerp, binanceSpot } from './binance'
import { type Budget, createBudget } from './budget'
import { bybitLinear } from './bybit'
import { type Clock, systemClock } from './clock'
import { factsFile, type Market, marketFor } from './markets'
import { createTransport, type Transport, type TransportOptions } from './transport'
import { type Connection, type Endpoint, numberOf, type VenueFacts, wrong } from './venue'

export interface VenuesOptions {
  readonly clock?: Clock
  readonly fetch?: TransportOptions['fetch']
  readonly timeoutMs?: number
  /** An address that answers in place of the venues, named in the source of every row. */
  readonly url?: string | null
}

const venues: readonly VenueFacts[] = [binancePerp, binanceSpot, bybitLinear]

/** A full page takes a venue well under a second, its list of markets a few. */
const timeoutMs = 30_000
/** The launch that a venue tells may be later than its first bars (Bybit BTCUSDT: five days). */
const launchMarginMs = 30 * 86_400_000
/** A clock that differs by more makes it unknowable which bars are closed. */
const mostSkewMs = 86_400_000

const venueOf = (instrument: string): VenueFacts => {
  const found = venues.find(
    ({ venue, perp }) => instrument.startsWith(`${venue}:`) && instrument.endsWith('.P') === perp,
  )
  if (found !== undefined) return found
  throw new Failure('market_unknown', `no venue is known that serves ${instrument}`, {
    hint: 'binance:SYMBOL, binance:SYMBOL.P and bybit:SYMBOL.P can be downloaded',
  })
}

/** Errors of ccxt and of the way to the venue as one closed list. */
const failureOf = (error: unknown, { name, venue }: VenueFacts): Failure => {
  if (error instanceof Failure) return error
  const text = (error instanceof Error ? error.message : String(error)).slice(0, 300)
  if (error instanceof BadSymbol)
    return new Failure('market_unknown', `${name} does not know the market (${text})`, { cause: error })
  if (error instanceof BaseError)
    return new Failure('venue_refused', `${name} refused the request (${text})`, {
      hint: 'the venue may not serve your country, or its interface has changed',
      cause: error,
    })
  return wrong(venue, `something that cannot be read (${text})`, error)
}

/** Sends ccxt's requests; ccxt never sees a failed try. */
const connect = (facts: VenueFacts, transport: Transport): Connection => {
  const connection = facts.connect()
  connection.exchange.fetchImplementation = async (url: string, { headers }: { headers: Record<string, string> }) => {
    const { status, headers: told, text } = await transport({ url: new URL(url), headers })
    return { status, statusText: '', headers: told, text: async () => text }
  }
  return connection
}

const rawOf = (rows: readonly (readonly unknown[])[], kind: SeriesKind): RawTable => {
  const column = (k: number): Float64Array => Float64Array.from(rows, (row) => numberOf(row[k]))
  return {
    timeMs: column(0),
    values: valueColumns[kind].map((_, k) => column(k + 1)),
    line: Float64Array.from(rows, (_, i) => i + 1),
    columns: null,
    columnsWanted: 0,
  }
}

interface Opened {
  readonly facts: VenueFacts
  readonly connection: Connection
  readonly market: Market
  readonly symbol: string
  readonly clock: Clock
  readonly via: string
}

const stepOf = ({ stepMs = 0 }: Endpoint, tf: Timeframe | null): number => (tf === null ? stepMs : tfMs[tf])

const pageOf = async (opened: Opened, endpoint: Endpoint, ask: VenueAsk): Promise<VenuePage> => {
  const { facts, connection, market, symbol, clock, via } = opened
  const { kind, tf, fromMs } = ask
  // A snapshot is stored at its own moment, wherever the venue puts its label.
  const behindMs = endpoint.labelledByStart === true && tf !== null ? tfMs[tf] : 0
  const windowMs = endpoint.rows * stepOf(endpoint, tf)
  const source = `${facts.venue} ${endpoint.name}${via}`
  const listedMs = typeof market.created === 'number' ? market.created - launchMarginMs : 0
  const { gives } = endpoint
  const windowed = gives === 'last'
  if (windowed && fromMs + windowMs < Math.min(ask.toMs, listedMs)) {
    const toMs = fromMs + Math.floor((Math.min(ask.toMs, listedMs) - fromMs) / windowMs) * windowMs
    return { raw: rawOf([], kind), toMs, gives, source, sha256: sha256Hex(''), fetchedMs: clock.nowMs() }
  }
  const toMs = windowed ? Math.min(ask.toMs, fromMs + windowMs) : ask.toMs
  const interval = tf === null ? '' : ((endpoint.timeframes ?? connection.timeframes)[tf] ?? '')
  const asked = { symbol, interval, fromMs: fromMs - behindMs, toMs: toMs - behindMs, limit: endpoint.rows }
  const rows = endpoint.rowsOf(await endpoint.ask(asked), symbol)
  const sha256 = sha256Hex(JSON.stringify(rows))
  const raw = rawOf(rows, kind)
  const timeMs = behindMs === 0 ? raw.timeMs : raw.timeMs.map((ms) => ms + behindMs)
  return { raw: { ...raw, timeMs }, toMs, gives, source, sha256, fetchedMs: clock.nowMs() }
}

const endpointOf = ({ facts, connection }: Pick<Opened, 'facts' | 'connection'>, kind: SeriesKind): Endpoint => {
  const endpoint = connection.endpoints[kind]
  if (endpoint !== undefined) return endpoint
  throw new Failure('option_wrong', `${facts.name} has no ${kind}`, {
    hint: `one of ${Object.keys(connection.endpoints).join(', ')}`,
  })
}

const timeOf = async ({ facts, connection, clock }: Opened): Promise<number> => {
  const told = numberOf(await connection.exchange.fetchTime())
  const nowMs = clock.nowMs()
  if (Math.abs(told - nowMs) <= mostSkewMs) return told
  const words = (ms: number): string => (Number.isFinite(ms) ? new Date(ms).toISOString() : 'no time')
  throw new Failure('venue_wrong', `${facts.name} says that it is ${words(told)}, this machine ${words(nowMs)}`, {
    hint: 'set the clock of this machine, or try again later',
  })
}

const marketOf = (opened: Opened): VenueMarket => {
  const safely = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw failureOf(error, opened.facts)
    })
  return {
    facts: () => factsFile(opened.facts, opened.connection, opened.clock.nowMs()),
    timeMs: () => safely(() => timeOf(opened)),
    page: (ask) => safely(() => pageOf(opened, endpointOf(opened, ask.kind), ask)),
    serves: (kind) => {
      const endpoint = endpointOf(opened, kind)
      const { stepMs, rows, keepsMs = null } = endpoint
      const named = endpoint.timeframes ?? opened.connection.timeframes
      const served = timeframes.filter((tf) => named[tf] !== undefined)
      return { timeframes: stepMs === undefined ? served : null, rows, stepMs: stepMs ?? 0, keepsMs }
    },
  }
}

/** `https://fapi.binance.com/fapi/v1/time` at another address: its host becomes the first folder. */
const redirected =
  (base: string, send: TransportOptions['fetch']): TransportOptions['fetch'] =>
  (url, init) =>
    send(new URL(`/${url.host}${url.pathname}${url.search}`, base), init)

export const createVenues = (options: VenuesOptions = {}): VenuePort => {
  const { clock = systemClock, url = null } = options
  const send = options.fetch ?? ((to: URL, init: RequestInit) => fetch(to, init))
  const budgets = new Map<VenueFacts, Budget>(venues.map((facts) => [facts, createBudget(facts.limits, clock)]))
  return {
    open: async (instrument: string, around: VenueOptions): Promise<VenueMarket> => {
      const facts = venueOf(instrument)
      const budget = budgets.get(facts) ?? createBudget(facts.limits, clock)
      const transport = createTransport({
        ...around,
        manners: facts.manners,
        budget,
        clock,
        fetch: url === null ? send : redirected(url, send),
        timeoutMs: options.timeoutMs ?? timeoutMs,
      })
      const connection = connect(facts, transport)
      try {
        await connection.exchange.loadMarkets()
        const market = marketFor(facts, connection, instrument)
        const symbol = market.id ?? ''
        return marketOf({ facts, connection, market, symbol, clock, via: url === null ? '' : ` by ${url}` })
      } catch (error) {
        throw failureOf(error, facts)
      }
    },
  }
}
