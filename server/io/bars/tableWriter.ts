// Writes columns as one CSV or Parquet file through DuckDB, whole or not at all.
import { createDuck, sqlText } from './duck'
import { replaceFile, writeFailure } from './files'

interface TableFile {
  readonly path: string
  readonly format: 'csv' | 'parquet'
  readonly columns: readonly { readonly name: string; readonly values: Float64Array }[]
}

const forms = {
  csv: 'FORMAT csv, HEADER true',
  parquet: 'FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880',
} as const

export const createTableWriter = () => {
  const duck = createDuck()
  return {
    write: async ({ path, format, columns }: TableFile): Promise<void> => {
      const select = columns.map(({ name }, k) =>
        k === 0 ? `c0::BIGINT AS ${name}` : `nullif(c${k}, 'nan'::DOUBLE) AS ${name}`,
      )
      try {
        await replaceFile(path, async (temporary) => {
          const into = `${sqlText(temporary)} (${forms[format]})`
          await duck.copy(
            columns.map(({ values }) => values),
            select.join(', '),
            into,
          )
          return undefined
        })
      } catch (error) {
        throw writeFailure(error, path)
      }
    },
    close: (): void => duck.close(),
  }
}
