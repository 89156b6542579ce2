// Runs in a pool of threads that stay: their data and their compiled engine are there for the next run.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Piscina } from 'piscina'
import { Failure } from '../../core/failure'
import { settle, type ThreadAnswer } from '../../core/threadAnswer'
import type { RunPort } from '../../run/ports'

export interface PoolOptions {
  readonly dataDir: string
  /** Root of the program, where its bundles lie. */
  readonly root: string
  readonly threads: number
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
    report: async (run, signal) => {
      try {
        return settle((await pool.run(run, { signal })) as ThreadAnswer)
      } catch (error) {
        // A task that is given up ends its thread: nothing of it goes on.
        if (signal.aborted) return new Failure('cancelled', 'the run was given up')
        throw error
      }
    },
    close: () => pool.destroy(),
  }
}
