// Runs in a pool of threads that stay: their data and their compiled engine are there for the next run.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { Report } from '../../../blocks/engine/report/document'
import { Failure } from '../../core/failure'
import { settle, type ThreadAnswer } from '../../core/threadAnswer'
import type { PageRun, Progress, RunPort } from '../../run/ports'

export interface PoolOptions {
  readonly dataDir: string
  /** Root of the program, where its bundles lie. */
  readonly root: string
  readonly threads: number
}

/** What a thread is handed: the run, and where it says how far it is. */
export interface RunTask {
  readonly run: PageRun
  readonly told: MessagePort
}

const memoryMb = 4096

export const createRunPool = ({
  dataDir,
  root,
  threads,
}: PoolOptions): RunPort & { readonly close: () => Promise<void> } => {
  const filename = join(root, 'dist', 'cli', 'runTask.js')
  if (!existsSync(filename)) throw new Error(`${filename} is missing: npm run build`)
  const pool = new Piscina({
    filename,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    env: { ...process.env, DATA_DIR: dataDir },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  })
  return {
    report: async (run, signal, progress) => {
      const { port1, port2 } = new MessageChannel()
      port1.on('message', (step: Parameters<Progress>[0]) => progress?.(step))
      try {
        const task: RunTask = { run, told: port2 }
        return settle((await pool.run(task, { signal, transferList: [port2] })) as ThreadAnswer<Report>)
      } catch (error) {
        // A task that is given up ends its thread: nothing of it goes on.
        if (signal.aborted) return new Failure('cancelled', 'the run was given up')
        throw error
      } finally {
        port1.close()
      }
    },
    close: () => pool.destroy(),
  }
}
