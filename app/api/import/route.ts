// POST /api/import?name=…: one file of market data, as it is, into the store of this machine. It does not pass through
// the proxy, which would cut it off at 10 MB (proxy.ts), so it asks the same judge itself.
import type { ReadableStream } from 'node:stream/web'
import { context } from '../../../server/api/context'
import { callerOf, refusalOf, securityHeaders } from '../../../server/api/guard'
import { beginRequest, requestHeader } from '../../../server/api/requests'
import { importUpload, uploadFacts } from '../../../server/api/upload'

export const dynamic = 'force-dynamic'

export const POST = async (request: Request) => {
  const { pathname, searchParams } = new URL(request.url)
  const told = beginRequest(request.method, pathname)
  const headers = { ...securityHeaders, [requestHeader]: told.id }
  const refusal = refusalOf(callerOf(request, pathname))
  if (refusal !== null) return Response.json({ problem: refusal.sentence }, { status: refusal.status, headers })
  const length = request.headers.get('content-length')
  const answer = await importUpload(
    {
      name: searchParams.get('name') ?? '',
      // The web's stream and Node's are one at run time; their types differ by name alone.
      body: request.body as ReadableStream<Uint8Array> | null,
      bytes: length === null ? null : Number(length),
      ...Object.fromEntries([...uploadFacts, 'series'].map((fact) => [fact, searchParams.get(fact) || undefined])),
      skipBad: searchParams.get('skipBad') === 'true',
      signal: request.signal,
    },
    context,
  )
  told.answered(200)
  // A refusal of the gate is an answer, not an error of the request.
  return Response.json(answer, { headers })
}
