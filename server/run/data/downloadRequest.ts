// What is asked of a download, and what can be said against it before any venue is asked.
import { isTimeframe } from '../../../blocks/kit/timeframe'
import { Failure } from '../../core/failure'
import { isInstrumentId, isPerp, type SeriesKey, seriesKinds } from '../../core/series'

export interface DownloadRequest {
  readonly instrument: string
  /** klines (default), mark, funding, open-interest, long-short or instruments. */
  readonly kind?: string | undefined
  readonly tf?: string | undefined
  /** [fromMs, toMs); without an end, up to the last closed bar. */
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((step: DownloadStep) => void) | undefined
}

export interface DownloadStep {
  readonly label: string
  readonly share: number
  /** New rows, answers, and until when nothing is missing, Unix ms. */
  readonly rows: number
  readonly pages: number
  readonly untilMs: number
}

export const wrongOption = (message: string, hint: string): Failure => new Failure('option_wrong', message, { hint })

/** Venues show no history of liquidations, and publish no other series. */
const servedKinds = seriesKinds.filter((kind) => kind !== 'liquidations' && kind !== 'series')

/** Throws Failure option_*: what cannot be downloaded, whatever the venue. */
const keyOf = ({ instrument, kind = 'klines', tf }: DownloadRequest): SeriesKey => {
  const found = servedKinds.find((name) => name === kind)
  if (found === undefined)
    throw wrongOption(`data of kind "${kind}" are not downloaded`, `one of ${servedKinds.join(', ')}, instruments`)
  if (found !== 'klines' && !isPerp(instrument))
    throw wrongOption(`${found} belongs to a perpetual, not to ${instrument}`, `ask for ${instrument}.P`)
  if (found === 'funding') {
    if (tf !== undefined) throw wrongOption('funding has no timeframe', 'leave --tf out')
    return { instrument, kind: found, tf: null }
  }
  if (tf === undefined)
    throw new Failure('option_missing', `the timeframe of the ${found} is not given`, { hint: 'give --tf, as in 1m' })
  if (!isTimeframe(tf)) throw wrongOption(`${tf} is not a timeframe`, 'as in --tf 1m')
  return { instrument, kind: found, tf }
}

/** Before the first exchange of this world opened, and beyond what anybody asks for. */
export const earliestMs = Date.UTC(2009, 0, 1)
export const latestMs = Date.UTC(2100, 0, 1)

export interface AskedSeries {
  readonly key: SeriesKey
  readonly fromMs: number
}

/** What can be said of a request without asking the venue; null: of its market facts. Throws Failure option_*. */
export const askedSeries = (request: DownloadRequest): AskedSeries | null => {
  const { instrument, kind, fromMs, toMs } = request
  if (!isInstrumentId(instrument))
    throw wrongOption(`"${instrument}" is not an instrument`, 'write venue:SYMBOL, or venue:SYMBOL.P for a perpetual')
  if (kind === 'instruments') return null
  const key = keyOf(request)
  if (fromMs === undefined)
    throw new Failure('option_missing', 'the first moment is not given', { hint: 'give --from, as in 2024-01-01' })
  if (fromMs < earliestMs || (toMs ?? fromMs) > latestMs)
    throw wrongOption('no exchange has rows from before 2009 or after 2099', 'give another --from or --to')
  return { key, fromMs }
}
