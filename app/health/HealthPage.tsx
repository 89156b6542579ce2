// Health: every part with its state, a sentence, and what to do; asked again every few seconds.
'use client'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../ApiProvider'
import { Button } from '../ui/Button'
import { Fault } from '../ui/Fault'
import { Panel } from '../ui/Panel'
import { Skeleton } from '../ui/Skeleton'
import { sentence } from '../ui/sentence'
import { Verdict, type VerdictKind } from '../ui/Verdict'
import { PlainBar, Shell } from '../workbench/Shell'
import { type HealthRow, parts, stateWords, summaryOf } from './rows'

const againMs = 5000

const kinds: Readonly<Record<HealthRow['state'], VerdictKind>> = { ok: 'pass', off: 'wait', trouble: 'fail' }
const tones: Readonly<Record<HealthRow['state'], string>> = { ok: 'text-2', off: 'text-3', trouble: 'text-neg' }

const grid =
  'grid grid-cols-[232px_76px_minmax(0,1fr)] gap-x-3 px-3 max-md:grid-cols-[minmax(0,1fr)_auto] border-t border-line-1'

const Part = ({ row: { name, state, word, hint } }: { row: HealthRow }) => (
  <li className={`${grid} py-2.5`}>
    <div className="min-w-0">
      <h3 className="truncate text-12 leading-4 font-medium text-1">{parts[name].title}</h3>
      <p className="text-11 leading-4 text-3">{parts[name].does}</p>
    </div>
    <span className={`inline-flex h-4 items-center gap-1.5 text-12 ${tones[state]}`}>
      <span aria-hidden className="inline-flex">
        <Verdict kind={kinds[state]} word="" />
      </span>
      {stateWords[state]}
    </span>
    <div className="min-w-0 text-12 leading-4 break-words tabular-nums max-md:col-span-full max-md:mt-1">
      <p className={state === 'off' ? 'text-3' : 'text-1'}>{sentence(word)}</p>
      {hint !== null && <p className="mt-0.5 text-11 leading-4 text-2">What to do: {hint}</p>}
    </div>
  </li>
)

const Waiting = () => (
  <ul role="status" aria-label="Asking the server">
    {Object.values(parts).map(({ title }) => (
      <li key={title} className={`${grid} h-[53px] items-center`}>
        <Skeleton className="w-[96px]" />
        <Skeleton className="w-[44px]" />
        <Skeleton className="w-3/5 max-md:hidden" />
      </li>
    ))}
  </ul>
)

const Away = ({ seen, again, busy }: { seen: boolean; again: () => void; busy: boolean }) => (
  <div className="px-3 pb-3">
    <Fault
      title="The server does not answer"
      action={
        <Button size="s" busy={busy} onClick={again}>
          Try again
        </Button>
      }
    >
      It is asked again every few seconds. If it was stopped, start it again with <code>npm start</code>; what you draw
      meanwhile is kept in this browser.{seen && ' Below is what it said last.'}
    </Fault>
  </div>
)

export const HealthPage = () => {
  const api = useApi()
  const { data, isError, isFetching, refetch } = useQuery(
    api.system.health.queryOptions(undefined, { refetchInterval: againMs, staleTime: 0 }),
  )
  return (
    <Shell bar={<PlainBar title="Health" />} at="health">
      <main className="min-h-0 overflow-y-auto bg-app p-3">
        <h1 className="sr-only">Health</h1>
        <Panel
          card
          title="What runs here"
          hint={data === undefined || isError ? undefined : summaryOf(data)}
          className="mx-auto max-w-[880px]"
        >
          {isError && <Away seen={data !== undefined} again={() => void refetch()} busy={isFetching} />}
          {data === undefined ? (
            !isError && <Waiting />
          ) : (
            <ul className={isError ? 'grayscale' : ''}>
              {data.map((row) => (
                <Part key={row.name} row={row} />
              ))}
            </ul>
          )}
        </Panel>
      </main>
    </Shell>
  )
}
