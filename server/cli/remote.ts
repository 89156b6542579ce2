// A Playloom server as the command line speaks to it: typed calls, and its refusals as ends of the command.
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { z } from 'zod'
import type { Problem } from '../../blocks/kit/problem'
import type { AppRouter } from '../api/router'
import type { Manners, World } from './command'
import { areUsage, type ExitName, problemOf, Stop } from './stop'

export interface RemoteOptions extends Manners {
  readonly url?: string
  readonly token?: string
}

/** Its page's address; the usual port of this machine where none is named. */
export const addressOf = ({ url }: RemoteOptions, { variables }: Pick<World, 'variables'>): string =>
  (url ?? (variables.PLAYLOOM_URL || `http://127.0.0.1:${variables.PORT || '3000'}`)).replace(/\/+$/, '')

/** The server takes changes from its own page alone; a command on this machine speaks as that. */
const headersOf = (address: string, token: string | undefined): Record<string, string> => ({
  origin: new URL(address).origin,
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
})

const clientOf = (address: string, token: string | undefined) =>
  createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${address}/api/trpc`, headers: headersOf(address, token) })],
  })

export type Remote = ReturnType<typeof clientOf>

/** Given on as it came: a shape would put its keys into another order. */
const problem = z.custom<Problem>(
  (value) => z.object({ code: z.string(), message: z.string() }).safeParse(value).success,
)

const refusalSchema = z.object({
  httpStatus: z.number(),
  problems: z.array(problem).default([]),
  hint: z.string().nullable().default(null),
})

/** Not about what was given: the server has no room or no time, or does not let this in. */
const isRefusal = (status: number): boolean => [401, 403, 409, 421, 429, 503].includes(status)

/** As the same end has it with --local. */
const exitOf = (status: number, problems: readonly Problem[]): ExitName => {
  if (areUsage(problems)) return 'usage'
  const ofData = problems[0]?.code === 'store_damaged'
  return isRefusal(status) && !ofData ? 'refused' : 'problems'
}

/** Why Node's own client gave up, by its code. */
const codeBehind = (error: unknown): unknown => {
  const inner = error instanceof Error ? error.cause : null
  return typeof inner === 'object' && inner !== null && 'code' in inner ? inner.code : undefined
}

/** Node's own client waits five minutes for the first word of an answer. */
const isOutOfPatience = (error: unknown): boolean => codeBehind(error) === 'UND_ERR_HEADERS_TIMEOUT'

const tooLong = (): Stop => {
  const message = 'The server did not answer within five minutes; what it computed was given up.'
  const hint = 'Ask for less at once (a Play that is kept there can be run by its id), or add --local.'
  return new Stop('refused', message, [problemOf('cancelled', message, hint)])
}

/** Nothing listens there, or another program does. */
export const away = (address: string): Stop => {
  const message = `No Playloom server answers at ${address}.`
  const hint = 'Start it with npm start, name its address with --url, or add --local where a command has it.'
  return new Stop('unreachable', message, [problemOf('unreachable', message, hint)])
}

/** How a failed call ends the command; null: a bug. */
const stopOf = (error: TRPCClientError<AppRouter>, address: string): Stop | null => {
  const read = refusalSchema.safeParse(error.data)
  // An answer that is none of ours: nothing listens, or another program does.
  if (!read.success) return isOutOfPatience(error.cause) ? tooLong() : away(address)
  return refusalStop(error.message, read.data)
}

const refusalStop = (message: string, { httpStatus, problems, hint }: z.output<typeof refusalSchema>): Stop | null =>
  httpStatus === 500
    ? null
    : new Stop(
        exitOf(httpStatus, problems),
        message,
        problems.length > 0 ? problems : [problemOf('refused', message, hint ?? undefined)],
      )

const checkedAddress = (options: RemoteOptions, world: Pick<World, 'variables'>): string => {
  const address = addressOf(options, world)
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address
  throw new Stop('usage', `--url ${address}: not an address such as http://127.0.0.1:3000`)
}

/** Works with the server of these options. */
export const withRemote = async <T>(
  options: RemoteOptions,
  world: Pick<World, 'variables' | 'signal'>,
  work: (remote: Remote) => Promise<T>,
): Promise<T> => {
  const address = checkedAddress(options, world)
  try {
    return await work(clientOf(address, options.token))
  } catch (error) {
    throw (error instanceof TRPCClientError && stopOf(error, address)) || error
  }
}

const answerSchema = z.union([
  z.object({ error: z.object({ message: z.string(), data: refusalSchema }) }),
  // Of the door, before anything was looked at.
  z.object({ problem: z.string() }).transform(({ problem: message }) => ({ error: { message, data: null } })),
])

const refusedBy = async (response: Response, address: string): Promise<Error> => {
  const read = answerSchema.safeParse(await response.json().catch(() => null))
  if (!read.success) return away(address)
  const { message, data } = read.data.error
  return refusalStop(message, data ?? { httpStatus: response.status, problems: [], hint: null }) ?? new Error(message)
}

export const brokenOff = (address: string): Stop => {
  const message = `The server at ${address} broke off in the middle.`
  const hint = 'playloom data list shows what it has stored; the same command can be given again.'
  return new Stop('unreachable', message, [problemOf('unreachable', message, hint)])
}

/** It had answered the knock. */
const broken: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']

export interface FileAsk {
  readonly path: string
  /** Sent, where there is one; what stops it stops the command. */
  readonly body?: AsyncIterable<Uint8Array>
}

/** A file from the server of these options, or files for it: what tRPC does not carry. */
export const fetchFile = async (
  { path, body }: FileAsk,
  options: RemoteOptions,
  { variables, signal }: Pick<World, 'variables' | 'signal'>,
): Promise<Response> => {
  const address = checkedAddress(options, { variables })
  const headers = headersOf(address, options.token)
  const sent = { method: 'POST', headers: { ...headers, 'content-type': 'application/octet-stream' }, body }
  const init = body === undefined ? { headers } : { ...sent, duplex: 'half' }
  let response: Response
  try {
    response = await fetch(`${address}${path}`, { ...init, signal } as RequestInit)
  } catch (error) {
    if (isOutOfPatience(error)) throw tooLong()
    throw broken.includes(codeBehind(error)) ? brokenOff(address) : away(address)
  }
  if (response.ok) return response
  throw await refusedBy(response, address)
}
