// Every result is a look at data, and is told to the server's ledger; says how many looks this Play has had at these.
'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Report } from '../../blocks/engine/report/document'
import { useApi } from '../ApiProvider'
import type { RunResult } from '../engine/protocol'
import type { Look } from '../sync/looks'
import { noteLook, useTold } from '../sync/sync'
import { Tooltip } from '../ui/Tooltip'
import { useSession } from '../workbench/session'
import { counted } from './format'
import { useKeeps } from './useKeeps'

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

/** Each result is noted in its moment; the count is asked for anew once the ledger was told. */
const useNoted = (result: RunResult): void => {
  const { store } = useSession()
  const api = useApi()
  const queries = useQueryClient()
  const told = useTold(({ times }) => times)
  useEffect(() => noteLook(lookOf(store.getState().document.id, result.report)), [result, store])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each telling is a reason to ask anew
  useEffect(() => void queries.invalidateQueries(api.trial.count.pathFilter()), [told])
}

const Count = ({ result }: { result: RunResult }) => {
  const { store } = useSession()
  const { playId, data } = lookOf(store.getState().document.id, result.report)
  const { data: trials } = useQuery(useApi().trial.count.queryOptions({ playId, data }))
  if (trials === undefined || trials === 0) return null
  return (
    <Tooltip text="Results that this Play, in all its versions, has shown on bars of this market. The more there are, the less a good one says.">
      <span className="flex-none text-11 text-2">{counted(trials, 'trial')}</span>
    </Tooltip>
  )
}

export const Trials = ({ result }: { result: RunResult }) => {
  // Also while the server is away, or has not said yet whether it keeps anything.
  useNoted(result)
  return useKeeps() ? <Count result={result} /> : null
}
