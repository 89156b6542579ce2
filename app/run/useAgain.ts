// A run of record once more on the server: queued as it was, followed, and its report held against the one that is kept.
'use client'
import { useEffect, useRef, useState } from 'react'
import type { Report } from '../../blocks/engine/report/document'
import { useApiClient } from '../ApiProvider'
import { type Bug, bugOf } from '../results/bug'
import { endOfRun } from '../results/record'

export const againSides = ['Kept', 'Again'] as const

export type Again =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly step: string; readonly cancel: () => void }
  | { readonly kind: 'identical'; readonly id: string }
  | { readonly kind: 'differs'; readonly id: string; readonly bug: Bug }
  | { readonly kind: 'failed'; readonly message: string }

export const useAgain = (id: string, report: Report) => {
  const api = useApiClient()
  const [again, setAgain] = useState<Again>({ kind: 'idle' })
  const leaving = useRef(new AbortController())
  useEffect(() => {
    const controller = new AbortController()
    leaving.current = controller
    return () => controller.abort()
  }, [])
  const work = async (): Promise<Again> => {
    const left = leaving.current.signal
    const stopping = new AbortController()
    const cancel = (): void => stopping.abort()
    const tell = (step: string): void => setAgain({ kind: 'busy', step, cancel })
    tell('asked')
    const made = await api.run.again.mutate({ id })
    await endOfRun(api, made.id, { signal: stopping.signal, left, tell })
    const bug = bugOf(report, await api.run.report.query({ id: made.id }), againSides)
    return bug === null ? { kind: 'identical', id: made.id } : { kind: 'differs', id: made.id, bug }
  }
  const run = (): void => {
    const failed = (error: unknown): Again => ({
      kind: 'failed',
      message: error instanceof Error ? error.message : String(error),
    })
    void work().catch(failed).then(setAgain)
  }
  return { again, run }
}
