// Where the rows of a series come from, as its manifest keeps it: one entry a file, one a day and request of a venue.
import { sha256Hex } from '../../../blocks/kit/hash'
import type { Incoming } from '../../core/incoming'
import type { Merged } from '../../core/merge'
import type { SourceFile } from './manifest'

const skippedOf = (file: Incoming, merged: Merged, k: number): Record<string, number> => {
  const skipped: Record<string, number> = {}
  for (const { kind, count } of [...file.faults, ...(merged.faults[k] ?? [])]) {
    skipped[kind] = (skipped[kind] ?? 0) + count
  }
  return skipped
}

/** A page of a venue joins the source that has its name: its hash is then chained, its rows are counted on. */
const joined = (before: SourceFile, page: SourceFile): SourceFile => ({
  ...before,
  sha256: sha256Hex(before.sha256 + page.sha256),
  rows: before.rows + page.rows,
  duplicates: before.duplicates + page.duplicates,
  ...(page.fetchedMs === undefined ? {} : { fetchedMs: page.fetchedMs }),
})

/** The known sources with those of `files`; what is known by its hash already is not counted again. */
export const sourcesOf = (old: readonly SourceFile[], files: readonly Incoming[], merged: Merged): SourceFile[] => {
  const sources = [...old]
  for (const [k, file] of files.entries()) {
    if (sources.some((source) => source.sha256 === file.sha256)) continue
    const duplicates = file.duplicates + (merged.duplicates[k] ?? 0)
    const fresh: SourceFile = {
      name: file.path.split(/[\\/]/).at(-1) ?? file.path,
      sha256: file.sha256,
      rows: file.table.timeMs.length,
      duplicates,
      skipped: skippedOf(file, merged, k),
    }
    if (file.fetchedMs === undefined) {
      sources.push(fresh)
      continue
    }
    // A page begins and ends with known rows on purpose, to see them confirmed: they are no duplicates of it.
    const rows = fresh.rows - (merged.duplicates[k] ?? 0)
    if (rows === 0) continue
    const page = { ...fresh, name: file.path, rows, duplicates: file.duplicates, fetchedMs: file.fetchedMs }
    const at = sources.findIndex(({ name, fetchedMs }) => name === page.name && fetchedMs !== undefined)
    const before = sources[at]
    if (before === undefined) sources.push(page)
    else sources[at] = joined(before, page)
  }
  return sources
}
