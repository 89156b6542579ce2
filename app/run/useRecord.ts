// A run of record: its row, followed step by step till its end, and then its report as it is kept.
'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Report } from '../../blocks/engine/report/document'
import { useApi, useApiClient } from '../ApiProvider'
import { isOver, isRunId, type RunRow } from '../runs/runs'
import { whileVisible } from '../ui/whileVisible'

/** Waits before a server that is away is asked again, ms. */
const againMs = 3000

export const useRecord = (id: string) => {
  const api = useApi()
  const client = useApiClient()
  const queries = useQueryClient()
  const known = isRunId(id)
  const asked = useQuery({
    ...api.run.get.queryOptions({ id }),
    enabled: known,
    refetchOnMount: 'always',
    // A server that was away is found again by itself; steps that were not told are looked for.
    refetchInterval: ({ state: { data, status } }) =>
      status === 'error' || (data !== undefined && data !== null && !isOver(data)) ? againMs : false,
  })
  const run: RunRow | null | undefined = known ? asked.data : null
  const moving = run !== undefined && run !== null && !isOver(run)
  const queryKey = useMemo(() => api.run.get.queryKey({ id }), [api, id])
  useEffect(() => {
    if (!moving) return
    const listen = (): (() => void) => {
      const watching = client.run.watch.subscribe(
        { id },
        {
          onData: (now) => {
            // What a run came to is read once it has ended, with everything that a list says of it.
            if (isOver(now)) void queries.invalidateQueries({ queryKey })
            else queries.setQueryData<RunRow | null>(queryKey, (held) => (held ? { ...held, ...now } : held))
          },
          onError: () => void queries.invalidateQueries({ queryKey }),
        },
      )
      return () => watching.unsubscribe()
    }
    return whileVisible(listen)
  }, [client, queries, queryKey, id, moving])
  const kept = useQuery({
    ...api.run.report.queryOptions({ id }),
    enabled: run?.state === 'done',
    // A report never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const report: Report | null = kept.data ?? null
  const { error, refetch, isFetching } = asked.error === null && kept.error !== null ? kept : asked
  return { run, report, error, refetch, isFetching }
}
