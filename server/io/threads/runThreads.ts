// Runs in threads of their own, one after the other: a page waits for its answer, not the server for the run.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Problem } from '../../../blocks/kit/problem'
import { Failure } from '../../core/failure'
import { settle, type ThreadAnswer } from '../../core/threadAnswer'
import type { ComputePort, RunPort } from '../../run/ports'

export interface ThreadOptions {
  readonly dataDir: string
  /** Root of the program: where its built thread lies, or its sources. */
  readonly root: string
  /** Sources rather than what was built last. */
  readonly development: boolean
}

/** Runs that may wait behind the one at work. */
const mostWaiting = 8
/** Longer than any run of data that this machine can hold. */
const patienceMs = 10 * 60_000
const memoryMb = 4096

// Asked for at run time: a bundler that sees a thread with a path it cannot know takes the whole program in.
const threads = process.getBuiltinModule('node:worker_threads')

interface Entry {
  /** Path of a script, or the script itself. */
  readonly script: string
  readonly eval: boolean
}

/** The bundle of the build; in development the sources themselves, which a thread must be taught to read. */
const entryOf = ({ root, development }: ThreadOptions): Entry => {
  const built = join(root, 'dist', 'cli', 'runThread.js')
  if (!development && existsSync(built)) return { script: built, eval: false }
  const sources = pathToFileURL(join(root, 'server', 'worker', 'runThread.ts')).href
  const script = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(sources)}) })`
  return { script, eval: true }
}

const cancelled = (): Failure => new Failure('cancelled', 'the run on the server was given up')

/** What a thread is handed. */
interface Task {
  readonly kind: string
  readonly ask: object
}

const runOnce = <T extends object>(
  task: Task,
  options: ThreadOptions,
  signal: AbortSignal,
): Promise<T | Failure | Problem[]> =>
  new Promise((resolve, reject) => {
    const entry = entryOf(options)
    const thread = new threads.Worker(entry.script, {
      eval: entry.eval,
      workerData: task,
      env: { ...process.env, DATA_DIR: options.dataDir },
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    })
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      void thread.terminate()
    }
    const giveUp = (): void => {
      end()
      resolve(cancelled())
    }
    const timer = setTimeout(giveUp, patienceMs)
    signal.addEventListener('abort', giveUp)
    thread.once('message', (answer: ThreadAnswer<T>) => {
      end()
      resolve(settle(answer))
    })
    thread.once('error', (error) => {
      end()
      reject(error)
    })
    thread.once('exit', (code) => {
      end()
      reject(new Error(`the thread of a run ended with ${code} and without an answer`))
    })
  })

export const createRunThreads = (options: ThreadOptions): RunPort & ComputePort => {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  /** In its turn. `T`: what server/worker/runThread.ts makes of that kind. */
  const given = async <T extends object>(task: Task, signal: AbortSignal): Promise<T | Failure | Problem[]> => {
    if (waiting >= mostWaiting)
      return new Failure('store_busy', 'the server has other runs to finish first', { hint: 'try again in a while' })
    waiting += 1
    const before = last
    const work = before.then(() => (signal.aborted ? cancelled() : runOnce<T>(task, options, signal)))
    last = work.catch(() => undefined)
    try {
      return await work
    } finally {
      waiting -= 1
    }
  }
  return {
    report: (run, signal) => given({ kind: 'page', ask: run }, signal),
    compute: (kind, ask, signal) => given({ kind, ask }, signal),
  }
}
