// Each request has an id: it is in the answer, in the sentence of a bug and in every entry of the log about it.
import type { TRPCError } from '@trpc/server'
import { openLog } from '../wireLog'

export const requestHeader = 'x-request-id'

const log = openLog('server')

export interface RequestLog {
  readonly id: string
  /** A procedure did not end well: a bug with its trace, anything else with its sentence. */
  readonly failed: (path: string | undefined, error: TRPCError) => void
  readonly answered: (status: number) => void
}

/** Of a request that begins now; `what` is its path. */
export const beginRequest = (method: string, what: string): RequestLog => {
  const id = crypto.randomUUID().slice(-12)
  const begun = performance.now()
  return {
    id,
    failed: (path, error) => {
      const { code, cause, message } = error
      if (code === 'INTERNAL_SERVER_ERROR') log.error({ request: id, path, err: cause ?? error }, 'a bug')
      else log.warn({ request: id, path, code }, message)
    },
    answered: (status) => {
      // What only asks comes many times a second; what changes something is told.
      if (method === 'GET' && status < 400) return
      log.info({ request: id, method, path: what, status, ms: Math.round(performance.now() - begun) }, 'answered')
    },
  }
}
