// Runs the same on the server, for the record where it keeps one, and tells whether every hash and figure is equal.
'use client'
import { ShieldCheck, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Report } from '../../blocks/engine/report/document'
import { useApiClient } from '../ApiProvider'
import type { Verification } from '../engine/engine'
import type { RunRequest, RunResult } from '../engine/protocol'
import { Button } from '../ui/Button'
import { Popover } from '../ui/Popover'
import { Tooltip } from '../ui/Tooltip'
import { Verdict } from '../ui/Verdict'
import { useSession } from '../workbench/session'
import { BugReport } from './BugReport'
import { type Bug, bugOf } from './bug'
import { counted, elapsed } from './format'
import { runForRecord } from './record'
import { useKeeps } from './useKeeps'

type Check =
  | { readonly kind: 'busy'; readonly step: string | null; readonly cancel: (() => void) | null }
  | { readonly kind: 'done'; readonly verification: Verification }
  | { readonly kind: 'failed'; readonly message: string }

/** The verdict of the server belongs to one result: another result, no verdict. */
const useVerify = (result: RunResult) => {
  const { engine, store } = useSession()
  const api = useApiClient()
  const keeps = useKeeps()
  const [held, setHeld] = useState<{ readonly of: RunResult; readonly check: Check } | null>(null)
  const verify = (): void => {
    const tell = (check: Check): void =>
      setHeld((now) => (check.kind !== 'busy' && now?.of !== result ? now : { of: result, check }))
    const stopping = new AbortController()
    const cancel = keeps ? (): void => stopping.abort() : null
    const step = (words: string | null): void => tell({ kind: 'busy', step: words, cancel })
    step(null)
    const document = store.getState().document
    const forRecord = (request: RunRequest): Promise<Report> =>
      runForRecord(api, { document, request }, { signal: stopping.signal, tell: step })
    engine.verify(keeps ? forRecord : undefined).then(
      (verification) => tell({ kind: 'done', verification }),
      (error: unknown) => tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    )
  }
  return { check: held?.of === result ? held.check : null, verify }
}

const sides = ['Page', 'Server'] as const

const Differences = ({ bug }: { bug: Bug }) => (
  <Popover
    label="What differs between this page and the server"
    align="end"
    className="max-h-96 w-[420px] max-w-[calc(100vw-16px)] overflow-y-auto"
    trigger={
      <Button size="s" look="danger">
        {`Bug: ${counted(Math.max(1, bug.rows.length), 'difference')}`}
      </Button>
    }
  >
    <BugReport bug={bug} sides={sides} />
  </Popover>
)

export const Verify = ({ result, stale }: { result: RunResult; stale: boolean }) => {
  const { check, verify } = useVerify(result)
  const verification = check?.kind === 'done' ? check.verification : null
  const bug = useMemo(() => verification && bugOf(verification.here, verification.there, sides), [verification])
  if (bug !== null) return <Differences bug={bug} />
  if (check?.kind === 'done')
    return (
      <Tooltip
        text={`The server ran the same in ${elapsed(check.verification.serverMs)}: every hash and figure is equal.`}
      >
        <button type="button" onClick={verify} className="flex flex-none items-center gap-1.5 pr-1.5 text-11 text-2">
          <Verdict kind="pass" word="verified" /> identical
        </button>
      </Tooltip>
    )
  if (check?.kind === 'busy' && check.cancel !== null)
    return (
      <Tooltip text={`The server runs the same for the record: ${check.step ?? 'asked'}`}>
        <Button size="s" look="quiet" onClick={check.cancel} aria-label="Cancel the run on the server">
          <X size={13} aria-hidden />
          Cancel
        </Button>
      </Tooltip>
    )
  const failed = check?.kind === 'failed'
  return (
    <Tooltip text={failed ? check.message : 'Verify on the server: runs the same there and compares every hash'}>
      <Button
        size="s"
        look="quiet"
        busy={check?.kind === 'busy'}
        disabled={stale}
        onClick={verify}
        aria-label="Verify on the server"
      >
        {check?.kind !== 'busy' && <ShieldCheck size={13} aria-hidden />}
        {failed ? 'Not verified, try again' : 'Verify'}
      </Button>
    </Tooltip>
  )
}
