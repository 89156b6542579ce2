// Use-case: what is in the store, one row a series and one a file of market facts (cli.md "data list").
import type { Problem } from '../../../blocks/kit/problem'
import { faultWords, isPublished, type Published, type SeriesInfo, thousands } from '../../core/series'
import type { StorePort } from '../ports'

export interface ListedSeries {
  /** `binance:*` for market facts, which belong to many. */
  readonly instrument: string
  readonly kind: string
  readonly tf: string | null
  readonly fromMs: number
  readonly toMs: number
  /** Bars, settlements, or markets. */
  readonly rows: number
  readonly gaps: number
  readonly sha256: string
  readonly source: readonly string[]
  /** `clean`, or what is to be known about it. */
  readonly quality: string
  /** Of published figures: their source, unit, delay and maximum age. */
  readonly published?: Published
}

const plural = (n: number, word: string): string => `${thousands(n)} ${word}${n === 1 ? '' : 's'}`

export const qualityOf = (info: SeriesInfo): string => {
  const venue = info.missingAtVenue === undefined ? '' : `, ${thousands(info.missingAtVenue)} of them at the venue too`
  const gaps =
    info.gaps === 0
      ? ''
      : `${plural(info.missing, isPublished(info.kind) ? 'value' : 'bar')} missing in ${plural(info.gaps, 'gap')}${venue}`
  const skipped = faultWords(info.skipped)
  const words = [gaps, skipped === '' ? '' : `left out: ${skipped}`].filter((text) => text !== '')
  return words.length === 0 ? 'clean' : words.join('; ')
}

export const listSeries = async (
  store: StorePort,
): Promise<{ series: readonly ListedSeries[]; problems: readonly Problem[] }> => {
  const { series, facts, damaged } = await store.overview()
  const rows = series.map((info): ListedSeries => {
    const { instrument, kind, tf, fromMs, toMs, gaps, sha256, source, published } = info
    const row = { instrument, kind, tf, fromMs, toMs, rows: info.rows, gaps, sha256, source, quality: qualityOf(info) }
    return published === undefined ? row : { ...row, published }
  })
  const sheets = facts.map(
    (sheet): ListedSeries => ({
      instrument: `${sheet.venue}:*`,
      kind: `instruments ${sheet.what}`,
      tf: null,
      fromMs: sheet.asOfMs,
      toMs: sheet.asOfMs,
      rows: sheet.markets,
      gaps: 0,
      sha256: sheet.sha256,
      source: [sheet.file],
      quality: sheet.source,
    }),
  )
  return { series: [...rows, ...sheets], problems: damaged.flatMap((failure) => failure.problems) }
}
