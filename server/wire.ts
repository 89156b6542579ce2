// Where adapters are built: everything outside this process that a use-case may be handed.
import { createHash } from 'node:crypto'
import { barColumns, fundingColumns, rowBytes } from '../blocks/engine/report/hashes'
import type { BarRows, FundingRows } from '../blocks/engine/rows'
import { syntheticMarket, syntheticVenue } from './core/syntheticMarket'
import type { Env } from './env'
import type { BarsPort, FilePort, StorePort, TablePort } from './run/ports'

export interface DataPorts {
  readonly store: StorePort
  /** Venues that are served by something else than the store. */
  readonly venues: Readonly<Record<string, BarsPort>>
  readonly files: FilePort
  readonly tables: TablePort
  readonly nowMs: () => number
  readonly close: () => void
}

/** Rows hashed at once: a few megabytes. */
const chunk = 65_536

/** As barsHash and fundingHash of the engine, with the machine's own SHA-256: a tenth of the time. */
const hashRows = (columns: readonly Float64Array[], toMs: number): string => {
  const times = columns[0] ?? new Float64Array()
  let rows = times.findIndex((ms) => ms >= toMs)
  if (rows < 0) rows = times.length
  const hash = createHash('sha256')
  for (let i = 0; i < rows; i += chunk) hash.update(rowBytes(columns, i, Math.min(rows, i + chunk)))
  return hash.digest('hex')
}

/** Names series by their rows (semantics.md S48). */
export const rowHashes = {
  bars: (rows: BarRows, toMs: number): string => hashRows(barColumns(rows), toMs),
  funding: (rows: FundingRows, toMs: number): string => hashRows(fundingColumns(rows), toMs),
}

/** The ports of market data on DATA_DIR. Loaded late: DuckDB is the slowest part of a start. */
export const openData = async ({ dataDir }: Env): Promise<DataPorts> => {
  const [{ createBarStore }, { createFileReader }, { createTableWriter }] = await Promise.all([
    import('./io/bars/barStore'),
    import('./io/bars/fileReader'),
    import('./io/bars/tableWriter'),
  ])
  const store = createBarStore({ dataDir })
  const files = createFileReader({ dataDir })
  const tables = createTableWriter()
  return {
    store,
    venues: { [syntheticVenue]: syntheticMarket() },
    files,
    tables,
    nowMs: () => Date.now(),
    close: () => {
      for (const adapter of [store, files, tables]) adapter.close()
    },
  }
}
