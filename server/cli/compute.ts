// Plays in files, run and looked into: here with --local, else at a server. The same ask, the same answer.
import { maxBodyBytes } from '../api/body'
import type { RunPorts } from '../run/backtest/ask'
import { storedBacktest } from '../run/backtest/backtest'
import { explain, series } from '../run/backtest/inspect'
import type { AskOf, Computation, Computations, Computed } from '../run/ports'
import type { Surroundings, World } from './command'
import { addressOf, type Remote, type RemoteOptions, withRemote } from './remote'
import { settled, withRun } from './running'
import { problemOf, Stop } from './stop'

type Given<K extends Computation> = Computations[K]['gives']

const here: { readonly [K in Computation]: (ask: AskOf<K>, ports: RunPorts) => Promise<Computed<K>> } = {
  backtest: storedBacktest,
  series,
  explain,
}

type Call<K extends Computation> = (remote: Remote, ask: AskOf<K>, given: { signal: AbortSignal }) => Promise<Given<K>>
const there: { readonly [K in Computation]: Call<K> } = {
  backtest: (remote, ask, given) => remote.run.backtest.mutate(ask, given),
  series: (remote, ask, given) => remote.run.series.mutate(ask, given),
  explain: (remote, ask, given) => remote.run.explain.mutate(ask, given),
}

const small = (ask: object): void => {
  const bytes = Buffer.byteLength(JSON.stringify(ask))
  if (bytes <= maxBodyBytes) return
  const message = `These Plays and their options are ${bytes} bytes to send; a server takes at most ${maxBodyBytes}.`
  throw new Stop('problems', message, [problemOf('too_large', message, 'Add --local to run them here.')])
}

const waitingMs = 250

/** Something to look at while the server works, which says nothing before its end. */
export const whileWaiting = async <T>(work: Promise<T>, label: string, { shell }: Surroundings): Promise<T> => {
  const timer = setInterval(() => shell.progress({ label, share: 0 }), waitingMs)
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}

export interface Place {
  readonly options: RemoteOptions & { readonly local?: boolean }
  readonly world: World
  readonly around: Surroundings
}

/** An interruption ends the work, wherever it is done. */
export const compute = async <K extends Computation>(
  kind: K,
  ask: AskOf<K>,
  { options, world, around }: Place,
): Promise<Given<K>> => {
  if (options.local === true) return settled(await withRun(around, (ports) => here[kind](ask, ports)))
  small(ask)
  return withRemote(options, world, (remote) =>
    whileWaiting(
      there[kind](remote, ask, { signal: around.signal }),
      `${kind} at ${addressOf(options, world)}`,
      around,
    ),
  )
}
