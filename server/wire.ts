// Where adapters are built: everything outside this process that a use-case may be handed.
import { join } from 'node:path'
import { Failure } from './core/failure'
import { syntheticMarket, syntheticVenue } from './core/syntheticMarket'
import type { Env } from './env'
import { type Backups, backupsIn } from './io/files/backups'
import { type Disk, diskOf } from './io/files/disk'
import { createInbox } from './io/files/inbox'
import { createOutbox } from './io/files/outbox'
import { nodeHash } from './io/hash/nodeHash'
import { isListening } from './io/listening'
import { createRunThreads } from './io/threads/runThreads'
import type {
  BarsPort,
  ComputePort,
  FilePort,
  FramesPort,
  HashPort,
  InboxPort,
  OutboxPort,
  RunPort,
  StorePort,
  TablePort,
} from './run/ports'
import type { Stores } from './run/stores'

export interface DataPorts {
  readonly store: StorePort
  /** Columns of series as files: what is stored or made is read through it. */
  readonly frames: FramesPort
  /** Venues that are served by something else than the store. */
  readonly venues: Readonly<Record<string, BarsPort>>
  readonly files: FilePort
  readonly inbox: InboxPort
  readonly outbox: OutboxPort
  readonly tables: TablePort
  readonly hash: HashPort
  readonly nowMs: () => number
  /** The disk that the data are on. */
  readonly disk: () => Promise<Disk>
  readonly close: () => void
}

/** The ports of market data on DATA_DIR. Loaded late: not every command needs them. */
export const openData = async ({ dataDir }: Pick<Env, 'dataDir'>): Promise<DataPorts> => {
  const [{ createBarStore }, { createFileReader }, { createFrameStore }, { createTableWriter }] = await Promise.all([
    import('./io/bars/barStore'),
    import('./io/bars/fileReader'),
    import('./io/bars/frameStore'),
    import('./io/bars/tableWriter'),
  ])
  const store = createBarStore({ dataDir })
  const files = createFileReader({ dataDir })
  const tables = createTableWriter()
  return {
    store,
    frames: createFrameStore({ dataDir }),
    venues: { [syntheticVenue]: syntheticMarket() },
    files,
    inbox: createInbox(),
    outbox: createOutbox(),
    tables,
    hash: nodeHash,
    nowMs: () => Date.now(),
    disk: () => diskOf(dataDir),
    close: () => {
      for (const adapter of [store, files, tables]) adapter.close()
    },
  }
}

/** Runs in threads; the program is started at its root. */
export const openRuns = ({ dataDir }: Env): RunPort & ComputePort =>
  createRunThreads({ dataDir, root: process.cwd(), development: process.env.NODE_ENV !== 'production' })

/** What is looked at of the servers of this start: the disk of the database where it is one of them, backups, Temporal. */
export const stateOf = ({ stateDir, databaseDir, temporalAddress: address }: Env) => ({
  disk: databaseDir === null ? null : (): Promise<Disk> => diskOf(databaseDir),
  backups: (): Promise<Backups> => backupsIn(join(stateDir, 'backups')),
  temporal: address === null ? null : { address, answers: () => isListening(address) },
})

/** The stores on PostgreSQL, their news over Redis where one is named. Throws Failure where no database is. */
export const openStoresOf = async ({ databaseUrl, redisUrl }: Env): Promise<Stores> => {
  if (databaseUrl === null)
    throw new Failure('database_away', 'no database was started here', {
      hint: 'start Playloom with npm start, or name one: DATABASE_URL=postgresql://...',
    })
  const { openStores } = await import('./io/db/stores')
  const stores = openStores(databaseUrl)
  if (redisUrl === null) return stores
  const [{ createRedisHot }, { hotStores }] = await Promise.all([
    import('./io/hot/redis'),
    import('./io/hot/hotStores'),
  ])
  return hotStores(stores, createRedisHot(redisUrl))
}

/** The worker's threads. */
export const openPool = async ({ dataDir }: Env, threads: number) => {
  const { createRunPool } = await import('./io/threads/runPool')
  return createRunPool({ dataDir, root: process.cwd(), threads })
}
