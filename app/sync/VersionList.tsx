// Keeps a version with a note, and lists those that are kept: number, note, when, its hash, and how often it was run.
'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'
import { useState } from 'react'
import { useApi } from '../ApiProvider'
import { ago } from '../document/times'
import { counted, shortHash } from '../results/format'
import { Button } from '../ui/Button'
import { SkeletonLines } from '../ui/Skeleton'
import { TextField } from '../ui/TextField'
import { useMenus } from '../workbench/menus'
import { useDocument, useSession } from '../workbench/session'
import { contentOf } from './content'
import { useVersions } from './versions'

interface Told {
  readonly problems?: readonly { readonly message: string }[]
  readonly hint?: string | null
}

/** What is wrong, a sentence each. */
const sentencesOf = (error: unknown): readonly string[] => {
  if (!(error instanceof TRPCClientError)) return [error instanceof Error ? error.message : String(error)]
  const told = error.data as Told | null | undefined
  if (told === null || told === undefined)
    return ['The server does not answer. Your Play is saved in this browser; keep the version once it is back.']
  const problems = told.problems?.map(({ message }) => message) ?? []
  return problems.length > 0 ? problems : [error.message]
}

const usePublish = (newest: number) => {
  const api = useApi()
  const queries = useQueryClient()
  const { store } = useSession()
  const publishing = useMutation(
    api.play.publish.mutationOptions({ onSuccess: () => queries.invalidateQueries(api.play.versions.pathFilter()) }),
  )
  const keep = (note: string, onKept: () => void): void => {
    const { document, loose } = store.getState()
    const { yaml, sidecar } = contentOf({ ...document, loose: loose?.text ?? null })
    publishing.mutate({ id: document.id, yaml, sidecar, note }, { onSuccess: onKept })
  }
  const made = publishing.data
  const said =
    made === undefined
      ? null
      : made.number > newest || publishing.variables?.note !== ''
        ? `Version ${made.number} is kept.`
        : `Nothing changed since version ${made.number}.`
  return {
    keep,
    busy: publishing.isPending,
    said,
    faults: publishing.error === null ? [] : sentencesOf(publishing.error),
  }
}

const Keep = ({ newest }: { newest: number }) => {
  const [note, setNote] = useState('')
  const { keep, busy, said, faults } = usePublish(newest)
  const loose = useDocument((state) => state.loose)
  return (
    <form
      className="flex flex-col gap-2 border-b border-line-1 p-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) keep(note.trim(), () => setNote(''))
      }}
    >
      <div className="flex gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            aria-label="Note of the version"
            value={note}
            maxLength={500}
            placeholder="What is different, in a few words"
            onText={setNote}
          />
        </div>
        <Button type="submit" busy={busy} disabled={loose !== null}>
          Keep a version
        </Button>
      </div>
      <div aria-live="polite" className="text-11 leading-4">
        {loose !== null && <p className="text-3">The text is no Play yet: finish it first.</p>}
        {said !== null && <p className="text-2">{said}</p>}
        {faults.length > 0 && (
          <ul role="alert" className="text-neg">
            {faults.slice(0, 3).map((one) => (
              <li key={one}>{one}</li>
            ))}
            {faults.length > 3 && <li>and {counted(faults.length - 3, 'more problem')}</li>}
          </ul>
        )}
      </div>
    </form>
  )
}

interface Line {
  readonly id: string
  readonly number: number
  readonly note: string
  readonly createdMs: number
  readonly playHash: string
}

const Row = ({ line, runs, nowMs }: { line: Line; runs: number; nowMs: number }) => (
  <li>
    <button
      type="button"
      onClick={() => {
        useMenus.setState({ open: null })
        useVersions.setState({ looking: line.id })
      }}
      className="flex w-full items-baseline gap-2 px-3 py-1.5 text-left hover:bg-hover"
    >
      <b className="w-7 flex-none text-1 tabular-nums">v{line.number}</b>
      <span className="min-w-0 flex-1 truncate text-1">
        {line.note === '' ? <span className="text-3">kept by a run</span> : line.note}
      </span>
      <span className="flex-none text-11 text-3">{runs > 0 && counted(runs, 'run')}</span>
      <span className="flex-none font-mono text-11 text-3">{shortHash(line.playHash)}</span>
      <span className="w-20 flex-none text-right text-11 text-3">{ago(line.createdMs, nowMs)}</span>
    </button>
  </li>
)

const Lines = ({ lines, playId }: { lines: readonly Line[]; playId: string }) => {
  const [nowMs] = useState(() => Date.now())
  const runs =
    useQuery(useApi().run.list.queryOptions({ playId, most: 500, figures: false }, { staleTime: 0 })).data ?? []
  const runsOf = (id: string): number => runs.filter(({ playVersionId }) => playVersionId === id).length
  return (
    <ol aria-label="Versions, newest first" className="max-h-[50vh] overflow-y-auto py-1">
      {lines.map((line) => (
        <Row key={line.id} line={line} runs={runsOf(line.id)} nowMs={nowMs} />
      ))}
    </ol>
  )
}

export const VersionList = () => {
  const playId = useDocument(({ document }) => document.id)
  const { data, error, refetch, isFetching } = useQuery(
    useApi().play.versions.queryOptions({ id: playId }, { staleTime: 0 }),
  )
  return (
    <>
      <Keep newest={data?.[0]?.number ?? 0} />
      {data === undefined && error === null && <SkeletonLines lines={2} label="Versions are on their way" />}
      {data === undefined && error !== null && (
        <div className="flex items-center gap-2 p-3 text-11 text-3">
          <span className="flex-1">Versions cannot be had now: {sentencesOf(error)[0]}</span>
          <Button size="s" busy={isFetching} onClick={() => void refetch()}>
            Try again
          </Button>
        </div>
      )}
      {data?.length === 0 && (
        <p className="p-3 text-11 leading-4 text-3">
          No version yet. A version never changes: keep one before you try something, and each run on the server keeps
          one.
        </p>
      )}
      {data !== undefined && data.length > 0 && <Lines lines={data} playId={playId} />}
    </>
  )
}
