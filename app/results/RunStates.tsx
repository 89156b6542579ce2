// What the run is at, where that needs a word: on its way, failed, started anew, on the server, or without data.
'use client'
import { useEffect, useState } from 'react'
import type { EngineStatus } from '../engine/protocol'
import { Button } from '../ui/Button'
import { Fault } from '../ui/Fault'
import { Progress, useLate } from '../ui/Progress'
import { sentence } from '../ui/sentence'
import { takeSyntheticMarket } from '../workbench/autorun'
import { useRun } from '../workbench/run'
import { useSession } from '../workbench/session'
import { runAgain } from '../workbench/settings'
import { megabytes } from './format'

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
        {...(known ? { counts: `${megabytes(progress.done)} of ${megabytes(progress.total)}` } : {})}
        onCancel={() => engine.cancel()}
      />
    </div>
  )
}

/** Runs go to the server then, which answers no questions about single bars. */
const TooMuch = ({ bytes, budget }: { bytes: number; budget: number }) => (
  <p role="status" className="flex-none bg-warn-bg px-3 py-1.5 text-11 leading-4 text-1">
    {`These data want ${megabytes(bytes)}, this page holds ${megabytes(budget)}: the server ran the Play. Values and reasons of single bars are not told here; choose a shorter range for them.`}
  </p>
)

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
            <span className="flex gap-2">
              <Button size="s" onClick={() => runAgain(store.getState().document.id)}>
                Try again
              </Button>
              <Button size="s" onClick={() => takeSyntheticMarket(store)}>
                Use the synthetic market
              </Button>
            </span>
          }
        >
          {sentence(problem.message)} {problem.hint === null ? null : sentence(problem.hint)}
        </Fault>
      </div>
    )
  if (status.kind === 'failed')
    return (
      <div className="flex-none bg-panel px-3 pb-2">
        <Fault
          title="The run failed"
          action={
            <Button size="s" onClick={() => runAgain(store.getState().document.id)}>
              Try again
            </Button>
          }
        >
          {status.message} {status.hint} The Play and the last result are unchanged.
        </Fault>
      </div>
    )
  return null
}

/** How long it is said that the engine was started anew: it goes on within the second, and must not be missed. */
const saidMs = 8000

const useRestart = (status: EngineStatus): string | null => {
  const [words, setWords] = useState<string | null>(null)
  const now = status.kind === 'restarted' ? status.message : null
  if (now !== null && words !== now) setWords(now)
  useEffect(() => {
    if (words === null) return
    const timer = setTimeout(() => setWords(null), saidMs)
    return () => clearTimeout(timer)
  }, [words])
  return words
}

export const RunStates = () => {
  const status = useRun((run) => run.status)
  const restart = useRestart(status)
  return (
    <>
      {(status.kind === 'loading' || status.kind === 'running') && <Working status={status} />}
      {restart !== null && (
        <p role="status" className="flex-none bg-warn-bg px-3 py-1.5 text-11 text-1">
          {restart}
        </p>
      )}
      {status.kind === 'too_much_data' && <TooMuch bytes={status.bytes} budget={status.budget} />}
      <Trouble />
    </>
  )
}
