// A download at a server: queued for its worker, followed to its end, cancelled when the command is.
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '../core/failure'
import type { DownloadResult } from '../run/data/download'
import type { DownloadFollowed } from '../run/data/downloadJob'
import type { Surroundings } from './command'
import type { DownloadAsk } from './dataWork'
import type { Remote } from './remote'
import { Stop } from './stop'

const everyMs = 250

interface Following {
  readonly ask: DownloadAsk
  readonly remote: Remote
  readonly around: Surroundings
}

const tellStep = ({ state, step, failure }: DownloadFollowed, { ask, around }: Following): void => {
  if (step !== null) ask.progress?.(step)
  else if (state === 'waiting') around.shell.progress({ label: failure ?? 'waiting for the worker', share: 0 })
}

/** Its end; an interruption cancels a download of one's own and leaves that of another alone. */
const ended = async (
  { id, own }: { readonly id: string; readonly own: boolean },
  following: Following,
): Promise<DownloadFollowed> => {
  const { remote, around } = following
  let given = false
  for (;;) {
    const now = await remote.data.downloaded.query({ id })
    if (now === null) throw new Stop('problems', `there is no download ${id} any more`)
    if (now.state !== 'waiting' && now.state !== 'taken') return now
    tellStep(now, following)
    if (around.signal.aborted && !own) throw new Stop('interrupted', 'the download goes on for who asked for it first')
    if (around.signal.aborted && !given) {
      given = true
      await remote.data.cancelDownload.mutate({ id })
    }
    await sleep(everyMs)
  }
}

const resultOf = ({ state, failure, outcome }: DownloadFollowed): DownloadResult => {
  if (outcome !== null && 'result' in outcome) return outcome.result
  if (state === 'cancelled') throw new Stop('interrupted', 'the download was cancelled')
  if (outcome === null) throw new Stop('bug', failure ?? 'the download failed at the server')
  const { code, message, problems } = outcome.refused
  throw new Failure(code, message, { problems })
}

/** One of the same series that is on its way already may have been asked for otherwise: what it leaves is asked for then. */
export const downloadThere = async (
  queued: Parameters<Remote['data']['download']['mutate']>[0],
  following: Following,
): Promise<DownloadResult> => {
  for (;;) {
    const { id, joined } = await following.remote.data.download.mutate(queued)
    if (joined) following.around.shell.say('a download of this series is on its way already: waiting for its end')
    const end = await ended({ id, own: !joined }, following)
    if (!joined) return resultOf(end)
  }
}
