// The downloads of this server, live; what they bring is asked for anew when one ends.
'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useApi, useApiClient } from '../ApiProvider'
import { whileVisible } from '../ui/whileVisible'
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

/** The store is another one than it was: one of them is over that was not. */
export const endedSince = (before: readonly DownloadNow[], now: readonly DownloadNow[]): boolean => {
  const over = new Set(before.filter((one) => !isOpen(one)).map(({ id }) => id))
  return now.some((one) => !isOpen(one) && !over.has(one.id))
}

export const useDownloads = (): Downloads => {
  const client = useApiClient()
  const [downloads, setDownloads] = useState<Downloads>({ all: null, failure: null })
  const changed = useStoreChanged()
  const before = useRef<readonly DownloadNow[] | null>(null)
  useEffect(() => {
    const fail = (failure: string | null): void => setDownloads(({ all }) => ({ all, failure }))
    const listen = (): (() => void) => {
      const watching = client.data.downloads.subscribe(undefined, {
        onData: (all) => setDownloads({ all, failure: null }),
        onConnectionStateChange: ({ error }) => fail(error?.message ?? null),
        onError: ({ message }) => fail(message),
      })
      return () => watching.unsubscribe()
    }
    return whileVisible(listen)
  }, [client])
  const { all } = downloads
  useEffect(() => {
    if (all === null) return
    // Also what began and ended while nobody looked.
    if (before.current !== null && endedSince(before.current, all)) changed()
    before.current = all
  }, [all, changed])
  return downloads
}
