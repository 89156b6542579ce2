// The downloads of this server, live; what they bring is asked for anew when one ends.
'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useEffect, useRef } from 'react'
import { useApi } from '../ApiProvider'
import type { DownloadNow } from './api'
import { isOpen } from './downloads'

export interface Downloads {
  /** Null: not known yet. */
  readonly all: readonly DownloadNow[] | null
  /** Why they cannot be told. */
  readonly failure: string | null
}

/** Everything on the page that stands on what is stored. */
export const useStoreChanged = (): (() => void) => {
  const queries = useQueryClient()
  const api = useApi().data
  return () => {
    void queries.invalidateQueries(api.pathFilter())
  }
}

export const useDownloads = (): Downloads => {
  const { data, error } = useSubscription(useApi().data.downloads.subscriptionOptions())
  const changed = useStoreChanged()
  const open = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    if (data === undefined) return
    const now = new Set(data.filter(isOpen).map(({ id }) => id))
    if ([...open.current].some((id) => !now.has(id))) changed()
    open.current = now
  }, [data, changed])
  return { all: data ?? null, failure: error?.message ?? null }
}
