// A command of the program in this process, its words kept: quicker than a process of its own, and the same but for signals.
import { runProgram } from '../../../server/cli/runProgram'
import type { Ended } from './command'

export interface Around {
  /** Its working folder; else that of the tests. */
  readonly cwd?: string
  readonly variables?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** A process has one working folder: commands that run at once are to agree on theirs. */
const entered = { home: '', folder: '', commands: 0 }

const inFolder = async <T>(cwd: string | undefined, work: () => Promise<T>): Promise<T> => {
  if (cwd === undefined) return work()
  if (entered.commands === 0) {
    entered.home = process.cwd()
    entered.folder = cwd
    process.chdir(cwd)
  } else if (entered.folder !== cwd) throw new Error(`a command at work is in ${entered.folder}, not in ${cwd}`)
  entered.commands++
  try {
    return await work()
  } finally {
    entered.commands--
    if (entered.commands === 0) process.chdir(entered.home)
  }
}

export const command = async (args: readonly string[], around: Around = {}): Promise<Ended> => {
  const told = { out: '', err: '' }
  const world = {
    streams: {
      out: (text: string) => {
        told.out += text
      },
      err: (text: string) => {
        told.err += text
      },
    },
    variables: around.variables ?? {},
    terminal: { out: false, err: false },
    signal: around.signal ?? new AbortController().signal,
  }
  const code = await inFolder(around.cwd, () => runProgram(args, world))
  return { code, signal: null, ...told }
}
