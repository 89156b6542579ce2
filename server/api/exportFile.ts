// `GET /api/export?instrument=...&format=csv`: a series as one file, by the same use-case as `playloom data export`. It is
// whole before its first byte leaves, and its length is told, so that half of it never looks like all of it.
import { Failure } from '../core/failure'
import { exportAskSchema, exportSeries } from '../run/data/exportSeries'
import { routeBars } from '../run/data/routeBars'
import type { Context } from './context'
import { fileBody } from './fileBody'
import * as shapes from './shapes/data'
import { settled } from './trpc'

/** What is in the file, as JSON. */
export const exportedHeader = 'x-playloom-series'

type ExportContext = Pick<Context, 'actor' | 'authorise' | 'limits' | 'data'>

/** Each holds a whole series in memory, then on the disk until it is read. */
const mostAtOnce = 2
let atOnce = 0

const enter = async ({ actor, authorise, limits }: ExportContext): Promise<void> => {
  const failure = authorise({ actor, path: 'data.export', type: 'query' }) ?? (await limits.spend(actor, 'heavy'))
  if (failure !== null) throw failure
  if (atOnce >= mostAtOnce)
    throw new Failure('too_many_calls', `${mostAtOnce} series are being exported; this one was not`, {
      hint: 'ask again when one of them is done',
    })
  atOnce++
}

/** Throws Failure, or ZodError for a query that is not understood. */
export const exportFile = async (
  query: URLSearchParams,
  left: AbortSignal,
  context: ExportContext,
): Promise<Response> => {
  const ask = exportAskSchema.parse(Object.fromEntries(query))
  await enter(context)
  try {
    const { store, venues, tables, outbox } = await context.data()
    const ports = { bars: routeBars(venues, store), tables }
    const { made, file } = await outbox.make(async (path) => {
      const { series, rows } = settled(await exportSeries({ ...ask, path }, ports))
      const { kind, tf, synthetic } = series
      return shapes.exported.parse({ kind, tf, synthetic, rows })
    })
    return new Response(fileBody(file, { first: 0, last: file.bytes - 1 }, left), {
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Length': String(file.bytes),
        'Content-Disposition': 'attachment',
        [exportedHeader]: JSON.stringify(made),
      },
    })
  } finally {
    atOnce--
  }
}
