// The markets of a venue as ccxt reads them: the one that is asked for, and the filters of all.
import type { MarketInterface } from 'ccxt'
import { hashOf } from '../../../blocks/kit/hash'
import { suggest } from '../../../blocks/play/text/suggest'
import { Failure } from '../../core/failure'
import type { FactsFile } from '../../core/incoming'
import { decimalText } from '../../core/instruments'
import { isInstrumentId, type MarketFacts } from '../../core/series'
import type { Connection, VenueFacts } from './venue'

export type Market = NonNullable<MarketInterface>
type Facts = Omit<MarketFacts, 'sources'>

const idOf = (venue: VenueFacts, market: Market): string => `${venue.venue}:${market.id}${venue.perp ? '.P' : ''}`

/** Perpetuals settled in their quote, or spot markets: dated and inverse contracts follow other rules. */
const marketsOf = (venue: VenueFacts, { exchange }: Connection): readonly Market[] =>
  Object.values(exchange.markets ?? {}).filter((market): market is Market =>
    venue.perp ? market?.swap === true && market.linear === true : market?.spot === true,
  )

export const marketFor = (venue: VenueFacts, connection: Connection, instrument: string): Market => {
  const markets = marketsOf(venue, connection)
  const market = markets.find((candidate) => idOf(venue, candidate) === instrument)
  if (market !== undefined) return market
  const near = suggest(
    instrument,
    markets.map((candidate) => idOf(venue, candidate)),
  )
  throw new Failure('market_unknown', `${venue.name} does not list ${instrument}`, {
    hint: near === undefined ? 'it may have been delisted' : `near to it: ${near}; or it may have been delisted`,
  })
}

const least = (...values: readonly unknown[]): number => Math.max(0, ...values.map((value) => Number(value ?? 0)))

/** Null for a market without tick or step, or whose contract is not one unit of its base: quantities would be off. */
const factsOf = (market: Market): Facts | null => {
  const tick = decimalText(market.precision.price ?? '')
  const step = decimalText(market.precision.amount ?? '')
  if (tick === null || step === null || Number(market.contractSize ?? 1) !== 1) return null
  const { amount, cost, market: marketOrder } = market.limits
  const minQty = least(amount?.min, marketOrder?.min)
  const minNotional = least(cost?.min)
  return Number.isFinite(minQty) && Number.isFinite(minNotional) ? { tick, step, minQty, minNotional } : null
}

/** As an imported exchangeInfo file would be. */
export const factsFile = (venue: VenueFacts, connection: Connection, asOfMs: number): FactsFile => {
  const markets: Record<string, Facts> = {}
  for (const market of marketsOf(venue, connection)) {
    const id = idOf(venue, market)
    const facts = isInstrumentId(id) ? factsOf(market) : null
    if (facts !== null) markets[id] = facts
  }
  const day = new Date(asOfMs).toISOString().slice(0, 10)
  return {
    form: 'facts',
    path: `${venue.name} market list`,
    sha256: hashOf(markets),
    facts: { venue: venue.venue, what: 'filters', asOfMs, markets, source: `${venue.name} market list as of ${day}` },
  }
}
