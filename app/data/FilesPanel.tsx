// The immutable files of a series with their hashes.
'use client'
import { bytesText, countText } from '../home/sizes'
import { Panel } from '../ui/Panel'
import type { SeriesDetail } from './api'
import { PartsTable, partsRow } from './PartsTable'
import { timeText } from './rows'

const hash = 'truncate pr-3 font-mono text-11 text-3'

export const FilesPanel = ({ detail: { files } }: { detail: SeriesDetail }) => (
  <Panel card title="Files" hint="immutable; every byte is named by its hash" className="max-lg:max-h-80">
    <PartsTable
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
        <tr key={name} className={partsRow} title={`${timeText(firstMs)} to ${timeText(lastMs)} UTC`}>
          <td className="pl-3 text-1">{period}</td>
          <td className="pr-4 text-right">{countText(rows)}</td>
          <td className="pr-4 text-right">{bytesText(bytes)}</td>
          <td className={hash} title={sha256}>
            {sha256.slice(0, 8)}
          </td>
        </tr>
      ))}
    </PartsTable>
    {files.length === 0 && <p className="px-3 pb-3 text-11 text-3">Its manifest cannot be read.</p>}
  </Panel>
)
