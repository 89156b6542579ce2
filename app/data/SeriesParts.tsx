// What a series consists of: its immutable files with their hashes, and the sources that its rows came from.
'use client'
import type { ReactNode } from 'react'
import { bytesText, countText } from '../home/sizes'
import { Panel } from '../ui/Panel'
import type { SeriesDetail } from './api'
import { dayText, timeText } from './rows'

const Table = ({ heads, children }: { heads: ReactNode; children: ReactNode }) => (
  <table className="w-full table-fixed text-12 tabular-nums">
    <thead className="sticky top-0 bg-panel">
      <tr className="h-[26px] text-left text-11 text-3 [&>th]:font-normal [&>th]:shadow-[inset_0_-1px_0_var(--line-1)]">
        {heads}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
)

const row = 'h-[26px] border-t border-line-1 text-2 first:border-0'
const hash = 'truncate pr-3 font-mono text-11 text-3'

export const FilesPanel = ({ detail: { files } }: { detail: SeriesDetail }) => (
  <Panel card title="Files" hint="immutable; every byte is named by its hash" className="max-lg:max-h-80">
    <Table
      heads={
        <>
          <th className="w-20 pl-3">Period</th>
          <th className="pr-4 text-right">Rows</th>
          <th className="pr-4 text-right">Size</th>
          <th className="w-24 pr-3">SHA-256</th>
        </>
      }
    >
      {files.map(({ name, period, rows, firstMs, lastMs, bytes, sha256 }) => (
        <tr key={name} className={row} title={`${timeText(firstMs)} to ${timeText(lastMs)} UTC`}>
          <td className="pl-3 text-1">{period}</td>
          <td className="pr-4 text-right">{countText(rows)}</td>
          <td className="pr-4 text-right">{bytesText(bytes)}</td>
          <td className={hash} title={sha256}>
            {sha256.slice(0, 8)}
          </td>
        </tr>
      ))}
    </Table>
    {files.length === 0 && <p className="px-3 pb-3 text-11 text-3">Its manifest cannot be read.</p>}
  </Panel>
)

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
    <Table
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
        <tr key={`${name} ${sha256}`} className={row}>
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
    </Table>
    {sources.length === 0 && <p className="px-3 pb-3 text-11 text-3">Its manifest cannot be read.</p>}
  </Panel>
)
