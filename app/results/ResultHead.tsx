// The title line of a result: how much ran how fast, what the last edit did to the trades, and whether the server agrees.
'use client'
import { useEffect, useState } from 'react'
import type { RunResult } from '../engine/protocol'
import { Button } from '../ui/Button'
import { SyntheticChip } from '../ui/Chip'
import { useLate } from '../ui/Progress'
import { Tooltip } from '../ui/Tooltip'
import { useRun } from '../workbench/run'
import { useDocument, useSession } from '../workbench/session'
import { runAgain } from '../workbench/settings'
import { count, counted, elapsed } from './format'
import { showNode } from './MissingResult'
import { type Missing as MissingPart, missingOf } from './missing'
import { Notices } from './Notices'
import { RunStates } from './RunStates'
import { RunsLink } from './RunsLink'
import { Trials } from './Trials'
import { tradeChange } from './trades'
import { Verify } from './Verify'

const LastEdit = ({ result, previous, label }: { result: RunResult; previous: RunResult | null; label: string }) => {
  const change = previous === null ? null : tradeChange(result.report, previous.report)
  return (
    <Tooltip text={`Last edit: ${label}. Entries that it gained and lost against the run before.`}>
      <button type="button" className="flex min-w-0 cursor-default items-center gap-2 text-11">
        <span className="min-w-0 truncate rounded-[4px] bg-active px-[7px] leading-5 text-1 @max-[580px]:sr-only">
          {label}
        </span>
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

/** What keeps the Play as it stands from running; the figures below, if any, are of the one before. */
const Missing = ({ missing, hasResult }: { missing: MissingPart; hasResult: boolean }) => {
  const { text, hint, node } = missing
  const words = hasResult ? `Earlier result: ${text}` : `No result yet: ${text}`
  const look = 'min-w-0 truncate text-left text-11 text-warn'
  if (node === null) return <span className={look}>{words}</span>
  return (
    <Tooltip text={hint ?? 'Show where'}>
      <button type="button" onClick={() => showNode(node)} className={`${look} rounded-chip hover:underline`}>
        {words}
      </button>
    </Tooltip>
  )
}

/** Nothing runs, and what is shown is not of the Play as it stands: it was cancelled. */
const Idle = ({ words }: { words: string }) => {
  const { store } = useSession()
  return (
    <>
      <span className={hint}>{words}</span>
      <Button size="s" onClick={() => runAgain(store.getState().document.id)}>
        Run
      </Button>
    </>
  )
}

const hint = 'min-w-0 truncate text-11 text-3'

/** A run had begun and was ended before it came to a result. */
const useGivenUp = (waits: boolean): boolean => {
  const kind = useRun((run) => run.status.kind)
  const [began, setBegan] = useState(false)
  if (!waits && began) setBegan(false)
  if (waits && !began && (kind === 'loading' || kind === 'running')) setBegan(true)
  // Between one run and the next there is a moment of rest as well.
  return useLate(waits && began && kind === 'idle')
}

/** What the figures are of; it makes room for what the last edit did. While edits follow each other as fast as runs, the line stays as it is. */
const Hint = ({ edited }: { edited: boolean }) => {
  const { result, stale, problems, status, dataProblem } = useRun()
  const waits = result === null || stale
  const late = useLate(waits)
  const givenUp = useGivenUp(waits)
  const tree = useDocument(({ document }) => document.tree)
  const missing = missingOf({ problems, dataProblem, tree })
  if (missing !== null) return <Missing missing={missing} hasResult={result !== null} />
  if (givenUp) return <Idle words={result === null ? 'No result yet' : 'of the Play before the last edit'} />
  if (result === null) return <span className={hint}>{status.kind === 'failed' ? '' : 'on its way'}</span>
  if (late) {
    const words = status.kind === 'failed' ? 'of the Play before' : 'of the Play before, a newer run is on its way'
    return <span className={hint}>{words}</span>
  }
  const { report, engineMs } = result
  const there = status.kind === 'too_much_data' ? ', on the server' : ''
  return (
    <span className={edited ? `${hint} @max-[680px]:hidden` : hint}>
      {counted(report.range.decisionBars, 'bar')}
      <span className="max-md:hidden">{` in ${elapsed(engineMs)}${there}`}</span>
    </span>
  )
}

export const ResultHead = () => {
  const { result, previous, label, stale } = useRun()
  const edited = result !== null && label !== null && !stale
  return (
    <>
      <header className="@container flex h-9 flex-none items-center gap-2 overflow-hidden bg-panel pr-1.5 pl-3">
        <h2 className="flex-none font-semibold text-1">Result</h2>
        {result?.report.provenance.synthetic === true && <SyntheticChip />}
        <Hint edited={edited} />
        <span className="ml-auto" />
        {edited && <LastEdit result={result} previous={previous} label={label} />}
        {result !== null && <Notices report={result.report} />}
        {result !== null && <Trials result={result} />}
        <RunsLink />
        {result !== null && <Verify result={result} stale={stale} />}
        <Said result={result} />
      </header>
      <RunStates />
    </>
  )
}
