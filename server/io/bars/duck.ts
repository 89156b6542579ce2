// DuckDB in this process: one in-memory instance, columns in and out as Float64Array.
import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api'
import { join } from '../../core/table'

export interface Duck {
  /** Rows of a query whose columns are all DOUBLE and never NULL, column by column. */
  columns(sql: string): Promise<readonly Float64Array[]>
  /** Rows of a small query as text. */
  texts(sql: string): Promise<readonly (readonly string[])[]>
  /** Writes columns of equal length to a file; `select` names them from `rows` as c0, c1, ... */
  copy(columns: readonly Float64Array[], select: string, into: string): Promise<void>
  close(): void
}

const chunkRows = 2048

/** Its native part takes a quarter of a second to load: only a process that queries pays for it. */
const library = () => import('@duckdb/node-api')

/** SQL text literal. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The memory of a DOUBLE vector; the library declares it private, though it is the one fast way in and out. */
const doublesOf = (vector: DuckDBVector): Float64Array => {
  if ('items' in vector && vector.items instanceof Float64Array) return vector.items
  throw new Error('a DOUBLE column was expected')
}

const columnsOf = async (connection: DuckDBConnection, sql: string): Promise<readonly Float64Array[]> => {
  const result = await connection.run(sql)
  const parts: Float64Array[][] = Array.from({ length: result.columnCount }, () => [])
  for (const chunk of await result.fetchAllChunks()) {
    for (let k = 0; k < parts.length; k++) {
      parts[k]?.push(doublesOf(chunk.getColumnVector(k)).subarray(0, chunk.rowCount))
    }
  }
  return parts.map(join)
}

const append = async (connection: DuckDBConnection, table: string, columns: readonly Float64Array[]): Promise<void> => {
  const { DOUBLE, DuckDBDataChunk } = await library()
  const appender = await connection.createAppender(table)
  const chunk = DuckDBDataChunk.create(columns.map(() => DOUBLE))
  const rows = columns[0]?.length ?? 0
  for (let at = 0; at < rows; at += chunkRows) {
    const n = Math.min(chunkRows, rows - at)
    chunk.rowCount = n
    columns.forEach((column, k) => {
      const vector = chunk.getColumnVector(k)
      doublesOf(vector).set(column.subarray(at, at + n))
      vector.flush()
    })
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

const open = async () => {
  const { DuckDBInstance } = await library()
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB', threads: '2' })
  const connection = await instance.connect()
  await connection.run(
    "SET TimeZone = 'UTC'; SET preserve_insertion_order = true; SET autoinstall_known_extensions = false",
  )
  return { instance, connection }
}

/** Opened on first use; calls run one after the other. */
export const createDuck = (): Duck => {
  let opened: ReturnType<typeof open> | null = null
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> => {
    const run = async (): Promise<T> => {
      opened ??= open()
      return await work((await opened).connection)
    }
    const result = turn.then(run, run)
    turn = result.catch(() => undefined)
    return result
  }
  return {
    columns: (sql) => inTurn((connection) => columnsOf(connection, sql)),
    texts: (sql) =>
      inTurn(async (connection) => (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(String))),
    copy: (columns, select, into) =>
      inTurn(async (connection) => {
        const types = columns.map((_, k) => `c${k} DOUBLE`).join(', ')
        await connection.run(`CREATE OR REPLACE TABLE rows (${types})`)
        try {
          await append(connection, 'rows', columns)
          await connection.run(`COPY (SELECT ${select} FROM rows) TO ${into}`)
        } finally {
          await connection.run('DROP TABLE IF EXISTS rows')
        }
      }),
    close: () => {
      // After the last query: closing under a running one hangs or crashes in native code.
      const shut = async (): Promise<void> => {
        const closing = opened
        opened = null
        if (closing === null) return
        const { instance, connection } = await closing
        connection.closeSync()
        instance.closeSync()
      }
      turn = turn.then(shut).catch(() => undefined)
    },
  }
}
