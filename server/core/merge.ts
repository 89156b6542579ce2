// Puts the rows of several files and of the store together: identical ones once, contradicting ones found.
import { type Fault, unique } from './gate'
import type { Incoming } from './incoming'
import { type FaultKind, isPublished, type SeriesKey } from './series'
import { joinTables, orderByTime, type Table, takeRows, valueColumns } from './table'

export interface Merged {
  readonly table: Table
  /** New conflicts by file, in the order of `files`. */
  readonly faults: readonly (readonly Fault[])[]
  /** Rows of each file that were there already with the same values. */
  readonly duplicates: readonly number[]
  readonly added: number
}

/** Rows of the concatenation that belong to `files[k]`: [starts[k], starts[k + 1]). */
const startsOf = (first: number, files: readonly Incoming[]): readonly number[] => {
  const starts = [first]
  for (const file of files) starts.push((starts[starts.length - 1] ?? 0) + file.table.timeMs.length)
  return starts
}

/** Place of the last of the ascending `starts` that is <= `row`: files without a row share theirs with the next. */
const lastAtMost = (starts: readonly number[], row: number): number => {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] ?? 0) <= row) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * The stored rows stay. A row of a file that contradicts a stored one is a fault; rows of two files that contradict
 * each other are both faults, so that the order of the files never decides which price is believed.
 */
export const merge = (stored: Table, files: readonly Incoming[], key: SeriesKey): Merged => {
  const first = stored.timeMs.length
  const all = joinTables([stored, ...files.map((file) => file.table)], valueColumns[key.kind].length)
  const starts = startsOf(first, files)
  const fileOf = (row: number): number => lastAtMost(starts, row)
  const found = files.map(() => new Map<FaultKind, { count: number; line: number }>())
  const clashes = new Set<number>()
  const clashTimes = new Set<number>()
  const rows = new Uint32Array(all.timeMs.length)
  for (let i = 0; i < rows.length; i++) rows[i] = i
  const { keep } = unique(all, { order: orderByTime(all.timeMs, rows), key }, (kind, row) => {
    if (row < first) {
      clashes.add(row)
      clashTimes.add(all.timeMs[row] ?? 0)
      return
    }
    const k = fileOf(row)
    const line = files[k]?.line[row - (starts[k] ?? 0)] ?? 0
    // A stored row comes before those of its time that contradict it.
    const told = isPublished(key.kind) && clashTimes.has(all.timeMs[row] ?? 0) ? 'revised' : kind
    const entry = found[k]?.get(told)
    found[k]?.set(told, { count: (entry?.count ?? 0) + 1, line: Math.min(entry?.line ?? line, line) })
  })
  const order = clashes.size === 0 ? keep : orderByTime(all.timeMs, Uint32Array.from([...keep, ...clashes]))
  const kept = new Float64Array(files.length)
  for (const row of order) {
    if (row < first) continue
    const k = fileOf(row)
    kept[k] = (kept[k] ?? 0) + 1
  }
  const faults = found.map((kinds) => [...kinds].map(([kind, entry]) => ({ kind, ...entry })))
  return {
    table: takeRows(all, order),
    faults,
    duplicates: files.map((file, k) => {
      const bad = (faults[k] ?? []).reduce((sum, fault) => sum + fault.count, 0)
      return file.table.timeMs.length - bad - (kept[k] ?? 0)
    }),
    added: order.length - first,
  }
}
