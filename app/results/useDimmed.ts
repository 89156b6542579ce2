// Whether results stand for an earlier Play, or a newer run of them has been on its way for half a second.
'use client'
import { useLate } from '../ui/Progress'
import { useRun } from '../workbench/run'
import { useIsKept } from './useReport'

const isWorking = (kind: string): boolean => kind === 'running' || kind === 'loading'

export const useDimmed = (): boolean => {
  const kept = useIsKept()
  const working = useRun((run) => isWorking(run.status.kind) || run.stale)
  return useLate(working && !kept)
}
