// Follows jobs: what they are now, and again whenever one of them has changed, for as long as somebody looks.
import type { JobBoard } from '../stores'

/** News of jobs, shared by all who watch in this process. */
export interface JobNews {
  /** Gives back how to stop. */
  readonly on: (heard: () => void) => () => void
}

/** One ear at the database, however many watch. */
export const shareJobNews = async (board: Pick<JobBoard, 'watch'>): Promise<JobNews> => {
  const ears = new Set<() => void>()
  await board.watch(() => {
    for (const heard of ears) heard()
  })
  return {
    on: (heard) => {
      ears.add(heard)
      return () => void ears.delete(heard)
    },
  }
}

export interface Watching {
  readonly news: JobNews
  readonly signal: AbortSignal
}

/** What `look` sees, now and after every change that can be seen in it. */
export async function* watchJobs<T>(look: () => Promise<T>, { news, signal }: Watching): AsyncGenerator<T> {
  let changed = true
  let wake = (): void => undefined
  let before = ''
  const hear = (): void => {
    changed = true
    wake()
  }
  const quiet = news.on(hear)
  signal.addEventListener('abort', hear)
  try {
    while (!signal.aborted) {
      if (!changed)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      if (signal.aborted) return
      changed = false
      const now = await look()
      const text = JSON.stringify(now)
      if (text !== before) yield now
      before = text
    }
  } finally {
    quiet()
    signal.removeEventListener('abort', hear)
  }
}
