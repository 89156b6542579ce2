// Reads a file of market data as it is: CSV (plain, zip, gz) and Parquet through DuckDB, JSON of market facts.
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../core/failure'
import type { Glimpse, Layout } from '../../core/glimpse'
import type { FactsFile, ReadOptions, RowsFile } from '../../core/incoming'
import { isHeader, layoutOf } from '../../core/layout'
import { isPublished } from '../../core/series'
import { createDuck, type Duck, sqlText } from './duck'
import { factSheetOf } from './factSheet'
import { partsOf } from './fileParts'
import { readFailure, sha256OfFile, sweep, temporaryName, writeFailure } from './files'
import { readJsonRows } from './jsonRows'
import { csvQuery, csvSymbols, parquetQuery, parquetSymbols } from './rowsSql'
import { gunzip, type Member, unzip } from './unzip'

const glimpseBytes = 65_536

const firstBytes = async (path: string): Promise<string> => {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(glimpseBytes), 0, glimpseBytes, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

interface CsvHead extends Glimpse {
  readonly delimiter: string
}

const headOf = (path: string, member: string, text: string): CsvHead => {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
  const [top = '', second = ''] = lines
  if (top === '') throw new Failure('file_empty', `${path} holds no line`, { file: path })
  if (top.includes('\0')) throw new Failure('layout_unknown', `${path} is no text file`, { file: path })
  const delimiter = [',', ';', '\t'].find((mark) => top.includes(mark)) ?? ','
  const fields = top.split(delimiter)
  const header = isHeader(fields) ? fields : null
  if (header !== null && second === '')
    throw new Failure('file_empty', `${path} holds a header and no row`, { file: path })
  return { path, member, delimiter, header, first: header === null ? fields : second.split(delimiter) }
}

interface Source {
  readonly duck: Duck
  readonly path: string
  readonly sha256: string
  readonly options: ReadOptions
}

/** Queries that a layout leads to: of the rows, and of the names in its symbol column. */
interface Queries {
  readonly layout: Layout
  readonly rows: (symbol: string | null) => string
  readonly symbols: string
  readonly text: boolean
}

/** The symbol to take from a file that names one in each row; null when it has no such column. */
const symbolOf = async ({ duck, path, options }: Source, { layout, symbols }: Queries): Promise<string | null> => {
  if (layout.symbol === null) return null
  const names = (await duck.texts(symbols)).map((row) => row[0] ?? '')
  if (options.symbol !== undefined) {
    if (names.includes(options.symbol)) return options.symbol
    throw new Failure('option_wrong', `${path} holds ${names.slice(0, 5).join(', ')}, not ${options.symbol}`, {
      file: path,
      hint: 'give the --instrument that the file is of',
    })
  }
  const [only, ...others] = names
  if (only !== undefined && others.length === 0) return only
  throw new Failure('option_missing', `${path} holds ${names.length} symbols: ${names.slice(0, 12).join(', ')}`, {
    file: path,
    hint: `give --instrument of the one to take, for example --instrument binance:${only ?? 'BTCUSDT'}`,
  })
}

const readRows = async (source: Source, queries: Queries): Promise<readonly RowsFile[]> => {
  const { duck, path, sha256 } = source
  const { layout } = queries
  try {
    const symbol = await symbolOf(source, queries)
    const columns = await duck.columns(queries.rows(symbol))
    const [line = new Float64Array(0), width = line, timeMs = line, ...values] = columns
    if (line.length === 0) throw new Failure('file_empty', `${path} holds no row`, { file: path })
    const named = symbol === null ? {} : { symbol }
    const raw = { line, columns: queries.text ? width : null, columnsWanted: layout.width, timeMs, values }
    return partsOf({ path, sha256 }, layout, { raw, named })
  } catch (error) {
    throw readFailure(error, path)
  }
}

const readCsv = async (
  source: Source,
  file: { readonly csv: string; readonly head: CsvHead },
): Promise<readonly RowsFile[]> => {
  const layout = layoutOf(file.head, source.options)
  const from = { path: file.csv, delimiter: file.head.delimiter, layout }
  return await readRows(source, {
    layout,
    rows: (symbol) => csvQuery(from, symbol),
    symbols: csvSymbols(from),
    text: true,
  })
}

/** DuckDB reads files, not memory: an unpacked member lives in DATA_DIR/tmp while it is read. */
const readMember = async (source: Source, folder: string, member: Member): Promise<readonly RowsFile[]> => {
  if (member.bytes.length === 0)
    throw new Failure('file_empty', `${source.path} holds an empty file`, { file: source.path })
  const head = headOf(source.path, member.name, Buffer.from(member.bytes.subarray(0, glimpseBytes)).toString('utf8'))
  layoutOf(head, source.options)
  const csv = temporaryName(join(folder, 'unpacked.csv'))
  try {
    await mkdir(folder, { recursive: true })
    await sweep(folder)
    await writeFile(csv, member.bytes)
  } catch (error) {
    await rm(csv, { force: true })
    throw writeFailure(error, folder)
  }
  try {
    return await readCsv(source, { csv, head })
  } finally {
    await rm(csv, { force: true })
  }
}

const readParquet = async (source: Source): Promise<readonly RowsFile[]> => {
  const { duck, path, options } = source
  const described = await duck
    .texts(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(${sqlText(path)}))`)
    .catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error)
      if (/magic bytes|too small|footer|metadata/i.test(text)) {
        throw new Failure('file_truncated', `${path} is not a whole Parquet file`, {
          file: path,
          hint: 'get it again from its source',
          cause: error,
        })
      }
      throw readFailure(error, path)
    })
  const names = described.map(([name = '']) => name)
  const glimpse = { path, member: path.split(/[\\/]/).at(-1) ?? path, header: names, first: [] }
  const layout = layoutOf(glimpse, options)
  const from = { path, names, types: described.map(([, type = '']) => type), layout }
  return await readRows(source, {
    layout,
    rows: (symbol) => parquetQuery(from, symbol),
    symbols: parquetSymbols(from),
    text: false,
  })
}

/** Market facts, or rows where the user says of what. */
const readJson = async (source: Source): Promise<readonly (RowsFile | FactsFile)[]> => {
  const { path, sha256, options } = source
  const text = await readFile(path, 'utf8')
  const { kind } = options
  if (kind === undefined || kind === 'instruments' || !isPublished(kind))
    return [{ form: 'facts', path, sha256, facts: factSheetOf({ path, text, nowMs: options.nowMs }) }]
  const { layout, raw } = readJsonRows({ path, text }, (glimpse) => layoutOf(glimpse, options))
  return partsOf({ path, sha256 }, layout, { raw, named: {} })
}

const readAny = async (source: Source, temporaryFolder: string): Promise<readonly (RowsFile | FactsFile)[]> => {
  const { path } = source
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase()
  const name = path.split(/[\\/]/).at(-1) ?? path
  switch (ending) {
    case 'zip':
      return await readMember(source, temporaryFolder, await unzip(path))
    case 'gz':
      return await readMember(source, temporaryFolder, await gunzip(path))
    case 'csv':
    case 'txt':
      return await readCsv(source, { csv: path, head: headOf(path, name, await firstBytes(path)) })
    case 'parquet':
      return await readParquet(source)
    case 'json':
      return await readJson(source)
    default:
      throw new Failure('layout_unknown', `${path} ends in none of .csv .zip .gz .parquet .json`, { file: path })
  }
}

export const createFileReader = ({ dataDir }: { readonly dataDir: string }) => {
  const duck = createDuck()
  return {
    /** Throws Failure file_*, layout_*, option_*. */
    read: async (path: string, options: ReadOptions): Promise<readonly (RowsFile | FactsFile)[]> => {
      try {
        const found = await stat(path)
        if (!found.isFile()) throw new Failure('file_unreadable', `${path} is no file`, { file: path })
        if (found.size === 0) throw new Failure('file_empty', `${path} is empty`, { file: path })
        if (/[*?[\]]/.test(path)) {
          throw new Failure('file_unreadable', `${path} has one of * ? [ ] in its path`, {
            file: path,
            hint: 'rename it',
          })
        }
        return await readAny({ duck, path, sha256: await sha256OfFile(path), options }, join(dataDir, 'tmp'))
      } catch (error) {
        throw readFailure(error, path)
      }
    },
    close: (): void => duck.close(),
  }
}
