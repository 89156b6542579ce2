// Market facts out of a venue's answers: Binance exchangeInfo (spot, USD-M), leverage brackets (ccxt and Binance form).
import { z } from 'zod'
import type { Bracket } from '../../../blocks/engine/rows'
import { Failure } from '../../core/failure'
import { midnightMs } from '../../core/glimpse'
import type { FactSheet } from '../../core/incoming'
import { decimalText } from '../../core/instruments'
import { isInstrumentId, type MarketFacts } from '../../core/series'

interface FactText {
  readonly path: string
  readonly text: string
  readonly nowMs: number
}
type Facts = Omit<MarketFacts, 'sources'>

const refuse = (path: string, why: string, cause?: unknown): Failure =>
  new Failure('layout_refused', `${path}: ${why}`, {
    file: path,
    hint: 'nothing was stored; get the file again from the venue',
    cause,
  })

const filterSchema = z.looseObject({
  filterType: z.string(),
  tickSize: z.string().optional(),
  stepSize: z.string().optional(),
  minQty: z.string().optional(),
  notional: z.string().optional(),
  minNotional: z.string().optional(),
})
const exchangeInfoSchema = z.looseObject({
  serverTime: z.number().optional(),
  futuresType: z.string().optional(),
  rateLimits: z.array(z.looseObject({ rateLimitType: z.string(), limit: z.number() })).optional(),
  symbols: z
    .array(z.looseObject({ symbol: z.string(), contractType: z.string().optional(), filters: z.array(filterSchema) }))
    .min(1),
})

/** Request weight a minute of the live venue: the testnet's answer states 6000. */
const liveWeight = { perp: 2400, spot: 6000 }

/** Null for a market that cannot be traded yet: listed without a tick or a step. */
const filtersOf = (path: string, symbol: string, filters: readonly z.output<typeof filterSchema>[]): Facts | null => {
  const of = (type: string) => filters.find((filter) => filter.filterType === type)
  const lot = of('LOT_SIZE')
  const tick = decimalText(of('PRICE_FILTER')?.tickSize ?? '')
  const step = decimalText(lot?.stepSize ?? '')
  if (tick === null || step === null) return null
  const least = [Number(lot?.minQty ?? 0), Number(of('MARKET_LOT_SIZE')?.minQty ?? 0)]
  const notional = of('NOTIONAL') ?? of('MIN_NOTIONAL')
  const minNotional = Number(notional?.minNotional ?? notional?.notional ?? 0)
  const minQty = Math.max(...least)
  if (!Number.isFinite(minQty) || !Number.isFinite(minNotional))
    throw refuse(path, `${symbol} has a filter that is no number`)
  return { tick, step, minQty, minNotional }
}

const filterSheet = ({ path, nowMs }: FactText, json: unknown): FactSheet => {
  const parsed = exchangeInfoSchema.safeParse(json)
  if (!parsed.success) throw refuse(path, `no exchangeInfo answer (${z.prettifyError(parsed.error).split('\n')[0]})`)
  const { serverTime, symbols, rateLimits = [] } = parsed.data
  const perp = symbols.some((market) => market.contractType !== undefined)
  const markets: Record<string, Facts> = {}
  for (const { symbol, contractType, filters } of symbols) {
    const id = `binance:${symbol}${perp ? '.P' : ''}`
    // Quarterly contracts expire and follow other rules: only perpetuals and spot markets are taken.
    if ((perp && contractType !== 'PERPETUAL') || !isInstrumentId(id)) continue
    const facts = filtersOf(path, symbol, filters)
    if (facts !== null) markets[id] = facts
  }
  if (Object.keys(markets).length === 0) throw refuse(path, 'it names no spot market and no perpetual')
  const weight = rateLimits.find((limit) => limit.rateLimitType === 'REQUEST_WEIGHT')?.limit
  const testnet =
    perp && weight !== undefined && weight !== liveWeight.perp ? ' (its rate limits look like the testnet)' : ''
  const asOfMs = serverTime ?? dateIn(path) ?? nowMs
  const source = `Binance ${perp ? 'USD-M' : 'spot'} exchangeInfo as of ${dayOf(asOfMs)}${testnet}`
  return { venue: 'binance', what: 'filters', asOfMs, markets, source }
}

const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/)
    .transform(Number),
])
const ccxtTier = z.looseObject({
  minNotional: number,
  maxNotional: number,
  maintenanceMarginRate: number,
  maxLeverage: number,
  info: z.looseObject({ cum: number.optional() }).optional(),
})
const ccxtSchema = z.record(z.string(), z.array(ccxtTier).min(1))
const binanceSchema = z.array(
  z.looseObject({
    symbol: z.string(),
    brackets: z
      .array(
        z.looseObject({
          initialLeverage: number,
          notionalCap: number,
          notionalFloor: number,
          maintMarginRatio: number,
          cum: number,
        }),
      )
      .min(1),
  }),
)

/** Rounding in a stated cum; a larger difference would move liquidation prices. */
const centUsdt = 0.01

/** The amount that keeps maintenance continuous from one bracket to the next (Binance calls it cum). */
const cumAfter = (before: Bracket | undefined, floor: number, rate: number): number =>
  before === undefined ? 0 : before.cum + floor * (rate - before.rate)

/** Tiers must join without a hole, rise in rate, and state the cum that makes maintenance continuous. */
const bracketsOf = (
  path: string,
  market: string,
  tiers: readonly (Omit<Bracket, 'cum'> & { cum: number | undefined })[],
): Bracket[] => {
  const brackets: Bracket[] = []
  for (const tier of [...tiers].sort((a, b) => a.floor - b.floor)) {
    const before = brackets[brackets.length - 1]
    const { floor, cap, rate, maxLeverage } = tier
    if (floor !== (before?.cap ?? 0) || !(cap > floor))
      throw refuse(path, `the brackets of ${market} do not join at ${floor}`)
    if (!(rate > (before?.rate ?? 0) && rate < 1) || !(maxLeverage >= 1))
      throw refuse(path, `the brackets of ${market} do not rise at ${floor}`)
    const wanted = cumAfter(before, floor, rate)
    const cum = tier.cum ?? wanted
    if (Math.abs(cum - wanted) > centUsdt) {
      throw refuse(path, `the bracket of ${market} at ${floor} states cum ${cum} where its neighbours need ${wanted}`)
    }
    brackets.push({ floor, cap, rate, maxLeverage, cum })
  }
  return brackets
}

const fromCcxt = (path: string, json: z.output<typeof ccxtSchema>): Record<string, Facts> => {
  const markets: Record<string, Facts> = {}
  for (const [name, tiers] of Object.entries(json)) {
    // BASE/QUOTE:SETTLE; a date behind it marks a quarterly contract.
    const [, base, quote, settle, dated] = /^([A-Z0-9]+)\/([A-Z0-9]+):([A-Z0-9]+)(-\d+)?$/.exec(name) ?? []
    if (base === undefined || quote === undefined || quote !== settle || dated !== undefined) continue
    const rows = tiers.map((tier) => ({
      floor: tier.minNotional,
      cap: tier.maxNotional,
      rate: tier.maintenanceMarginRate,
      maxLeverage: tier.maxLeverage,
      cum: tier.info?.cum,
    }))
    markets[`binance:${base}${quote}.P`] = { brackets: bracketsOf(path, name, rows) }
  }
  return markets
}

const fromBinance = (path: string, json: z.output<typeof binanceSchema>): Record<string, Facts> => {
  const markets: Record<string, Facts> = {}
  for (const { symbol, brackets } of json) {
    const id = `binance:${symbol}.P`
    if (!isInstrumentId(id) || symbol.includes('_')) continue
    const rows = brackets.map((tier) => ({
      floor: tier.notionalFloor,
      cap: tier.notionalCap,
      rate: tier.maintMarginRatio,
      maxLeverage: tier.initialLeverage,
      cum: tier.cum,
    }))
    markets[id] = { brackets: bracketsOf(path, symbol, rows) }
  }
  return markets
}

const bracketSheet = ({ path, nowMs }: FactText, markets: Record<string, Facts>): FactSheet => {
  if (Object.keys(markets).length === 0) throw refuse(path, 'it names no perpetual')
  const dated = dateIn(path)
  const asOfMs = dated ?? nowMs
  const how = dated === null ? 'imported on' : 'as of'
  return {
    venue: 'binance',
    what: 'brackets',
    asOfMs,
    markets,
    source: `Binance USD-M leverage brackets, ${how} ${dayOf(asOfMs)}`,
  }
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
/** A day in the file's name, UTC midnight. */
const dateIn = (path: string): number | null => {
  const match = /(\d{4})-(\d{2})-(\d{2})[^/\\]*$/.exec(path)
  return match === null ? null : midnightMs(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** Throws Failure layout_unknown or layout_refused. */
export const factSheetOf = (file: FactText): FactSheet => {
  let json: unknown
  try {
    json = JSON.parse(file.text)
  } catch (error) {
    throw new Failure('file_truncated', `${file.path} is not a whole JSON document`, { file: file.path, cause: error })
  }
  if (typeof json === 'object' && json !== null && 'symbols' in json) return filterSheet(file, json)
  const binance = binanceSchema.safeParse(json)
  if (binance.success) return bracketSheet(file, fromBinance(file.path, binance.data))
  const ccxt = ccxtSchema.safeParse(json)
  if (!ccxt.success || Object.keys(ccxt.data).length === 0) {
    throw new Failure('layout_unknown', `${file.path} is neither an exchangeInfo answer nor leverage brackets`, {
      file: file.path,
    })
  }
  const binanceForm = Object.values(ccxt.data).some((tiers) =>
    tiers.some((tier) => tier.info !== undefined && 'notionalCap' in tier.info),
  )
  if (!binanceForm && !/binance/i.test(file.path)) {
    throw new Failure('layout_refused', `${file.path} does not tell its venue`, {
      file: file.path,
      hint: 'put the venue into its name: binance_leverage_tiers.json',
    })
  }
  return bracketSheet(file, fromCcxt(file.path, ccxt.data))
}
