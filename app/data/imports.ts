// Files on their way into the store, one after the other; what is known of each beside its bytes is asked for when it is missing.
import { countText } from '../home/sizes'
import type { ImportedSeries, UploadAnswer } from '../home/upload'
import { seriesWord } from './rows'

export type Refused = Extract<UploadAnswer, { kind: 'refused' }>
export type Imported = Extract<UploadAnswer, { kind: 'imported' }>

/** What may have to be said of a file; empty: it says so itself. */
export interface FileFacts {
  readonly kind: string
  readonly instrument: string
  readonly tf: string
  /** Of published figures: how they are called, by whom, in what, known how late and for how long. */
  readonly series: string
  readonly source: string
  readonly unit: string
  readonly delay: string
  readonly maxAge: string
}
export const noFacts: FileFacts = {
  ...{ kind: '', instrument: '', tf: '', series: '', source: '', unit: '', delay: '', maxAge: '' },
}

export type ImportState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending'; readonly sent: number }
  | { readonly kind: 'refused'; readonly answer: Refused }
  | { readonly kind: 'imported'; readonly answer: Imported }
  | { readonly kind: 'cancelled' }

export interface ImportItem {
  readonly id: number
  readonly file: File
  readonly facts: FileFacts
  readonly skipBad: boolean
  readonly state: ImportState
}

const publishedKinds: readonly string[] = ['open-interest', 'long-short', 'liquidations', 'series']
export const isPublished = (kind: string): boolean => publishedKinds.includes(kind)

const published = ['series', 'source', 'unit', 'delay', 'maxAge'] as const

/** A series of values is addressed by who publishes it and its name, not by a market. */
export const isAsked = (name: string, kind: string): boolean =>
  name === 'instrument' ? kind !== 'series' : isPublished(kind) || !published.some((one) => one === name)

/** As the server is told: nothing of what was left empty, and of published figures only where it is one. */
export const factsSent = (facts: FileFacts): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(facts)
      .map(([name, text]) => [name, text.trim()] as const)
      .filter(([name, text]) => text !== '' && isAsked(name, facts.kind)),
  )

/** The one to send now; null: one is being sent, or none waits. */
export const nextOf = (items: readonly ImportItem[]): ImportItem | null =>
  items.some(({ state }) => state.kind === 'sending')
    ? null
    : (items.find(({ state }) => state.kind === 'waiting') ?? null)

export const isOnItsWay = ({ state }: ImportItem): boolean => state.kind === 'waiting' || state.kind === 'sending'

/** Those that still need somebody are kept. */
export const unsettled = (items: readonly ImportItem[]): readonly ImportItem[] =>
  items.filter(({ state }) => state.kind !== 'imported' && state.kind !== 'cancelled')

/** `BTCUSDT, Bars 1m: 120 new rows, 3 left out`. */
export const importedText = ({ kind, tf, added, duplicates, skipped, gaps }: ImportedSeries): string =>
  [
    `${seriesWord({ kind, tf })}: ${countText(added)} new ${added === 1 ? 'row' : 'rows'}`,
    ...(duplicates > 0 ? [`${countText(duplicates)} known already`] : []),
    ...(skipped > 0 ? [`${countText(skipped)} left out`] : []),
    ...(gaps > 0 ? [`${countText(gaps)} ${gaps === 1 ? 'gap' : 'gaps'} in the series`] : []),
  ].join(', ')
