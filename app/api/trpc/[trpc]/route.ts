// The one door of the API: tRPC over JSON, bodies limited, bugs into the log.
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { maxBodyBytes, readBody } from '../../../../server/api/body'
import { context } from '../../../../server/api/context'
import { beginRequest, type RequestLog, requestHeader } from '../../../../server/api/requests'
import { appRouter } from '../../../../server/api/router'

export const dynamic = 'force-dynamic'

/** Of one batch; the page sends at most so many (app/ApiProvider.tsx). */
const maxCalls = 20
/** For programs that go by headers: the longest stretch that calls are counted over. */
const pause = { 'Retry-After': '10' }

const tooLarge = () =>
  Response.json({ problem: `A request holds at most ${maxBodyBytes / 1024 / 1024} MiB.` }, { status: 413 })

const handle = async (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url)
  const told = beginRequest(request.method, pathname)
  const response = await answer(request, told)
  told.answered(response.status)
  return response
}

const answer = async (request: Request, told: RequestLog): Promise<Response> => {
  const body = request.method === 'POST' ? await readBody(request) : undefined
  if (body === null) return tooLarge()
  const { url, method, headers, signal } = request
  return await fetchRequestHandler({
    endpoint: '/api/trpc',
    req: new Request(url, { method, headers, signal, ...(body === undefined ? {} : { body }) }),
    router: appRouter,
    createContext: () => ({ ...context, requestId: told.id }),
    // Queries with a long input travel as POST; they still change nothing.
    allowMethodOverride: true,
    maxBatchSize: maxCalls,
    responseMeta: ({ errors }) => ({
      headers: {
        [requestHeader]: told.id,
        ...(errors.some(({ code }) => code === 'TOO_MANY_REQUESTS') ? pause : {}),
      },
    }),
    onError: ({ error, path }) => told.failed(path, error),
  })
}

export { handle as GET, handle as POST }
