// Follows jobs: what they are now, and again whenever one of them has changed, for as long as somebody looks.
import { Bell } from '../bell'
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
  const bell = new Bell(signal)
  const quiet = news.on(bell.ring)
  let before = ''
  try {
    while (await bell.heard()) {
      const now = await look()
      const text = JSON.stringify(now)
      if (text !== before) yield now
      before = text
    }
  } finally {
    quiet()
    bell.close()
  }
}
