// The downloads of this server as a card: what is on its way stands first.
'use client'
import { Panel } from '../ui/Panel'
import { SkeletonLines } from '../ui/Skeleton'
import { sentence } from '../ui/sentence'
import { DownloadList } from './DownloadList'
import { isOpen, newest } from './downloads'
import type { Downloads } from './useDownloads'

/** Older ones are history. */
const mostEnded = 5

export const DownloadsCard = ({ downloads: { all, failure } }: { downloads: Downloads }) => {
  const shown = newest(all ?? [], mostEnded)
  const open = shown.filter(isOpen).length
  const hint = open === 0 ? undefined : `${open} on the way`
  return (
    <Panel card title="Downloads" hint={hint} className="flex-none">
      <div className="px-3 pb-3">
        {all === null && failure === null && <SkeletonLines lines={2} label="The downloads are on their way" />}
        {all === null && failure !== null && (
          <p className="text-11 leading-4 text-3">
            {sentence(failure)} Downloads are worked on by a server with its database: start it with{' '}
            <code>npm start</code>. Without one, <code>playloom data download --local</code> does the same.
          </p>
        )}
        {all !== null && shown.length === 0 && (
          <p className="text-11 leading-4 text-3">None yet. What you download goes on while this page is closed.</p>
        )}
        <DownloadList downloads={shown} />
      </div>
    </Panel>
  )
}
