// A thread of the server: runs what a page asks to have run again, so that the process that serves pages never waits.
import { parentPort, workerData } from 'node:worker_threads'
import { answerOf, type ThreadAnswer } from '../core/threadAnswer'
import { readEnv } from '../env'
import { runOfPage } from '../run/backtest/verify'
import { framedBars } from '../run/data/framedBars'
import { routeBars } from '../run/data/routeBars'
import type { PageRun } from '../run/ports'
import { openData } from '../wire'

const answerTo = async (run: PageRun): Promise<ThreadAnswer> => {
  const { store, frames, venues, hash, close } = await openData(readEnv(process.env))
  try {
    const bars = framedBars(routeBars(venues, store), frames)
    return answerOf(await runOfPage(run, { bars, hash, now: () => performance.now() }))
  } finally {
    close()
  }
}

// The one who starts this thread hands it its work.
parentPort?.postMessage(await answerTo(workerData as PageRun))
