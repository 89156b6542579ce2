// Deletes series after it was said what goes and who stands on it; nothing can be pressed before that is known.
'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { useApi, useApiClient } from '../ApiProvider'
import { bytesText, countText } from '../home/sizes'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { Dialog } from '../ui/Dialog'
import { Fault } from '../ui/Fault'
import { notify } from '../ui/notify'
import { SkeletonLines } from '../ui/Skeleton'
import { sentence } from '../ui/sentence'
import type { Removal, SeriesKey } from './api'
import { seriesWord, timeText } from './rows'
import { useStoreChanged } from './useDownloads'

/** One series, or all of an instrument. */
export interface Deletable {
  readonly instrument: string
  readonly key?: SeriesKey
}

const askOf = ({ instrument, key }: Deletable) =>
  key === undefined ? { instrument } : { instrument, kind: key.kind, tf: key.tf }

/** More runs than these are counted. */
const mostNamed = 8

const RunLines = ({ uses: { runs, runCount } }: { uses: NonNullable<Removal['uses']> }) => (
  <>
    <p className="text-1">
      {runCount === 1
        ? 'One run of record stands on it: it keeps its report and cannot be computed again.'
        : `${countText(runCount)} runs of record stand on it: they keep their reports and cannot be computed again.`}
    </p>
    <ul className="my-1 flex flex-col">
      {runs.slice(0, mostNamed).map(({ id, title, state, createdMs }) => (
        <li key={id} className="flex items-baseline justify-between gap-3 py-0.5">
          <Link href={`/run/${id}`} className="min-w-0 truncate rounded-chip text-you hover:underline">
            {title}
          </Link>
          <span className="flex-none text-11 text-3 tabular-nums">
            {state === 'queued' || state === 'running' ? 'on its way' : `${timeText(createdMs).slice(0, 16)} UTC`}
          </span>
        </li>
      ))}
      {runCount > mostNamed && <li className="py-0.5 text-3">{`and ${countText(runCount - mostNamed)} more`}</li>}
    </ul>
  </>
)

const Uses = ({ uses }: Pick<Removal, 'uses'>) => {
  if (uses === null) return <p>No database is named here: which runs of record and Plays stand on it is not known.</p>
  const { runCount, plays } = uses
  if (runCount + plays.length === 0) return <p>No run of record and no Play of this server stands on it.</p>
  return (
    <div>
      {runCount > 0 && <RunLines uses={uses} />}
      {plays.length > 0 && (
        <p>
          {plays.length === 1 ? 'This Play names its market: ' : 'These Plays name its market: '}
          {plays.map(({ id, title }, i) => (
            <span key={id}>
              {i > 0 && ', '}
              <Link href={`/play/${id}`} className="rounded-chip text-you hover:underline">
                {title}
              </Link>
            </span>
          ))}
          .
        </p>
      )}
    </div>
  )
}

const Said = ({ removal: { series, bytes, uses } }: { removal: Removal }) => (
  <div className="flex flex-col gap-2.5 leading-[18px]">
    <ul className="overflow-hidden rounded-card border border-line-1 tabular-nums">
      {series.map((one) => (
        <li
          key={`${one.kind} ${one.tf}`}
          className="flex h-[26px] items-center justify-between gap-3 border-t border-line-1 px-2.5 first:border-0"
        >
          <span className="text-1">{seriesWord(one)}</span>
          <span>{one.rows === null ? 'damaged' : `${countText(one.rows)} rows`}</span>
        </li>
      ))}
    </ul>
    <p>{`${bytesText(bytes)} are freed. There is no way back but to download or import it again.`}</p>
    <Uses uses={uses} />
  </div>
)

const isUsed = ({ uses }: Removal): boolean => uses === null || uses.runCount + uses.plays.length > 0

const useRemoval = (what: Deletable, onGone: () => void) => {
  const client = useApiClient()
  const changed = useStoreChanged()
  const ask = askOf(what)
  const said = useQuery({
    queryKey: ['removal', ask],
    queryFn: () => client.data.remove.mutate({ ...ask, dryRun: true }),
    staleTime: 0,
    gcTime: 0,
  })
  const deleting = useMutation({
    ...useApi().data.remove.mutationOptions(),
    onSuccess: ({ series, bytes, uses, recorded }) => {
      const words = series.map((one) => seriesWord(one)).join(', ')
      notify({
        tone: 'done',
        text: `${what.instrument}: ${words} deleted.`,
        detail: `${bytesText(bytes)} are free again.${uses === null || recorded ? '' : ' The database went away meanwhile: it does not know who deleted it.'}`,
      })
      onGone()
    },
    // A line that was cut says nothing: what is there now does.
    onSettled: changed,
  })
  return { said, deleting, run: () => deleting.mutate({ ...ask, dryRun: false }) }
}

const Open = ({ what, onClose, onGone }: { what: Deletable; onClose: () => void; onGone: () => void }) => {
  const { said, deleting, run } = useRemoval(what, onGone)
  const [knows, setKnows] = useState(false)
  const needed = said.data !== undefined && isUsed(said.data)
  const title = what.key === undefined ? what.instrument : `${what.instrument}, ${seriesWord(what.key)}`
  return (
    <Dialog
      open
      onOpen={(next) => !next && onClose()}
      title={`Delete ${title}`}
      about="What goes, and who stands on it. Nothing was deleted yet."
      foot={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            look="danger"
            busy={deleting.isPending}
            disabled={said.data === undefined || (needed && !knows)}
            onClick={run}
          >
            Delete
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {deleting.error !== null && <Fault title="It may still be there">{sentence(deleting.error.message)}</Fault>}
        {said.data !== undefined ? (
          <Said removal={said.data} />
        ) : said.error !== null ? (
          <Fault title="What would go cannot be told">{sentence(said.error.message)}</Fault>
        ) : (
          <SkeletonLines lines={4} label="It is looked up who stands on it" />
        )}
        {needed && (
          <Checkbox
            label={<span className="text-1">I know what cannot be computed again without it</span>}
            checked={knows}
            onChecked={setKnows}
          />
        )}
      </div>
    </Dialog>
  )
}

export interface DeleteDialogProps {
  /** Null: closed. */
  readonly what: Deletable | null
  readonly onClose: () => void
  readonly onGone?: () => void
}

export const DeleteDialog = ({ what, onClose, onGone }: DeleteDialogProps) =>
  what === null ? null : <Open what={what} onClose={onClose} onGone={onGone ?? onClose} />
