// Use-case: follows one run: its state now, and again whenever something of it changed, until it ends.
import { Failure } from '../../core/failure'
import type { RunNow, RunStore } from '../stores'

/** News of runs, shared by all who watch in this process. */
export interface RunChanges {
  /** Calls back when something of this run may have changed. Gives back how to stop. */
  readonly on: (id: string, heard: () => void) => () => void
}

/** One ear at the database, however many watch; it is opened for the first. */
export const shareChanges = async (runs: Pick<RunStore, 'watch'>): Promise<RunChanges> => {
  const watchers = new Map<string, Set<() => void>>()
  await runs.watch((id) => {
    const told = id === null ? [...watchers.values()].flatMap((set) => [...set]) : [...(watchers.get(id) ?? [])]
    for (const heard of told) heard()
  })
  return {
    on: (id, heard) => {
      const set = watchers.get(id) ?? new Set()
      watchers.set(id, set.add(heard))
      return () => {
        set.delete(heard)
        if (set.size === 0) watchers.delete(id)
      }
    },
  }
}

const isOver = ({ state }: RunNow): boolean => state !== 'queued' && state !== 'running'

export interface WatchPorts {
  readonly runs: Pick<RunStore, 'get'>
  readonly changes: RunChanges
  readonly signal: AbortSignal
}

/** Throws Failure where there is no such run. */
export async function* watchRun(id: string, { runs, changes, signal }: WatchPorts): AsyncGenerator<RunNow> {
  let changed = true
  let wake = (): void => undefined
  const hear = (): void => {
    changed = true
    wake()
  }
  const quiet = changes.on(id, hear)
  signal.addEventListener('abort', hear)
  try {
    while (!signal.aborted) {
      if (!changed)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      if (signal.aborted) return
      changed = false
      const now = await runs.get(id)
      if (now === null) throw new Failure('file_not_found', 'there is no such run')
      yield now
      if (isOver(now)) return
    }
  } finally {
    quiet()
    signal.removeEventListener('abort', hear)
  }
}
