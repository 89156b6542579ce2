// Waits for the end of a run on a server, with its progress; an interruption cancels the run there.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Problem } from '../../blocks/kit/problem'
import type { Surroundings } from './command'
import type { Remote } from './remote'
import { problemOf, Stop } from './stop'

const everyMs = 250

/** Resolves when it ended well; any other end is that of the command. */
export const follow = async (remote: Remote, id: string, { shell, signal }: Surroundings): Promise<void> => {
  let given = false
  for (;;) {
    const run = await remote.run.get.query({ id })
    if (run === null) throw new Stop('problems', `there is no run ${id}`)
    const { state, progress, problems, failure } = run
    if (state === 'done') return
    if (state === 'cancelled') throw new Stop('interrupted', 'the run was cancelled')
    if (state === 'failed') throw new Stop('bug', failure ?? 'the run failed on the server')
    if (state === 'refused') {
      const told = problems as readonly Problem[]
      throw new Stop('problems', told[0]?.message ?? 'the server refused the run', told)
    }
    if (progress !== null) shell.progress(progress)
    if (signal.aborted && !given) {
      given = true
      await remote.run.cancel.mutate({ id })
    }
    await sleep(everyMs)
  }
}

export const noSuch = (what: string, hint: string): Stop =>
  new Stop('problems', what, [problemOf('file_not_found', what, hint)])
