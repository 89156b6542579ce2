// What is to be known of published figures beside their values: told by the file, by the user, or by how venues publish.
import { type Timeframe, tfMs } from '../../blocks/kit/timeframe'
import { durationMs, shortDuration } from './duration'
import { Failure } from './failure'
import type { Hints } from './incoming'
import { isInstrumentId, type Published, type PublishedKind, type SeriesKey } from './series'

/** As a user gives them, where a file does not tell. */
export interface PublishedAsked {
  readonly name?: string | undefined
  readonly source?: string | undefined
  readonly unit?: string | undefined
  /** Durations: `1m`, `48h`. */
  readonly delay?: string | undefined
  readonly maxAge?: string | undefined
}

interface PublishedFile {
  readonly path: string
  readonly hints: Hints
}

const units: Readonly<Record<Exclude<PublishedKind, 'series'>, string>> = {
  'open-interest': 'base and quote units',
  'long-short': 'ratio',
  liquidations: 'quote units',
}

/** Venues and vendors show a figure within a minute of the end of what it covers. */
const venueDelayMs = 60_000
/** A figure of a venue counts for three intervals. */
const venueIntervals = 3

const missing = (file: string, message: string, hint: string): Failure =>
  new Failure('option_missing', `${file} ${message}`, { file, hint })

const duration = (name: string, text: string, least: number): number => {
  const ms = durationMs(text)
  if (ms !== null && ms >= least) return ms
  throw new Failure('option_wrong', `--${name} ${text} is no time that can be`, { hint: `as in --${name} 48h` })
}

/** A figure is known when its stretch is over: where the stamp is its beginning, that is one interval later. */
export const venueDelay = (stamp: 'start' | 'end', tf: Timeframe | null): number =>
  venueDelayMs + (stamp === 'start' && tf !== null ? tfMs[tf] : 0)

/** `tf`: of values stamped at the beginning of what they cover, which nobody knows before it is over. */
const delayAsked = (text: string, tf: Timeframe | null): number => {
  const ms = duration('delay', text, 0)
  if (tf === null || ms >= tfMs[tf]) return ms
  throw new Failure(
    'option_wrong',
    `--delay ${text} is shorter than the ${tf} that each value covers from its stamp on`,
    {
      hint: `give at least --delay ${shortDuration(tfMs[tf])}, or leave it out for ${shortDuration(venueDelay('start', tf))}`,
    },
  )
}

const delayOf = ({ path: file, hints }: PublishedFile, { tf }: SeriesKey, asked: PublishedAsked): number => {
  if (asked.delay !== undefined) return delayAsked(asked.delay, hints.stamp === 'start' ? tf : null)
  if (hints.stamp !== undefined) return venueDelay(hints.stamp, tf)
  const end = shortDuration(venueDelayMs)
  throw missing(
    file,
    'does not tell when its values were known',
    tf === null
      ? 'give --delay, from the stamp of a value to the moment when it could be read: as in --delay 48h'
      : `give --delay, from the stamp of a value to the moment when it could be read: ${end} where the stamp is the end of ${tf}, ${shortDuration(tfMs[tf] + venueDelayMs)} where it is its beginning`,
  )
}

const maxAgeOf = (file: string, { kind, tf }: SeriesKey, asked: PublishedAsked): number => {
  if (asked.maxAge !== undefined) return duration('max-age', asked.maxAge, 1)
  if (kind !== 'series' && tf !== null) return venueIntervals * tfMs[tf]
  throw missing(file, 'does not tell how long its values count', 'give --max-age, from the stamp: as in --max-age 3d')
}

const nonBlank = (text: string | undefined): string | undefined => (text?.trim() ? text.trim() : undefined)

/** Throws Failure option_missing or option_wrong. */
export const publishedOf = (
  file: PublishedFile,
  key: SeriesKey & { readonly kind: PublishedKind },
  asked: PublishedAsked,
): Published => {
  const { path, hints } = file
  const { kind, instrument } = key
  const venue = instrument.slice(0, instrument.indexOf(':'))
  const unit = nonBlank(asked.unit) ?? (kind === 'series' ? undefined : units[kind])
  if (unit === undefined)
    throw missing(path, 'does not tell the unit of its values', 'give --unit, as in --unit USD or --unit ratio')
  const delayMs = delayOf(file, key, asked)
  const maxAgeMs = maxAgeOf(path, key, asked)
  if (maxAgeMs <= delayMs)
    throw new Failure(
      'option_wrong',
      `a value that counts for ${shortDuration(maxAgeMs)} from its stamp and is known ${shortDuration(delayMs)} after it would never be seen`,
      { hint: 'give a longer --max-age' },
    )
  return { name: hints.column ?? kind, source: nonBlank(asked.source) ?? venue, unit, delayMs, maxAgeMs }
}

/** `alternative.me` and `Fear & Greed` as `alternativeme:FEAR_GREED`: a series is addressed like a market. */
export const seriesId = (path: string, hints: Hints, asked: PublishedAsked): string => {
  const source = nonBlank(asked.source)
  const name = nonBlank(asked.name)
  if (source === undefined)
    throw missing(path, 'does not tell who published it', 'give --source, as in --source coinmetrics')
  const several = hints.columns !== undefined && hints.columns > 1
  if (name === undefined && !several)
    throw missing(path, 'does not tell what its values are', 'give --name, as in --name fear_greed')
  const parts = several ? [name, hints.column] : [name]
  const symbol = parts
    .flatMap((part) => (part === undefined ? [] : [part]))
    .join('_')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
  const id = `${source.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}:${symbol}`
  if (isInstrumentId(id) && !id.endsWith('.P')) return id
  throw new Failure('option_wrong', `${id} is no name for a series`, {
    file: path,
    hint: 'a source begins with a letter and has up to 20 letters and digits, a name up to 40',
  })
}

const fieldWords: readonly (readonly [keyof Published, (published: Published) => string])[] = [
  ['source', ({ source }) => `source ${source}`],
  ['unit', ({ unit }) => `unit ${unit}`],
  ['delayMs', ({ delayMs }) => `delay ${shortDuration(delayMs)}`],
  ['maxAgeMs', ({ maxAgeMs }) => `maximum age ${shortDuration(maxAgeMs)}`],
]

/** What `given` says otherwise than `stored`, in words; null: nothing. */
export const contradiction = (stored: Published, given: Published): string | null => {
  const other = fieldWords.filter(([field]) => stored[field] !== given[field]).map(([, words]) => words)
  if (other.length === 0) return null
  const list = (of: Published): string => other.map((words) => words(of)).join(', ')
  return `it is stored with ${list(stored)}, not with ${list(given)}`
}
