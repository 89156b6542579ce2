// Downloads in words, and what is asked for out of what was typed.
import { countText } from '../home/sizes'
import { sentence } from '../ui/sentence'
import { marketWord } from '../workbench/markets'
import type { DownloadAsk, DownloadNow, SeriesKey } from './api'
import { dayText, lengthText, seriesWord, timeText } from './rows'

export interface Venue {
  readonly id: 'binance-perp' | 'binance-spot' | 'bybit-perp'
  readonly label: string
  /** An instrument of it is this, the symbol, and the suffix. */
  readonly prefix: string
  readonly suffix: string
  readonly kinds: readonly string[]
}

const perpKinds = ['klines', 'mark', 'funding', 'open-interest', 'long-short', 'instruments']

export const venues: readonly Venue[] = [
  { id: 'binance-perp', label: 'Binance USD-M perpetuals', prefix: 'binance:', suffix: '.P', kinds: perpKinds },
  { id: 'binance-spot', label: 'Binance spot', prefix: 'binance:', suffix: '', kinds: ['klines', 'instruments'] },
  { id: 'bybit-perp', label: 'Bybit linear perpetuals', prefix: 'bybit:', suffix: '.P', kinds: perpKinds },
]

/** The venue that an instrument can be downloaded from; null: none. */
export const venueFor = (instrument: string): Venue | null =>
  venues.find(({ prefix, suffix }) => instrument.startsWith(prefix) && instrument.endsWith('.P') === (suffix !== '')) ??
  null

/** Whether more of a series can be asked for at its venue. */
export const isServed = ({ instrument, kind }: Pick<SeriesKey, 'instrument' | 'kind'>): boolean =>
  venueFor(instrument)?.kinds.includes(kind) ?? false

/** Kinds that are sampled, and at what intervals venues keep them. */
export const sampledKinds: readonly string[] = ['open-interest', 'long-short']
export const sampledTfs = ['5m', '15m', '30m', '1h', '4h', '1d'] as const
const barKinds: readonly string[] = ['klines', 'mark']

export interface DownloadForm {
  readonly venue: Venue['id']
  readonly symbol: string
  readonly kinds: readonly string[]
  readonly tf: string
  /** Of sampled kinds. */
  readonly sampledTf: string
  readonly from: string
  readonly to: string
}

export interface FormFaults {
  readonly symbol?: string
  readonly kinds?: string
  readonly from?: string
  readonly to?: string
}

const dayForm = /^(\d{4})-(\d\d)-(\d\d)$/

/** Midnight UTC of a day that exists; null: it is none. */
export const dayMs = (text: string): number | null => {
  const match = dayForm.exec(text.trim())
  if (match === null) return null
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return dayText(ms) === text.trim() ? ms : null
}

const symbolForm = /^[A-Z0-9][A-Z0-9_-]{0,39}$/

export const symbolOf = (typed: string): string =>
  typed
    .trim()
    .toUpperCase()
    .replaceAll('/', '')
    .replace(/^[A-Z0-9]+:/, '')
    .replace(/\.P$/, '')

const tfFor = (kind: string, { tf, sampledTf }: DownloadForm): string | null =>
  barKinds.includes(kind) ? tf : sampledKinds.includes(kind) ? sampledTf : null

/** Day of `to` is part of what is asked for. */
const endMs = (to: string): number | null => {
  const ms = dayMs(to)
  return ms === null ? null : ms + 86_400_000
}

export const formFaults = (form: DownloadForm): FormFaults => {
  const { symbol, kinds, from, to } = form
  const rows = kinds.join() !== 'instruments'
  const fromMs = dayMs(from)
  const late = to.trim() !== '' && fromMs !== null && (endMs(to) ?? Infinity) <= fromMs
  return {
    ...(symbolForm.test(symbolOf(symbol)) ? {} : { symbol: 'Write it as its venue does: BTCUSDT.' }),
    ...(kinds.length > 0 ? {} : { kinds: 'Choose at least one.' }),
    ...(!rows || fromMs !== null ? {} : { from: 'A day, as 2024-01-01.' }),
    ...(to.trim() === '' || dayMs(to) !== null ? {} : { to: 'A day, as 2024-12-31, or empty for today.' }),
    ...(late ? { to: 'It lies before the first day.' } : {}),
  }
}

/** One download a kind. */
export const asksOf = (form: DownloadForm): readonly DownloadAsk[] => {
  const { prefix, suffix } = venues.find(({ id }) => id === form.venue) ?? { prefix: '', suffix: '' }
  const instrument = `${prefix}${symbolOf(form.symbol)}${suffix}`
  const range = { fromMs: dayMs(form.from), toMs: endMs(form.to) }
  return form.kinds.map(
    (kind) =>
      // The server looks at every word of it.
      ({
        ...{ instrument, kind, tf: tfFor(kind, form) },
        ...(kind === 'instruments' ? { fromMs: null, toMs: null } : range),
      }) as DownloadAsk,
  )
}

/** What the missing bars of a series are asked for by. */
export const repairOf = (
  { instrument, kind, tf }: SeriesKey,
  range: { fromMs: number; toMs: number },
): DownloadAsk => ({
  ...{ instrument, kind, tf },
  ...{ fromMs: range.fromMs, toMs: range.toMs },
})

export const askOf = ({ instrument, kind, tf, fromMs, toMs }: DownloadNow): DownloadAsk =>
  ({ instrument, kind, tf, fromMs, toMs }) as DownloadAsk

/** `BTCUSDT perp, Bars 1m`. */
export const downloadWord = ({ instrument, kind, tf }: Pick<DownloadNow, 'instrument' | 'kind' | 'tf'>): string =>
  kind === 'instruments'
    ? `${venueFor(instrument)?.label ?? instrument}, market facts`
    : `${marketWord(instrument)}, ${seriesWord({ kind, tf })}`

export const isOpen = ({ state }: DownloadNow): boolean => state === 'waiting' || state === 'taken'

/** Of a card: all that are open, and of each other series the one that ended last. */
export const newest = (all: readonly DownloadNow[], mostEnded: number): readonly DownloadNow[] => {
  const seen = new Set<string>()
  const open = all.filter(isOpen)
  for (const now of open) seen.add(downloadWord(now))
  const ended = all
    .filter((now) => !isOpen(now))
    .toSorted((a, b) => (b.endedMs ?? 0) - (a.endedMs ?? 0))
    .filter((now) => !seen.has(downloadWord(now)) && seen.add(downloadWord(now)))
  return [...open, ...ended.slice(0, mostEnded)]
}

const waits = /: waiting \d+ s$/

/** How far it is, in a line. */
export const stepText = (now: DownloadNow): string => {
  const { state, step, failure, cancelling } = now
  if (cancelling) return 'Being cancelled'
  if (state === 'waiting') return failure === null ? 'Waits for the worker' : 'Is tried again soon'
  if (step === undefined) return 'Asks the venue which markets it has'
  if (waits.test(step.label)) return sentence(step.label)
  return `${countText(step.rows)} new rows, up to ${timeText(step.untilMs).slice(0, 10)}`
}

const holesText = ({ holes, holeCount }: NonNullable<DownloadNow['summary']>): string => {
  const [first] = holes
  if (first === undefined) return ''
  const stretch = `${timeText(first.fromMs)} for ${lengthText(first.toMs - first.fromMs)}`
  const more =
    holeCount > 1 ? ` and in ${countText(holeCount - 1)} more ${holeCount === 2 ? 'stretch' : 'stretches'}` : ''
  return `The venue itself has nothing from ${stretch}${more}.`
}

/** What came of it, in sentences. */
export const endText = (now: DownloadNow): string => {
  const { state, summary, trouble, failure } = now
  if (state === 'cancelled') return 'Cancelled. Whatever had come is stored; the same download goes on from there.'
  if (state === 'failed')
    return [trouble?.message ?? failure ?? 'it failed', ...(trouble?.hint ? [trouble.hint] : [])]
      .map(sentence)
      .join(' ')
  if (summary === undefined) return 'Done.'
  if (summary.rows === null) return `Facts of ${countText(summary.markets)} markets as of ${dayText(summary.fromMs)}.`
  // New ones are counted from the last start of the worker on: before it others may have come.
  const all = `${countText(summary.rows)} rows are stored`
  const rows = summary.added === 0 ? `${all}.` : `${all}, ${countText(summary.added)} of them came last.`
  return [rows, holesText(summary), ...summary.notes.map(sentence)].filter((text) => text !== '').join(' ')
}
