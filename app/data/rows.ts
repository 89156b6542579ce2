// The store as rows of a table: one a series, grouped by instrument, what is damaged first.
import { bytesText, countText } from '../home/sizes'
import type { VerdictKind } from '../ui/Verdict'
import { marketWord, venueOf } from '../workbench/markets'
import type { SeriesInfo, SeriesKey, Store } from './api'

export interface SeriesRow extends SeriesKey {
  readonly info: SeriesInfo | null
  readonly quality: string
  readonly verdict: VerdictKind
  readonly damage: string | null
  readonly bytes: number
}

export interface SeriesGroup {
  readonly instrument: string
  readonly bytes: number
  readonly rows: readonly SeriesRow[]
}

const kindWords: Readonly<Record<string, string>> = {
  klines: 'Bars',
  mark: 'Mark price',
  funding: 'Funding',
  'open-interest': 'Open interest',
  'long-short': 'Long/short',
  liquidations: 'Liquidations',
  series: 'Values',
}
export const kindWord = (kind: string): string => kindWords[kind] ?? kind

/** `Bars 1m`. */
export const seriesWord = ({ kind, tf }: { readonly kind: string; readonly tf: string | null }): string =>
  [kindWord(kind), ...(tf === null ? [] : [tf])].join(' ')

/** Its own page. What has no timeframe says so. */
export const seriesHref = ({ instrument, kind, tf }: SeriesKey): string =>
  `/data/${encodeURIComponent(instrument)}/${kind}/${tf ?? 'all'}`

const order = Object.keys(kindWords)
const rank = ({ kind, tf }: SeriesKey): string => {
  const at = order.indexOf(kind)
  const [, number = '0', unit = 'm'] = /^(\d+)(\w)$/.exec(tf ?? '') ?? []
  return `${at < 0 ? order.length : at} ${kind} ${'mhdw'.indexOf(unit)} ${number.padStart(4, '0')}`
}

const verdictOf = (quality: string, damage: string | null): VerdictKind =>
  damage !== null ? 'fail' : quality === 'clean' ? 'pass' : 'unclear'

export const rowsOf = ({ series }: Pick<Store, 'series'>): SeriesRow[] =>
  series.map((one) => ({ ...one, verdict: verdictOf(one.quality, one.damage) }))

const groupRank = ({ rows, instrument }: SeriesGroup): string =>
  `${rows.some(({ damage }) => damage !== null) ? 0 : 1} ${instrument}`

export const groupsOf = (rows: readonly SeriesRow[]): SeriesGroup[] => {
  const groups = new Map<string, SeriesRow[]>()
  for (const row of rows) groups.set(row.instrument, [...(groups.get(row.instrument) ?? []), row])
  return [...groups]
    .map(
      ([instrument, own]): SeriesGroup => ({
        instrument,
        bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
        rows: own.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)),
      }),
    )
    .sort((a, b) => (groupRank(a) < groupRank(b) ? -1 : 1))
}

const saidOf = (row: SeriesRow): string =>
  [
    ...[row.instrument, marketWord(row.instrument), venueOf(row.instrument), row.kind, seriesWord(row), row.quality],
    ...(row.info?.source ?? []),
    row.info?.sha256 ?? '',
  ]
    .join(' ')
    .toLowerCase()

/** Rows in which every word that was typed stands somewhere. */
export const found = (rows: readonly SeriesRow[], typed: string): readonly SeriesRow[] => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return words.length === 0 ? rows : rows.filter((row) => words.every((word) => saidOf(row).includes(word)))
}

/** The first source, and how many there are beside it. */
export const sourceText = (source: readonly string[]): string => {
  const [first = '', ...more] = source
  return more.length === 0 ? first : `${first}, ${countText(more.length)} more`
}

/** "3 series of 2 markets, 41.2 MB". */
export const countsText = (rows: readonly SeriesRow[]): string => {
  const markets = new Set(rows.map(({ instrument }) => instrument)).size
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0)
  return `${countText(rows.length)} series of ${countText(markets)} ${markets === 1 ? 'market' : 'markets'}, ${bytesText(bytes)}`
}

/** The made-up markets; none while something else is looked for. */
export const practiceMarkets = ({ practice }: Pick<Store, 'practice'>, typed: string): readonly string[] => {
  const looked = typed.trim().toLowerCase()
  const markets = [...new Set(practice.map(({ instrument }) => instrument))]
  return 'synthetic practice market'.includes(looked)
    ? markets
    : markets.filter((id) => id.toLowerCase().includes(looked))
}

/** `2024-01-01 08:30` UTC; seconds and milliseconds only where there are some. */
export const timeText = (ms: number): string => {
  const iso = new Date(ms).toISOString()
  const tail = iso.endsWith(':00.000Z') ? iso.slice(11, 16) : iso.slice(11, iso.endsWith('.000Z') ? 19 : 23)
  return `${iso.slice(0, 10)} ${tail}`
}

export const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const

/** `2 d 3 h`: the two largest units. */
export const lengthText = (ms: number): string => {
  const parts: string[] = []
  let rest = ms
  for (const [size, word] of units) {
    const n = Math.floor(rest / size)
    if (n > 0) parts.push(`${n} ${word}`)
    rest -= n * size
  }
  return parts.slice(0, 2).join(' ') || `${ms} ms`
}

const lookedFor: Readonly<Record<string, string>> = {
  klines: 'No bar without volume, no frozen price, no jump out of all proportion.',
  mark: 'No frozen price, no jump out of all proportion.',
  funding: 'No settlement missing, no late stamp.',
  liquidations: 'No stretch longer than a value counts.',
}

/** What was looked for in a series of this kind, and not found. */
export const nothingOdd = (kind: string): string =>
  lookedFor[kind] ?? 'No frozen value, no jump out of all proportion, no stretch longer than a value counts.'
