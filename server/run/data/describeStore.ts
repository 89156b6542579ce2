// Use-cases for the page of market data: everything that is stored, and one series with all that is known of it.
import { Failure, failureOr } from '../../core/failure'
import type { Finding } from '../../core/quality'
import { type SeriesInfo, type SeriesKey, seriesName } from '../../core/series'
import type { BarsPort, FactsInfo, FramesPort, SeriesDetail, StorePort } from '../ports'
import { checkInspection } from './checkSeries'
import { findingText } from './findingText'
import { qualityOf } from './listSeries'

export interface StoredSeries extends SeriesKey {
  /** Null: damaged, so nothing of it can be told. */
  readonly info: SeriesInfo | null
  readonly quality: string
  /** In words; null: none was seen without reading every byte. */
  readonly damage: string | null
  readonly bytes: number
}

export interface StoreDescription {
  readonly series: readonly StoredSeries[]
  /** Made by this program and not stored. */
  readonly practice: readonly SeriesInfo[]
  readonly facts: readonly FactsInfo[]
  /** What else is damaged: files of market facts. */
  readonly troubles: readonly string[]
  readonly disk: {
    readonly folder: string
    readonly seriesBytes: number
    /** Columns kept beside the series: they can be made again at any time. */
    readonly cacheBytes: number
    readonly freeBytes: number
    readonly writable: boolean
  }
}

export interface StoreView {
  readonly store: StorePort
  readonly frames: FramesPort
  readonly venues: Readonly<Record<string, BarsPort>>
  readonly dataDir: string
  readonly disk: () => Promise<{ readonly freeBytes: number; readonly writable: boolean }>
}

const storedOf = ({ key, info, damage, bytes }: SeriesDetail): StoredSeries => ({
  ...{ instrument: key.instrument, kind: key.kind, tf: key.tf },
  info,
  quality: damage !== null ? 'damaged' : info === null ? 'empty' : qualityOf(info),
  damage: damage?.message ?? null,
  bytes,
})

export const describeStore = async (view: StoreView): Promise<StoreDescription> => {
  const { store, frames, venues, dataDir, disk } = view
  const [details, overview, cacheBytes, room] = await Promise.all([
    store.details(),
    store.overview(),
    frames.heldBytes(),
    disk(),
  ])
  const told = new Set(details.map(({ damage }) => damage?.message))
  const made = await Promise.all(Object.values(venues).map((port) => port.series()))
  return {
    series: details.map(storedOf),
    practice: made.flat(),
    facts: overview.facts,
    troubles: overview.damaged.map(({ message }) => message).filter((message) => !told.has(message)),
    disk: {
      folder: dataDir,
      seriesBytes: details.reduce((sum, { bytes }) => sum + bytes, 0),
      cacheBytes,
      ...room,
    },
  }
}

export interface DescribedSeries extends Omit<SeriesDetail, 'key' | 'damage'>, StoredSeries {}

/** Told by its manifest: quick. */
export const describeSeries = (key: SeriesKey, store: Pick<StorePort, 'details'>): Promise<DescribedSeries | Failure> =>
  failureOr(async () => {
    const found = (await store.details(key.instrument)).find(
      (detail) => detail.key.kind === key.kind && detail.key.tf === key.tf,
    )
    if (found === undefined)
      throw new Failure('series_missing', `nothing is stored of ${seriesName(key)}`, {
        hint: 'it may have been deleted since: the list of market data shows what is there',
      })
    const { files, sources, gaps, holes } = found
    return { ...storedOf(found), files, sources, gaps, holes }
  })

export interface CheckedOne {
  /** Of the content that was looked at; null: it cannot be told. */
  readonly sha256: string | null
  /** Every byte is as it was written and the manifest agrees with the rows. */
  readonly sound: boolean
  readonly quality: string
  readonly findings: readonly (Finding & { readonly words: string })[]
}

/** Every byte looked at, as `playloom data check` does: takes its time. */
export const checkOneSeries = async (key: SeriesKey, store: Pick<StorePort, 'inspectOne'>): Promise<CheckedOne> => {
  const { info, sound, quality, findings } = checkInspection(await store.inspectOne(key))
  return {
    sha256: info?.sha256 ?? null,
    sound,
    quality,
    findings: findings.map((finding) => ({ ...finding, words: findingText(finding) })),
  }
}
