// Downloads on their way with the way out, and the last that ended with what came of them.
'use client'
import { useMutation } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useApi } from '../ApiProvider'
import { Button } from '../ui/Button'
import { notify } from '../ui/notify'
import { Progress } from '../ui/Progress'
import { sentence } from '../ui/sentence'
import { Verdict, type VerdictKind } from '../ui/Verdict'
import type { DownloadAsk, DownloadNow } from './api'
import { askOf, downloadWord, endText, isOpen, stepText } from './downloads'

/** Asks for downloads; what is refused or joined is said. */
export const useAskDownload = () => {
  const { mutateAsync, isPending } = useMutation(useApi().data.download.mutationOptions())
  return {
    busy: isPending,
    /** False: it was refused. */
    ask: async (what: DownloadAsk): Promise<boolean> => {
      try {
        const { joined } = await mutateAsync(what)
        if (joined)
          notify({
            tone: 'done',
            text: `${downloadWord(what)} is on its way already.`,
            detail: 'It goes on as it was asked for; ask again when it has ended for another range.',
          })
        return true
      } catch (error) {
        notify({
          tone: 'error',
          text: 'Not asked for.',
          detail: error instanceof Error ? error.message : String(error),
        })
        return false
      }
    },
  }
}

const useCancel = (): ((id: string) => void) => {
  const { mutate } = useMutation({
    ...useApi().data.cancelDownload.mutationOptions(),
    onError: (error) => notify({ tone: 'error', text: 'Not cancelled.', detail: error.message }),
  })
  return (id) => mutate({ id })
}

const Open = ({ now }: { now: DownloadNow }) => {
  const cancel = useCancel()
  return (
    <>
      <Progress
        label={downloadWord(now)}
        share={now.step === undefined ? null : now.step.share}
        counts={<span title={stepText(now)}>{stepText(now)}</span>}
        {...(now.cancelling ? {} : { onCancel: () => cancel(now.id) })}
      />
      {now.failure !== null && <p className="mt-1 px-0.5 text-11 leading-4 text-warn">{sentence(now.failure)}</p>}
    </>
  )
}

const verdicts: Readonly<Record<string, readonly [VerdictKind, string]>> = {
  done: ['pass', 'done'],
  failed: ['fail', 'failed'],
  cancelled: ['no', 'cancelled'],
}

const Ended = ({ now }: { now: DownloadNow }) => {
  const { ask, busy } = useAskDownload()
  const [kind, word] = verdicts[now.state] ?? ['wait', now.state]
  return (
    <div className="flex items-start gap-2 px-0.5">
      <span className="mt-0.5 flex-none">
        <Verdict kind={kind} word={word} />
      </span>
      <div className="min-w-0 flex-1 leading-4">
        <p className="truncate text-12 text-1">{downloadWord(now)}</p>
        <p className="text-11 text-3">{endText(now)}</p>
        {(now.trouble?.details ?? []).map((detail) => (
          <p key={detail} className="text-11 text-3">
            {detail}
          </p>
        ))}
      </div>
      {now.state !== 'done' && (
        <Button size="s" look="quiet" busy={busy} onClick={() => void ask(askOf(now))}>
          <RotateCw size={12} aria-hidden />
          {now.state === 'cancelled' ? 'Go on' : 'Try again'}
        </Button>
      )}
    </div>
  )
}

export const DownloadList = ({ downloads }: { downloads: readonly DownloadNow[] }) => (
  <ul aria-label="Downloads" className="flex flex-col gap-3 text-12">
    {downloads.map((now) => (
      <li key={now.id} data-state={now.state}>
        {isOpen(now) ? <Open now={now} /> : <Ended now={now} />}
      </li>
    ))}
  </ul>
)
