// Which series a file belongs to: what the user asked for, checked against what the file tells of itself.
import { isTimeframe, type Timeframe, tfMs, timeframes } from '../../blocks/kit/timeframe'
import { Failure } from './failure'
import type { Hints } from './incoming'
import { type PublishedAsked, seriesId } from './published'
import { isInstrumentId, isPerp, isPublished, type SeriesKey, type SeriesKind } from './series'

export interface Asked extends PublishedAsked {
  readonly instrument?: string | undefined
  /** `none`: a series without a grid. */
  readonly tf?: string | undefined
}

export interface Found {
  readonly path: string
  readonly kind: SeriesKind
  readonly hints: Hints
  /** Most common distance of neighbours, ms, and how many neighbours were looked at. */
  readonly spacing: { readonly ms: number; readonly pairs: number } | null
}

export const symbolOf = (instrument: string): string =>
  instrument.slice(instrument.indexOf(':') + 1).replace(/\.P$/, '')

/** Fewer neighbours than this say nothing against a timeframe that was named. */
const enoughPairs = 10

const wrong = (path: string, message: string, hint: string): Failure =>
  new Failure('option_wrong', `${path}: ${message}`, { file: path, hint })

const checkInstrument = ({ path, kind, hints }: Found, instrument: string): void => {
  if (!isInstrumentId(instrument))
    throw wrong(path, `"${instrument}" is not an instrument`, 'write venue:SYMBOL, or venue:SYMBOL.P for a perpetual')
  const symbol = symbolOf(instrument)
  if (hints.symbol !== undefined && hints.symbol !== symbol) {
    throw wrong(
      path,
      `its name says ${hints.symbol}, not ${symbol}`,
      'import each symbol on its own with its own --instrument',
    )
  }
  if (kind !== 'klines' && !isPerp(instrument)) {
    throw wrong(path, `${kind} belongs to a perpetual, not to ${instrument}`, `give --instrument ${instrument}.P`)
  }
  if (hints.market !== undefined && (hints.market === 'perp') !== isPerp(instrument)) {
    const market = hints.market === 'perp' ? 'a perpetual' : 'a spot market'
    const right = hints.market === 'perp' ? `${instrument}.P` : instrument.replace(/\.P$/, '')
    throw wrong(path, `it is of ${market}, ${instrument} is not`, `give --instrument ${right}`)
  }
}

const instrumentFrom = (found: Found, asked: Asked): string => {
  if (asked.instrument !== undefined) {
    checkInstrument(found, asked.instrument)
    return asked.instrument
  }
  const { venue, symbol, market } = found.hints
  if (venue !== undefined && symbol !== undefined && market !== undefined)
    return `${venue}:${symbol}${market === 'perp' ? '.P' : ''}`
  const id = `${venue ?? 'venue'}:${symbol ?? 'SYMBOL'}`
  const both = market === 'perp' ? `${id}.P` : market === 'spot' ? id : `${id} (spot) or ${id}.P (perpetual)`
  const lacks = [
    venue ? '' : 'its venue',
    symbol ? '' : 'its symbol',
    market ? '' : 'whether it is spot or a perpetual',
  ].filter((word) => word !== '')
  throw new Failure('option_missing', `${found.path} does not tell ${lacks.join(', ')}`, {
    file: found.path,
    hint: `give --instrument ${both}`,
  })
}

const timeframeFrom = ({ path, kind, hints, spacing }: Found, asked: Asked): Timeframe => {
  const named = asked.tf ?? hints.tf
  if (named !== undefined && !isTimeframe(named))
    throw wrong(path, `${named} is not a timeframe`, `one of ${timeframes.join(' ')}`)
  if (asked.tf !== undefined && hints.tf !== undefined && asked.tf !== hints.tf) {
    throw wrong(path, `its name says ${hints.tf}, not ${asked.tf}`, 'leave --tf out')
  }
  const seen = spacing === null ? undefined : timeframes.find((tf) => tfMs[tf] === spacing.ms)
  const tf = named ?? seen
  if (tf === undefined || !isTimeframe(tf)) {
    throw new Failure('option_missing', `${path} does not tell its timeframe`, {
      file: path,
      hint:
        kind === 'series'
          ? 'give --interval, as in --interval 1d, or --interval none for rows without a grid'
          : `give --tf, one of ${timeframes.join(' ')}`,
    })
  }
  if (spacing !== null && spacing.pairs >= enoughPairs && spacing.ms !== tfMs[tf]) {
    throw wrong(
      path,
      `its rows are ${seen ?? `${spacing.ms / 1000} s`} apart, not ${tf}`,
      seen
        ? `give --tf ${seen}`
        : kind === 'series'
          ? 'give --interval none for rows without a grid'
          : 'only rows of one timeframe are read',
    )
  }
  return tf
}

const seriesKey = (found: Found, asked: Asked): SeriesKey => {
  const { path, hints } = found
  if (asked.instrument !== undefined)
    throw wrong(path, 'a series belongs to its source, not to an instrument', 'give --source and --name instead')
  const instrument = seriesId(path, hints, asked)
  return { instrument, kind: 'series', tf: asked.tf === 'none' ? null : timeframeFrom(found, asked) }
}

/** Figures of coin-margined and dated contracts count contracts, not coins: `BTCUSD_PERP`, `BTCUSDT_260327`. */
const refuseContracts = ({ path, kind, hints }: Found, instrument: string): void => {
  const symbol = hints.symbol ?? symbolOf(instrument)
  if (!isPublished(kind) || !symbol.includes('_')) return
  throw new Failure(
    'layout_refused',
    `${path} is of ${symbol}: of perpetuals settled in their quote alone ${kind} is read`,
    {
      file: path,
    },
  )
}

/** Throws Failure option_missing (what to give), option_wrong (what contradicts) or layout_refused. */
export const identify = (found: Found, asked: Asked): SeriesKey => {
  if (found.kind === 'series') return seriesKey(found, asked)
  const instrument = instrumentFrom(found, asked)
  refuseContracts(found, instrument)
  return { instrument, kind: found.kind, tf: found.kind === 'funding' ? null : timeframeFrom(found, asked) }
}
