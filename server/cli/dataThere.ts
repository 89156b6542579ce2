// Market data of a server. Files go there and come from there as streams; a download is done by its worker.
import * as shapes from '../api/shapes/data'
import { askedSeries } from '../run/data/downloadRequest'
import type { ExportRequest } from '../run/data/exportSeries'
import { type Place, whileWaiting } from './compute'
import type { DataWork } from './dataWork'
import { writeWhole } from './files'
import { downloadThere } from './followDownload'
import { addressOf, away, brokenOff, fetchFile, withRemote } from './remote'
import { sendFiles } from './sendFiles'

const listThere: (place: Place) => ReturnType<DataWork['list']> = ({ options, world }) =>
  withRemote(options, world, async (remote) => {
    const listed = await remote.data.list.query()
    // Its folder is named where there is nothing else to say.
    const dataDir = listed.series.length > 0 ? '' : (await remote.system.about.query()).dataDir
    return { ...listed, dataDir }
  })

const exportedIn = (response: Response, address: string) => {
  const header = response.headers.get('x-playloom-series')
  if (header === null || response.body === null) throw away(address)
  return { facts: shapes.exported.parse(JSON.parse(header)), body: response.body }
}

/** An end that is not the end of the file. */
async function* whole(body: AsyncIterable<Uint8Array>, address: string): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch {
    throw brokenOff(address)
  }
}

const exportThere = async (ask: ExportRequest, { options, world, around }: Place) => {
  const { path: file, ...rest } = ask
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, String(value))
  const address = addressOf(options, world)
  const asked = fetchFile({ path: `/api/export?${query}` }, options, world)
  const { facts, body } = exportedIn(await whileWaiting(asked, `export at ${address}`, around), address)
  await writeWhole(file, whole(body, address))
  return facts
}

export const dataThere = (place: Place): DataWork => {
  const { options, world, around } = place
  const { signal } = around
  return {
    list: () => listThere(place),
    check: (instrument) =>
      withRemote(options, world, (remote) => {
        const asked = remote.data.inspect.query({ instrument: instrument ?? null }, { signal })
        return whileWaiting(asked, `check at ${addressOf(options, world)}`, around)
      }),
    import: (ask) => sendFiles(ask, place),
    export: (ask) => exportThere(ask, place),
    download: async (ask) => {
      const asked = askedSeries(ask)
      const series = asked === null ? { kind: 'instruments', tf: null } : { kind: asked.key.kind, tf: asked.key.tf }
      const range = { fromMs: asked?.fromMs ?? null, toMs: asked === null ? null : (ask.toMs ?? null) }
      const queued = { instrument: ask.instrument, ...series, ...range }
      return await withRemote(options, world, (remote) => downloadThere(queued, { ask, remote, around }))
    },
    remove: (ask) => withRemote(options, world, (remote) => remote.data.remove.mutate(ask)),
  }
}
