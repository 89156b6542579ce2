// The title line of a result: how much ran how fast, what the last edit did to the trades, and whether the server agrees.
'use client'
import { ShieldCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Verification } from '../engine/engine'
import type { EngineStatus, RunResult } from '../engine/protocol'
import { Button } from '../ui/Button'
import { SyntheticChip } from '../ui/Chip'
import { Fault } from '../ui/Fault'
import { Popover } from '../ui/Popover'
import { Progress, useLate } from '../ui/Progress'
import { Tooltip } from '../ui/Tooltip'
import { Verdict } from '../ui/Verdict'
import { takeSyntheticMarket } from '../workbench/autorun'
import { useRun } from '../workbench/run'
import { useSession } from '../workbench/session'
import { count, counted, elapsed, shortHash } from './format'
import { Notices } from './Notices'
import { tradeChange } from './trades'

const LastEdit = ({ result, previous, label }: { result: RunResult; previous: RunResult | null; label: string }) => {
  const change = previous === null ? null : tradeChange(result.report, previous.report)
  return (
    <Tooltip text={`Last edit: ${label}. Entries that it gained and lost against the run before.`}>
      <button type="button" className="flex min-w-0 cursor-default items-center gap-2 text-11">
        <span className="min-w-0 truncate rounded-[4px] bg-active px-[7px] leading-5 text-1">{label}</span>
        {change !== null && (
          <span className="flex-none">
            <span className="text-pos">+{count(change.gained)}</span>{' '}
            <span className="text-neg">{`\u2212${count(change.lost)}`}</span> trades
          </span>
        )}
      </button>
    </Tooltip>
  )
}

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

const Verify = ({ result, stale }: { result: RunResult; stale: boolean }) => {
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

/** Announced politely, so that who cannot see the figures hears that they are there. */
const Said = ({ result }: { result: RunResult | null }) => {
  const [text, setText] = useState('')
  useEffect(() => {
    if (result === null) return
    const timer = setTimeout(() => setText(`Result: ${counted(result.report.trades.length, 'trade')}.`), 1000)
    return () => clearTimeout(timer)
  }, [result])
  return (
    <span role="status" className="sr-only">
      {text}
    </span>
  )
}

const Working = ({ status }: { status: Extract<EngineStatus, { kind: 'loading' | 'running' }> }) => {
  const { engine } = useSession()
  const late = useLate(true)
  if (!late) return null
  const progress = status.kind === 'loading' ? status.progress : null
  const known = progress !== null && progress.total > 0
  return (
    <div className="flex-none bg-panel px-3 pb-2">
      <Progress
        label={progress?.label ?? 'Running the Play'}
        share={known ? progress.done / progress.total : null}
        {...(known ? { counts: `${count(progress.done)} of ${count(progress.total)}` } : {})}
        onCancel={() => engine.cancel()}
      />
    </div>
  )
}

const Trouble = () => {
  const { store } = useSession()
  const status = useRun((run) => run.status)
  const problem = useRun((run) => run.dataProblem)
  if (problem !== null)
    return (
      <div className="flex-none bg-panel px-3 pb-2">
        <Fault
          title="No data to run on"
          action={
            <Button size="s" onClick={() => takeSyntheticMarket(store)}>
              Use the synthetic market
            </Button>
          }
        >
          {problem.message} {problem.hint}
        </Fault>
      </div>
    )
  if (status.kind === 'failed')
    return (
      <div className="flex-none bg-panel px-3 pb-2">
        <Fault title="The run failed">
          {status.message} {status.hint} The Play and the last result are unchanged.
        </Fault>
      </div>
    )
  return null
}

const Hint = () => {
  const { result, stale, problems, status } = useRun()
  const errors = problems.filter(({ severity }) => severity === 'error').length
  if (errors > 0)
    return <span className="truncate text-11 text-warn">{`of the Play before ${counted(errors, 'problem')}`}</span>
  if (result === null)
    return <span className="truncate text-11 text-3">{status.kind === 'idle' ? 'no run yet' : ''}</span>
  const { report, engineMs } = result
  const bars = `${count(report.range.decisionBars)} bars in ${elapsed(engineMs)}`
  const there = status.kind === 'too_much_data' ? `, on the server: too much for this page` : ''
  return <span className="truncate text-11 text-3">{stale ? 'of the Play before the last edit' : bars + there}</span>
}

export const ResultHead = () => {
  const { result, previous, label, stale, status } = useRun()
  return (
    <>
      <header className="flex h-9 flex-none items-center gap-2 overflow-hidden bg-panel pr-1.5 pl-3">
        <h2 className="flex-none font-semibold text-1">Result</h2>
        {result?.report.provenance.synthetic === true && <SyntheticChip />}
        <Hint />
        <span className="ml-auto" />
        {result !== null && label !== null && !stale && <LastEdit result={result} previous={previous} label={label} />}
        {result !== null && <Notices report={result.report} />}
        {result !== null && <Verify result={result} stale={stale} />}
        <Said result={result} />
      </header>
      {(status.kind === 'loading' || status.kind === 'running') && <Working status={status} />}
      {status.kind === 'restarted' && (
        <p role="status" className="flex-none bg-warn-bg px-3 py-1.5 text-11 text-1">
          {status.message}
        </p>
      )}
      <Trouble />
    </>
  )
}
