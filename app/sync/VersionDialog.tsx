// An old version beside the Play as it is now, and the way back to it: one step of the history.
'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '../ApiProvider'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Fault } from '../ui/Fault'
import { notify } from '../ui/notify'
import { SkeletonLines } from '../ui/Skeleton'
import { useDocument, useSession } from '../workbench/session'
import { type Content, contentOf, markOf, typedOf } from './content'
import { openLocal } from './openLocal'
import { SideBySide } from './SideBySide'

const useNow = (): Content => {
  const document = useDocument((state) => state.document)
  const loose = useDocument((state) => state.loose)
  return useMemo(() => contentOf({ ...document, loose: loose?.text ?? null }), [document, loose])
}

const dayOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

interface Kept {
  readonly number: number
  readonly note: string
  readonly createdMs: number
  readonly playHash: string
  readonly logicHash: string
  readonly yaml: string
  readonly sidecar: object
}

const Facts = ({ kept }: { kept: Kept }) => (
  <dl className="mb-3 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-11">
    <dt className="text-3">Kept</dt>
    <dd className="text-1">{dayOf(kept.createdMs)}</dd>
    <dt className="text-3">Note</dt>
    <dd className="break-words text-1">{kept.note === '' ? 'none, a run kept it' : kept.note}</dd>
    <dt className="text-3">Play hash</dt>
    <dd className="font-mono break-all text-1">{kept.playHash}</dd>
    <dt className="text-3">Logic hash</dt>
    <dd className="font-mono break-all text-1">{kept.logicHash}</dd>
  </dl>
)

const titleIn = (yaml: string): string => typedOf({ yaml, sidecar: {}, loose: null })?.tree.title ?? ''

/** The version that is looked at, and its content as one of this Play. */
const useKept = (id: string) => {
  const { data, error, refetch, isFetching } = useQuery(useApi().play.version.queryOptions({ id }))
  const kept = data ?? null
  const content = useMemo<Content | null>(
    () =>
      kept && {
        title: titleIn(kept.yaml),
        yaml: kept.yaml,
        sidecar: kept.sidecar as Record<string, unknown>,
        loose: null,
      },
    [kept],
  )
  const again = (): void => void refetch()
  return { kept, content, failed: data === null || (data === undefined && error !== null), again, asking: isFetching }
}

const Missing = ({ asking, again }: { asking: boolean; again: () => void }) => (
  <Fault
    title="This version cannot be had now"
    action={
      <Button busy={asking} onClick={again}>
        Try again
      </Button>
    }
  >
    Nothing was changed.
  </Fault>
)

const Beside = ({ kept, content, now }: { kept: Kept; content: Content; now: Content }) => (
  <>
    <Facts kept={kept} />
    <h3 className="mb-1 text-11 text-3">From version {kept.number} to now</h3>
    {isSame(content, now) ? (
      <p className="text-2">It is what is open now.</p>
    ) : (
      <SideBySide left={{ name: `Version ${kept.number}`, content }} right={{ name: 'Now', content: now }} />
    )}
  </>
)

const isSame = (content: Content, now: Content): boolean => markOf({ ...content, title: now.title }) === markOf(now)

export const VersionDialog = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const { store } = useSession()
  const { kept, content, failed, again, asking } = useKept(id)
  const readOnly = useDocument((state) => state.readOnly)
  const now = useNow()
  const typed = content && typedOf(content)
  const back = (): void => {
    if (typed === null || kept === null) return
    openLocal(store, () => Promise.resolve(true)).put(typed, `Bring back version ${kept.number}`)
    const undo = { label: 'Undo', run: () => store.getState().undo() }
    notify({ tone: 'done', text: `Version ${kept.number} is back.`, action: undo })
    onClose()
  }
  const able = typed !== null && !readOnly && content !== null && !isSame(content, now)
  return (
    <Dialog
      open
      onOpen={(open) => !open && onClose()}
      wide="full"
      title={kept === null ? 'Version' : `Version ${kept.number}`}
      about="A version never changes. Bringing it back is one step of the history: undo leads to what is open now."
      foot={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" disabled={!able} onClick={back}>
            Bring it back
          </Button>
        </>
      }
    >
      {failed && <Missing asking={asking} again={again} />}
      {!failed && kept === null && <SkeletonLines lines={5} label="The version is on its way" />}
      {kept !== null && content !== null && <Beside kept={kept} content={content} now={now} />}
    </Dialog>
  )
}
