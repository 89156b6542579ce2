// A run for the record: queued at the server with the version that it runs, followed step by step, its report at the end.
import type { TRPCClient } from '@trpc/client'
import type { Report } from '../../blocks/engine/report/document'
import type { AppRouter } from '../../server/api/router'
import type { PlayDocument } from '../document/store'
import type { RunRequest } from '../engine/protocol'

export type RecordApi = TRPCClient<AppRouter>

export interface Following {
  /** Gives the run up, here and there. */
  readonly signal: AbortSignal
  /** Nobody looks any more: the run goes on, its line is closed. */
  readonly left?: AbortSignal
  /** What the worker is at, in a word or two. */
  readonly tell: (step: string) => void
}

interface Now {
  readonly state: 'queued' | 'running' | 'done' | 'refused' | 'failed' | 'cancelled'
  readonly progress: { readonly label: string } | null
  readonly failure: string | null
  readonly problems: readonly { readonly message: string }[]
}

const stepOf = ({ state, progress }: Now): string => (state === 'queued' ? 'queued' : (progress?.label ?? 'running'))

/** Null: it is done. */
const trouble = ({ state, failure, problems }: Now): string | null => {
  if (state === 'cancelled') return 'The run on the server was cancelled.'
  if (state === 'failed') return failure ?? 'The run on the server failed.'
  if (state === 'refused') return problems[0]?.message ?? 'The server refused the run.'
  return null
}

/** Resolves when it is done; rejects with a sentence when it ends otherwise. */
export const endOfRun = (api: RecordApi, id: string, { signal, left, tell }: Following): Promise<void> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => {
      api.run.cancel.mutate({ id }).catch(reject)
    }
    const leave = (): void => {
      watching.unsubscribe()
      signal.removeEventListener('abort', giveUp)
      left?.removeEventListener('abort', goAway)
    }
    const goAway = (): void => {
      leave()
      reject(new Error('The page was left.'))
    }
    const watching = api.run.watch.subscribe(
      { id },
      {
        onData: (now) => {
          if (now.state === 'queued' || now.state === 'running') {
            tell(stepOf(now))
            return
          }
          leave()
          const sentence = trouble(now)
          if (sentence === null) resolve()
          else reject(new Error(sentence))
        },
        onError: (error) => {
          leave()
          reject(error)
        },
      },
    )
    signal.addEventListener('abort', giveUp)
    left?.addEventListener('abort', goAway)
    if (signal.aborted) giveUp()
    if (left?.aborted === true) goAway()
  })

export const runForRecord = async (
  api: RecordApi,
  { document, request }: { readonly document: Pick<PlayDocument, 'id' | 'sidecar'>; readonly request: RunRequest },
  following: Following,
): Promise<Report> => {
  const { tree, sets, settings, fromMs, toMs } = request
  const run = { tree, sets, settings, fromMs, toMs }
  const { id } = await api.run.queue.mutate({ playId: document.id, sidecar: document.sidecar, run })
  await endOfRun(api, id, following)
  return api.run.report.query({ id })
}
