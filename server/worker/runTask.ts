// A thread of the worker's pool: computes one run of record after the other on data that it keeps open.

import { answerOf, type ThreadAnswer } from '../core/threadAnswer'
import { readEnv } from '../env'
import { runOfPage } from '../run/backtest/verify'
import { framedBars } from '../run/data/framedBars'
import { routeBars } from '../run/data/routeBars'
import type { PageRun } from '../run/ports'
import { openData } from '../wire'

const opened = openData(readEnv(process.env))

export default async (run: PageRun): Promise<ThreadAnswer> => {
  const { store, frames, venues, hash } = await opened
  const bars = framedBars(routeBars(venues, store), frames)
  return answerOf(await runOfPage(run, { bars, hash, now: () => performance.now() }))
}
