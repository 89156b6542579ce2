// GET /api/export?instrument=…&format=csv: a series of this machine as one file.
import { context } from '../../../server/api/context'
import { exportFile } from '../../../server/api/exportFile'
import { answerFile } from '../../../server/api/fileRequest'

export const dynamic = 'force-dynamic'

export const GET = (request: Request): Promise<Response> =>
  answerFile(request, 'data.export', () => exportFile(new URL(request.url).searchParams, request.signal, context))

/** A file is made to be read: there is no answer without it. */
export const HEAD = (): Response => new Response(null, { status: 405, headers: { Allow: 'GET' } })
