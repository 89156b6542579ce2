// The imports of this tab as a page shows them. They go on without it; the tab itself is not closed on them unasked.
'use client'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { upload } from '../home/upload'
import { createImportQueue, type Imports } from './importQueue'
import { isOnItsWay } from './imports'
import { useStoreChanged } from './useDownloads'

/** What the page that was there last does when something was stored. */
const after = { ended: (): void => {} }
const queue = createImportQueue({ send: upload, ended: () => after.ended() })

const askFirst = (event: BeforeUnloadEvent): void => event.preventDefault()
queue.subscribe(({ items }) => {
  if (items.some(isOnItsWay)) window.addEventListener('beforeunload', askFirst)
  else window.removeEventListener('beforeunload', askFirst)
})

export const useImports = (): Imports => {
  const changed = useStoreChanged()
  useEffect(() => {
    after.ended = changed
  }, [changed])
  return useStore(queue)
}
