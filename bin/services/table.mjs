// The services of one start, in order: databases, migrations, the page. A server that is named by its URL is not ours.
import { migrate } from '../prisma/migrate.mjs'
import { serveWeb } from '../web.mjs'
import { openLog } from './logs.mjs'
import { startPostgres } from './postgres.mjs'
import { identityOf } from './process.mjs'
import { startRedis } from './redis.mjs'
import { startTemporal } from './temporal.mjs'
import { serveWorker } from './worker.mjs'

/** Servers that keep data and are taken over as they run after a start that was killed. */
export const adopted = ['database', 'hot', 'temporal']

const migrationsWord = (names) =>
  names.length === 0 ? '' : `, ${names.length} migration${names.length > 1 ? 's' : ''}`

const hostOf = (url) => new URL(url).host

/** A server that somebody else runs: nothing of it is watched or stopped here. */
const elsewhere = (word, env) => ({ word, env, identity: identityOf(process.pid), stop: async () => {} })

const database = (stateDir) => ({
  name: 'database',
  needs: [],
  start: async () => {
    const named = process.env.DATABASE_URL
    if (named) {
      const applied = await migrate(named)
      return elsewhere(`PostgreSQL at ${hostOf(named)}${migrationsWord(applied)}`, { DATABASE_URL: named })
    }
    const { url, folder, identity, adopted: alive, made, stop } = await startPostgres({ stateDir })
    const applied = await migrate(url)
    const how = alive ? 'still ran, taken over' : made ? 'made and started' : 'started'
    const env = { DATABASE_URL: url, DATABASE_DIR: folder }
    return { word: `PostgreSQL ${how}${migrationsWord(applied)}`, identity, stop, env }
  },
})

const instead = 'PostgreSQL passes the news instead'
const noRedis = `no redis-server here, and none could be fetched (Debian: apt-get install redis-server); ${instead}`

const hot = (stateDir) => ({
  name: 'hot',
  needs: [],
  start: async (_env, { signal }) => {
    const named = process.env.REDIS_URL
    if (named) return elsewhere(`Redis at ${hostOf(named)}`, { REDIS_URL: named })
    const server = await startRedis({ stateDir, signal }).catch((error) => ({ off: `${error.message}; ${instead}` }))
    if (server === null) return { off: noRedis }
    if ('off' in server) return server
    const { url, identity, adopted: alive, stop } = server
    return { word: `Redis ${alive ? 'still ran, taken over' : 'started'}`, identity, stop, env: { REDIS_URL: url } }
  },
})

const worker = (log) => ({
  name: 'worker',
  needs: ['database'],
  start: async (env, { note }) => {
    const { child, stop } = await serveWorker({ env, note, log })
    return { word: 'takes runs of record', identity: identityOf(child.pid), stop }
  },
})

const web = (port, log) => ({
  name: 'server',
  needs: ['database'],
  start: async (env, { signal, note }) => {
    const { child, stop } = await serveWeb({ port, env, signal, log, note: (pid) => note(identityOf(pid)) })
    return { word: 'listening on this machine alone', identity: identityOf(child.pid), stop }
  },
})

const unneeded = 'evolution and promotion will need it; everything else works'
const noTemporal = (why) =>
  `no Temporal CLI here, and none could be fetched (${why}): put \`temporal\` on PATH, or name a server: TEMPORAL_ADDRESS=...; ${unneeded}`

const temporal = (stateDir) => ({
  name: 'temporal',
  needs: [],
  start: async (_env, { signal }) => {
    const named = process.env.TEMPORAL_ADDRESS
    if (named) return elsewhere(`Temporal at ${named}`, { TEMPORAL_ADDRESS: named })
    if (process.env.PLAYLOOM_NO_TEMPORAL) return { off: `PLAYLOOM_NO_TEMPORAL is set; ${unneeded}` }
    const server = await startTemporal({ stateDir, signal }).catch(({ message }) => ({
      off: `${message}; ${unneeded}`,
    }))
    if ('off' in server) return server
    if ('why' in server) return { off: noTemporal(server.why) }
    const { address, version, from, adopted: alive, identity, stop } = server
    const word = `Temporal ${version} ${alive ? 'still ran, taken over' : 'started'} (${from})`
    return { word, identity, stop, env: { TEMPORAL_ADDRESS: address } }
  },
})

/**
 * @param {{ stateDir: string, port: number }} options
 * @returns {import('./supervisor.mjs').Service[]}
 */
export const servicesOf = ({ stateDir, port }) => [
  database(stateDir),
  hot(stateDir),
  temporal(stateDir),
  worker(openLog(stateDir, 'worker')),
  web(port, openLog(stateDir, 'server')),
]
