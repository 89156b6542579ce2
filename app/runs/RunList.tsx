// The runs of record of all Plays or of one: live, to be cancelled, opened, and two of them compared.
'use client'
import { GitCompare, X } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useApiClient } from '../ApiProvider'
import { counted } from '../results/format'
import { useKeeps } from '../results/useKeeps'
import { Button } from '../ui/Button'
import { Chip } from '../ui/Chip'
import { Empty } from '../ui/Empty'
import { Fault } from '../ui/Fault'
import { notify } from '../ui/notify'
import { sentence } from '../ui/sentence'
import { PlainBar, Shell } from '../workbench/Shell'
import { RunTable, RunTableLoading } from './RunTable'
import { chosenWith, comparisonOf, type RunRow } from './runs'
import { useNow } from './useNow'
import { useRuns } from './useRuns'

const messageOf = (error: unknown): string => sentence(error instanceof Error ? error.message : String(error))

const useCancel = () => {
  const api = useApiClient()
  return (id: string): void => {
    api.run.cancel.mutate({ id }).then(
      (was) => {
        if (!was) notify({ tone: 'done', text: 'The run had ended already.' })
      },
      (error: unknown) => notify({ tone: 'error', text: 'The run was not cancelled', detail: messageOf(error) }),
    )
  }
}

/** Whose runs they are, with the way to all. */
const OfPlay = ({ rows }: { rows: readonly RunRow[] | null }) => (
  <Link
    href="/runs"
    aria-label="Show the runs of all Plays"
    className="inline-flex h-5 min-w-0 items-center gap-1 rounded-[4px] bg-you-bg px-[7px] text-11 font-medium text-you hover:bg-active"
  >
    <span className="truncate">{rows?.[0]?.title ?? 'this Play'}</span>
    <X size={11} className="flex-none" aria-hidden />
  </Link>
)

const None = ({ playId }: { playId: string | null }) => {
  const keeps = useKeeps()
  return (
    <Empty
      title="No runs yet"
      action={
        <Link href={playId === null ? '/' : `/play/${playId}`} className="text-you hover:underline">
          {playId === null ? 'Open a Play' : 'Open the Play'}
        </Link>
      }
    >
      {keeps
        ? 'Verify in the results of a Play runs it on the server and keeps what came of it here.'
        : 'This server keeps no runs: it was started without a database. Start it with npm start.'}
    </Empty>
  )
}

const Middle = ({ children }: { children: ReactNode }) => (
  <div className="grid min-h-0 flex-1 place-content-center overflow-y-auto p-6 [&>*]:max-w-[460px]">{children}</div>
)

const Head = ({
  playId,
  runs,
  children,
}: {
  playId: string | null
  runs: ReturnType<typeof useRuns>
  children: ReactNode
}) => {
  const { rows, hasNextPage, live, isError } = runs
  return (
    <header className="flex h-10 flex-none items-center gap-2 border-b border-line-1 px-3">
      <h1 className="font-semibold whitespace-nowrap text-1">{playId === null ? 'Runs' : 'Runs of'}</h1>
      {playId !== null && <OfPlay rows={rows} />}
      {rows !== null && rows.length > 0 && (
        <span className="text-11 whitespace-nowrap text-3">{`${counted(rows.length, 'run')}${hasNextPage ? ' and more' : ''}`}</span>
      )}
      {!live && !isError && <Chip tone="warn">not live: the server is away</Chip>}
      <span className="ml-auto flex items-center gap-2 max-md:hidden">{children}</span>
    </header>
  )
}

export const RunList = ({ playId }: { playId: string | null }) => {
  const runs = useRuns(playId)
  const cancel = useCancel()
  const router = useRouter()
  const nowMs = useNow()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const { rows, error, isError, isFetching, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = runs
  const comparison = comparisonOf(rows ?? [], chosen)
  const missing = 2 - chosen.length
  return (
    <Shell bar={<PlainBar title="Runs" />} at="runs" {...(playId === null ? {} : { play: playId })}>
      <main className="flex min-h-0 flex-col bg-panel">
        <Head playId={playId} runs={runs}>
          <span className="text-11 text-3">
            {missing === 0 ? '' : `Choose ${missing === 2 ? 'two runs' : 'one more'} to compare`}
          </span>
          <Button
            size="s"
            disabled={comparison === null}
            onClick={() => comparison !== null && router.push(comparison)}
          >
            <GitCompare size={13} aria-hidden />
            Compare
          </Button>
        </Head>
        {rows === null && !isError && <RunTableLoading />}
        {rows === null && isError && (
          <Middle>
            <Fault
              title="The runs cannot be read"
              action={
                <Button size="s" busy={isFetching} onClick={() => void refetch()}>
                  Try again
                </Button>
              }
            >
              {messageOf(error)} Nothing was changed; runs on their way go on.
            </Fault>
          </Middle>
        )}
        {rows !== null && rows.length === 0 && (
          <Middle>
            <None playId={playId} />
          </Middle>
        )}
        {rows !== null && rows.length > 0 && (
          <RunTable
            rows={rows}
            nowMs={nowMs}
            chosen={chosen}
            onChoose={(id) => setChosen((now) => chosenWith(now, id))}
            onCancel={cancel}
            onOlder={hasNextPage ? () => void fetchNextPage() : null}
            busy={isFetchingNextPage}
          />
        )}
      </main>
    </Shell>
  )
}
