// Which stored series a run reads of one market: bars (its own or a proxy's), funding, mark price; and its filters.
import type { MarketOf } from '../../../blocks/engine/dataset'
import type { Instrument } from '../../../blocks/engine/rows'
import { type Timeframe, tfMs } from '../../../blocks/kit/timeframe'
import { suggest } from '../../../blocks/play/text/suggest'
import { Failure, failureOr } from '../../core/failure'
import { type InstrumentOverride, resolveInstrument } from '../../core/instruments'
import {
  faultWords,
  isInstrumentId,
  isPerp,
  isRunSeries,
  type RunSeries,
  type SeriesKey,
  seriesName,
} from '../../core/series'
import { isSynthetic } from '../../core/syntheticMarket'
import type { BarsPort } from '../ports'

export interface MarketRequest {
  readonly instrument: string
  /** Another instrument that lends its bars (price proxy). */
  readonly barsOf?: string | undefined
  /** Asked range [fromMs, toMs); an absent end is the end of what is stored. */
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  /** A fill interval to insist on; else the finest that covers the range (S8). */
  readonly tf?: Timeframe | undefined
  /** `required`: a perpetual without any funding series is a Failure; `wanted`: it is null. Spot has none. */
  readonly funding?: 'required' | 'wanted' | 'none'
  readonly overrides?: InstrumentOverride
}

const textOf = (ms: number): string => `${isoDay(ms)} ${clock(ms)}`
const clock = (ms: number): string => {
  const minutes = Math.floor((((ms % 86_400_000) + 86_400_000) % 86_400_000) / 60_000)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const finestFirst = (a: RunSeries, b: RunSeries): number => tfMs[a.tf ?? '1w'] - tfMs[b.tf ?? '1w']

const isBars = ({ kind }: Pick<SeriesKey, 'kind'>): boolean => kind === 'klines'

const unknownMarket = async (id: string, port: BarsPort): Promise<Failure> => {
  const known = [...new Set((await port.series()).filter(isBars).map((series) => series.instrument))]
  const near = suggest(id, known)
  const stored = known.filter((name) => !isSynthetic(name))
  const names = near === undefined ? `stored: ${stored.slice(0, 5).join(', ') || 'nothing'}` : `near to it: ${near}`
  return new Failure('market_unknown', `there are no bars of ${id} (${names})`, {
    hint: `import them: playloom data import <files> --instrument ${isInstrumentId(id) ? id : 'venue:SYMBOL'}; or try synthetic:BTCUSDT.P, which needs no files`,
  })
}

/** The series whose bars the run fills on: the finest that covers the whole asked range (S8). Throws Failure. */
const chosenSeries = async (request: MarketRequest, port: BarsPort): Promise<RunSeries> => {
  const id = request.barsOf ?? request.instrument
  if (!isInstrumentId(id)) {
    throw new Failure('option_wrong', `"${id}" is not an instrument`, {
      hint: 'write venue:SYMBOL, or venue:SYMBOL.P for a perpetual',
    })
  }
  const all = (await port.series(id)).filter(isRunSeries).filter(isBars).sort(finestFirst)
  if (all.length === 0) throw await unknownMarket(id, port)
  const wanted = request.tf === undefined ? all : all.filter((series) => series.tf === request.tf)
  const { fromMs = -Infinity, toMs = Infinity } = request
  if (fromMs >= toMs) throw new Failure('range_empty', 'the range is empty: its start is not before its end')
  const covers = wanted.find(
    (series) => (fromMs === -Infinity || series.fromMs <= fromMs) && (toMs === Infinity || series.toMs >= toMs),
  )
  if (covers !== undefined) return covers
  const has = all.map((series) => `${series.tf} from ${textOf(series.fromMs)} to ${textOf(series.toMs)}`).join('; ')
  throw new Failure(
    'range_not_covered',
    `no stored bars of ${id} cover the asked range${request.tf ? ` on ${request.tf}` : ''}; stored (UTC): ${has}`,
    {
      hint: 'choose --from and --to inside a stored range, or import the missing files',
    },
  )
}

/** The fill series of a market, to find the default range from. */
export const fillSeries = (request: MarketRequest, port: BarsPort): Promise<RunSeries | Failure> =>
  failureOr(() => chosenSeries(request, port))

/** The settled rates of a perpetual; null when there is no series of them. */
const fundingOf = (request: MarketRequest, own: readonly RunSeries[]): RunSeries | null => {
  const { instrument, funding = 'wanted' } = request
  if (!isPerp(instrument) || funding === 'none') return null
  const stored = own.find((series) => series.kind === 'funding')
  if (stored !== undefined) return stored
  if (funding === 'wanted') return null
  throw new Failure(
    'funding_missing',
    `there are no funding rates of ${instrument}: a perpetual's costs would be wrong without them`,
    {
      hint: `import them: playloom data import <files> --kind funding --instrument ${instrument}`,
    },
  )
}

/** Mark bars of the fill interval when they cover the bars (S37), else the finest that cover most. */
const markOf = (own: readonly RunSeries[], fill: RunSeries, toMs: number): RunSeries | null => {
  const shared = (series: RunSeries): number =>
    Math.min(series.toMs, fill.toMs, toMs) - Math.max(series.fromMs, fill.fromMs)
  const best = own.filter((series) => series.kind === 'mark').sort((a, b) => shared(b) - shared(a) || finestFirst(a, b))
  const covers = (series: RunSeries): boolean =>
    series.tf === fill.tf && shared(series) >= Math.min(fill.toMs, toMs) - fill.fromMs
  return best.find(covers) ?? best[0] ?? null
}

const noticesOf = (used: readonly RunSeries[]): readonly string[] =>
  used.flatMap((series) => {
    const words = faultWords(series.skipped)
    return words === '' ? [] : [`${seriesName(series)}: rows left out at import: ${words}`]
  })

const instrumentOf = async (request: MarketRequest, port: BarsPort): Promise<Instrument> => {
  const { instrument, overrides } = request
  if (!isInstrumentId(instrument)) {
    throw new Failure('option_wrong', `"${instrument}" is not an instrument`, {
      hint: 'write venue:SYMBOL, or venue:SYMBOL.P for a perpetual',
    })
  }
  const found = resolveInstrument(instrument, await port.facts(instrument), overrides)
  if (found instanceof Failure) throw found
  return found
}

/** A market as a run will read it: nothing of its rows is read yet. */
export type MarketPlan = MarketOf<RunSeries>

/** Throws Failure: what stands in the way of a run on this market. */
export const planMarket = async (request: MarketRequest, port: BarsPort): Promise<MarketPlan> => {
  const fill = await chosenSeries(request, port)
  const instrument = await instrumentOf(request, port)
  const toMs = request.toMs ?? Infinity
  if (fill.tf === null) throw new Failure('store_damaged', `${seriesName(fill)} names no timeframe`)
  if (fill.fromMs >= toMs)
    throw new Failure('range_empty', `${seriesName(fill)} has no bar before the end of the range`)
  const perp = instrument.kind === 'perp'
  const own = (await port.series(instrument.id)).filter(isRunSeries).filter((series) => !isBars(series))
  return {
    instrument,
    barsOf: fill.instrument,
    synthetic: fill.synthetic,
    notices: noticesOf([fill, ...(perp ? own : [])]),
    bars: fill,
    funding: fundingOf(request, own),
    mark: perp ? markOf(own, fill, toMs) : null,
  }
}
