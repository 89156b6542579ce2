// The list of runs, page by page and live: the server tells each step of each run on one line for the whole page.
'use client'
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useApiClient } from '../ApiProvider'
import { whileVisible } from '../ui/whileVisible'
import { pageSize, type RunRow, withNews } from './runs'

/** Waits before a server that is away is asked again, ms. */
const againMs = 3000

type Pages = InfiniteData<RunRow[], string | null>

/** Null: of all Plays. `live`: false while the server tells no news. */
export const useRuns = (playId: string | null) => {
  const api = useApiClient()
  const queries = useQueryClient()
  const [live, setLive] = useState(true)
  /** News come; with many windows some have no line. */
  const [told, setTold] = useState(false)
  /** Lines to the server so far: one that failed for good is opened anew. */
  const [line, setLine] = useState(0)
  const queryKey = useMemo(() => ['runs', playId] as const, [playId])
  const asked = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => api.run.list.query({ playId, before: pageParam, most: pageSize }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: RunRow[]) => (last.length < pageSize ? null : (last.at(-1)?.id ?? null)),
    // What is remembered of an earlier visit has heard no news since.
    refetchOnMount: 'always',
    // A server that was away is found again by itself; what is not told is asked for.
    refetchInterval: ({ state }) => (state.status === 'error' || !told ? againMs : false),
  })
  useEffect(() => {
    const listen = (): (() => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined
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
          setTold(state === 'pending')
          if (state === 'connecting' && error !== null) setLive(false)
          // Steps told meanwhile were not heard.
          if (state === 'pending') {
            setLive(true)
            void queries.invalidateQueries({ queryKey })
          }
        },
        onError: () => {
          setLive(false)
          timer = setTimeout(() => setLine(line + 1), againMs)
        },
      })
      return () => {
        clearTimeout(timer)
        watching.unsubscribe()
        setTold(false)
      }
    }
    return whileVisible(listen)
  }, [api, queries, queryKey, playId, line])
  const rows = useMemo(() => asked.data?.pages.flat() ?? null, [asked.data])
  return { ...asked, rows, live }
}
