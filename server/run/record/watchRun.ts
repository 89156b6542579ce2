// Use-cases: follow one run, its state now and again whenever something of it changed, until it ends; or all of them.
import { Failure } from '../../core/failure'
import { Bell } from '../bell'
import type { RunNow, RunRow, RunStore } from '../stores'

/** News of runs, shared by all who watch in this process. */
export interface RunChanges {
  /** Calls back when something of this run may have changed. Gives back how to stop. */
  readonly on: (id: string, heard: () => void) => () => void
  /** The same for every run; null: anything may have changed. */
  readonly onAny: (heard: (id: string | null) => void) => () => void
}

/** One ear at the database, however many watch; it is opened for the first. */
export const shareChanges = async (runs: Pick<RunStore, 'watch'>): Promise<RunChanges> => {
  const watchers = new Map<string, Set<() => void>>()
  const lookers = new Set<(id: string | null) => void>()
  await runs.watch((id) => {
    const told = id === null ? [...watchers.values()].flatMap((set) => [...set]) : [...(watchers.get(id) ?? [])]
    for (const heard of told) heard()
    for (const heard of lookers) heard(id)
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
    onAny: (heard) => {
      lookers.add(heard)
      return () => void lookers.delete(heard)
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
  const bell = new Bell(signal)
  const quiet = changes.on(id, bell.ring)
  try {
    while (await bell.heard()) {
      const now = await runs.get(id)
      if (now === null) throw new Failure('file_not_found', 'there is no such run')
      yield now
      if (isOver(now)) return
    }
  } finally {
    quiet()
    bell.close()
  }
}

export interface LookPorts {
  readonly runs: Pick<RunStore, 'rows'>
  readonly changes: Pick<RunChanges, 'onAny'>
  readonly signal: AbortSignal
}

/** Rows of runs that changed, as they are by then; null: look at the whole list again, something was missed. */
export async function* lookAtRuns({ runs, changes, signal }: LookPorts): AsyncGenerator<readonly RunRow[] | null> {
  let missed = false
  const changed = new Set<string>()
  const bell = new Bell(signal)
  const quiet = changes.onAny((id) => {
    if (id === null) missed = true
    else changed.add(id)
    bell.ring()
  })
  try {
    while (await bell.heard()) {
      // Taken before anything is given away: more may come while somebody reads.
      const [ids, all] = [[...changed], missed]
      changed.clear()
      missed = false
      if (all) yield null
      if (ids.length > 0) yield await runs.rows(ids)
    }
  } finally {
    quiet()
    bell.close()
  }
}
