// POST /api/import?name=…: one file of market data, as it is, into the store of this machine.
import type { ReadableStream } from 'node:stream/web'
import { context } from '../../../server/api/context'
import { importUpload } from '../../../server/api/upload'

export const dynamic = 'force-dynamic'

export const POST = async (request: Request) => {
  const { searchParams } = new URL(request.url)
  const answer = await importUpload(
    {
      name: searchParams.get('name') ?? '',
      // The web's stream and Node's are one at run time; their types differ by name alone.
      body: request.body as ReadableStream<Uint8Array> | null,
      instrument: searchParams.get('instrument') ?? undefined,
      tf: searchParams.get('tf') ?? undefined,
      skipBad: searchParams.get('skipBad') === 'true',
      signal: request.signal,
    },
    context,
  )
  return Response.json(answer, { status: answer.kind === 'imported' ? 200 : 422 })
}
