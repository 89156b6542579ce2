// Where market data lie, what they take there, and how much room is left.
'use client'
import { bytesText } from '../home/sizes'
import { Panel } from '../ui/Panel'
import { Skeleton } from '../ui/Skeleton'
import type { Store } from './api'

const Line = ({ label, value, quiet = false }: { label: string; value: string; quiet?: boolean }) => (
  <div className="flex h-[26px] items-center justify-between gap-3">
    <dt className="text-3">{label}</dt>
    <dd className={quiet ? 'text-2' : 'font-medium text-1'}>{value}</dd>
  </div>
)

/** Less than this and a year of minute bars may not fit. */
const scarceBytes = 1024 ** 3

export const DiskCard = ({ disk }: { disk: Store['disk'] | undefined }) => (
  <Panel card title="Disk" className="flex-none">
    {disk === undefined ? (
      <div className="flex flex-col gap-3.5 px-3 pt-2 pb-4">
        {['w-4/5', 'w-2/3', 'w-3/4', 'w-1/2'].map((width) => (
          <Skeleton key={width} className={width} />
        ))}
      </div>
    ) : (
      <div className="px-3 pb-2.5 text-12">
        <p className="truncate text-11 leading-4 text-3" title={disk.folder}>
          {disk.folder}
        </p>
        <dl className="tabular-nums">
          <Line label="Series" value={bytesText(disk.seriesBytes)} />
          <Line label="Cache, made again when needed" value={bytesText(disk.cacheBytes)} quiet />
          <Line label="Free" value={bytesText(disk.freeBytes)} />
        </dl>
        {!disk.writable && (
          <p className="mt-1 text-11 leading-4 text-neg">
            This folder cannot be written to. Give your user the right to write there, or start Playloom with DATA_DIR
            set to another folder.
          </p>
        )}
        {disk.writable && disk.freeBytes < scarceBytes && (
          <p className="mt-1 text-11 leading-4 text-warn">
            There is little room left. Delete what you do not need, or set DATA_DIR to a folder on another disk.
          </p>
        )}
      </div>
    )}
  </Panel>
)
