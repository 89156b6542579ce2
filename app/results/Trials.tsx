// Every result is a look at data, and is told to the server's ledger; says how many looks this Play has had at these.
'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Report } from '../../blocks/engine/report/document'
import { useApi } from '../ApiProvider'
import type { RunResult } from '../engine/protocol'
import { Tooltip } from '../ui/Tooltip'
import { useSession } from '../workbench/session'
import { counted } from './format'
import { useKeeps } from './useKeeps'

/** Results of one stretch of editing travel together, ms. */
const gatherMs = 1500

export interface Look {
  readonly playId: string
  readonly logicHash: string
  readonly settingsHash: string
  readonly data: Report['data'][number][]
  readonly fromMs: number
  readonly toMs: number
  readonly sharpe: number | null
  readonly trades: number
}

export const lookOf = (playId: string, { logicHash, settingsHash, data, range, metrics, trades }: Report): Look => ({
  playId,
  logicHash,
  settingsHash,
  data: data.map(({ instrument, kind, tf, sha256 }) => ({ instrument, kind, tf, sha256 })),
  fromMs: range.fromMs,
  toMs: range.toMs,
  sharpe: metrics.sharpe.value,
  trades: trades.length,
})

/** Looks that are not told yet. What the server did not take is told with the next one. */
const untold: Look[] = []
/** As many as one call takes. */
const atOnce = 200

const useTold = (result: RunResult): void => {
  const api = useApi()
  const queries = useQueryClient()
  const { mutate } = useMutation(
    api.trial.add.mutationOptions({
      onSuccess: (_, told) => {
        for (const look of told) {
          const at = untold.indexOf(look)
          if (at >= 0) untold.splice(at, 1)
        }
        return queries.invalidateQueries(api.trial.count.pathFilter())
      },
    }),
  )
  const { store } = useSession()
  useEffect(() => {
    untold.push(lookOf(store.getState().document.id, result.report))
    const timer = setTimeout(() => mutate(untold.slice(0, atOnce)), gatherMs)
    return () => clearTimeout(timer)
  }, [result, store, mutate])
}

const Count = ({ result }: { result: RunResult }) => {
  useTold(result)
  const { store } = useSession()
  const { playId, data } = lookOf(store.getState().document.id, result.report)
  const { data: trials } = useQuery(useApi().trial.count.queryOptions({ playId, data }))
  if (trials === undefined || trials === 0) return null
  return (
    <Tooltip text="Results that this Play, in all its versions, has shown on these data. The more there are, the less a good one says.">
      <span className="flex-none text-11 text-2">{counted(trials, 'trial')}</span>
    </Tooltip>
  )
}

export const Trials = ({ result }: { result: RunResult }) => (useKeeps() ? <Count result={result} /> : null)
