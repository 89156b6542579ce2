// The sources that the rows of a series came from: files, and requests of a venue.
'use client'
import { countText } from '../home/sizes'
import { Panel } from '../ui/Panel'
import type { SeriesDetail } from './api'
import { PartsTable, partsRow } from './PartsTable'
import { dayText, timeText } from './rows'

const skippedText = (skipped: SeriesDetail['sources'][number]['skipped']): string => {
  const n = Object.values(skipped).reduce<number>((sum, count) => sum + (count ?? 0), 0)
  return n === 0 ? '\u2013' : countText(n)
}

export const SourcesPanel = ({ detail: { sources } }: { detail: SeriesDetail }) => (
  <Panel
    card
    title="Sources"
    hint="where the rows come from"
    className="max-xl:col-span-full max-xl:max-h-80 max-lg:col-span-1"
  >
    <PartsTable
      heads={
        <>
          <th className="pl-3">File or request</th>
          <th className="w-20 pr-4 text-right">Rows</th>
          <th className="w-16 pr-4 text-right">Left out</th>
          <th className="w-24 pr-3">Fetched</th>
        </>
      }
    >
      {sources.map(({ name, sha256, rows, skipped, fetchedMs }) => (
        <tr key={`${name} ${sha256}`} className={partsRow}>
          <td className="truncate pr-2 pl-3 text-1" title={`${name}\nSHA-256 ${sha256}`}>
            {name}
          </td>
          <td className="pr-4 text-right">{countText(rows)}</td>
          <td className="pr-4 text-right">{skippedText(skipped)}</td>
          <td className="pr-3 text-3" title={fetchedMs === undefined ? undefined : `${timeText(fetchedMs)} UTC`}>
            {fetchedMs === undefined ? 'from a file' : dayText(fetchedMs)}
          </td>
        </tr>
      ))}
    </PartsTable>
    {sources.length === 0 && <p className="px-3 pb-3 text-11 text-3">Its manifest cannot be read.</p>}
  </Panel>
)
