// A thread of the worker's pool: computes one run of record after the other on data that it keeps open.
import type { MessagePort } from 'node:worker_threads'
import type { Report } from '../../blocks/engine/report/document'
import { answerOf, type ThreadAnswer } from '../core/threadAnswer'
import { readEnv } from '../env'
import { runOfPage } from '../run/backtest/verify'
import { framedBars } from '../run/data/framedBars'
import { routeBars } from '../run/data/routeBars'
import type { PageRun, Progress } from '../run/ports'
import { openData } from '../wire'

const opened = openData(readEnv(process.env))

export default async ({ run, told }: { run: PageRun; told: MessagePort }): Promise<ThreadAnswer<Report>> => {
  const { store, frames, venues, hash } = await opened
  const bars = framedBars(routeBars(venues, store), frames)
  const progress: Progress = (step) => told.postMessage(step)
  try {
    return answerOf(await runOfPage(run, { bars, hash, now: () => performance.now(), progress }))
  } finally {
    told.close()
  }
}
