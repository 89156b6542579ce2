// The series that the rows of one file hold, each with its own values; fields that were left empty hold nothing.

import { Failure } from '../../core/failure'
import type { Layout, Part } from '../../core/glimpse'
import type { Hints, RowsFile } from '../../core/incoming'
import { type RawTable, takeRaw } from '../../core/table'
import { emptyField } from './rowsSql'

/** Rows in which the part has a field that is not empty, or that are broken as rows. */
const partOf = (raw: RawTable, { pick }: Part): RawTable => {
  const all = pick.map((k) => (k === null ? null : raw.values[k]))
  const columns = all.map((column) => column ?? new Float64Array(raw.timeMs.length).fill(emptyField))
  const rows = [...raw.timeMs.keys()].filter(
    (i) =>
      columns.some((column) => column[i] !== emptyField) ||
      (raw.columns !== null && raw.columns[i] !== raw.columnsWanted),
  )
  const told = columns.map((column) => column.map((value) => (value === emptyField ? Number.NaN : value)))
  return takeRaw({ ...raw, values: told }, Uint32Array.from(rows))
}

/** `named`: hints that its rows gave. Throws Failure file_empty. */
export const partsOf = (
  file: { readonly path: string; readonly sha256: string },
  layout: Layout,
  { raw, named }: { readonly raw: RawTable; readonly named: Partial<Hints> },
): readonly RowsFile[] => {
  const { hints, kind, parts } = layout
  if (parts === undefined) return [{ form: 'rows', ...file, hints: { ...hints, ...named, kind }, raw }]
  const files = parts.map((part): RowsFile => {
    return { form: 'rows', ...file, hints: { ...part.hints, ...named, kind: part.kind }, raw: partOf(raw, part) }
  })
  const filled = files.filter(({ raw: { timeMs } }) => timeMs.length > 0)
  if (filled.length === 0) throw new Failure('file_empty', `${file.path} holds no value`, { file: file.path })
  return filled
}
