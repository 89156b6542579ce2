// Runs the same on the server and tells whether every hash and figure is equal, or what differs.
'use client'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { Verification } from '../engine/engine'
import type { RunResult } from '../engine/protocol'
import { Button } from '../ui/Button'
import { Popover } from '../ui/Popover'
import { Tooltip } from '../ui/Tooltip'
import { Verdict } from '../ui/Verdict'
import { useSession } from '../workbench/session'
import { counted, elapsed, shortHash } from './format'

type Check =
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly verification: Verification }
  | { readonly kind: 'failed'; readonly message: string }

/** The verdict of the server belongs to one result: another result, no verdict. */
const useVerify = (result: RunResult) => {
  const { engine } = useSession()
  const [held, setHeld] = useState<{ readonly of: RunResult; readonly check: Check } | null>(null)
  const verify = (): void => {
    const tell = (check: Check): void =>
      setHeld((now) => (check.kind !== 'busy' && now?.of !== result ? now : { of: result, check }))
    tell({ kind: 'busy' })
    engine.verify().then(
      (verification) => tell({ kind: 'done', verification }),
      (error: unknown) => tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    )
  }
  return { check: held?.of === result ? held.check : null, verify }
}

const shownValue = (value: string): string => (/^[0-9a-f]{64}$/.test(value) ? shortHash(value) : value)

const Differences = ({ verification: { differences } }: { verification: Verification }) => (
  <Popover
    label="What differs between this page and the server"
    align="end"
    className="max-h-80 w-96 overflow-y-auto"
    trigger={
      <Button size="s" look="danger">
        {counted(differences.length, 'difference')}
      </Button>
    }
  >
    <p className="mb-2">
      The server got something else. Do not trust this result: reload the page, and report it if it comes again.
    </p>
    <table className="w-full text-11">
      <thead className="text-left text-3">
        <tr>
          <th className="font-medium">What</th>
          <th className="font-medium">Here</th>
          <th className="font-medium">Server</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(([name, here, there]) => (
          <tr key={name}>
            <td className="pr-2 align-top text-1">{name}</td>
            <td className="pr-2 align-top font-mono break-all">{shownValue(here)}</td>
            <td className="align-top font-mono break-all">{shownValue(there)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Popover>
)

export const Verify = ({ result, stale }: { result: RunResult; stale: boolean }) => {
  const { check, verify } = useVerify(result)
  if (check?.kind === 'done' && !check.verification.identical) return <Differences verification={check.verification} />
  if (check?.kind === 'done')
    return (
      <Tooltip
        text={`The server ran the same in ${elapsed(check.verification.serverMs)}: every hash and figure is equal.`}
      >
        <button type="button" onClick={verify} className="flex flex-none items-center gap-1.5 text-11 text-2">
          <Verdict kind="pass" word="verified" /> identical
        </button>
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
