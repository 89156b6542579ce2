// The ground of all routers: context, procedures, and the one place where a Failure becomes a sentence with a status.
import { initTRPC, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { ZodError, z } from 'zod'
import type { Problem } from '../../blocks/kit/problem'
import { Failure } from '../core/failure'
import type { Context } from './context'
import type { Weight } from './limits'

/** What the published description says of a procedure, and what a call of it costs. */
export interface Meta {
  readonly summary: string
  /** It keeps a core or a venue busy. */
  readonly heavy?: true
  /** Of a subscription: each thing that it tells. */
  readonly event?: z.ZodType
}

/** What the page gets of an error beside its sentence. */
export interface ErrorDetails {
  readonly problems: readonly Problem[]
  readonly hint: string | null
  /** The same call may succeed later. */
  readonly retry: boolean
}

/** Problems are data; where a procedure has nothing else to give they end it. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(readonly problems: readonly Problem[]) {
    super(problems.length === 1 && problems[0] !== undefined ? problems[0].message : `${problems.length} problems.`)
  }
}

const nothing: ErrorDetails = { problems: [], hint: null, retry: false }

/** What the command line asks for in an option or a command is on the page a field or a place. */
const pageHints: Readonly<Record<string, string>> = {
  instrument_incomplete: 'Write its tick and step, as its venue lists them, under "Costs and equity" beside the market',
  market_unknown: 'Add its bars on the home page, or choose another market; synthetic:BTCUSDT.P needs no files',
}

const detailsOf = (cause: unknown): ErrorDetails => {
  if (cause instanceof Failure)
    return { problems: cause.problems, hint: pageHints[cause.code] ?? cause.hint ?? null, retry: cause.retry }
  return cause instanceof Refused ? { ...nothing, problems: cause.problems } : nothing
}

const sentenceOf = ({ code, cause, message }: TRPCError, requestId: string | undefined): string => {
  if (cause instanceof Failure || cause instanceof Refused) return cause.message
  if (cause instanceof ZodError) return `This request is not understood: ${z.prettifyError(cause)}`
  if (code === 'INTERNAL_SERVER_ERROR')
    return `This is a bug in Playloom, not in what you gave it. Its trace stands in the log of the server${
      requestId === undefined ? '' : `, id ${requestId}`
    }.`
  return message
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    // Never a stack: the page shows sentences, the log keeps traces.
    isDev: false,
    // A line that is silent for longer than this is a dead one: the page opens it again.
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
    errorFormatter: ({ shape, error, ctx }) => ({
      ...shape,
      message: sentenceOf(error, ctx?.requestId),
      data: { ...shape.data, ...detailsOf(error.cause) },
    }),
  })

const statusOf = ({ code, retry }: Failure): TRPCError['code'] => {
  if (code === 'series_missing' || code === 'file_not_found' || code === 'market_unknown') return 'NOT_FOUND'
  if (code === 'store_damaged' || code === 'write_failed' || code === 'disk_full' || code === 'database_away')
    return 'SERVICE_UNAVAILABLE'
  if (code === 'not_allowed') return 'FORBIDDEN'
  if (code === 'too_many_calls') return 'TOO_MANY_REQUESTS'
  return retry ? 'CONFLICT' : 'UNPROCESSABLE_CONTENT'
}

/** Expected ends get their status; everything else stays a bug with status 500. */
const mapped = t.middleware(async ({ next }) => {
  const result = await next()
  if (result.ok) return result
  const { cause } = result.error
  if (cause instanceof Failure) throw new TRPCError({ code: statusOf(cause), message: cause.message, cause })
  if (cause instanceof Refused) throw new TRPCError({ code: 'UNPROCESSABLE_CONTENT', message: cause.message, cause })
  return result
})

/** Whatever ended a request that is no procedure, as if it were one. */
export const errorOf = (cause: unknown): TRPCError => {
  if (cause instanceof Failure) return new TRPCError({ code: statusOf(cause), message: cause.message, cause })
  return new TRPCError({ code: cause instanceof ZodError ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR', cause })
}

/** Its answer: status and body are those that a procedure gives. */
export const errorAnswer = (error: TRPCError, requestId: string) => {
  const httpStatus = getHTTPStatusCodeFromError(error)
  const data = { code: error.code, httpStatus, ...detailsOf(error.cause) }
  const message = sentenceOf(error, requestId)
  return { status: httpStatus, body: { error: { message, code: TRPC_ERROR_CODES_BY_KEY[error.code], data } } }
}

const weightOf = (type: string, { heavy }: Partial<Meta>): Weight =>
  heavy === true ? 'heavy' : type === 'mutation' ? 'write' : 'read'

/** Who may not is refused first; then who calls too often. */
const admitted = t.middleware(async ({ ctx, path, type, meta = {}, next }) => {
  const refused =
    ctx.authorise({ actor: ctx.actor, path, type }) ?? (await ctx.limits.spend(ctx.actor, weightOf(type, meta)))
  if (refused !== null) throw refused
  return next()
})

export const router = t.router
export const procedure = t.procedure.use(mapped).use(admitted)

/** The value of a use-case that returns its Failure. */
export const settled = <T>(value: T | Failure): T => {
  if (value instanceof Failure) throw value
  return value
}
