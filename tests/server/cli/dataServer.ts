// A server as the data commands meet it: the real procedures and the routes for files, behind the judge of the door.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { Context } from '../../../server/api/context'
import { exportFile } from '../../../server/api/exportFile'
import { answerFile } from '../../../server/api/fileRequest'
import { callerOf, refusalOf } from '../../../server/api/guard'
import { importParcel } from '../../../server/api/importParcel'
import { appRouter } from '../../../server/api/router'

export interface DataServer {
  readonly url: string
  readonly close: () => void
  /** How many callers left before they had their answer. */
  readonly left: number
  /** Requests that are being worked on. */
  readonly open: number
}

const requestOf = (message: IncomingMessage, url: string, left: AbortSignal): Request => {
  const headers = new Headers()
  for (const [name, value] of Object.entries(message.headers)) if (typeof value === 'string') headers.set(name, value)
  const { method = 'GET' } = message
  const body = method === 'POST' ? { body: Readable.toWeb(message), duplex: 'half' } : {}
  return new Request(`${url}${message.url ?? '/'}`, { method, headers, signal: left, ...body } as RequestInit)
}

/** As proxy.ts and the routes have it. */
const answer = async (request: Request, context: Context): Promise<Response> => {
  const { pathname, searchParams } = new URL(request.url)
  const refusal = refusalOf(callerOf(request, pathname))
  if (refusal !== null) return Response.json({ problem: refusal.sentence }, { status: refusal.status })
  if (pathname === '/api/export')
    return answerFile(request, 'data.export', () => exportFile(searchParams, request.signal, context))
  if (pathname === '/api/import')
    return answerFile(request, 'data.import', async () => {
      const body = request.body as ReadableStream<Uint8Array> | null
      return Response.json(await importParcel({ body, signal: request.signal }, context))
    })
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => context,
    allowMethodOverride: true,
  })
}

const give = async (response: Response, to: ServerResponse): Promise<void> => {
  to.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body === null) to.end()
  else await pipeline(Readable.fromWeb(response.body as ReadableStream<Uint8Array>), to).catch(() => to.destroy())
}

/** `context` is asked at every request. */
export const startDataServer = async (context: () => Context): Promise<DataServer> => {
  const held = { url: '', left: 0, open: 0 }
  const server = createServer((message, to) => {
    const leaving = new AbortController()
    to.once('close', () => {
      if (!to.writableFinished) held.left++
      leaving.abort()
    })
    held.open++
    void answer(requestOf(message, held.url, leaving.signal), context())
      .then((response) => give(response, to))
      .finally(() => {
        held.open--
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  held.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: held.url,
    get left() {
      return held.left
    },
    get open() {
      return held.open
    },
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
