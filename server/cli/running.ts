// How every command that runs a Play calls its use-case: files read, ports opened, problems turned into ends.
import type { Problem } from '../../blocks/kit/problem'
import { maxBytes } from '../../blocks/play/text/guard'
import { Failure } from '../core/failure'
import type { RunPorts } from '../run/backtest/ask'
import { framedBars } from '../run/data/framedBars'
import { routeBars } from '../run/data/routeBars'
import type { DocumentText } from '../run/ports'
import type { Surroundings } from './command'
import { filesIn, readText } from './files'
import { areUsage, Stop } from './stop'
import { withData } from './withData'

export const playTexts = async (files: readonly string[]): Promise<readonly DocumentText[]> => {
  const plays: DocumentText[] = []
  for (const file of files) plays.push({ file, text: await readText(file, maxBytes) })
  return plays
}

/** Own Blocks of files and of folders of files. */
export const blockTexts = async (paths: readonly string[] = []): Promise<readonly DocumentText[]> => {
  const files: string[] = []
  for (const path of paths) files.push(...(await filesIn(path, /\.ya?ml$/)))
  return playTexts(files)
}

/** The value of a use-case that may return problems; errors end the command. */
export const settled = <T extends object>(result: T | Failure | Problem[]): T => {
  if (result instanceof Failure) throw result
  if (!isProblems(result)) return result
  // A name on the command line that no Play knows is wrong usage, not a fault of a Play.
  const [first] = result
  const summary = result.length === 1 && first !== undefined ? first.message : `${result.length} problems.`
  throw new Stop(areUsage(result) ? 'usage' : 'problems', summary, result)
}

const isProblems = (result: object): result is Problem[] => Array.isArray(result)

/** Opens the ports of a run for one piece of work. */
export const withRun = <T>(around: Surroundings, work: (ports: RunPorts) => Promise<T>): Promise<T> =>
  withData(around, ({ store, frames, venues, hash }) =>
    work({
      bars: framedBars(routeBars(venues, store), frames),
      hash,
      now: () => performance.now(),
      progress: around.shell.progress,
    }),
  )
