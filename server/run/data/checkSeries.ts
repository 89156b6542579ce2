// Use-case: looks at every byte and row of an instrument's series: damage, gaps, and what is odd (cli.md "data check").
import type { Problem } from '../../../blocks/kit/problem'
import { suggest } from '../../../blocks/play/text/suggest'
import { Failure, failureOr } from '../../core/failure'
import type { Gap } from '../../core/gate'
import type { Inspection } from '../../core/incoming'
import { publishedFindings } from '../../core/publishedQuality'
import { barFindings, type Finding, fundingFindings } from '../../core/quality'
import { isPublished, type SeriesInfo, type SeriesKey, seriesName } from '../../core/series'
import type { Table } from '../../core/table'
import type { StorePort } from '../ports'
import { qualityOf } from './listSeries'

export interface CheckedSeries {
  readonly key: SeriesKey
  readonly info: SeriesInfo | null
  /** Every byte is as it was imported and the manifest agrees with the rows. */
  readonly sound: boolean
  readonly quality: string
  readonly gaps: readonly Gap[]
  readonly findings: readonly Finding[]
}

export interface CheckReport {
  readonly series: readonly CheckedSeries[]
  /** Errors: damage. A report with errors ends in exit code 3. */
  readonly problems: readonly Problem[]
}

const findingsOf = ({ kind }: SeriesKey, table: Table, info: SeriesInfo | null): readonly Finding[] => {
  if (isPublished(kind)) return publishedFindings(kind, table, info?.published?.maxAgeMs ?? Infinity)
  return kind === 'funding' ? fundingFindings(table) : barFindings(table)
}

export const checkInspection = ({ key, info, damage, table, gaps }: Inspection): CheckedSeries => ({
  key,
  info,
  sound: damage.length === 0,
  quality: damage.length > 0 ? `damaged: ${damage.join('; ')}` : info === null ? 'empty' : qualityOf(info),
  gaps,
  findings: table === null ? [] : findingsOf(key, table, info),
})

const problemsOf = ({ key, damage }: Inspection): readonly Problem[] =>
  damage.map((message) => ({
    code: 'store_damaged',
    severity: 'error',
    where: {},
    message: `${seriesName(key)}: ${message}`,
    hint: `delete it (playloom data delete ${key.instrument}), then import or download it again`,
    fixes: [],
  }))

/** Of one instrument, or of all. */
export const checkSeries = (instrument: string | undefined, store: StorePort): Promise<CheckReport | Failure> =>
  failureOr(async () => {
    const found = await store.inspect(instrument)
    if (instrument !== undefined && found.length === 0) {
      const names = [...new Set((await store.overview()).series.map((series) => series.instrument))]
      const near = suggest(instrument, names)
      throw new Failure(
        'series_missing',
        `nothing is stored of ${instrument}${near === undefined ? '' : ` (near to it: ${near})`}`,
        {
          hint: 'playloom data list shows what is',
        },
      )
    }
    return { series: found.map(checkInspection), problems: found.flatMap(problemsOf) }
  })
