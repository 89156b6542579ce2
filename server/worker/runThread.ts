// A thread of the server: computes one thing that was asked, so that the process that serves pages never waits.
import { parentPort, workerData } from 'node:worker_threads'
import type { SeriesRows } from '../../blocks/engine/inspect'
import type { Problem } from '../../blocks/kit/problem'
import { Failure } from '../core/failure'
import { answerOf } from '../core/threadAnswer'
import { readEnv } from '../env'
import type { RunPorts } from '../run/backtest/ask'
import { storedBacktest } from '../run/backtest/backtest'
import { explain, series } from '../run/backtest/inspect'
import { runOfPage } from '../run/backtest/verify'
import { framedBars } from '../run/data/framedBars'
import { routeBars } from '../run/data/routeBars'
import type { AskOf, Computation, Computed, PageRun } from '../run/ports'
import { openData } from '../wire'

/** More than the minutes of a leap year: what an answer over HTTP may hold in memory, at its two ends. */
const mostRows = 600_000

const boundedSeries = async (ask: AskOf<'series'>, ports: RunPorts): Promise<SeriesRows | Failure | Problem[]> => {
  const made = await series(ask, ports)
  if (made instanceof Failure || Array.isArray(made) || made.rows.length <= mostRows) return made
  return new Failure(
    'option_wrong',
    `${made.rows.length} bars are more than the ${mostRows} that a server gives at once`,
    {
      hint: 'ask for a shorter range, or add --local',
    },
  )
}

const computations: { readonly [K in Computation]: (ask: AskOf<K>, ports: RunPorts) => Promise<Computed<K>> } = {
  backtest: storedBacktest,
  series: boundedSeries,
  explain,
}

/** As createRunThreads hands it over. */
type Task = { readonly kind: 'page'; readonly ask: PageRun } | { [K in Computation]: Asked<K> }[Computation]
interface Asked<K extends Computation> {
  readonly kind: K
  readonly ask: AskOf<K>
}

const computed = <K extends Computation>({ kind, ask }: Asked<K>, ports: RunPorts): Promise<Computed<K>> =>
  computations[kind](ask, ports)

const answerTo = async (task: Task) => {
  const { store, frames, venues, hash, close } = await openData(readEnv(process.env))
  try {
    const ports = { bars: framedBars(routeBars(venues, store), frames), hash, now: () => performance.now() }
    return answerOf<object>(await (task.kind === 'page' ? runOfPage(task.ask, ports) : computed(task, ports)))
  } finally {
    close()
  }
}

// The one who starts this thread hands it its work.
parentPort?.postMessage(await answerTo(workerData as Task))
