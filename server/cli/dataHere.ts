// Market data of DATA_DIR, worked on in this process: --local.
import { checkSeries } from '../run/data/checkSeries'
import { download } from '../run/data/download'
import { exportSeries } from '../run/data/exportSeries'
import { importFiles } from '../run/data/importFiles'
import { listSeries } from '../run/data/listSeries'
import { removeSeries } from '../run/data/removeSeries'
import { routeBars } from '../run/data/routeBars'
import { openStoresOf } from '../wire'
import { openVenues } from '../wireVenues'
import type { Surroundings } from './command'
import type { DataWork } from './dataWork'
import { unwrap } from './stop'
import { withData } from './withData'

/** Who stands on what is deleted is known where a database is named. */
const remove = async (ask: Parameters<DataWork['remove']>[0], around: Surroundings) => {
  const records = around.env.databaseUrl === null ? null : await openStoresOf(around.env)
  try {
    return await withData(around, ({ store, frames, venues }) =>
      removeSeries(ask, { store, frames, bars: routeBars(venues, store), records, actor: 'local' }),
    )
  } finally {
    await records?.close()
  }
}

export const dataHere = (around: Surroundings): DataWork => {
  const { shell, signal, env } = around
  return {
    list: () => withData(around, async ({ store }) => ({ ...(await listSeries(store)), dataDir: env.dataDir })),
    check: async (instrument) => unwrap(await withData(around, ({ store }) => checkSeries(instrument, store))),
    import: async (ask) =>
      unwrap(await withData(around, (ports) => importFiles({ ...ask, signal, progress: shell.progress }, ports))),
    export: async (ask) => {
      const { series, rows } = unwrap(
        await withData(around, ({ store, venues, tables }) =>
          exportSeries(ask, { bars: routeBars(venues, store), tables }),
        ),
      )
      const { kind, tf, synthetic } = series
      return { kind, tf, synthetic, rows }
    },
    download: async (ask) => {
      const venue = await openVenues(env)
      return unwrap(await withData(around, ({ store }) => download({ ...ask, signal }, { store, venue })))
    },
    remove: async (ask) => unwrap(await remove(ask, around)),
  }
}
