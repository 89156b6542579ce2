// Requests that carry files, beside the procedures: the same judge at the door, the same log, the same refusals.
import { callerOf, refusalOf, securityHeaders } from './guard'
import { beginRequest, requestHeader } from './requests'
import { errorAnswer, errorOf } from './trpc'

/** `path`: as if it were a procedure. */
export const answerFile = async (request: Request, path: string, work: () => Promise<Response>): Promise<Response> => {
  const { pathname } = new URL(request.url)
  const told = beginRequest(request.method, pathname)
  const headers = { ...securityHeaders, [requestHeader]: told.id, 'Cache-Control': 'no-store' }
  const refusal = refusalOf(callerOf(request, pathname))
  if (refusal !== null) return Response.json({ problem: refusal.sentence }, { status: refusal.status, headers })
  try {
    const response = await work()
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
    told.answered(response.status)
    return response
  } catch (cause) {
    const error = errorOf(cause)
    told.failed(path, error)
    const { status, body } = errorAnswer(error, told.id)
    told.answered(status)
    return Response.json(body, { status, headers })
  }
}
