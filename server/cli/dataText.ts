// What the data commands say to people: imports, lists and checks of series.

import type { CheckedSeries, CheckReport } from '../run/data/checkSeries'
import { findingText } from '../run/data/findingText'
import type { ImportResult } from '../run/data/importFiles'
import type { ListedSeries } from '../run/data/listSeries'
import { publishedText } from '../run/data/publishedText'
import { type Column, plain, table } from './render/table'
import { timeText } from './times'

export const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

const left = (head: string): Column => ({ head, align: 'left' })
const right = (head: string): Column => ({ head, align: 'right' })

export const importText = ({ series, facts }: ImportResult): string => {
  const rows = series.map(({ info, added, duplicates, skipped }) => [
    info.instrument,
    info.kind,
    info.tf ?? '',
    timeText(info.fromMs),
    timeText(info.toMs),
    thousands(added),
    thousands(duplicates),
    thousands(skipped),
    thousands(info.gaps),
  ])
  const heads = [
    ...['series of', 'kind', 'tf', 'from', 'to'].map(left),
    ...['new rows', 'known', 'left out', 'gaps'].map(right),
  ]
  const sheets = facts.map(
    ({ venue, what, asOfMs, source, markets }) =>
      `  ${venue} ${what}: ${thousands(markets)} markets as of ${timeText(asOfMs)} (${source})`,
  )
  return [...(rows.length > 0 ? table(plain, { columns: heads, rows }) : []), ...sheets].join('\n')
}

export const listText = (series: readonly ListedSeries[], dataDir: string): string => {
  if (series.length === 0) return `Nothing is stored in ${dataDir} yet: playloom data import <files>.`
  const rows = series.map((row) => [
    row.instrument,
    row.kind,
    row.tf ?? '',
    timeText(row.fromMs),
    timeText(row.toMs),
    thousands(row.rows),
    row.sha256.slice(0, 12),
    row.quality,
  ])
  const columns = [
    ...['series of', 'kind', 'tf', 'from', 'to'].map(left),
    right('rows'),
    left('sha256'),
    left('quality'),
  ]
  return table(plain, { columns, rows }).join('\n')
}

/** More gaps than these are in the JSON. */
const gapsShown = 10

const seriesText = ({ key, info, sound, quality, gaps, findings }: CheckedSeries): string => {
  const name = [key.instrument, key.kind, key.tf].filter((part) => part !== null).join(' ')
  const largest = [...gaps].sort((a, b) => b.missing - a.missing).slice(0, gapsShown)
  const more = gaps.length - largest.length
  return [
    `${name}: ${sound ? 'sound' : 'NOT SOUND'}; ${quality}`,
    ...(info?.published === undefined ? [] : [`  ${publishedText(info.published)}`]),
    ...largest.map(
      (gap) =>
        `  gap of ${thousands(gap.missing)} ${info?.published === undefined ? 'bars' : 'values'}, ${timeText(gap.fromMs)} to ${timeText(gap.toMs)}`,
    ),
    ...(more > 0 ? [`  and ${thousands(more)} smaller gaps (--json has them all)`] : []),
    ...findings.map((finding) => `  ${findingText(finding)}`),
  ].join('\n')
}

export const checkText = ({ series }: CheckReport): string =>
  series.length === 0 ? 'Nothing is stored yet: playloom data import <files>.' : series.map(seriesText).join('\n')
