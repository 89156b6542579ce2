// POST /api/import?name=…: one file of market data, as it is, into the store of this machine. POST /api/import: a parcel
// of files, as the command line sends them. Neither passes through the proxy, which would cut it off at 10 MB
// (proxy.ts), so it asks the same judge itself.
import type { ReadableStream } from 'node:stream/web'
import { TRPCError } from '@trpc/server'
import { context } from '../../../server/api/context'
import { answerFile } from '../../../server/api/fileRequest'
import { callerOf, refusalOf, securityHeaders } from '../../../server/api/guard'
import { importParcel } from '../../../server/api/importParcel'
import { beginRequest, requestHeader } from '../../../server/api/requests'
import { importUpload, type Upload, uploadBroken, uploadFacts, uploadStatus } from '../../../server/api/upload'

export const dynamic = 'force-dynamic'

const uploadOf = (request: Request, searchParams: URLSearchParams): Upload => {
  const length = request.headers.get('content-length')
  return {
    name: searchParams.get('name') ?? '',
    // The web's stream and Node's are one at run time; their types differ by name alone.
    body: request.body as ReadableStream<Uint8Array> | null,
    bytes: length === null ? null : Number(length),
    ...Object.fromEntries([...uploadFacts, 'series'].map((fact) => [fact, searchParams.get(fact) || undefined])),
    skipBad: searchParams.get('skipBad') === 'true',
    signal: request.signal,
  }
}

const ofPage = async (request: Request) => {
  const { pathname, searchParams } = new URL(request.url)
  const told = beginRequest(request.method, pathname)
  const headers = { ...securityHeaders, [requestHeader]: told.id }
  const refusal = refusalOf(callerOf(request, pathname))
  if (refusal !== null) return Response.json({ problem: refusal.sentence }, { status: refusal.status, headers })
  try {
    const answer = await importUpload(uploadOf(request, searchParams), context)
    const status = uploadStatus(answer)
    told.answered(status)
    return Response.json(answer, { status, headers })
  } catch (error) {
    told.failed('data.import', new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error }))
    told.answered(500)
    return Response.json(uploadBroken(told.id), { status: 500, headers })
  }
}

const ofCommandLine = (request: Request): Promise<Response> =>
  answerFile(request, 'data.import', async () => {
    const body = request.body as ReadableStream<Uint8Array> | null
    return Response.json(await importParcel({ body, signal: request.signal }, context))
  })

export const POST = (request: Request): Promise<Response> =>
  new URL(request.url).searchParams.has('name') ? ofPage(request) : ofCommandLine(request)
