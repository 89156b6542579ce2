// The list of runs, page by page and live: the server tells each step of each run on one line for the whole page.
'use client'
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useApiClient } from '../ApiProvider'
import { pageSize, type RunRow, withNews } from './runs'

type Pages = InfiniteData<RunRow[], string | null>

/** Null: of all Plays. `live`: false while the server tells no news. */
export const useRuns = (playId: string | null) => {
  const api = useApiClient()
  const queries = useQueryClient()
  const [live, setLive] = useState(true)
  const queryKey = useMemo(() => ['runs', playId] as const, [playId])
  const asked = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => api.run.list.query({ playId, before: pageParam, most: pageSize }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: RunRow[]) => (last.length < pageSize ? null : (last.at(-1)?.id ?? null)),
    // What is remembered of an earlier visit has heard no news since.
    refetchOnMount: 'always',
  })
  useEffect(() => {
    const watching = api.run.changes.subscribe(undefined, {
      onData: (news) => {
        setLive(true)
        if (news === null) void queries.invalidateQueries({ queryKey })
        else
          queries.setQueryData<Pages>(queryKey, (held) =>
            held === undefined ? held : { ...held, pages: withNews(held.pages, news, playId) },
          )
      },
      onConnectionStateChange: ({ state, error }) => {
        if (state === 'connecting' && error !== null) setLive(false)
        // Steps told meanwhile were not heard.
        if (state === 'pending') {
          setLive(true)
          void queries.invalidateQueries({ queryKey })
        }
      },
      onError: () => setLive(false),
    })
    return () => watching.unsubscribe()
  }, [api, queries, queryKey, playId])
  const rows = useMemo(() => asked.data?.pages.flat() ?? null, [asked.data])
  return { ...asked, rows, live }
}
