// Immutable Parquet files of a series: months for intervals under an hour, years above and without a grid.
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { tfMs } from '../../../blocks/kit/timeframe'
import { type SeriesKey, seriesName } from '../../core/series'
import { emptyTable, nullableColumns, sliceRows, type Table, timeColumn, valueColumns } from '../../core/table'
import { type Duck, sqlText } from './duck'
import { isMissing, namesIn, readFailure, replaceFile, sha256Beside, sha256OfFile, sweep } from './files'
import { damaged, manifestName, type PartFile } from './manifest'

/** `2023-01` or `2023`: sorts like time. */
export const periodOf = (key: SeriesKey, ms: number): string => {
  const monthly = key.tf !== null && tfMs[key.tf] < tfMs['1h']
  return new Date(ms).toISOString().slice(0, monthly ? 7 : 4)
}

/** Rows cut where the period changes; times ascending. */
export const splitByPeriod = (key: SeriesKey, table: Table): ReadonlyMap<string, Table> => {
  const parts = new Map<string, Table>()
  const { timeMs } = table
  let from = 0
  while (from < timeMs.length) {
    const period = periodOf(key, timeMs[from] ?? 0)
    let low = from + 1
    let high = timeMs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (periodOf(key, timeMs[middle] ?? 0) === period) low = middle + 1
      else high = middle
    }
    parts.set(period, sliceRows(table, from, low))
    from = low
  }
  return parts
}

/** Stored as BIGINT ms and DOUBLEs; what a source left out as NULL. */
const selectFor = ({ kind }: SeriesKey): string =>
  [
    `c0::BIGINT AS ${timeColumn(kind)}`,
    ...valueColumns[kind].map((name, k) =>
      nullableColumns.has(name)
        ? `CASE WHEN isnan(c${k + 1}) THEN NULL ELSE c${k + 1}::${name === 'interval_ms' ? 'BIGINT' : 'DOUBLE'} END AS ${name}`
        : `c${k + 1} AS ${name}`,
    ),
  ].join(', ')

const doubles = ({ kind }: SeriesKey): string =>
  [timeColumn(kind), ...valueColumns[kind]]
    .map((name) => (nullableColumns.has(name) ? `coalesce(${name}::DOUBLE, 'nan'::DOUBLE)` : `${name}::DOUBLE`))
    .join(', ')

/** Not ascending, or a value that no column of a store holds. */
const disorder = (table: Table, key: SeriesKey): boolean => {
  for (let i = 1; i < table.timeMs.length; i++) {
    if (!((table.timeMs[i] ?? 0) > (table.timeMs[i - 1] ?? 0))) return true
  }
  const names: readonly string[] = valueColumns[key.kind]
  return table.values.some((column, k) => {
    const mayLack = nullableColumns.has(names[k] ?? '')
    return column.some((x) => !(Number.isFinite(x) || (mayLack && Number.isNaN(x))))
  })
}

export const writePart = async (
  duck: Duck,
  place: { readonly folder: string; readonly key: SeriesKey; readonly period: string },
  table: Table,
): Promise<PartFile> => {
  const { folder, key, period } = place
  const file = { sha256: '', bytes: 0, name: '' }
  await replaceFile(join(folder, `${period}.parquet`), async (temporary) => {
    const into = `${sqlText(temporary)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`
    await duck.copy([table.timeMs, ...table.values], selectFor(key), into)
    file.sha256 = await sha256OfFile(temporary)
    file.bytes = (await stat(temporary)).size
    file.name = `${period}-${file.sha256.slice(0, 16)}.parquet`
    return join(folder, file.name)
  })
  const { timeMs } = table
  return { period, rows: timeMs.length, firstMs: timeMs[0] ?? 0, lastMs: timeMs[timeMs.length - 1] ?? 0, ...file }
}

/** A file that the manifest names was replaced and removed by a writer: read the manifest again. */
export class PartGone extends Error {}

const verify = async (folder: string, key: SeriesKey, file: PartFile): Promise<void> => {
  const path = join(folder, file.name)
  let sha256: string
  try {
    sha256 = await sha256Beside(path)
  } catch (error) {
    if (isMissing(error)) throw new PartGone(file.name)
    throw readFailure(error, path)
  }
  if (sha256 !== file.sha256) throw damaged(key, `${path} is not the file that was imported (its sha256 differs)`)
}

/** The rows of some files of a series, verified byte by byte against the manifest. */
export const readParts = async (
  duck: Duck,
  { folder, key }: { readonly folder: string; readonly key: SeriesKey },
  files: readonly PartFile[],
): Promise<Table> => {
  if (files.length === 0) return emptyTable(key.kind)
  const list = files.map((file) => sqlText(join(folder, file.name))).join(', ')
  const rows = duck.columns(`SELECT ${doubles(key)} FROM read_parquet([${list}])`).catch((error: unknown) => error)
  await Promise.all(files.map((file) => verify(folder, key, file)))
  const read = await rows
  if (!Array.isArray(read)) {
    const gone = await Promise.all(files.map((file) => stat(join(folder, file.name)).then(() => false, isMissing)))
    if (gone.includes(true)) throw new PartGone(seriesName(key))
    throw damaged(
      key,
      `its files cannot be read (${read instanceof Error ? read.message.split('\n')[0] : String(read)})`,
      read,
    )
  }
  const [timeMs = new Float64Array(0), ...values] = read as readonly Float64Array[]
  const table = { timeMs, values }
  const wanted = files.reduce((sum, file) => sum + file.rows, 0)
  if (timeMs.length !== wanted)
    throw damaged(key, `its manifest counts ${wanted} rows where its files hold ${timeMs.length}`)
  if (disorder(table, key)) throw damaged(key, 'its rows are not in order of time, or hold values that are no numbers')
  return table
}

/** Removes what no manifest names: leftovers of a crash, and files that a commit replaced. Only under the lock. */
export const removeStrays = async (folder: string, kept: readonly PartFile[]): Promise<void> => {
  await sweep(folder)
  const names = new Set([manifestName, ...kept.map((file) => file.name)])
  for (const name of await namesIn(folder)) {
    if (name.endsWith('.parquet') && !names.has(name)) await rm(join(folder, name), { force: true })
  }
}
