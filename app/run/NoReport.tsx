// A run that has no report: on its way with what it is at, refused or failed with why, cancelled, or not there at all.
'use client'
import Link from 'next/link'
import { useState } from 'react'
import { useApiClient } from '../ApiProvider'
import { isOver, type RunRow, stepOf, whyNone } from '../runs/runs'
import { Button } from '../ui/Button'
import { Empty } from '../ui/Empty'
import { Fault } from '../ui/Fault'
import { Progress } from '../ui/Progress'
import { sentence } from '../ui/sentence'
import { Message, Shell } from '../workbench/Shell'
import { RunBar } from './RunBar'

const look = 'text-you hover:underline'

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const NoRun = ({ message, busy, onAgain }: { message: string | null; busy: boolean; onAgain: () => void }) => (
  <Message title="Run" at="runs">
    {message === null ? (
      <Empty
        title="There is no such run"
        action={
          <Link href="/runs" className={look}>
            Show all runs
          </Link>
        }
      >
        This address names no run that this server keeps.
      </Empty>
    ) : (
      <Fault
        title="The run cannot be read"
        action={
          <Button size="s" busy={busy} onClick={onAgain}>
            Try again
          </Button>
        }
      >
        {sentence(message)} Nothing was changed; a run on its way goes on.
      </Fault>
    )}
  </Message>
)

/** What the command line says of files is on the page a place. */
const pageHint = (hint: string): string =>
  hint.includes('playloom ') ? 'bring its bars in under Data, or choose another market in the Play' : hint

const OnItsWay = ({ run }: { run: RunRow }) => {
  const api = useApiClient()
  const [trouble, setTrouble] = useState<string | null>(null)
  const cancel = (): void => {
    setTrouble(null)
    api.run.cancel.mutate({ id: run.id }).catch((error: unknown) => setTrouble(messageOf(error)))
  }
  return (
    <div className="w-[min(460px,80vw)]">
      <Progress
        label={run.state === 'queued' ? 'Queued' : 'Running on the server'}
        share={run.progress?.share ?? null}
        counts={stepOf(run)}
        {...(run.cancelling ? {} : { onCancel: cancel })}
      />
      {trouble !== null && <p className="mt-2 text-11 text-neg">{sentence(trouble)}</p>}
    </div>
  )
}

const Ended = ({ run }: { run: RunRow }) => {
  const way = (
    <Link href={`/play/${run.playId}`} className={look}>
      Open the Play
    </Link>
  )
  if (run.state === 'cancelled')
    return (
      <Empty title="Cancelled" action={way}>
        It was cancelled before it ended: nothing was kept of it.
      </Empty>
    )
  const title = run.state === 'refused' ? 'The server refused this run' : 'This run failed'
  return (
    <Fault title={title} action={way}>
      {run.problems.length === 0 ? (
        sentence(whyNone(run))
      ) : (
        <ul className="flex flex-col gap-1.5">
          {run.problems.map(({ code, message, hint }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes, whose lines may be equal
            <li key={`${i} ${code}`}>
              {sentence(message)} {hint === undefined ? null : sentence(pageHint(hint))}
            </li>
          ))}
        </ul>
      )}
    </Fault>
  )
}

export const NoReport = ({ run }: { run: RunRow }) => (
  <Shell bar={<RunBar run={run} report={null} face="overview" onFace={() => {}} />} at="runs" play={run.playId}>
    <main className="grid min-h-0 place-content-center overflow-y-auto bg-app p-6 [&>*]:max-w-[520px]">
      {isOver(run) ? <Ended run={run} /> : <OnItsWay run={run} />}
    </main>
  </Shell>
)
