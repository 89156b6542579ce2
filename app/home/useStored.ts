// Which markets bars are stored of on this machine, what to say of them, and the same for who must wait for the answer.
'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../ApiProvider'

interface Series {
  readonly kind: string
  readonly instrument: string
}

const idsOf = (series: readonly Series[]): ReadonlySet<string> =>
  new Set(series.filter(({ kind }) => kind === 'klines').map(({ instrument }) => instrument))

export const useStored = () => {
  const options = useApi().data.list.queryOptions()
  const queries = useQueryClient()
  const { data, error, refetch, isFetching } = useQuery(options)
  const ids = data === undefined ? null : idsOf(data.series)
  const sentence =
    ids === null
      ? error === null
        ? 'Looking for stored bars.'
        : 'Which are stored cannot be told now.'
      : ids.size === 0
        ? 'None are stored yet.'
        : `Bars of ${ids.size} ${ids.size === 1 ? 'market' : 'markets'} are stored.`
  return {
    /** Null until the server has told. */
    ids,
    sentence,
    /** The server does not answer. */
    failed: error !== null && ids === null,
    again: () => void refetch(),
    asking: isFetching,
    /** Waits for the answer; null: there is none to be had. */
    wait: async (): Promise<ReadonlySet<string> | null> => {
      try {
        return idsOf((await queries.fetchQuery(options)).series)
      } catch {
        return null
      }
    },
  }
}
