// A command of the program in this process, its words kept: quicker than a process of its own, and the same but for signals.
import { runProgram } from '../../../server/cli/runProgram'
import type { Ended } from './command'

export interface Around {
  readonly variables?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

export const command = async (args: readonly string[], { variables = {}, signal }: Around = {}): Promise<Ended> => {
  const told = { out: '', err: '' }
  const code = await runProgram(args, {
    streams: {
      out: (text) => {
        told.out += text
      },
      err: (text) => {
        told.err += text
      },
    },
    variables,
    terminal: { out: false, err: false },
    signal: signal ?? new AbortController().signal,
  })
  return { code, signal: null, ...told }
}
