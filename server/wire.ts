// Where adapters are built: everything outside this process that a use-case may be handed.
import { syntheticMarket, syntheticVenue } from './core/syntheticMarket'
import type { Env } from './env'
import { nodeHash } from './io/hash/nodeHash'
import type { BarsPort, FilePort, HashPort, StorePort, TablePort } from './run/ports'

export interface DataPorts {
  readonly store: StorePort
  /** Venues that are served by something else than the store. */
  readonly venues: Readonly<Record<string, BarsPort>>
  readonly files: FilePort
  readonly tables: TablePort
  readonly hash: HashPort
  readonly nowMs: () => number
  readonly close: () => void
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
    hash: nodeHash,
    nowMs: () => Date.now(),
    close: () => {
      for (const adapter of [store, files, tables]) adapter.close()
    },
  }
}
